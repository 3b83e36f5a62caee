"""One round of fixing: each note mended by itself, then the fixes that touch several, then a look at what links to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from processor.fix.applying import Places, sift
from processor.fix.candidates import Barred, Candidate, Key
from processor.fix.outcome import Outcome
from processor.vault.note import Note

Counts = dict[str, Counter[tuple[str, str]]]
"""How many fixes of each rule and title, by the path of the note that the finding is in."""


class Round:
    """The fixes that can be made at once, the notes after them, and the fixes that turned out to do harm.

    The `fixes` themselves are held only where a link elsewhere, or another note, has to do with them: of most others there
    are too many.
    """

    def __init__(self, *, titles: bool) -> None:
        self.titles = titles
        self.notes: dict[str, Note] = {}
        self.counts: Counts = {}
        self.fixes: list[Candidate] = []
        self.barred: Barred = {}
        self.again: set[str] = set()  # notes that have fixes besides
        self.settled: set[str] = set()  # notes in which nothing is left to mend, as far as the vault is as it was
        self.steps: Counter[str] = Counter()  # how often each was mended
        self._several: list[Candidate] = []  # fixes that touch several notes, not made yet

    def add(self, outcome: Outcome) -> None:
        """Enter what a note came to by itself."""
        path = outcome.path
        if outcome.note is not None:
            self.notes[path] = outcome.note
            self.steps[path] = outcome.steps
            if outcome.is_settled:
                self.settled.add(path)
        if outcome.counts:
            self.counts[path] = Counter(outcome.counts)
        if outcome.moves_anchors:
            self.fixes += outcome.made
        self._several += outcome.several
        self._bar(outcome.harmful)

    def make_several(self, before: Mapping[str, Note]) -> Sequence[Candidate]:
        """Make the fixes that touch several notes, but for those in the way of others, and return them."""
        places = Places()
        chosen = []
        for fix in self._several:
            if any(p in self.notes for p in fix.edits) or not places.take(fix):
                self.again.add(fix.finding.path)
            else:
                chosen.append(fix)
        made, notes, harmful = sift(before, chosen)
        self.notes |= notes
        self.steps.update([*notes])
        for fix in made:
            self.counts.setdefault(fix.finding.path, Counter()).update(fix.counts(titles=self.titles))
        self.fixes += made
        self._bar(harmful)
        return made

    def groups(self) -> list[frozenset[str]]:
        """Return the notes that one fix touches, for each fix that touches several."""
        return [fix.touched for fix in self.fixes if fix.edits.keys() != {fix.finding.path}]

    def with_groups(self, paths: set[str]) -> set[str]:
        """Return some notes and those changed together with them."""
        return closure(paths, [fix.touched for fix in self.fixes])

    def drop(self, paths: set[str]) -> None:
        """Leave some notes, and those changed together with them, as they were before the round."""
        dropped = self.with_groups(paths)
        self.notes = {p: n for p, n in self.notes.items() if p not in dropped}
        self.counts = {p: c for p, c in self.counts.items() if p not in dropped}
        self.fixes = [f for f in self.fixes if not dropped & f.touched]
        self.again |= dropped

    def bar(self, keys: Iterable[Key], reason: str, paths: set[str]) -> None:
        """Bar fixes, and leave the notes as they were that they change."""
        self.barred |= dict.fromkeys(keys, reason)
        self.drop(paths)

    def _bar(self, harmful: Iterable[tuple[Candidate, str]]) -> None:
        for fix, reason in harmful:
            self.barred[fix.key] = reason
            self.again.add(fix.finding.path)


def closure(paths: set[str], groups: Sequence[frozenset[str]]) -> set[str]:
    """Return the paths and all that are in a group with one of them, directly or by way of other groups."""
    found = set(paths)
    grown = True
    while grown:
        grown = False
        for group in groups:
            if not group <= found and group & found:
                found |= group
                grown = True
    return found
