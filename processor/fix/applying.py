"""Choosing the fixes that can be made at once, and making them in notes where nothing else changes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from processor.base.text import Edit, OverlapError
from processor.fix.candidates import Candidate
from processor.fix.unchanged import changed_outside
from processor.vault.note import Note, parse_note

_MOST_TRIES = 200
"""How often fixes are tried in the search for those that do harm, before the rest of the note's are left out."""


class Places:
    """The places of each note that fixes edit. Two edits may touch, unless one only inserts: their order would count."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def take(self, fix: Candidate) -> bool:
        """Take all places of a fix and return True; where one of them is not free take none and return False."""
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
    """Return the fixes that go together, in the order of the text: each but those that overlap an earlier one."""
    if _are_apart(fixes):
        return sorted(fixes, key=_order)
    places = Places()
    return [f for f in sorted(fixes, key=_order) if places.take(f)]


def _are_apart(fixes: Iterable[Candidate]) -> bool:
    """Return whether no place of a fix touches another, as is mostly so: found by one sort of all places."""
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


def applied(notes: Mapping[str, Note], fixes: Sequence[Candidate]) -> dict[str, Note] | str:
    """Return the notes that the fixes change, as they are then; or, as a sentence, what else the fixes would change."""
    by_note: dict[str, list[Edit]] = {}
    for fix in fixes:
        for path, edits in fix.edits.items():
            by_note.setdefault(path, []).extend(edits)
    after = {}
    for path, all_edits in by_note.items():
        note = notes[path]
        try:
            source = note.source.edited(all_edits)
        except OverlapError:
            return "its own edits overlap"
        after[path] = parse_note(source, path)
        if other := changed_outside(note, after[path], all_edits):
            return f"it would change {other}" if len(by_note) == 1 else f"it would change {other} (in {path})"
    return after


class Sifted(NamedTuple):
    """The fixes that do no harm, the notes after them, and the fixes that do, each with what it would do."""

    made: list[Candidate]
    notes: dict[str, Note]
    harmful: list[tuple[Candidate, str]]


def sift(notes: Mapping[str, Note], fixes: Sequence[Candidate]) -> Sifted:
    """Make the fixes; where something else changes, find those that do it, by halves, and leave these out."""
    after = applied(notes, fixes)
    if not isinstance(after, str):
        return Sifted(list(fixes), after, [])
    made: list[Candidate] = []
    harmful: list[tuple[Candidate, str]] = []
    after, tries = {}, 0
    waiting = [list(fixes)]
    while waiting:
        part = waiting.pop()
        tries += 1
        found = applied(notes, made + part) if tries <= _MOST_TRIES else "it stands among many that do harm"
        if not isinstance(found, str):
            made, after = made + part, found
        elif len(part) == 1 or tries > _MOST_TRIES:
            harmful += ((fix, found) for fix in part)
        else:
            middle = len(part) // 2
            waiting += (part[middle:], part[:middle])
    return Sifted(made, after, harmful)
