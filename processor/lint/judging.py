"""Judging: all rules over each note of a vault, without what is suppressed; a report is made of the findings on the spot.

In a large vault neither the notes nor their findings are held: each note is read, judged by all rules and reported on
before the next, and only what was made of it crosses from the process that did so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import starmap
from typing import Any, NamedTuple

from processor.base.parallel import cut, head_of, processes_for, streamed, with_head
from processor.lint.checker import Checker, RuleChecker
from processor.lint.findings import DeferredFindings, Findings, Kind, Make, NoteFindings, Tallies, TextOf, joined
from processor.lint.memory import IsSame, Known, Memory, Verdict
from processor.lint.packing import packed, unpacked
from processor.rules.base import Finding
from processor.vault.note import Note
from processor.vault.trace import Trace
from processor.vault.vault import Vault
from processor.vault.wanted import Ask

Tell = Callable[[Note, NoteFindings, TextOf, Vault], bytes]
"""Makes something of a note, whose text need not have been read, and its findings, of which there may be none; of the vault nothing
but what rules that are on have read for this note. It can be pickled."""
_NO_VERDICT = Verdict()
_FIRST = 32  # notes after whose check most is stored that rules store with the vault


class Judged(NamedTuple):
    """A note and its findings; `reads` are the cells that its rules read, where that was to be recorded."""

    note: Note
    found: NoteFindings
    reads: str = ""


class Judge:
    """Judges the notes of one vault. `traces`: records which cells of the vault the rules read."""

    def __init__(self, checker: RuleChecker, vault: Vault, *, traces: bool = False) -> None:
        self._trace = Trace(on=traces)
        self._given = vault
        self.vault = vault.traced(self._trace) if traces else vault
        self._checker = checker
        self._limited: dict[frozenset[str], tuple[Checker, Callable[[Note], list[Finding]]]] = {}
        self._check_in_vault = checker.vault_check(self.vault)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Judge, traces=self._trace.on), (self._checker, self._given)

    def at(self, path: str) -> Judged:
        """Judge the note at a path."""
        self._trace.begin()
        note = self.vault.notes[path].whole
        of_note = self._checker.check_note(note)
        found = self._checker.unsuppressed(note, joined(path, of_note, self._check_in_vault(note)))
        return Judged(note, found, self._trace.line(note) if self._trace.on else "")

    def again(self, path: str, before: NoteFindings, *, in_vault: bool) -> Judged:
        """Judge the note at a path, of which it is known what was found in it `before`, without the edits of fixes: no rules are
        run but those of which edits are wanted, and, with `in_vault`, those that may see the vault there."""
        self._trace.begin()
        note = self.vault.notes[path].whole
        if self._checker.may_silence(note):  # what is of use there depends on all that is found
            return self.at(path)
        rules = self._checker.rules_in_vault(note) if in_vault else frozenset[str]()
        if self._checker.with_edits:
            rules |= {kind.rule for kind in before.kinds() if kind.safe is not None}
        if rules not in self._limited:
            limited = self._checker.limited(rules)
            self._limited[rules] = limited, limited.vault_check(self.vault)
        checker, check_in_vault = self._limited[rules]
        anew = joined(path, checker.check_note(note), check_in_vault(note))
        single = [f for f in before.single if f.rule not in rules] + anew.single
        found = NoteFindings(path, single, [g for g in before.alike if g.rule not in rules] + [*anew.alike])
        return Judged(note, found, self._trace.line(note) if self._trace.on else "")

    def learn(self, paths: Sequence[str]) -> None:
        """See `learn`."""
        learn(self.vault, self._check_in_vault, paths)


def learn(vault: Vault, check: Callable[[Note], object], paths: Sequence[str]) -> None:
    """Check the first of some notes, so that rules work out here what they store with the vault, and not in each of the
    processes that will check the notes at these paths."""
    for path in paths[:_FIRST]:
        check(vault.notes[path].whole)
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
        known = self._known
        paths = [p for p in self._paths if p in kept or (known and p in known and known.kinds(p))]
        return DeferredFindings(paths, self._found)

    def _found(self, path: str) -> NoteFindings:
        """Return the findings in a note that is known, or was judged and packed."""
        if self._packed and path in self._packed:
            return unpacked(path, self._packed[path])
        found = self._known.findings(path) if self._known else None
        return self._judge.at(path).found if found is None else found

    def _pack(self) -> dict[str, bytes]:
        """Judge the notes of which the findings are not known; return these by path, packed."""
        kept: dict[str, bytes] = {}
        for (path, *_), data in self._judged(partial(_of_findings, _packed), is_for_findings=True):
            if data:
                kept[path] = data
        return kept

    def __len__(self) -> int:
        return self.tallies.total

    def made(self, make: Make, text_of: TextOf, name: str = "") -> Iterator[bytes]:
        if self._packed is not None:
            return super().made(make, text_of)
        return (pieces for _, pieces in self._judged(partial(_of_findings, make), name) if pieces)

    def told(self, tell: Tell, name: str) -> Iterator[bytes]:
        """Yield what `tell` makes of every note, as `made` does of those with findings."""
        return (pieces for _, pieces in self._judged(tell, name))

    def _judged(
        self, tell: Tell, name: str = "", *, is_for_findings: bool = False
    ) -> Iterator[tuple[Sequence[str], bytes]]:
        """Judge all notes; yield what `tell` makes of each and its findings, of one note or several at a time. What was made under the same `name` before is taken from there, of notes of which there
        is nothing else to say. With `is_for_findings` nothing is made of those of which these are known."""
        memory, self._memory = self._memory, None
        known = self._known = memory.known(name, self._paths) if memory else self._known
        is_there: Callable[[str], bool] | None = None
        if known is not None and is_for_findings:
            is_there = known.has_findings
        elif known is not None and memory:  # without, it knows what was made under the name of an earlier report
            is_there = known.has_pieces
        todo = [path for path in self._paths if not is_there(path)] if is_there else self._paths
        self._tallies, self._missing = Tallies() if known is None else known.tallies(), {}
        work = _Work(self._judge, tell, known, memory.is_same if memory else None, keeps=memory is not None)
        anew = self._worked(work, todo)
        self._advance(len(self._paths) - len(todo))
        one_by_one: Iterator[Sequence[str]] = ((path,) for path in self._paths)
        for stretch in known.stretches(self._paths) if known and is_there and not is_for_findings else one_by_one:
            path = stretch[0]
            if known is not None and is_there and is_there(path):
                pieces = b"" if is_for_findings else known.pieces(stretch)
                if pieces is None:
                    pieces = b"".join(made for made, *_ in self._worked(work, stretch))
            else:
                pieces, verdict, found, reads = next(anew)
                if known is None or path not in known:
                    if memory:
                        memory.add(path, pieces, verdict, found, reads)
                    self._tallies.add(starmap(Kind, verdict.kinds))
                    if verdict.missing:
                        self._missing[path] = verdict.missing
                    yield stretch, pieces
                    continue
            if memory:
                memory.add_known(stretch, pieces)
            yield stretch, pieces
        self.are_judged = True
        next(anew, None)  # what the processes had open is closed, too
        if memory:
            memory.finish(self._tallies)

    def _worked(self, work: _Work, paths: Sequence[str]) -> Iterator[tuple[bytes, Verdict, bytes, str | None]]:
        processes = self._processes
        if len(paths) < len(self._paths):
            processes = min(processes, processes_for(len(paths), anywhere=True))
        if processes > 1:
            self._judge.learn(paths)
        for part in streamed(work.share, paths, processes, anywhere=True):
            (lengths, verdicts, packed_lengths, reads), begin = head_of(part)
            self._advance(len(lengths))
            made = cut(part, begin, lengths)
            found = cut(part, begin + sum(lengths), packed_lengths)
            yield from zip(made, starmap(Verdict, verdicts), found, reads, strict=True)


class _Work(NamedTuple):
    """What each process does with its notes; it can be pickled. With `keeps` the findings are wanted, too, packed."""

    judge: Judge
    tell: Tell
    known: Known | None
    is_same: IsSame | None
    keeps: bool

    def share(self, paths: Sequence[str]) -> bytes:
        """Return what was made of each note, and its findings, below a head with the lengths of these, the verdicts, and what was
        read; of notes of which the findings are known only what was made."""
        made: list[bytes] = []
        verdicts: list[Verdict] = []
        kept: list[bytes] = []
        reads: list[str | None] = []
        for path in paths:
            found = self.known.findings(path) if self.known else None
            if found is not None:
                made.append(self.tell(self.judge.vault.notes[path], found, self._text_of, self.judge.vault))
                verdicts.append(_NO_VERDICT)
                kept.append(b"")
                reads.append("")
                continue
            judged = self._judged(path)
            verdicts.append(Verdict(judged.found.kinds(), missing_notes(judged.note, judged.found)))
            made.append(self.tell(judged.note, judged.found, self._texts(judged.note), self.judge.vault))
            kept.append(packed(judged.found, with_edits=False).encode() if self.keeps else b"")
            reads.append(judged.reads if self.is_same is None or self.is_same(judged.note) else None)
        return with_head(([*map(len, made)], verdicts, [*map(len, kept)], reads), [*made, *kept])

    def _judged(self, path: str) -> Judged:
        before = self.known.before(path) if self.known else None
        if self.known is None or before is None:
            return self.judge.at(path)
        return self.judge.again(path, before, in_vault=path not in self.known)

    def _text_of(self, path: str) -> str | None:
        notes = self.judge.vault.notes
        return notes[path].text if path in notes else None

    def _texts(self, note: Note) -> TextOf:
        """Return what gives the text of the note, and of others."""
        return lambda path: note.text if path == note.path else self._text_of(path)


def _of_findings(make: Make, _note: Note, found: NoteFindings, text_of: TextOf, _vault: Vault) -> bytes:
    """Tell of a note's findings only, and nothing where it has none."""
    return make(found, text_of) if found else b""


def _packed(found: NoteFindings, _text_of: TextOf) -> bytes:
    return packed(found).encode()
