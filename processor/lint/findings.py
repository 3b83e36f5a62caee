"""Findings by the note. Of those that are alike, as hundreds of thousands of stamps are, only what they differ in is stored;
each is made when it is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple, overload

from processor.base.parallel import cut, head_of, streamed, with_head
from processor.base.text import Position, Span
from processor.rules.base import Alike, Finding, FoundFix, Severity
from processor.vault.note import Note

FEW = 3  # of one rule in one note, a report shows this many in full; of more the first, and where the others are
_place = attrgetter("span", "rule")


class Kind(NamedTuple):
    """So many findings of a rule in one note. `safe`: whether their fix is, None where they have none."""

    rule: str
    severity: Severity
    number: int
    safe: bool | None


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
        lines = list(map(bisect_right, repeat(line_starts), alike.starts))
        columns = [start - line_starts[line - 1] + 1 for start, line in zip(alike.starts, lines, strict=True)]
        return cls(rule, severity, alike.message, alike.fix, alike.length, alike.starts, alike.words, lines, columns)

    def each(self, path: str) -> Iterator[Finding]:
        """Yield the findings, of the note at `path`, one by one."""
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


class FindingSequence(Sequence[Finding]):
    """Findings that are made when they are read: what has a length and can be iterated, as a sequence."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(list(self))


class NoteFindings(FindingSequence):
    """The findings of one note, by place: single ones, and groups of such as are alike."""

    __slots__ = ("alike", "path", "single")

    def __init__(self, path: str, single: Iterable[Finding], alike: Iterable[AlikeFindings] = ()) -> None:
        self.path = path
        self.single = sorted(single, key=_place)
        self.alike = tuple(alike)

    def kinds(self) -> list[Kind]:
        """Return how many there are of what; of one kind there may be several."""
        numbers: dict[tuple[str, Severity, bool | None], int] = {}
        for _, _, rule, severity, _, _, _, fix, _ in self.single:
            kind = (rule, severity, fix and fix.safe)
            numbers[kind] = numbers.get(kind, 0) + 1
        single = [Kind(rule, severity, number, safe) for (rule, severity, safe), number in numbers.items()]
        return single + [Kind(g.rule, g.severity, len(g.starts), g.fix and g.fix.safe) for g in self.alike]

    def heads(self) -> Iterator[Finding]:
        """Yield the single ones, and the first of each group."""
        yield from self.single
        yield from (next(group.each(self.path)) for group in self.alike)

    def __len__(self) -> int:
        return len(self.single) + sum(len(group.starts) for group in self.alike)

    def __iter__(self) -> Iterator[Finding]:
        if not self.alike:
            return iter(self.single)
        made = [finding for group in self.alike for finding in group.each(self.path)]
        return iter(sorted([*self.single, *made], key=_place))


@dataclass(frozen=True)
class Tally:
    """How often a rule was broken with one severity, how much of it can be mended, and in how many notes."""

    rule: str
    severity: Severity
    count: int
    safe: int
    unsafe: int
    notes: int


