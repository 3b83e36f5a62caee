"""Writes the suppressions that silence what is left of a note's findings, with the least intrusion.

A comment on a line of its own above the finding's, where the note reads as before with it; else the rule is named for
the whole note: in its properties, or, where it has none, in a comment at its top.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from processor.base.text import Edit, apply_edits
from processor.lint.suppress import SELF, Silence
from processor.parse.frontmatter import Property
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note

MANY = 10
"""A rule found on more lines of a note than this is named once, for the whole note."""

_TRIALS = 40  # how often a note is read again to find the lines where no comment can stand
_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_TEXT = re.compile(r"\S")
_NO_COMMENT = frozenset(("table", "code", "math", "html", "comment"))


class Added(NamedTuple):
    """What to write into the note, and the findings that nothing in it can silence (such as invalid YAML)."""

    edits: tuple[Edit, ...]
    left: tuple[Finding, ...]


def add_suppressions(note: Note, findings: Sequence[Finding]) -> Added:
    """Return the edits after which these findings of a note are suppressed, and the findings for which there are none.

    What is found of a suppression is never suppressed: it is to be mended or taken out.
    """
    rest = [f for f in findings if f.rule != SELF] if note.source.invalid is None else []
    apart: set[Finding] = set()
    while rest:
        edits, gone = _silencing(note, rest, apart)
        if all(gone):
            left = set(findings).difference(rest)
            return Added(tuple(edits), tuple(f for f in findings if f in left))
        loud = {f for f, silenced in zip(rest, gone, strict=True) if not silenced}
        if loud <= apart:
            rest = [f for f in rest if f not in loud]  # nothing is written for these
        apart |= loud
    return Added((), tuple(findings))


def silence_in_note(note: Note, rule: str) -> tuple[Edit, ...]:
    """Return the edits after which a rule is silent in the whole note; none where that cannot be written."""
    if note.source.invalid is not None or rule == SELF:
        return ()
    trials = _Trials(note)
    return next((tuple(edits) for edits in _wide_edits(note, {rule}) if edits and trials.read(edits)), ())


def _silencing(
    note: Note, findings: Sequence[Finding], apart: Collection[Finding]
) -> tuple[Sequence[Edit], Sequence[bool]]:
    """Edits that are to silence findings, and which of these they do. Those `apart` are silenced above their lines too: what
    silences the whole note may end before them.
    """
    by_line, wide = _sorted_out(note, findings)
    held: dict[int, set[str]] = {}
    for finding in apart:
        if finding in findings:
            held.setdefault(note.lines.line(finding.span.start), set()).add(finding.rule)
    for line, names in held.items():
        by_line.setdefault(line, set()).update(names)
    trials = _Trials(note)
    while True:
        by_line = {line: left for line, names in by_line.items() if (left := names - wide | held.get(line, set()))}
        failed = trials.failing(by_line, sorted(by_line))
        if not failed:
            break
        for line in failed:
            wide |= by_line[line]
            held.pop(line, None)
    of_lines = _line_edits(note, by_line)
    for of_note in _wide_edits(note, wide):
        edits = of_note + of_lines  # at the top the one for the note first: what stands there is found at the start
        after = trials.read(edits) if edits else note
        if after is not None:
            return edits, _silenced(after, findings, edits)
    return [], [False] * len(findings)


def _sorted_out(note: Note, findings: Iterable[Finding]) -> tuple[dict[int, set[str]], set[str]]:
    """Return the rules to silence above each line (from 0), and those to silence in the whole note."""
    by_line: dict[int, set[str]] = {}
    wide: set[str] = set()
    lines_of: dict[str, set[int]] = {}
    first = _TEXT.search(note.text, note.body_start)
    for finding in findings:
        start = finding.span.start
        # what is said of the note as a whole stands at its first line, be that a comment
        if start <= (first.start() if first else note.body_start) or note.place_at(start) == "table":
            wide.add(finding.rule)
            continue
        line = note.lines.line(start)
        lines_of.setdefault(finding.rule, set()).add(line)
        above = max(0, note.lines.start(line) - 1)
        if note.place_at(above) in _NO_COMMENT and note.place_at(note.lines.start(line)) in _NO_COMMENT:
            wide.add(finding.rule)
        else:
            by_line.setdefault(line, set()).add(finding.rule)
    wide |= {rule for rule, lines in lines_of.items() if len(lines) > MANY}
    return by_line, wide


# Edits


def _line_edits(note: Note, by_line: Mapping[int, set[str]]) -> list[Edit]:
    edits = []
    for line in sorted(by_line):
        start = note.lines.start(line)
        edits.append(
            Edit(start, start, f"{_prefix(note, line)}%% ytvault-disable-next-line {_names(by_line[line])} %%\n")
        )
    return edits


def _prefix(note: Note, line: int) -> str:
    """Return what a line above must begin with to stand in the same quote and list item."""
    prefix = _prefix_of(note, line)
    if ">" in prefix and (line == 0 or ">" not in _prefix_of(note, line - 1)):
        return ""  # above the first line of a quote
    return prefix


def _prefix_of(note: Note, line: int) -> str:
    m = _PREFIX.match(note.text, note.lines.start(line), note.lines.end(line))
    return m[0] if m else ""


def _wide_edits(note: Note, rules: set[str]) -> list[list[Edit]]:
    """Return the ways to silence rules in the whole note, the best first; the last is to silence none."""
    if not rules:
        return [[]]
    top = note.body_start
    break_before = "\n" if top and note.text[top - 1] != "\n" else ""
    ways = [[Edit(top, top, f"{break_before}%% ytvault-disable {_names(rules)} %%\n")], []]
    if note.properties.span is not None and note.properties.fault is None:
        entry = note.properties.get("ytvault-disable")
        ways.insert(0, [_longer_property(note, entry, rules) if entry else _new_property(note, rules)])
    return ways


def _new_property(note: Note, rules: set[str]) -> Edit:
    assert note.properties.span is not None
    end = note.lines.start(note.lines.line(note.properties.span.end - 1))
    return Edit(end, end, f"ytvault-disable: [{_names(rules)}]\n")


def _longer_property(note: Note, entry: Property, rules: set[str]) -> Edit:
    if entry.style == "list" and entry.items:
        last = entry.items[-1].span
        line = note.lines.line(last.start)
        lead = note.text[note.lines.start(line) : last.start]
        if re.fullmatch(r"[ \t]*-[ \t]+['\"]?", lead):
            lead, end = lead.rstrip("'\""), note.lines.end(line)
            return Edit(end, end, "".join(f"\n{lead}{rule}" for rule in sorted(rules)))
        end = last.end + (note.text[last.end : last.end + 1] in ("'", '"'))
        return Edit(end, end, f", {_names(rules)}")
    known = [s for s in note.suppressions if s.action == "property"]
    names = _names({*rules, *(known[0].rules if known else ())})
    if entry.style in ("plain", "single", "double") or entry.items:
        return Edit(*entry.value_span, f"[{names}]")
    at = note.text.index(":", entry.key_span.end) + 1
    return Edit(at, at, f" [{names}]")


def _names(rules: Iterable[str]) -> str:
    return ", ".join(sorted(rules))


# Trying them out


class _Trials:
    """Reads the note with edits made, and compares what it says."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._shape = _shape(note)
        self._left = _TRIALS

    def read(self, edits: Sequence[Edit]) -> Note | None:
        """Return the note after the edits; None where it says something else than before, or a suppression is not read as one."""
        after = parse_note(apply_edits(self._note.text, edits), self._note.path)
        comments = sum("ytvault-disable" in e.text and "%%" in e.text for e in edits)
        known = sum(s.action != "property" for s in self._note.suppressions)
        if sum(s.action != "property" for s in after.suppressions) != known + comments:
            return None
        return after if _shape(after) == self._shape else None

    def failing(self, by_line: Mapping[int, set[str]], lines: Sequence[int]) -> list[int]:
        """Return the lines above which no comment can stand; all of them when there is no end to trying."""
        if not lines:
            return []
        if self._left == 0:
            return list(lines)
        self._left -= 1
        if self.read(_line_edits(self._note, {n: by_line[n] for n in lines})) is not None:
            return []
        if len(lines) == 1:
            return list(lines)
        half = len(lines) // 2
        return self.failing(by_line, lines[:half]) + self.failing(by_line, lines[half:]) or list(lines)


