"""Every shape of a stamp but the commonest: anchors gone wrong, clocks in brackets, and both at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.grammar import is_escaped
from processor.parse.nodes import ExternalLink, Link, Place, Region, StampForm, Timestamp
from processor.parse.regions import Places
from processor.parse.timestamps.anchors import Anchor, read_anchor
from processor.parse.timestamps.clocks import (
    AND,
    LOOSE,
    TO,
    Label,
    count_fields,
    decide,
    decide_by_url,
    read_broken_clock,
    read_label,
    read_rounded,
)
from processor.parse.timestamps.links import make_stamp
from processor.parse.timestamps.no_stamps import is_of_chat
from processor.parse.youtube import read_clock, read_url

_BETWEEN = rf"[ \t]*(?:[.]|{AND}|{TO})[ \t]*"
_FRACTION = r"(?:[.,][0-9]{1,3}(?![0-9:]))?"
BRACKETS = re.compile(  # at once, for a match is asked whether it is of this one
    rf"\[(?<!-t=\"[0-9:]{{8}}\">\[)(\[?)[ \t]*([~≈]?{LOOSE}{_FRACTION}(?:{_BETWEEN}[~≈]?{LOOSE}{_FRACTION})*)[ \t]*+\.?[ \t]*+((?:--?>|→)[ \t]*+{LOOSE}{_FRACTION}[ \t]*+)?+(?:\\?\|[^\[\]\n|]{{0,100}})?(\]\]?)(?!</a>)"
)
"""One clock or several, in one or two brackets, but for an anchor's label."""

_CLOCKS = regex(rf"[~≈]?({LOOSE})")
_RANGE = regex(rf"[~≈]?({LOOSE})[ \t]*{TO}[ \t]*[~≈]?({LOOSE})")
_TARGET = regex(r"\((<?)(https?://[^\s()<>]+)>?\)")
_DEFINITION = regex(r":[ \t]*<?(?:[a-z]+://|www\.|\.{0,2}/\S|\S+\.md(?:#\S*)?[ \t]*$)", re.IGNORECASE | re.MULTILINE)


