"""What the fix engine is told of a vault while it is built: the linter's findings, with other fixes where build promises more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from processor.lint import Linter
from processor.note import Note
from processor.rule import Finding
from processor.vault import Vault


class BuildJudge:
    """The linter, with the fixes of `promoted` rules made as if they were safe, and those of `deferred` ones not at all.

    What the rules say that see one note only is remembered for a note as long as it stays as it is and no fix of theirs
    can be made in it: a vault is judged twice.
    """

    def __init__(
        self, linter: Linter, *, unsafe: bool = False, promoted: Collection[str] = (), deferred: Collection[str] = ()
    ) -> None:
        self.linter = linter
        self.unsafe = unsafe
        self.promoted = frozenset(promoted)
        self.deferred = frozenset(deferred)
        self.unsafe_edits = unsafe
        self._known: dict[str, tuple[Note, Sequence[Finding]]] = {}

    @property
    def unsafe_edits(self) -> bool:
        """Whether the edits of unsafe fixes are wanted: those of promoted rules always are."""
        return self.linter.unsafe_edits

    @unsafe_edits.setter
    def unsafe_edits(self, wanted: bool) -> None:
        self.linter.unsafe_edits = wanted or bool(self.promoted)

    def check_note(self, note: Note) -> Sequence[Finding]:
        known = self._known.get(note.path)
        if known is not None and known[0] is note:
            return known[1]
        found = self.linter.check_note(note)
        if not any(f.fix and (f.fix.safe or self.unsafe) for f in found):
            self._known[note.path] = (note, [f._replace(fix=f.fix._replace(edits=())) if f.fix else f for f in found])
        return found

    def vault_check(self, vault: Vault) -> Callable[[Note], list[Finding]]:
        return self.linter.vault_check(vault)

    def kept(self, note: Note, findings: Sequence[Finding]) -> Sequence[Finding]:
        kept = self.linter.kept(note, findings)
        if not self.promoted and not self.deferred:
            return kept
        return [self._turned(f) if f.fix and f.rule in self.promoted | self.deferred else f for f in kept]

    def _turned(self, finding: Finding) -> Finding:
        if finding.fix is None or finding.rule in self.deferred:
            return finding._replace(fix=None)
        return finding._replace(fix=finding.fix._replace(safe=True))
