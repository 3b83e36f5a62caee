"""Questions that decide whether a rule is run on a note.

Of some thirty rules most find nothing in a note. A rule names such a question with `where`; several rules name the same
one, and it is answered once a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from processor.vault.note import Note

Question = Callable[[Note], bool]
_T = TypeVar("_T")


def lacks_properties(note: Note) -> bool:
    """Return whether a note has no front matter that can be read."""
    return note.properties.span is None or note.properties.fault is not None


def has_code(note: Note) -> bool:
    return bool(note.code)


def has_html(note: Note) -> bool:
    """Return whether a note may have an HTML block."""
    return any(region.place == "html" for region in note.regions)


def has_odd_stamps(note: Note) -> bool:
    """Return whether any stamp is neither a well-formed anchor amid text nor a link as the program writes it."""
    return bool(note.timestamps.rest)


class Asked(Generic[_T]):
    """What is to be run on a note, each thing where its question is answered with yes (None: always)."""

    def __init__(self, things: Iterable[tuple[Question | None, _T]]) -> None:
        self._things = list(things)
        self._questions = {question for question, _ in self._things}

    def of(self, note: Note) -> list[_T]:
        """Return those of a note, in their order. Each question is asked once."""
        answers = {question: question is None or question(note) for question in self._questions}
        return [thing for question, thing in self._things if answers[question]]
