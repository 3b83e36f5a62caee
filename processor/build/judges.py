"""What the fix engine is told of a vault while it is built: the linter's findings, with other fixes where build promises more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from processor.findings import NoteFindings
from processor.lint import Linter
from processor.note import Note
from processor.rule import Finding
from processor.vault import Vault


class FactFinder(Linter):
    """A linter that finds no fault, and only works out of each note what is asked of all."""

    def check_note(self, note: Note) -> Sequence[Finding]:
        for ask in self._facts:
            ask(note)
        return ()


class BuildJudge:
    """The linter, with the fixes of `promoted` rules made as if they were safe, and those of `deferred` ones not at all."""

    def __init__(
        self, linter: Linter, *, unsafe: bool = False, promoted: Collection[str] = (), deferred: Collection[str] = ()
    ) -> None:
        self.linter = linter
        self.promoted = frozenset(promoted)
        self.deferred = frozenset(deferred)
        self.unsafe_edits = unsafe

    @property
    def unsafe_edits(self) -> bool:
        """Whether the edits of unsafe fixes are wanted: those of promoted rules always are."""
        return self.linter.unsafe_edits

    @unsafe_edits.setter
    def unsafe_edits(self, wanted: bool) -> None:
        self.linter.unsafe_edits = wanted or bool(self.promoted)

    def check_note(self, note: Note) -> Sequence[Finding]:
        return self._turned(self.linter.check_note(note))

    def check_in_bulk(self, note: Note) -> NoteFindings:
        found = self.linter.check_in_bulk(note)
        return NoteFindings(note.path, self._turned(found.single), found.alike)

    def vault_check(self, vault: Vault) -> Callable[[Note], list[Finding]]:
        check = self.linter.vault_check(vault)
        return (lambda note: self._turned(check(note))) if self.promoted else check

    def kept(self, note: Note, findings: Sequence[Finding]) -> Sequence[Finding]:
        kept = self.linter.kept(note, findings)
        if not self.deferred:
            return kept
        single = [f._replace(fix=None) if f.fix and f.rule in self.deferred else f for f in kept.single]
        return NoteFindings(note.path, single, kept.alike)

    def _turned(self, findings: Iterable[Finding]) -> list[Finding]:
        return [f._replace(fix=f.fix._replace(safe=True)) if f.fix and f.rule in self.promoted else f for f in findings]