class Tallies:
    """The tallies of a run, counted up note by note."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Severity], list[int]] = {}
        self.notes = 0
        """In how many notes there are any."""
        self.crowded = 0
        """In how many notes there are more than `FEW` of one rule."""

    def add(self, kinds: Iterable[Kind], notes: int = 1) -> None:
        """Count what there is in one note; with `notes` -1 count it no longer."""
        of_rule: dict[str, int] = {}
        counted = set()
        for rule, severity, number, safe in kinds:
            of_rule[rule] = of_rule.get(rule, 0) + number
            row = self._rows.setdefault((rule, severity), [0, 0, 0, 0])
            row[0] += notes * number
            if safe is not None:
                row[1 if safe else 2] += notes * number
            if (rule, severity) not in counted:
                counted.add((rule, severity))
                row[3] += notes
        if of_rule:
            self.notes += notes
            self.crowded += notes * (max(of_rule.values()) > FEW)

    def plain(self) -> list[Any]:
        """Return them as JSON can write them, for `of_plain`."""
        return [self.notes, self.crowded, *((*what, *numbers) for what, numbers in self._rows.items())]

    @classmethod
    def of_plain(cls, plain: Sequence[Any]) -> Tallies:
        """Return what `plain` gave. Raise TypeError or ValueError of anything else."""
        tallies = cls()
        tallies.notes, tallies.crowded, *rows = plain
        for rule, severity, *numbers in rows:
            tallies._rows[rule, severity] = numbers
        return tallies

    def __iter__(self) -> Iterator[Tally]:
        for (rule, severity), numbers in self._rows.items():
            if numbers[3]:
                yield Tally(rule, severity, *numbers)

    @property
    def total(self) -> int:
        return sum(row[0] for row in self._rows.values())


class DeferredFindings(Sequence[NoteFindings]):
    """The findings of many notes, those of each note made each time they are read."""

    def __init__(self, paths: Sequence[str], make: Callable[[str], NoteFindings]) -> None:
        self.paths = paths
        self._make = make

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[NoteFindings]:
        return map(self._make, self.paths)

    @overload
    def __getitem__(self, index: int) -> NoteFindings: ...
    @overload
    def __getitem__(self, index: slice) -> DeferredFindings: ...
    def __getitem__(self, index: int | slice) -> NoteFindings | DeferredFindings:
        if isinstance(index, slice):
            return DeferredFindings(self.paths[index], self._make)
        return self._make(self.paths[index])


class Findings(FindingSequence):
    """The findings of a run, note by note: `notes` are those in which there are any."""

    are_judged = True
    """Whether the notes have been judged; else they are when somebody asks for the findings."""

    def judge(self) -> None:
        """Judge the notes now, if that was not done yet."""

    def __init__(self, notes: Iterable[NoteFindings], tallies: Tallies | None = None) -> None:
        """With `tallies` the notes stay as they are given."""
        if tallies is not None:
            self.notes = notes if isinstance(notes, Sequence) else tuple(notes)
        else:
            self.notes = tuple([note for note in notes if note.single or note.alike])
            tallies = Tallies()
            for note in self.notes:
                tallies.add(note.kinds())
        self.tallies = tallies

    def __len__(self) -> int:
        return self.tallies.total

    def __iter__(self) -> Iterator[Finding]:
        for note in self.notes:
            yield from note

    def made(self, make: Make, text_of: TextOf, name: str = "") -> Iterator[bytes]:  # noqa: ARG002  for those that are judged later
        """Yield what `make` makes of the findings of each note, in their order, of one or more notes at a time; `text_of` maps
        a path to the note's text. What is made under a `name` is the same for the same findings; empty: nobody may rest on
        that.

        The findings of many notes are dealt out among several processes.
        """

        def share(some: Sequence[NoteFindings]) -> bytes:
            parts = [make(note, text_of) for note in some]
            return with_head([*map(len, parts)], parts)

        for part in streamed(share, self.notes):
            lengths, begin = head_of(part)
            yield from cut(part, begin, lengths)


TextOf = Callable[[str], "str | None"]
"""Returns the text of the note at a path; None where it is not to be had."""
Make = Callable[[NoteFindings, TextOf], bytes]
"""Makes something, such as a part of a report, of the findings of one note. It can be pickled."""


def of_severity(findings: Sequence[Finding], wanted: Collection[Severity]) -> Findings:
    """Return those of the findings that have one of the severities."""
    return Findings(
        NoteFindings(
            note.path,
            [f for f in note.single if f.severity in wanted],
            [group for group in note.alike if group.severity in wanted],
        )
        for note in by_note(findings).notes
    )


def joined(path: str, findings: Sequence[Finding], others: Sequence[Finding]) -> NoteFindings:
    """Return the findings of one note, with others of the same note."""
    if isinstance(findings, NoteFindings):
        return NoteFindings(path, [*findings.single, *others], findings.alike) if others else findings
    return NoteFindings(path, [*findings, *others])


def by_note(findings: Sequence[Finding]) -> Findings:
    """Return the findings by their notes, in the order in which these come."""
    if isinstance(findings, Findings):
        return findings
    of_notes: dict[str, list[Finding]] = {}
    for finding in findings:
        of_notes.setdefault(finding.path, []).append(finding)
    return Findings([NoteFindings(path, of_note) for path, of_note in of_notes.items()])


def severities(findings: Sequence[Finding]) -> set[Severity]:
    """Return the severities that occur."""
    return {tally.severity for tally in by_note(findings).tallies}
