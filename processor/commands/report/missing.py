"""What links ask for and is not there, most wanted first, the spellings of one name joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from processor.commands.links import MOST_MEANT, Missing
from processor.vault.naming import SHORTEST_FOLDED, letters, path_key
from processor.vault.wanted import rank


class Absent(NamedTuple):
    """What is asked for under one name or several spellings of it, each with its number of links: by which notes, in how many
    links, of which so many are mended. `is_broken`: no note that is still to be written, but a link that went wrong, and `meant` are
    the files that are like it."""

    name: str
    spellings: Sequence[tuple[str, int]]
    notes: Sequence[int]
    links: int
    is_broken: bool
    meant: Sequence[str] = ()
    safe: int = 0
    unsafe: int = 0


def absent(found: Iterable[Missing], numbers: Mapping[str, int]) -> list[Absent]:
    """Return what is asked for, the spellings of one name joined: first the notes that do not exist, then what broken links speak of;
    of each the most wanted first. `numbers` are those of the notes, by their paths."""
    groups: dict[tuple[bool, str], list[Missing]] = {}
    for one in found:
        groups.setdefault((one.is_broken, _key(one.wanted.name)), []).append(one)
    joined = [_joined(of, is_broken, numbers) for (is_broken, _), of in groups.items()]
    return sorted(joined, key=lambda a: (a.is_broken, *rank(len(a.notes), a.links, a.name)))


def _joined(found: Sequence[Missing], is_broken: bool, numbers: Mapping[str, int]) -> Absent:
    spellings = sorted(((one.wanted.name, one.wanted.links) for one in found), key=lambda s: (-s[1], s[0]))
    notes = sorted({numbers[path] for one in found for path in one.wanted.notes})
    meant = [*dict.fromkeys(path for one in found for path in one.meant)][:MOST_MEANT]
    links, safe, unsafe = (sum(of) for of in zip(*[(m.wanted.links, m.safe, m.unsafe) for m in found], strict=True))
    return Absent(spellings[0][0], spellings, notes, links, is_broken, meant, safe, unsafe)


def _key(name: str) -> str:
    """Return what the spellings of one name have in common: their letters, where these are enough to tell names apart."""
    folder, slash, last = name.rpartition("/")
    folded = letters(last)
    return path_key(folder) + slash + folded if len(folded) >= SHORTEST_FOLDED else path_key(name)


def plain(found: Sequence[Absent], numbers: Mapping[str, int], *, redact: bool) -> dict[str, Any]:
    """Return the same in columns; with `redact` without names. A note that may be meant is told by its number, another file by its
    path."""
    return {
        "name": [f"missing note {i + 1}" if redact else one.name for i, one in enumerate(found)],
        "spellings": [[] if redact or len(one.spellings) < 2 else one.spellings for one in found],
        "links": [one.links for one in found],
        "broken": [int(one.is_broken) for one in found],
        "meant": [[] if redact else [numbers.get(path, path) for path in one.meant] for one in found],
        "safe": [one.safe for one in found],
        "unsafe": [one.unsafe for one in found],
        "notes": [[b - a for a, b in zip([0, *one.notes[:-1]], one.notes, strict=True)] for one in found],
        "names": sum(len(one.spellings) for one in found),
    }
