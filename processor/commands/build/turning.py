"""Links that a rule finds, each turned to something else by an edit of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from processor.base.text import Edit
from processor.commands.build.stages import Advance
from processor.commands.build.work import Work
from processor.fix import FixResult, fix_vault
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter
from processor.parse.nodes import Link
from processor.rules.base import Finding, FoundFix
from processor.rules.fixes import fix_with
from processor.vault.note import Note
from processor.vault.vault import Vault

Turned = Callable[[Finding, Note, Link, Vault], Edit | None]
"""The edit that turns a link of a note of which something was found; None: it stays."""


class _Turning:
    """Makes of what a linter finds of links fixes of ours, and of nothing else any."""

    def __init__(self, linter: Linter, turned: Turned, title: str) -> None:
        self.linter = linter
        self.turned = turned
        self.title = title

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        return self.linter.check_note(note, unsafe_edits=unsafe_edits, in_bulk=in_bulk)

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        self.vault = vault
        return self.linter.vault_check(vault, unsafe_edits=unsafe_edits)

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        return NoteFindings(note.path, self._with_fixes(note, self.linter.unsuppressed(note, findings)))

    def _with_fixes(self, note: Note, findings: Sequence[Finding]) -> Iterator[Finding]:
        links = {x.span: x for x in note.links} if findings else {}
        for finding in findings:
            edit = self.turned(finding, note, links[finding.span], self.vault) if finding.span in links else None
            fix = fix_with(note, self.vault, [edit], lambda: self.title, safe=True) if edit else None
            yield finding._replace(fix=FoundFix(fix.title, True, tuple(fix.edits())) if fix else None)


def turn(work: Work, linter: Linter, paths: Sequence[str], turned: Turned, title: str, advance: Advance) -> FixResult:
    """Turn the links of some notes of which `linter` says something, and that a person has not silenced."""
    result = fix_vault(work.vault, _Turning(linter, turned, title), paths, titles=False, advance=advance)
    work.vault = result.vault
    return result
