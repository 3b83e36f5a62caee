"""Findings by the note. Of those that are alike, as hundreds of thousands of stamps are, only what they differ in is kept;
each is made when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

from processor.note import Note
from processor.rule import Alike, Finding, FoundFix, Severity
from processor.text import Position, Span


class AlikeFindings(NamedTuple):
    """Findings of one rule in one note that differ only in their place and in one word of their `message` (at its `{}`).

    Each covers `length` code points of one line, from `starts`; `lines` and `columns` (from 1) say where that is.
    """

    rule: str
    severity: Severity
    message: str
    fix: FoundFix | None
    length: int
    starts: Sequence[int]
    words: Sequence[str]
    lines: Sequence[int]
    columns: Sequence[int]

    @classmethod
    def of(cls, note: Note, rule: str, severity: Severity, alike: Alike) -> AlikeFindings:
        line_starts = note.lines.starts
        lines = [bisect_right(line_starts, start) for start in alike.starts]
        columns = [start - line_starts[line - 1] + 1 for start, line in zip(alike.starts, lines, strict=True)]
        return cls(rule, severity, alike.message, alike.fix, alike.length, alike.starts, alike.words, lines, columns)

    def each(self, path: str) -> Iterator[Finding]:
        """The findings, of the note at `path`, one by one."""
        for start, word, line, column in zip(self.starts, self.words, self.lines, self.columns, strict=True):
            yield Finding(
                path,
                Span(start, start + self.length),
                self.rule,
                self.severity,
                self.message.replace("{}", word),
                Position(line, column),
                Position(line, column + self.length),
                self.fix,
            )


class NoteFindings(Sequence[Finding]):
    """The findings of one note, by place: single ones, and groups of such as are alike."""

    __slots__ = ("alike", "path", "single")

    def __init__(self, path: str, single: Iterable[Finding], alike: Iterable[AlikeFindings] = ()) -> None:
        self.path = path
        self.single = sorted(single, key=_place)
        self.alike = tuple(alike)

    def __len__(self) -> int:
        return len(self.single) + sum(len(group.starts) for group in self.alike)

    def __iter__(self) -> Iterator[Finding]:
        if not self.alike:
            return iter(self.single)
        made = [finding for group in self.alike for finding in group.each(self.path)]
        return iter(sorted([*self.single, *made], key=_place))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return repr(list(self))


class Findings(Sequence[Finding]):
    """The findings of a run, note by note."""

    def __init__(self, notes: Iterable[NoteFindings]) -> None:
        self.notes = tuple([note for note in notes if note.single or note.alike])
        self._length = sum(map(len, self.notes))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Finding]:
        for note in self.notes:
            yield from note

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return repr(list(self))


def joined(path: str, findings: Sequence[Finding], others: Sequence[Finding]) -> NoteFindings:
    """The findings of one note, with others of the same note."""
    if isinstance(findings, NoteFindings):
        return NoteFindings(path, [*findings.single, *others], findings.alike) if others else findings
    return NoteFindings(path, [*findings, *others])


def by_note(findings: Sequence[Finding]) -> Iterator[NoteFindings]:
    """The findings of each note; those of one note must follow one another."""
    if isinstance(findings, Findings):
        yield from findings.notes
        return
    of_note: list[Finding] = []
    for finding in findings:
        if of_note and of_note[0].path != finding.path:
            yield NoteFindings(of_note[0].path, of_note)
            of_note = []
        of_note.append(finding)
    if of_note:
        yield NoteFindings(of_note[0].path, of_note)


def severities(findings: Sequence[Finding]) -> set[Severity]:
    """Those that occur."""
    found: set[Severity] = set()
    for note in by_note(findings):
        found.update([f.severity for f in note.single])
        found.update([group.severity for group in note.alike])
    return found


def _place(finding: Finding) -> tuple[Span, str]:
    return finding.span, finding.rule
