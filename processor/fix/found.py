"""What fixing knows of the notes: how each was judged last, and what a round comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from processor.fix.mend import Candidate
from processor.fix.rounds import Kept
from processor.vault.note import Note


class Seen(NamedTuple):
    """A note as it was judged last; None where it was changed after that. The findings are without edits."""

    note: Note | None
    state: int  # of the vault
    of_note: Kept | None  # of the rules that see one note only, nothing silenced yet
    findings: Kept
    errors: Counter[str]  # by rule
    left: Counter[tuple[str, str, str]]  # rule, title, reason

    def has_fixes(self, *, unsafe: bool) -> bool:
        """Whether something in it can be mended, by a safe fix or by any."""
        return any(kind.safe is not None and (kind.safe or unsafe) for kind in self.findings.kinds())


class Round:
    """The fixes that can be made at once: the notes after them, and how many of each rule and title by note.

    The `fixes` themselves are kept only where a link elsewhere, or another note, has to do with them: of most others
    there are too many. `again` are notes that have fixes besides.
    """

    def __init__(self) -> None:
        self.notes: dict[str, Note] = {}
        self.counts: dict[str, Counter[tuple[str, str]]] = {}
        self.fixes: list[Candidate] = []
        self.again: set[str] = set()
        self.quiet: set[str] = set()  # in which nothing was left to mend, as the vault was
        self.steps: Counter[str] = Counter()  # how often each was mended, each time as what it had become

    def bound_up(self, paths: set[str]) -> set[str]:
        """Some notes and those changed together with them."""
        return closure(paths, [touched(f) for f in self.fixes])

    def drop(self, paths: set[str]) -> None:
        """Leave some notes, and those changed together with them, as they were."""
        dropped = self.bound_up(paths)
        self.notes = {p: n for p, n in self.notes.items() if p not in dropped}
        self.counts = {p: c for p, c in self.counts.items() if p not in dropped}
        self.fixes = [f for f in self.fixes if not dropped & touched(f)]
        self.again |= dropped


def touched(fix: Candidate) -> frozenset[str]:
    return frozenset((*fix.edits, fix.finding.path))


def closure(paths: set[str], groups: Sequence[frozenset[str]]) -> set[str]:
    """The paths and all that are in a group with one of them, directly or by way of other groups."""
    found = set(paths)
    grown = True
    while grown:
        grown = False
        for group in groups:
            if not group <= found and group & found:
                found |= group
                grown = True
    return found
