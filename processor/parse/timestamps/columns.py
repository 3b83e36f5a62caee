"""Finds the clocks that are stamps by their notation, and which of them stand in a column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from processor.base.text import Span
from processor.parse.grammar import PLACEHOLDER
from processor.parse.nodes import Heading, Place, Timestamp
from processor.parse.timestamps.clocks import count_fields, is_long_clip, read_label
from processor.parse.timestamps.no_stamps import NEAR, is_no_stamp
from processor.parse.timestamps.notations import (
    AT_END,
    BARE,
    BEHIND_WORDS,
    EACH,
    IN_CODE,
    IN_CODE_SPAN,
    SUBTITLES,
    TRANSCRIPTS,
    Fix,
    Kind,
    bracketed,
    find_clocks,
    find_notation,
)
from processor.parse.youtube import LONGEST_VIDEO

_LONGEST = 120  # characters of a line before a clock that may be its mark, its sign and a name
_SHORTEST_COLUMN = 3
_LONG_COLUMN = 5
_SHORT = 60  # seconds: what is listed with its length is longer
_FEW_STEPS_BACK = 8  # of so many lines of a column one may go back: behind it another column begins
_WHOLE_NOTE = -2
_AROUND = " \t:：*_="
_MARKS = f"{_AROUND}>#-+.)0123456789"
_EARLY = 5 * 60  # seconds: before that the first stamp of a video stands


class _Seen(NamedTuple):
    """A clock in a notation: what may be a stamp. `level` are the marks of a heading or the signs before a table's cell,
    `section` is the heading above;
    `is_value`: all of its line behind a colon or a sign, as a length is, too. `line` is where its line starts."""

    span: Span
    notation: str
    fix: Fix
    written: str = ""
    seconds: int = 0
    fields: int = 0
    level: str = ""
    section: int = _WHOLE_NOTE
    place: Place = "text"
    name: str = ""
    is_value: bool = False
    line: int = 0


class _Lines:
    """The lines of a text, to be asked in its order, and its sections."""

    def __init__(self, text: str, headings: Sequence[Heading]) -> None:
        self._text = text
        self.start, self._end = 0, -1
        self._starts = [h.span.start for h in headings]
        self._above: list[int] = []  # of each heading the one above it that is higher
        opened: list[int] = []
        for i, heading in enumerate(headings):
            while opened and headings[opened[-1]].level >= heading.level:
                opened.pop()
            self._above.append(opened[-1] if opened else -1)
            opened.append(i)

    def around(self, span: Span) -> tuple[str, str]:
        """Return what stands on its line before and behind a span; of much only the nearest part, which no pattern takes for
        all."""
        if span.start > self._end:
            self.start = self._text.rfind("\n", 0, span.start) + 1
            end = self._text.find("\n", span.start)
            self._end = end if end >= 0 else len(self._text)
        first = max(self.start, span.start - _LONGEST)
        before = self._text[first : span.start]
        behind = self._text[span.end : min(self._end, span.end + _LONGEST)]
        return before if first == self.start else f"\0{before}", behind

    def section(self, offset: int, *, in_heading: bool = False) -> int:
        """Return the heading that a place stands below; of a heading the one above it that is higher."""
        i = bisect_right(self._starts, offset) - 1
        return self._above[i] if in_heading and i >= 0 else i


def read_plain(
    text: str,
    start: int,
    headings: Sequence[Heading],
    place_at: Callable[[int], Place],
    taken: Sequence[tuple[int, int]],
    found: Sequence[Timestamp],
) -> list[Timestamp]:
    """Return all stamps of a text: those `found` in it already, and those in the notations from `start` on, but in the
    spans that are `taken`; all sorted. `certain` are those in a column, and those that nobody can have meant anything else by."""
    seen = list(_plain(text, start, _Lines(text, headings), place_at, taken))
    plain = len(seen)
    seen += _bracketed(found, _Lines(text, headings))
    columns = _columns(seen)
    of_columns = {seen[i].span: seen[i].notation for i in columns if i >= plain}
    stamps = [
        stamp._replace(certain=True, notation=of_columns[stamp.span]) if stamp.span in of_columns else stamp
        for stamp in found
    ]
    known = {seen[i].notation for i in columns}
    for i, one in enumerate(seen[:plain]):
        alone = one.fields == 3 or one.notation in known or one.notation == SUBTITLES
        certain = i in columns or (one.fix == "safe" and alone)
        likely = one.fields == 3 and one.place not in ("heading", "table") and not one.is_value
        if certain or one.fix == "safe" or likely:
            stamps.append(_stamp(text, one, certain=certain))
    return sorted(stamps)


def _plain(
    text: str, start: int, lines: _Lines, place_at: Callable[[int], Place], taken: Sequence[tuple[int, int]]
) -> Iterator[_Seen]:
    """Return all clocks in one of the notations from `start` on, but those in the spans that are taken."""
    for m in find_clocks(text, start):
        span = Span(*m.span())
        i = bisect_right(taken, (span.start, len(text))) - 1
        if i >= 0 and span.start < taken[i][1]:
            continue
        place = place_at(span.start)
        if place == "code":
            yield from _in_code(text, span)
        elif place in ("text", "heading", "table"):
            before, behind = lines.around(span)
            if _is_template(before + behind):
                continue
            if is_no_stamp(before[-NEAR:], m[0], behind[:NEAR], in_brackets=bool(m[1])):
                continue
            units = [Span(*unit.span()) for unit in EACH.finditer(text, *span)]
            several = len(units) > 1 or read_label(text[units[0].start : units[0].end]).kind == "several"
            kind: Kind = "" if not m[1] else "several" if several else "square" if m[1] == "【" else "round"
            yield from _noted(text, units, kind, before, behind, place, lines)


def _is_template(line: str) -> bool:
    return ("{{" in line or "<%" in line) and PLACEHOLDER.search(line) is not None


def _noted(
    text: str, units: Sequence[Span], kind: Kind, before: str, behind: str, place: Place, lines: _Lines
) -> Iterator[_Seen]:
    """Return the clocks of one place, if they are in a notation."""
    labels = [read_label(text[unit.start : unit.end]) for unit in units]
    found = find_notation(kind, place, before, behind)
    if found is None or any(max(label.seconds or 0, label.end or 0) > LONGEST_VIDEO for label in labels):
        return
    notation, parts = found
    name = parts.get("name") or ""
    level = (parts.get("mark") or "").strip(" \t>") if place == "heading" else ""
    if place == "table":
        level = "|" * before.count("|")
    is_long = kind == "several" and any(is_long_clip(label.seconds, label.end) for label in labels)
    seen = _Seen(
        units[0],
        notation=notation.name,
        fix="unsafe" if is_long else notation.fix,
        level=level,
        section=lines.section(units[0].start, in_heading=place == "heading"),
        place=place,
        name=name,
        is_value=not kind and not behind.strip(_AROUND) and _announces_value(before),
        line=lines.start,
    )
    for unit, label in zip(units, labels, strict=True):
        written = text[unit.start : unit.end]
        fields = count_fields(written)
        is_verse = notation.name == BEHIND_WORDS and fields == 2 and name[:1].isupper()
        if label.seconds is not None and not is_verse:
            yield seen._replace(span=unit, written=written, seconds=label.seconds, fields=fields)


def _announces_value(before: str) -> bool:
    """Return whether a line ends in a colon before its clock, or holds nothing before it but a sign."""
    said = before.strip(_MARKS)
    return before.rstrip(" \t*_=").endswith((":", "：")) or (said != "" and not any(map(str.isalnum, said)))


def _in_code(text: str, span: Span) -> Iterator[_Seen]:
    """Return the clock of a code span that holds nothing else."""
    bracketed = text[span.start - 1 : span.start] == "["
    start = span.start - 1 - bracketed
    m = IN_CODE_SPAN.match(text, max(0, start))
    if m and text[m.start() - 1 : m.start()] != "`" and text[m.end() : m.end() + 1] != "`":
        label = read_label(m[1])
        if label.seconds is not None:
            full = bracketed and m[1][0] == "0"  # `[05:37]` is no slice in any language
            fields = 3 if full else count_fields(m[1])
            yield _Seen(Span(*m.span()), IN_CODE, "unsafe", m[1], label.seconds, fields, place="code")


def _bracketed(found: Sequence[Timestamp], lines: _Lines) -> Iterator[_Seen]:
    """Return those of some stamps that stand in square brackets at the beginning of a line, behind a name or at its end."""
    for stamp in found:
        if stamp.form == "bare" and stamp.place == "text" and not stamp.fault and stamp.seconds is not None:
            before, behind = lines.around(stamp.group or stamp.span)
            notation = bracketed(before, behind)
            if notation and not is_no_stamp(before[-NEAR:], stamp.label, behind[:NEAR], in_brackets=True):
                section = lines.section(stamp.span.start)
                fields = count_fields(stamp.label)
                yield _Seen(
                    stamp.span,
                    notation,
                    "column",
                    stamp.label,
                    stamp.seconds,
                    fields,
                    section=section,
                    line=lines.start,
                )


def _columns(seen: Sequence[_Seen]) -> set[int]:
    """Return which of some clocks stand in a column, by their index: in three lines or more of one shape in one section, or in
    one transcript, whose times do not go back."""
    alike: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for i, one in enumerate(seen):
        if one.fix != "safe":
            alike[one.notation, one.level, one.section].append(i)
        if one.fix == "safe" or one.notation in TRANSCRIPTS:
            alike[one.notation, one.level, _WHOLE_NOTE].append(i)
    earliest: dict[str, int] = {}
    for one in seen:
        earliest[one.notation] = min(one.seconds, earliest.get(one.notation, one.seconds))
    found: set[int] = set()
    for indices in alike.values():
        back = [i for a, i in pairwise(indices) if seen[i].seconds < seen[a].seconds]
        if sum(seen[i].seconds > 0 for i in back) * _FEW_STEPS_BACK > len(indices):
            continue
        for first, last in pairwise([indices[0], *back, indices[-1] + 1]):
            run = indices[bisect_left(indices, first) : bisect_left(indices, last)]
            column = [seen[i] for i in run]
            if len({one.line for one in column}) < _SHORTEST_COLUMN or column[0].seconds == column[-1].seconds:
                continue
            of_day = earliest[column[0].notation] >= _EARLY and _is_of_day(column)
            if not of_day and not _is_list_of_things(column):
                found.update(run)
    return found


def _is_of_day(column: Sequence[_Seen]) -> bool:
    """Return whether the clocks may be times of a day: they are bare, or most end in 0 or 5."""
    if any(one.fields == 3 or one.seconds >= 24 * 60 for one in column):
        return False
    round_ones = sum(not one.seconds % 5 for one in column)
    return column[0].notation in BARE or round_ones * 3 >= len(column) * 2


def _is_list_of_things(column: Sequence[_Seen]) -> bool:
    """Return whether the clocks may say how long the things before or behind them are. Speakers take turns, and a list has
    another name on each line; one that begins near zero is none of lengths."""
    if column[0].fix == "from zero":
        return column[0].seconds > 0 or any(a.seconds == b.seconds for a, b in pairwise(column))
    if column[0].fix == "turns":
        return column[0].seconds > 0 and not 1 < len({one.name for one in column}) < len(column)
    return column[0].notation in AT_END and column[0].seconds >= _SHORT and len(column) < _LONG_COLUMN


def _stamp(text: str, one: _Seen, *, certain: bool) -> Timestamp:
    label = read_label(one.written)
    at = text.index(one.written, one.span.start)
    where = Span(at, at + len(one.written))
    return Timestamp(
        one.span,
        "plain",
        label.text,
        where,
        one.seconds,
        "",
        None,
        one.seconds,
        label.end,
        place=one.place,
        certain=certain and one.fix != "unsafe",
        notation=one.notation,
    )
