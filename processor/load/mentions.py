"""Which notes speak of which names: so that what a change touches is found without a look at every note."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from processor.vault.facts import fact
from processor.vault.naming import link_name
from processor.vault.note import Note


class Mentions:
    """The names in the links of notes."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._speaking: dict[str, set[str]] = {}  # a name, as links compare it → the notes with a link to it
        self._spoken: dict[str, frozenset[str]] = {}  # the same the other way round
        for note in notes:
            self.learn(note)

    def learn(self, note: Note) -> None:
        """Take a note as it is now."""
        new = frozenset(_link_names(note.anew()))
        self.forget(note.path, but=new)
        for name in new:
            self._speaking.setdefault(name, set()).add(note.path)
        self._spoken[note.path] = new

    def forget(self, path: str, but: frozenset[str] = frozenset()) -> None:
        """Take away what a note that was at a path spoke of, `but` for some names."""
        for name in self._spoken.pop(path, frozenset()) - but:
            self._speaking[name].discard(path)

    def of(self, path: str) -> Collection[str]:
        """The notes with a link that may lead to the file at a path."""
        return self._speaking.get(link_name(path), ())


@fact
def _link_names(note: Note) -> list[str]:
    """The names of which a note's links speak."""
    return sorted({link_name(link.path) for link in note.links})
