"""Notes that links ask for and that do not exist: which are wanted most, and how that is said, one way everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from processor.vault.naming import path_key

Ask = tuple[str, str]
"""The path of a note, and what one of its links names."""


class Wanted(NamedTuple):
    """A note that is asked for: its name as most links spell it, the notes that ask, in order, and in how many links."""

    name: str
    notes: tuple[str, ...]
    links: int

    @property
    def asked(self) -> str:
        """`3 notes, 4 links`."""
        return asked(len(self.notes), self.links)


def wanted(asks: Iterable[Ask], same: Callable[[str], str] = path_key) -> list[Wanted]:
    """Return the notes that are asked for: first those for which most notes ask, of these those for which most links do.

    Names for which `same` gives the same are of one note.
    """
    notes: dict[str, dict[str, None]] = {}
    names: dict[str, Counter[str]] = {}
    for path, target in asks:
        name = target.removesuffix(".md")
        key = same(name)
        notes.setdefault(key, {})[path] = None
        names.setdefault(key, Counter())[name] += 1
    found = [
        Wanted(min(spelled, key=lambda n: (-spelled[n], n)), tuple(sorted(notes[key])), spelled.total())
        for key, spelled in names.items()
    ]
    return sorted(found, key=lambda w: rank(len(w.notes), w.links, w.name))


def rank(notes: int, links: int, name: str) -> tuple[int, int, str, str]:
    """Return what sorts names that are asked for by so many notes and links, the most wanted first."""
    return -notes, -links, path_key(name), name


def asked(notes: int, links: int) -> str:
    """Return how much something is wanted: `3 notes, 4 links`."""
    return f"{notes:,} note{'' if notes == 1 else 's'}, {links:,} link{'' if links == 1 else 's'}"
