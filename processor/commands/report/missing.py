"""What links ask for and is not there, most wanted first, the spellings of one name joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from processor.vault.naming import SHORTEST_FOLDED, letters, path_key
from processor.vault.wanted import rank

Ask = tuple[int, str]
"""The number of a note, and what one of its links names."""


class Absent(NamedTuple):
    """What is asked for under one name or several spellings of it, each with its number of links: by which notes, in how many
    links. `broken`: no note that is still to be written, but a link that went wrong."""

    name: str
    spellings: Sequence[tuple[str, int]]
    notes: Sequence[int]
    links: int
    broken: bool


def absent(asks: Iterable[Ask], broken: Iterable[Ask]) -> list[Absent]:
    """Return what is asked for: first the notes that do not exist, then what broken links speak of; of each the most wanted first."""
    return [*_joined(asks, broken=False), *_joined(broken, broken=True)]


def _joined(asks: Iterable[Ask], *, broken: bool) -> list[Absent]:
    notes: dict[str, dict[int, None]] = {}
    names: dict[str, Counter[str]] = {}
    for note, target in asks:
        name = target.removesuffix(".md")
        key = _key(name)
        notes.setdefault(key, {})[note] = None
        names.setdefault(key, Counter())[name] += 1
    found = []
    for key, spelled in names.items():
        spellings = _spellings(spelled)
        found.append(Absent(spellings[0][0], spellings, sorted(notes[key]), spelled.total(), broken))
    return sorted(found, key=lambda a: rank(len(a.notes), a.links, a.name))


def _spellings(names: Counter[str]) -> list[tuple[str, int]]:
    """Return the names that no link takes for one another, each as most links write it, with its number of links."""
    by_key: dict[str, tuple[str, int]] = {}
    for name, links in sorted(names.items(), key=lambda n: (-n[1], n[0])):
        first, before = by_key.get(path_key(name), (name, 0))
        by_key[path_key(name)] = (first, before + links)
    return sorted(by_key.values(), key=lambda s: (-s[1], s[0]))


def _key(name: str) -> str:
    """Return what the spellings of one name have in common: their letters, where these are enough to tell names apart."""
    folder, slash, last = name.rpartition("/")
    folded = letters(last)
    return path_key(folder) + slash + folded if len(folded) >= SHORTEST_FOLDED else path_key(name)


def plain(found: Sequence[Absent], *, redact: bool) -> dict[str, Any]:
    """Return the same in columns; with `redact` without names."""
    return {
        "name": [f"missing note {i + 1}" if redact else one.name for i, one in enumerate(found)],
        "spellings": [[] if redact or len(one.spellings) < 2 else one.spellings for one in found],
        "links": [one.links for one in found],
        "broken": [int(one.broken) for one in found],
        "notes": [[b - a for a, b in zip([0, *one.notes[:-1]], one.notes, strict=True)] for one in found],
        "names": sum(len(one.spellings) for one in found),
    }
