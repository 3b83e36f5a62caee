"""What runs the rules over notes, as judging and fixing ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from processor.lint.findings import NoteFindings
from processor.rules.base import Finding
from processor.vault.note import Note
from processor.vault.vault import Vault


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


class RuleChecker(Checker, Protocol):
    """The same, of which some rules can be run by themselves."""

    with_edits: bool

    def rules_in_vault(self, note: Note) -> frozenset[str]:
        """Return the rules that may say something of a note which takes the vault."""

    def limited(self, rules: frozenset[str]) -> RuleChecker:
        """Return one that runs these rules only."""

    def may_silence(self, note: Note) -> bool:
        """Return whether there is anything in a note, or said of it, that may suppress a finding."""
