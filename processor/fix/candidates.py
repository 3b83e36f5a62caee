"""The fixes that might be made: those of findings, each with its edits by note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from processor.base.text import Edit
from processor.rules.base import Finding
from processor.vault.note import Note

Key = tuple[object, ...]
"""What names a fix in every round: the path and rule of its finding, its title, and each edit's path, old and new text."""

Barred = dict[Key, str]
"""Why fixes must not be made: by their key, by (path, rule) for all of one rule, or by (path, "") for all in a note."""


class Candidate(NamedTuple):
    """A fix that might be made: that of one finding, or those of several that are made together."""

    finding: Finding  # the first one
    edits: Mapping[str, tuple[Edit, ...]]  # by note
    key: Key
    titles: tuple[str, ...] = ()  # of each of the fixes; empty where it is one

    @property
    def title(self) -> str:
        return self.finding.fix.title if self.finding.fix else ""

    @property
    def touched(self) -> frozenset[str]:
        """The paths of the notes that it edits, and of the one that its finding is in."""
        return frozenset((*self.edits, self.finding.path))

    def counts(self, *, titles: bool) -> Counter[tuple[str, str]]:
        """Return how many fixes of which rule and title it makes; without `titles` these are empty."""
        return Counter((self.finding.rule, title if titles else "") for title in self.titles or (self.title,))


def candidates(findings: Iterable[Finding], notes: Mapping[str, Note], *, unsafe: bool) -> Iterator[Candidate]:
    """Yield the fixes of some findings of one note that change anything; the unsafe ones only with `unsafe`."""
    before: object = None
    together: dict[str, list[Finding]] = {}
    for finding in findings:
        fix = finding.fix
        # findings of one list have one fix, and hold the very same edits
        if fix is None or not (fix.safe or unsafe) or (fix.edits and fix.edits is before):
            continue
        before = fix.edits
        if fix.together:
            together.setdefault(finding.rule, []).append(finding)
        elif made := _candidate([finding], notes):
            yield made
    for several in together.values():
        if made := _candidate(several, notes):
            yield made


def _candidate(findings: Sequence[Finding], notes: Mapping[str, Note]) -> Candidate | None:
    """Return the fix that makes the edits of some findings of one rule; None where it changes nothing."""
    first = findings[0]
    fixes = [f.fix for f in findings if f.fix]
    edits: dict[str, list[Edit]] = {}
    texts: dict[str, str | None] = {}
    key: list[object] = [first.path, first.rule, fixes[0].title]
    changes = False
    for path, edit in chain.from_iterable(fix.edits for fix in fixes):
        if path not in texts:
            edits[path], texts[path] = [], notes[path].text if path in notes else None
        edits[path].append(edit)
        text = texts[path]
        old = None if text is None else text[edit.start : edit.end]
        changes = changes or old != edit.text
        key += (path, old, edit.text)
    if not changes:
        return None
    titles = tuple(fix.title for fix in fixes) if len(fixes) > 1 else ()
    return Candidate(first, {p: tuple(e) for p, e in edits.items()}, tuple(key), titles)


def torn(found: Iterable[Finding], unsuppressed: Iterable[Finding]) -> set[str]:
    """Return the rules whose fixes are made together, and of which some but not all findings are suppressed."""
    every, left = (Counter(f.rule for f in x if f.fix and f.fix.together) for x in (found, unsuppressed))
    return {rule for rule in every if left[rule] < every[rule]}
