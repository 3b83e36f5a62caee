"""One round of fixing: which fixes can be made at once, and the notes after them, if nothing else changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from processor.base.text import Edit, OverlapError
from processor.fix.unchanged import changed_outside
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note

_MOST_TRIES = 200
"""How often a round looks for the fixes that do harm before it gives up the rest of that note's (a bug of ours anyway)."""


_Key = tuple[object, ...]


class Candidate(NamedTuple):
    """A fix that might be made: that of one finding, or those of several that are made together."""

    finding: Finding  # the first one
    edits: Mapping[str, tuple[Edit, ...]]  # by note
    key: tuple[object, ...]  # by which it is known again in a later round
    titles: tuple[str, ...] = ()  # of each of the fixes; empty where it is one

    @property
    def title(self) -> str:
        return self.finding.fix.title if self.finding.fix else ""

    def counts(self, *, titles: bool) -> Counter[tuple[str, str]]:
        """How many fixes of which rule and title it makes; without `titles` these are empty."""
        return Counter((self.finding.rule, title if titles else "") for title in self.titles or (self.title,))


def candidates(findings: Iterable[Finding], notes: Mapping[str, Note], *, unsafe: bool) -> Iterator[Candidate]:
    """The fixes of some findings of one note that change anything; the unsafe ones only if asked for."""
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
    """The fix that makes the edits of some findings of one rule; None where it changes nothing."""
    first = findings[0]
    fixes = [f.fix for f in findings if f.fix]
    edits: dict[str, list[Edit]] = {}
    texts: dict[str, str | None] = {}
    words: list[object] = [first.path, first.rule, fixes[0].title]
    changes = False
    for path, edit in chain.from_iterable(fix.edits for fix in fixes):
        if path not in texts:
            edits[path], texts[path] = [], notes[path].text if path in notes else None
        edits[path].append(edit)
        text = texts[path]
        old = None if text is None else text[edit.start : edit.end]
        changes = changes or old != edit.text
        words += (path, old, edit.text)
    if not changes:
        return None
    titles = tuple(fix.title for fix in fixes) if len(fixes) > 1 else ()
    return Candidate(first, {p: tuple(e) for p, e in edits.items()}, tuple(words), titles)


def torn(found: Iterable[Finding], kept: Iterable[Finding]) -> set[str]:
    """The rules whose fixes are made together, and of which some finding is not among those kept, as it was silenced."""
    every, left = (Counter(f.rule for f in x if f.fix and f.fix.together) for x in (found, kept))
    return {rule for rule in every if left[rule] < every[rule]}


class Places:
    """What is taken in each note. Two edits may touch, unless one of them only inserts: then their order would count."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def take(self, fix: Candidate) -> bool:
        """Take all places of a fix; False, and none taken, where one of them is not free."""
        if not all(self._is_free(path, edit) for path, edits in fix.edits.items() for edit in edits):
            return False
        for path, edits in fix.edits.items():
            spans = self._spans.setdefault(path, [])
            for edit in edits:
                insort(spans, (edit.start, edit.end))
        return True

    def _is_free(self, path: str, edit: Edit) -> bool:
        spans = self._spans.get(path, [])
        i = bisect_left(spans, (edit.start, edit.start))
        return not any(_collide(edit.start, edit.end, a, b) for a, b in spans[max(0, i - 1) : i + 2])


def _collide(a: int, b: int, c: int, d: int) -> bool:
    if a == b or c == d:
        return a <= d and c <= b
    return a < d and c < b


def choose(fixes: Sequence[Candidate]) -> list[Candidate]:
    """The fixes that go together, in the order of the text: each but those that overlap an earlier one."""
    if _are_apart(fixes):
        return sorted(fixes, key=_order)
    places = Places()
    return [f for f in sorted(fixes, key=_order) if places.take(f)]


def _are_apart(fixes: Iterable[Candidate]) -> bool:
    """Whether no place of one fix touches a place of another, as it mostly is: told of all at once."""
    places: dict[str, list[tuple[int, int]]] = {}
    for fix in fixes:
        for path, edits in fix.edits.items():
            places.setdefault(path, []).extend([edit[:2] for edit in edits])
    for spans in places.values():
        spans.sort()
        if any(end >= start for (_, end), (start, _) in pairwise(spans)):
            return False
    return True


def _order(fix: Candidate) -> tuple[object, ...]:
    return fix.finding.path, min(e[:2] for edits in fix.edits.values() for e in edits), fix.finding.rule, fix.key[2:]


def mended(notes: Mapping[str, Note], fixes: Sequence[Candidate]) -> dict[str, Note] | str:
    """The notes that the fixes change, as they are then; or what the fixes would change besides."""
    by_note: dict[str, list[Edit]] = {}
    for fix in fixes:
        for path, edits in fix.edits.items():
            by_note.setdefault(path, []).extend(edits)
    after = {}
    for path, taken in by_note.items():
        note = notes[path]
        try:
            source = note.source.edited(taken)
        except OverlapError:
            return "its own edits overlap"
        after[path] = parse_note(source, path)
        if other := changed_outside(note, after[path], taken):
            return f"it would change {other}" if len(by_note) == 1 else f"it would change {other} (in {path})"
    return after


class Sifted(NamedTuple):
    """The fixes that do no harm, the notes after them, and the fixes that do, each with what it would do."""

    made: list[Candidate]
    notes: dict[str, Note]
    harmful: list[tuple[Candidate, str]]


def sift(notes: Mapping[str, Note], fixes: Sequence[Candidate]) -> Sifted:
    """Make the fixes; where something else changes, find those that do it, by halves, and leave these out."""
    after = mended(notes, fixes)
    if not isinstance(after, str):
        return Sifted(list(fixes), after, [])
    made: list[Candidate] = []
    harmful: list[tuple[Candidate, str]] = []
    after, tries = {}, 0
    waiting = [list(fixes)]
    while waiting:
        part = waiting.pop()
        tries += 1
        found = mended(notes, made + part) if tries <= _MOST_TRIES else "it stands among many that do harm"
        if not isinstance(found, str):
            made, after = made + part, found
        elif len(part) == 1 or tries > _MOST_TRIES:
            harmful += ((fix, found) for fix in part)
        else:
            middle = len(part) // 2
            waiting += (part[middle:], part[:middle])
    return Sifted(made, after, harmful)


def culprit(
    keys: Sequence[_Key], likely: Sequence[_Key], rules: Sequence[_Key], everything: Sequence[_Key]
) -> Generator[Sequence[_Key], bool, None]:
    """Which of some fixes does harm: gives, one after the other, those to bar, and is sent whether that helps.

    The `likely` ones come first, then halves, then all of one rule (another of its fixes may take the place of one that is
    barred). What was given last is the answer: one fix or rule, or, where no single one does it, `everything`.
    """
    for key in likely:
        if (yield [key]):
            return
    low, high = 0, len(keys)
    while high - low > 1:
        middle = (low + high) // 2
        if (yield keys[low:middle]):
            high = middle
        else:
            low = middle
    if low < high and (yield keys[low:high]):
        return
    for key in rules:
        if (yield [key]):
            return
    yield everything
