"""The linter for a vault that is built: its findings, with other fixes where `build` promises more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from processor.base.text import Span
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter
from processor.rules.base import Finding
from processor.vault.note import Note
from processor.vault.vault import Vault


class BuildJudge:
    """The linter, with the fixes of `promoted` rules made as if they were safe, and those of `deferred` ones not at all.

    A stamp that is a link to nowhere (`[00:06:10](#t=00:06:10)`) is linked like every other: in the source it may be meant
    for a plugin, and there it stays.
    """

    def __init__(self, linter: Linter, *, promoted: Collection[str] = (), deferred: Collection[str] = ()) -> None:
        self.linter = linter
        self.promoted = frozenset(promoted)
        self.deferred = frozenset(deferred)

    # of unsafe fixes the edits are always wanted: some are made as if they were safe

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        del unsafe_edits
        found = self.linter.check_note(note, in_bulk=in_bulk)
        return NoteFindings(note.path, self._turned(note, found.single), found.alike)

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        del unsafe_edits
        check = self.linter.vault_check(vault)
        return (lambda note: self._turned(note, check(note))) if self.promoted else check

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        left = self.linter.unsuppressed(note, findings)
        if not self.deferred:
            return left
        single = [f._replace(fix=None) if f.fix and f.rule in self.deferred else f for f in left.single]
        return NoteFindings(note.path, single, left.alike)

    def _turned(self, note: Note, findings: Iterable[Finding]) -> list[Finding]:
        found: list[Finding] = []
        links: set[Span] | None = None  # the stamps that are links
        for f in findings:
            if f.fix and not f.fix.safe:
                promoted = f.rule in self.promoted
                if f.rule == "unlinked-timestamp":
                    if links is None:
                        links = {t.span for t in note.timestamps.odd if t.form == "link"}
                    promoted = f.span in links
                if promoted:
                    f = f._replace(fix=f.fix._replace(safe=True))  # noqa: PLW2901  the same, turned
            found.append(f)
        return found
