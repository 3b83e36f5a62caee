"""Judging: all rules over each note of a vault, without what is suppressed; a report is made of the findings on the spot.

In a large vault neither the notes nor their findings are held: each note is read, judged by all rules and reported on
before the next, and only what was made of it crosses from the process that did so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import starmap
from typing import Any, NamedTuple, Protocol

from processor.base.parallel import cut, head_of, processes_for, streamed, with_head
from processor.lint.findings import DeferredFindings, Findings, Kind, Make, NoteFindings, Tallies, TextOf, joined
from processor.lint.packing import packed, unpacked
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note
from processor.vault.trace import Trace
from processor.vault.vault import Vault
from processor.vault.wanted import Ask

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


class Verdict(NamedTuple):
    """What is kept of a note that was judged: the kinds of its findings, and the targets of its links to notes that do not
    exist; both as JSON can write them."""

    kinds: Sequence[Sequence[Any]] = ()
    missing: Sequence[str] = ()


class Known(Protocol):
    """What an earlier run made of notes of which nothing else can be said now."""

    def __contains__(self, path: object) -> bool: ...

    def tallies(self) -> Tallies:
        """Return the tallies of all of them."""

    def stretches(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        """Divide the paths into those of known notes that lie one behind another, and those of single notes that are not
        known."""

    def pieces(self, stretch: Sequence[str]) -> bytes | None:
        """Return what was made of the findings of known notes that lie one behind another; None where it cannot be read."""

    def missing(self, path: str) -> Sequence[str]:
        """Return the targets of the links of a known note to notes that do not exist."""

    def reads(self, path: str) -> str:
        """Return the cells that the rules of a known note have read."""


IsSame = Callable[[Note], bool]


class Memory(Protocol):
    """What is known from earlier runs, and keeps what this one makes of all notes, in their order."""

    def known(self, made: str, paths: Sequence[str]) -> Known | None:
        """Return what is known of notes of which the same was `made`; None: nothing."""

    @property
    def is_same(self) -> IsSame | None:
        """Says of a note whether it is as it was when the vault was read; None: all are. It can be pickled."""

    def add(self, path: str, piece: bytes, verdict: Verdict, reads: str | None) -> None:
        """Keep what was made of the note at a path, in which that was found, and the cells that its rules have read; None:
        it was another text."""

    def add_known(self, paths: Sequence[str], pieces: bytes) -> None:
        """Keep what is known of notes that lie one behind another, and was made of them."""

    def finish(self, tallies: Tallies) -> None:
        """That was all: `tallies` are those of all notes."""


class Judged(NamedTuple):
    """A note and its findings; `reads` are the cells that its rules read, where that was to be recorded."""

    note: Note
    found: NoteFindings
    reads: str = ""


class Judge:
    """Judges the notes of one vault. `traces`: records which cells of the vault the rules read."""

    def __init__(self, checker: Checker, vault: Vault, *, traces: bool = False) -> None:
        self._trace = Trace(on=traces)
        self._given = vault
        self.vault = vault.traced(self._trace) if traces else vault
        self._checker = checker
        self._check_in_vault = checker.vault_check(self.vault)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Judge, traces=self._trace.on), (self._checker, self._given)

    def at(self, path: str) -> Judged:
        """Judge the note at a path."""
        self._trace.begin(path)
        note = self.vault.notes[path].whole
        of_note = self._checker.check_note(note)
        found = self._checker.unsuppressed(note, joined(path, of_note, self._check_in_vault(note)))
        return Judged(note, found, self._trace.line(note) if self._trace.on else "")

    def learn(self, paths: Sequence[str]) -> None:
        """See `learn`."""
        learn(self.vault, self._check_in_vault, paths)


def learn(vault: Vault, check: Callable[[Note], object], paths: Sequence[str]) -> None:
    """Check the first of some notes, so that rules work out here what they store with the vault, and not in each of the
    processes that will check the notes at these paths."""
    for path in paths[:_FIRST]:  # copies, so that what rules keep by the note does not hide what they read
        check(parse_note(vault.notes[path].source, path))
    vault.forget_facts()


def missing_notes(note: Note, found: NoteFindings) -> list[str]:
    """Return the targets of a note's links to notes that do not exist, by the findings of missing-note."""
    places = {f.span for f in found.single if f.rule == "missing-note"}
    return [link.path for link in note.links if link.span in places] if places else []


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
        memory: Memory | None = None,
    ) -> None:
        self._judge = judge
        self._paths = paths
        self._processes = processes
        self._advance = advance
        self._memory = memory
        self.are_judged = False
        self._tallies = Tallies()
        self._known: Known | None = None
        self._missing: dict[str, Sequence[str]] = {}  # of the notes that were judged anew
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
    def missing(self) -> Iterator[Ask]:
        """The links to notes that do not exist."""
        self.judge()
        for path in self._paths:
            is_known = self._known is not None and path in self._known
            targets = self._known.missing(path) if self._known and is_known else self._missing.get(path, ())
            yield from ((path, target) for target in targets)

    @cached_property
    def notes(self) -> DeferredFindings:  # type: ignore[override]
        """The findings of the notes in which there are any."""
        kept = self._packed = self._pack() if self._packed is None else self._packed
        return DeferredFindings(list(kept), lambda path: unpacked(path, kept[path]))

    def _pack(self) -> dict[str, bytes]:
        """Judge the notes; return their findings by path, packed."""
        made = self._judged(_packed, "packed", apart=True)
        return {path: data for path, data in zip(self._paths, made, strict=True) if data}

    def __len__(self) -> int:
        return self.tallies.total

    def made(self, make: Make, text_of: TextOf, name: str = "") -> Iterator[bytes]:
        return filter(None, self._judged(make, name)) if self._packed is None else super().made(make, text_of)

    def _judged(self, make: Make, name: str, *, apart: bool = False) -> Iterator[bytes]:
        """Judge all notes; yield what `make` makes of the findings of each, which is nothing for a note without findings, of
        several notes at a time or of each `apart`. What was made under the same `name` before is taken from there, of notes
        of which there is nothing else to say."""
        memory, self._memory = self._memory, None
        known = self._known = memory.known(name, self._paths) if memory else None
        todo = self._paths if known is None else [path for path in self._paths if path not in known]
        self._tallies, self._missing = Tallies() if known is None else known.tallies(), {}
        anew = self._judged_anew(make, todo, memory.is_same if memory else None)
        self._advance(len(self._paths) - len(todo))
        one_by_one: Iterator[Sequence[str]] = ((path,) for path in self._paths)
        for stretch in one_by_one if apart or known is None else known.stretches(self._paths):
            path = stretch[0]
            if known is not None and path in known:
                assert memory is not None
                pieces = known.pieces(stretch)
                if pieces is None:
                    pieces = b"".join(piece for piece, *_ in self._judged_anew(make, stretch, None))
                memory.add_known(stretch, pieces)
                yield pieces
                continue
            piece, verdict, reads = next(anew)
            if memory:
                memory.add(path, piece, verdict, reads)
            self._tallies.add(starmap(Kind, verdict.kinds))
            if verdict.missing:
                self._missing[path] = verdict.missing
            yield piece
        self.are_judged = True
        if memory:
            memory.finish(self._tallies)

    def _judged_anew(
        self, make: Make, paths: Sequence[str], is_same: IsSame | None
    ) -> Iterator[tuple[bytes, Verdict, str | None]]:
        processes = self._processes
        if len(paths) < len(self._paths):
            processes = min(processes, processes_for(len(paths), anywhere=True))
        if processes > 1:
            self._judge.learn(paths)
        work = _Work(self._judge, make, is_same)
        for part in streamed(work.share, paths, processes, anywhere=True):
            (lengths, verdicts, reads), begin = head_of(part)
            self._advance(len(lengths))
            yield from zip(cut(part, begin, lengths), starmap(Verdict, verdicts), reads, strict=True)


class _Work(NamedTuple):
    """What each process does with its notes; it can be pickled."""

    judge: Judge
    make: Make
    is_same: IsSame | None

    def share(self, paths: Sequence[str]) -> bytes:
        """Return what was made of each note, below a head with the lengths of that, the verdicts, and what was read."""
        made: list[bytes] = []
        verdicts: list[Verdict] = []
        reads: list[str | None] = []
        for path in paths:
            judged = self.judge.at(path)
            verdicts.append(Verdict(judged.found.kinds(), missing_notes(judged.note, judged.found)))
            made.append(self.make(judged.found, self._texts(judged.note)) if judged.found else b"")
            reads.append(judged.reads if self.is_same is None or self.is_same(judged.note) else None)
        return with_head(([*map(len, made)], verdicts, reads), made)

    def _texts(self, note: Note) -> TextOf:
        """Return what gives the text of the note, and of others."""
        others = self.judge.vault.notes
        return lambda path: note.text if path == note.path else others[path].text if path in others else None


def _packed(found: NoteFindings, _text_of: TextOf) -> bytes:
    return packed(found).encode()