class ShapeReader:
    """Reads what stands at a place of a text. `regions` say what stands where; the links are those the text holds."""

    def __init__(
        self, text: str, regions: Sequence[Region], links: Sequence[Link], external_links: Sequence[ExternalLink]
    ) -> None:
        self.text = text
        self._links = links
        self._external_links = external_links

        self.place_at = Places(regions).at

    @cached_property
    def taken(self) -> list[tuple[int, int]]:
        """The spans of all links but wikilinks, sorted."""
        return sorted([*(x.span for x in self._external_links), *(x.span for x in self._links if x.form != "wikilink")])

    def tag(self, at: int, floor: int) -> Iterator[Timestamp]:
        """Return the stamp of the tag at `at`: an anchor on its own, or as the target of a Markdown link with words for its text,
        which begins at `floor` or later."""
        anchor = read_anchor(self.text, at)
        if anchor:
            yield self._anchor(anchor, floor)

    def _anchor(self, anchor: Anchor, floor: int) -> Timestamp:
        text, start = self.text, anchor.span.start
        if text[start - 2 : start] == "](" and (opening := self._opening(start - 2, floor)) is not None:
            label = read_label(text[opening + 1 : start - 2])
            return self._joined(anchor, opening, label, Span(opening + 1, start - 2), "linked-anchor")
        if text[start - 1 : start] == "\\" and start >= 1:
            reading = decide(anchor.target, anchor.label)
            return _anchor_stamp(anchor, "broken-anchor", self.place_at(start - 1))._replace(
                span=Span(start - 1, anchor.span.end),
                fault="a backslash makes it plain text",
                reading=reading.seconds if reading else None,  # uncertain: it may be meant as text
            )
        return _anchor_stamp(anchor, "broken-anchor" if anchor.fault else "anchor", self.place_at(start))

    def _opening(self, close: int, floor: int) -> int | None:
        """Return the `[` to a `]` on the same line, not far before it; None where it closes a wikilink."""
        depth = 0
        for at in range(close, max(floor - 1, close - 300), -1):
            character = self.text[at]
            if character == "]":
                depth += 1
            elif character == "[":
                depth -= 1
                if depth == 0:
                    inner = self.text[at + 1 : close]
                    return None if inner.startswith("[") or "[[" in inner else at
            elif character == "\n":
                break
        return None

    def _joined(self, anchor: Anchor, start: int, label: Label, label_span: Span, form: StampForm) -> Timestamp:
        """Return one stamp out of a label and the anchor behind it."""
        end = anchor.span.end
        if form == "linked-anchor":
            end += self.text[end : end + 1] == ")"
        fault, reading = "", None
        exact = read_clock(anchor.target)
        if exact is None:
            fault = "its `data-t` is no clock"
            reading = decide(anchor.target, label if label.seconds is not None else anchor.label)
        elif label.kind == "broken":
            fault = "its label is no clock"
            reading = decide(anchor.target, label)
        return make_stamp(
            Span(start, end),
            form,
            label,
            label_span,
            self.place_at(start),
            target=anchor.target,
            target_span=anchor.target_span,
            seconds=exact,
            fault=fault,
            reading=reading,
        )

    def brackets(self, m: re.Match[str]) -> Iterable[Timestamp]:
        """Return the stamps of a match of BRACKETS."""
        text = self.text
        opens, closes = len(m[1]) + 1, len(m[4])
        in_footnote = text[m.start() - 1 : m.start()] == "^" and not is_escaped(text, m.start() - 1)
        if opens == 2 and closes == 2 and not in_footnote:
            return self._wikilink(m)
        first, last = m.span(2)
        start, end = m.start() + opens - 1, m.end() - closes + 1
        if text.find("|", last, end) >= 0 or text[start - 1 : start] == "\\":
            return ()
        seconds = read_clock(m[2])
        label = read_label(m[2]) if seconds is None else Label(m[2], "clock", seconds)
        if m[3]:  # a line of subtitles: what is read is its first clock
            return self._bare(m, first, last, label, self.place_at(first)) if opens == closes == 1 else ()
        if in_footnote and opens == 1:  # its brackets are the footnote's
            return self._bare(m, first, last, label, self.place_at(first))
        behind = text[end : end + 3]
        if behind[:2] == "(<" and (anchor := read_anchor(text, end + 1)):
            return (self._joined(anchor, start, label, Span(first, last), "linked-anchor"),)
        if behind[:2] == "<a" or behind == " <a":
            anchor = read_anchor(text, end + (behind[0] == " "))
            if anchor and self._same(label, anchor):
                return (self._joined(anchor, start, label, Span(first, last), "doubled"),)
        before_it = bisect_right(self.taken, (start, len(text))) - 1
        around = self.taken[before_it] if before_it >= 0 else (-1, -1)
        if around[0] == start or (behind[:1] == ":" and _DEFINITION.match(text, end)):
            return ()  # the text of a link, the label of a definition
        if is_of_chat(text, end):
            return ()
        place: Place = "link" if start < around[1] else self.place_at(start)
        return self._bare(m, start, end, label, place)

    @staticmethod
    def _same(label: Label, anchor: Anchor) -> bool:
        return label.seconds is not None and label.seconds in (anchor.seconds, anchor.label.seconds)

    def _wikilink(self, m: re.Match[str]) -> Iterator[Timestamp]:
        written, bar, _ = m[2].partition("|")
        written = written.rstrip("\\ ") if bar else written
        label = read_label(written)
        reading = None if label.seconds is not None else label.reading
        if label.seconds is None and (reading is None or count_fields(written) < 3):
            return
        start, end = m.span()
        if self.text[start - 1 : start] in ("!", "\\") and start >= 1:
            return
        url, video_id, seconds, target, target_span = (
            "",
            "",
            label.seconds,
            written,
            Span(m.start(2), m.start(2) + len(written)),
        )
        if behind := _TARGET.match(self.text, end):
            found = read_url(behind[2])
            if found and found.video_id:
                url, video_id, end, target = behind[2], found.video_id, behind.end(), found.start
                seconds = found.seconds if found.start_span else 0
                target_span = Span(behind.start(2), behind.end(2))
                if reading and seconds is not None:
                    reading = decide_by_url(reading, seconds, sure=found.start_span is not None)
        yield make_stamp(
            Span(start, end),
            "wikilink",
            label._replace(text=written),
            target_span if url == "" else Span(m.start(2), m.start(2) + len(written)),
            self.place_at(start),
            target=target,
            target_span=target_span,
            seconds=seconds,
            video_id=video_id,
            url=url,
            fault="" if label.seconds is not None else "its label is no clock",
            reading=reading,
        )

    def _bare(self, m: re.Match[str], start: int, end: int, label: Label, place: Place) -> Iterable[Timestamp]:
        """Return the stamp `[00:06:10]`, that of a range, or each of a list."""
        text = self.text
        inner, whole = Span(*m.span(2)), Span(start, end)
        # `list[10:20]` is a slice, `[16:9]` a ratio
        before = text[start - 1 : start]
        slices = place in ("code", "math") or before in ("]", ")", "_") or before.isalnum()
        if label.kind == "clock":
            if slices and count_fields(label.text) < 3:
                return ()
            seconds = label.seconds
            return (Timestamp(whole, "bare", label.text, inner, seconds, "", None, seconds, place=place),)
        clocks = list(_CLOCKS.finditer(text, *inner))
        if slices and all(count_fields(c[1]) < 3 for c in clocks):
            return ()
        if len(clocks) == 1 or _RANGE.fullmatch(text, *inner):
            stamp = _bare_stamp(text, whole, inner, label, place)
            return (stamp,) if stamp else ()
        return self._listed(inner, whole, place)

    def _listed(self, inner: Span, whole: Span, place: Place) -> Iterator[Timestamp]:
        text = self.text
        at = inner.start
        while at < inner.end:
            piece = _RANGE.match(text, at, inner.end) or _CLOCKS.match(text, at, inner.end)
            if piece is None:
                at += 1
                continue
            span = Span(*piece.span())
            stamp = _bare_stamp(text, span, span, read_label(piece[0]), place)
            if stamp:
                yield stamp._replace(group=whole)
            at = piece.end()


def _bare_stamp(text: str, span: Span, inner: Span, label: Label, place: Place) -> Timestamp | None:
    written = text[inner.start : inner.end]
    fault, reading = "", None
    if label.seconds is None:
        if count_fields(written) < 3 and read_rounded(written.lstrip("~≈").split(":")) is None:
            return None
        fault, reading = "it is no clock", label.reading or read_broken_clock(written)
    return make_stamp(span, "bare", label, inner, place, seconds=label.seconds, fault=fault, reading=reading)


def _anchor_stamp(anchor: Anchor, form: StampForm, place: Place) -> Timestamp:
    url = read_url(anchor.href) if anchor.href else None
    seconds = anchor.seconds
    if url and anchor.target_span is None:  # an ordinary anchor to a video
        seconds = url.seconds if url.start_span else 0
    return make_stamp(
        anchor.span,
        form,
        anchor.label,
        anchor.label_span,
        place,
        target=anchor.target,
        target_span=anchor.target_span,
        seconds=seconds,
        video_id=url.video_id if url else "",
        url=anchor.href if url else "",
        url_span=anchor.href_span if url else None,
        fault=anchor.fault,
        reading=anchor.reading,
    )
