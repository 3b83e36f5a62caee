"""Judges the notes of a vault one by one, and makes what is wanted of their findings on the spot.

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

_FIRST = 32  # notes after whose check most is known of the vault that rules want to know of it


class Checker(Protocol):
    """The rules that are on, as `lint.Linter` runs them. Fixes hold their edits, unsafe ones only with `unsafe_edits`."""

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        """Return the findings of the rules that see one note only, suppressed ones too.

        With `in_bulk` findings may come in groups of those that are alike, of which one fix holds the edits of all.
        """

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        """Return a function from a note to the findings of the rules that see the vault, suppressed ones too."""

    def kept(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        """Return, of all findings of a note, those that are not suppressed, and the suppressions without use."""


class Record(NamedTuple):
    """What is kept of a note that was judged: its outline with its own facts, and what the rules found that see no other
    note, packed. Of one that was not judged nothing but the facts of all is kept: both are empty."""

    outline: bytes = b""
    findings: bytes = b""


MakeRecord = Callable[[Note, Sequence[Finding]], Record]
"""What is to be kept of a note in which that was found. It can be pickled."""


class Keeper(Protocol):
    """What keeps, for the next run, what the rules found that see one note only. `record` is called where a note was judged,
    perhaps in another process; `add` and `finish` where all comes together."""

    @property
    def record(self) -> MakeRecord: ...

    def add(self, path: str, record: Record) -> None: ...

    def finish(self) -> None: ...


class Judged(NamedTuple):
    """A note and all that was found in it. `of_note` is what the rules said that see one note only; `anew`: it was not
    known before."""

    note: Note
    found: NoteFindings
    of_note: Sequence[Finding]
    anew: bool


class Judge:
    """The rules, and the vault in whose light they see its notes."""

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
        """All that there is to say of the note at a path."""
        note = self.vault.notes[path].anew()
        of_note = None if self._checked is None else self._checked.get(path)
        anew = of_note is None
        if of_note is None:
            note = note.whole
            of_note = self._checker.check_note(note)
        found = self._checker.kept(note, joined(path, of_note, self._check_in_vault(note)))
        return Judged(note, found, of_note, anew)

    def learn(self, paths: Sequence[str]) -> None:
        """See `learn`."""
        learn(self.vault, self._check_in_vault, paths)


def learn(vault: Vault, check: Callable[[Note], object], paths: Sequence[str]) -> None:
    """Have rules work out what they want to know once a vault: here, and not in each of the processes that will check the
    notes at these paths."""
    for path in paths[:_FIRST]:
        check(vault.notes[path].anew())
    vault.forget_facts()


class JudgedFindings(Findings):
    """The findings of many notes, which are judged when somebody asks.

    Whoever only makes something of the findings, note by note, has it made where the notes are judged. For everybody else
    they are packed and kept.
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
        """Judge the notes; gives their findings by path, packed."""
        made = self._judged(_packed)
        return {path: data for path, data in zip(self._paths, made, strict=True) if data}

    def __len__(self) -> int:
        return self.tallies.total

    def made(self, make: Make, text_of: Callable[[str], str | None]) -> Iterator[bytes]:
        return filter(None, self._judged(make)) if self._packed is None else super().made(make, text_of)

    def _judged(self, make: Make) -> Iterator[bytes]:
        """Judge all notes, and give for each what `make` makes of what was found in it; nothing of one in which nothing was."""
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
    """What is done of the notes in each process; it can be pickled."""

    judge: Judge
    make: Make
    record: MakeRecord | None

    def share(self, paths: Sequence[str]) -> bytes:
        """A head with the tallies and lengths, on a line of its own; what was made of each note; what is to be kept."""
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
