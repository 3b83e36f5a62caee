"""Judging: all rules over each note of a vault, without what is suppressed; a report is made of the findings on the spot.

In a large vault neither the notes nor their findings are held: each note is read, judged by all rules and reported on
before the next, and only what was made of it crosses from the process that did so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, Protocol

from processor.base.parallel import cut, head_of, streamed, with_head
from processor.lint.findings import DeferredFindings, Findings, Make, NoteFindings, Tallies, joined
from processor.lint.packing import Checked, packed, unpacked
from processor.rules.base import Finding
from processor.vault.note import Note
from processor.vault.vault import Vault

_FIRST = 32  # notes after whose check most is stored that rules store with the vault


class Checker(Protocol):
    """The rules that are on, as `lint.Linter` runs them. Fixes hold their edits, unsafe ones only with `unsafe_edits`."""

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        """Return the findings of the rules that see one note only, suppressed ones too.

        With `in_bulk` findings may come in groups of those that are alike, of which one fix holds the edits of all.
        """

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        """Return a function from a note to the findings of the rules that see the vault, suppressed ones too."""

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        """Return, of all findings of a note, those that are not suppressed, and the suppressions without use."""


class Record(NamedTuple):
    """What the cache stores of a note that was judged: its outline with its own facts, and the findings of the rules that see
    one note only, packed. Both are empty for a note that was not."""

    outline: bytes = b""
    findings: bytes = b""


MakeRecord = Callable[[Note, Sequence[Finding]], Record]
"""Makes the record of a note with these findings. It can be pickled."""


class Keeper(Protocol):
    """Stores records for the next run. `record` is called where a note was judged, perhaps in another process; `add` and
    `finish` in this one."""

    @property
    def record(self) -> MakeRecord: ...

    def add(self, path: str, record: Record) -> None: ...

    def finish(self) -> None: ...


class Judged(NamedTuple):
    """A note and its findings. `of_note` are those of the rules that see one note only; `anew`: these rules were run."""

    note: Note
    found: NoteFindings
    of_note: Sequence[Finding]
    anew: bool


class Judge:
    """Judges the notes of one vault. `checked` are findings of the rules that see one note only from an earlier run."""

    def __init__(
        self, checker: Checker, vault: Vault, checked: Checked | Mapping[str, Sequence[Finding]] | None = None
    ) -> None:
        self.vault = vault
        self._checker = checker
        self._checked = checked
        self._check_in_vault = checker.vault_check(vault)

    def __reduce__(self) -> tuple[Any, ...]:
        return Judge, (self._checker, self.vault, self._checked)

    def at(self, path: str) -> Judged:
        """Judge the note at a path."""
        note = self.vault.notes[path].anew()
        of_note = None if self._checked is None else self._checked.get(path)
        anew = of_note is None
        if of_note is None:
            note = note.whole
            of_note = self._checker.check_note(note)
        found = self._checker.unsuppressed(note, joined(path, of_note, self._check_in_vault(note)))
        return Judged(note, found, of_note, anew)

    def learn(self, paths: Sequence[str]) -> None:
        """See `learn`."""
        learn(self.vault, self._check_in_vault, paths)


def learn(vault: Vault, check: Callable[[Note], object], paths: Sequence[str]) -> None:
    """Check the first of some notes, so that rules work out here what they store with the vault, and not in each of the
    processes that will check the notes at these paths."""
    for path in paths[:_FIRST]:
        check(vault.notes[path].anew())
    vault.forget_facts()


class JudgedFindings(Findings):
    """The findings of many notes, which are judged when the findings are read.

    What `made` makes of them, note by note, is made where the notes are judged. For all other uses the findings are packed and
    stored.
    """

    def __init__(
        self,
        judge: Judge,
        paths: Sequence[str],
        processes: int = 1,
        advance: Callable[[int], None] = lambda _count: None,
        keeper: Keeper | None = None,
    ) -> None:
        self._judge = judge
        self._paths = paths
        self._processes = processes
        self._advance = advance
        self._keeper = keeper
        self.are_judged = False
        self._tallies = Tallies()
        self._touched = 0
        self._packed: dict[str, bytes] | None = None  # where they are to be looked at again

    def judge(self) -> None:
        """Judge the notes now, if that was not done yet."""
        if not self.are_judged:
            self._packed = self._pack()

    @property
    def tallies(self) -> Tallies:  # type: ignore[override]
        self.judge()
        return self._tallies

    @property
    def touched(self) -> int:
        self.judge()
        return self._touched

    @cached_property
    def notes(self) -> DeferredFindings:  # type: ignore[override]
        """The findings of the notes in which there are any."""
        kept = self._packed = self._pack() if self._packed is None else self._packed
        return DeferredFindings(list(kept), lambda path: unpacked(path, kept[path]))

    def _pack(self) -> dict[str, bytes]:
        """Judge the notes; return their findings by path, packed."""
        made = self._judged(_packed)
        return {path: data for path, data in zip(self._paths, made, strict=True) if data}

    def __len__(self) -> int:
        return self.tallies.total

    def made(self, make: Make, text_of: Callable[[str], str | None]) -> Iterator[bytes]:
        return filter(None, self._judged(make)) if self._packed is None else super().made(make, text_of)

    def _judged(self, make: Make) -> Iterator[bytes]:
        """Judge all notes; yield what `make` makes of the findings of each, and nothing for a note without findings."""
        self._judge.learn(self._paths)
        tallies = Tallies()
        done = self._touched = 0
        work = _Work(self._judge, make, self._keeper.record if self._keeper else None)
        for part in streamed(work.share, self._paths, self._processes, anywhere=True):
            (counts, lengths, kept), begin = head_of(part)
            tallies.merge(counts)
            yield from cut(part, begin, lengths)
            pieces = iter(cut(part, begin + sum(lengths), kept))
            for path, record in zip(self._paths[done:], map(Record, pieces, pieces), strict=False):
                if self._keeper and record.findings:
                    self._keeper.add(path, record)
            self._touched += sum(map(bool, lengths))
            done += len(lengths)
            self._advance(len(lengths))
        self._tallies, self.are_judged = tallies, True
        if self._keeper:
            self._keeper.finish()
            self._keeper = None


class _Work(NamedTuple):
    """What each process does with its notes; it can be pickled."""

    judge: Judge
    make: Make
    record: MakeRecord | None

    def share(self, paths: Sequence[str]) -> bytes:
        """Return what was made of each note, and its record, below a head with the tallies and the lengths of these."""
        tallies = Tallies()
        made: list[bytes] = []
        records: list[Record] = []
        for path in paths:
            judged = self.judge.at(path)
            tallies.add(judged.found.kinds())
            made.append(self.make(judged.found, _text_of(judged.note)) if judged.found else b"")
            if self.record:
                records.append(self.record(judged.note, judged.of_note) if judged.anew else Record())
        lengths: list[Any] = [[*map(len, made)], [*map(len, chain.from_iterable(records))]]
        return with_head((tallies.plain(), *lengths), chain(made, *records))


def _packed(found: NoteFindings, _text: Callable[[], str | None]) -> bytes:
    return packed(found).encode()


def _text_of(note: Note) -> Callable[[], str]:
    return lambda: note.text