def _shape(note: Note) -> list[object]:
    """Return all that a note says, without places; comments and our own property aside."""
    return [
        [(x.key, x.written, repr(x.value)) for x in note.properties.entries if x.key.lower() != "ytvault-disable"],
        [note.properties.span is None, note.properties.unclosed is None, note.properties.misplaced is None],
        [(x.level, x.text, x.outline) for x in note.headings],
        [(x.form, x.embed, x.target, x.display, x.place) for x in note.links],
        [(x.form, x.url, x.text, x.place) for x in note.external_links],
        [(x.reason, note.quote(x.span)) for x in note.dead_links],
        [x.name for x in note.tags],
        [x.id for x in note.blocks],
        [(x.type, note.quote(x.span)) for x in note.callouts],
        [(x.form, x.closed, note.quote(x.span)) for x in note.code],
        [(x.form, x.label, x.seconds, x.place) for x in note.timestamps],
        [x.closed for x in note.comments if not x.closed],
        note.channel and note.channel.target,
    ]


def _silenced(after: Note, findings: Sequence[Finding], edits: Sequence[Edit]) -> list[bool]:
    """For each finding whether it is silenced where the edits have moved it; one at the start of the file stays there."""
    moves = sorted((e.start, len(e.text) - (e.end - e.start)) for e in edits)
    order = sorted(range(len(findings)), key=lambda i: findings[i].span.start)
    places: list[tuple[str, int]] = [("", 0)] * len(findings)
    shift = at = 0
    for i in order:
        start = findings[i].span.start
        while at < len(moves) and moves[at][0] <= start:
            shift += moves[at][1]
            at += 1
        places[i] = (findings[i].rule, start + shift if start else 0)
    return Silence(after).split(places)
