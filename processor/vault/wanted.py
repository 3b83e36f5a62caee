"""Notes that links ask for and that do not exist: which are wanted most, and how that is said, one way everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from processor.vault.naming import SHORTEST_FOLDED, letters, path_key, spaced

Ask = tuple[str, str]
"""The path of a note, and what one of its links names."""


class Wanted(NamedTuple):
    """A note that is asked for: its name as most links spell it, the notes that ask, in order, and in how many links. `spellings` are
    the names that no link takes for one another, each as most links write it, with its number of links, that of most links first."""

    name: str
    notes: tuple[str, ...]
    links: int
    spellings: tuple[tuple[str, int], ...] = ()

    @property
    def asked(self) -> str:
        """`3 notes, 4 links`."""
        return asked(len(self.notes), self.links)


def name_key(name: str) -> str:
    """Return what is the same for all spellings of a note's name: `Open weights`, `open_weights`, `notes/Open-Weights.md`."""
    last = name.removesuffix(".md").rpartition("/")[2]
    return spaced(last) if len(letters(last)) >= SHORTEST_FOLDED else path_key(last)


def wanted(asks: Iterable[Ask]) -> list[Wanted]:
    """Return the notes that are asked for, each under all spellings of its name: first those for which most notes ask, of these those
    for which most links do.
    """
    notes: dict[str, dict[str, None]] = {}
    names: dict[str, Counter[str]] = {}
    keys: dict[str, str] = {}
    for path, target in asks:
        name = target.removesuffix(".md")
        key = keys.get(name)
        if key is None:
            key = keys[name] = name_key(name)
        notes.setdefault(key, {})[path] = None
        names.setdefault(key, Counter())[name] += 1
    found = []
    for key, spelled in names.items():
        spellings = _spellings(spelled)
        found.append(Wanted(spellings[0][0], tuple(sorted(notes[key])), spelled.total(), spellings))
    return sorted(found, key=lambda w: rank(len(w.notes), w.links, w.name))


def _spellings(names: Counter[str]) -> tuple[tuple[str, int], ...]:
    by_key: dict[str, tuple[str, int]] = {}
    for name, links in sorted(names.items(), key=lambda n: (-n[1], n[0])):
        first, before = by_key.get(path_key(name), (name, 0))
        by_key[path_key(name)] = (first, before + links)
    return tuple(sorted(by_key.values(), key=lambda s: (-s[1], s[0])))


def rank(notes: int, links: int, name: str) -> tuple[int, int, str, str]:
    """Return what sorts names that are asked for by so many notes and links, the most wanted first."""
    return -notes, -links, path_key(name), name


def asked(notes: int, links: int) -> str:
    """Return how much something is wanted: `3 notes, 4 links`."""
    return f"{notes:,} note{'' if notes == 1 else 's'}, {links:,} link{'' if links == 1 else 's'}"
