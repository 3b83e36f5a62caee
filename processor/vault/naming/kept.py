"""The names of a vault, filed by their letters once and kept: a few questions are answered without filing them anew."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

from processor.vault.naming import all_letters, letters
from processor.vault.naming.names import Entry, Filed, NameKind

_FEW = 20  # questions for names before it pays to file all of them
_SOME = 60  # questions whether there are any before it pays to have a set of all
FAULTS = (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError)
"""What is raised where what was kept is damaged."""


def stem(path: str) -> str:
    """Return the name that a note has by its path."""
    name = path[path.rfind("/") + 1 :]
    return name.removesuffix(".md")


class KeptLetters(NamedTuple):
    """The letters of the names that a number of notes had, the shortest first, and for each where the names stand.

    Of so many `notes` the one at `i` has its stem at `i`, its first other name at `i + notes`, and so on. The places of a
    key end among all `places` where `ends` says, and begin where those of the one before end.
    """

    keys: Sequence[str]
    ends: array[int]
    places: array[int]
    notes: int

    @classmethod
    def of(cls, paths: Sequence[str], others: Sequence[Sequence[str]]) -> KeptLetters:
        """Return those of notes at these paths with these other names (see `facts.names`)."""
        notes = len(paths)
        found: dict[str, list[int]] = {}
        for i, key in enumerate(all_letters([stem(path) for path in paths])):
            found.setdefault(key, []).append(i)
        texts = [(i + j * notes, text) for i, named in enumerate(others) for j, text in enumerate(named[1::2], 1)]
        for (place, _), key in zip(texts, all_letters([text for _, text in texts]), strict=True):
            found.setdefault(key, []).append(place)
        keys = sorted(found, key=len)
        ends = accumulate(len(found[key]) for key in keys)
        return cls(keys, array("Q", ends), array("Q", chain.from_iterable(found[key] for key in keys)), notes)

    def at(self, row: int) -> Sequence[int]:
        """Return the places of one of the keys."""
        return self.places[self.ends[row - 1] if row else 0 : self.ends[row]]

    def written(self) -> bytes:
        """As bytes, of which the first two numbers say how many stand for the keys and for the ends."""
        keys, ends = "\n".join(self.keys).encode(errors="surrogatepass"), self.ends.tobytes()
        return b"%d %d\n%b%b%b" % (len(keys), len(ends), keys, ends, self.places.tobytes())

    @classmethod
    def read(cls, data: bytes, notes: int) -> KeptLetters:
        """Return what was written of so many notes. Raises one of `FAULTS` for what is none."""
        begin = data.index(b"\n") + 1
        _, middle, end = accumulate(map(int, data[: begin - 1].split()), initial=begin)
        keys = data[begin:middle].decode(errors="surrogatepass").split("\n")
        ends, places = array("Q", data[middle:end]), array("Q", data[end:])
        if len(keys) != len(ends) or ends[-1] != len(places):
            raise ValueError(len(keys))
        return cls(keys, ends, places, notes)


class KnownNames(NamedTuple):
    """What is known of the names of a vault: the letters that were kept of the notes at some paths. Some of these have
    `changed` or are there no more, and `new` are those that are not among them, or have changed."""

    letters: KeptLetters
    paths: Sequence[str]
    changed: Collection[str]
    new: Collection[str]


class KeptNames:
    """The names of a vault of whose notes most are as they were when their letters were kept."""

    def __init__(self, known: KnownNames, others: Callable[[str], Sequence[str]], whole: Callable[[], Filed]) -> None:
        """`others` gives the names that a note has now besides its stem, and `whole` all names filed, for many questions.
        Raises one of `FAULTS` where what was kept is damaged.
        """
        kept, paths, changed, new = known
        self._kept, self._paths, self._others, self._whole = kept, paths, others, whole
        self._filed: Filed | None = None
        self._left, self._to_look = _FEW, _SOME
        self._gone = frozenset([i for i, path in enumerate(paths) if path in changed]) if changed else frozenset[int]()
        self._new: dict[str, list[Entry]] = {}
        for path in new:
            for entry in (Entry(path, stem(path), "name"), *_others_of(path, others(path))):
                self._new.setdefault(letters(entry.text), []).append(entry)
        self._dead = dead = self._all_gone() if self._gone else frozenset[str]()
        keys = [key for key in kept.keys if key not in dead] if dead else list(kept.keys)
        if more := [key for key in self._new if key in dead or self._row(key) is None]:
            keys = sorted(keys + more, key=len)
        self._keys = keys

    def _all_gone(self) -> frozenset[str]:
        """Return the letters of which there are only names of notes that have changed."""
        kept, gone = self._kept, self._gone
        places = [at for at, place in enumerate(kept.places) if place % kept.notes in gone]
        rows = {bisect_right(kept.ends, at) for at in places}
        return frozenset([kept.keys[row] for row in rows if all(p % kept.notes in gone for p in kept.at(row))])

    def _row(self, key: str) -> int | None:
        """Return where letters stand among those that were kept."""
        keys = self._kept.keys
        first = bisect_left(keys, len(key), key=len)
        try:
            return keys.index(key, first, bisect_right(keys, len(key), first, key=len))
        except ValueError:
            return None

    def __contains__(self, key: object) -> bool:
        self._to_look -= 1
        if self._to_look < 0:
            return key in self._set
        return isinstance(key, str) and (key in self._new or (key not in self._dead and self._row(key) is not None))

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, key: str) -> list[Entry]:
        if self._filed is None:
            row = self._row(key)
            if row is None:
                return self._new.get(key, [])
            self._left -= 1
            if self._left >= 0:
                try:
                    return [*self._entries(row), *self._new.get(key, ())]
                except FAULTS:
                    pass
            self._filed = self._whole()
        return self._filed.of(key)

    def _entries(self, row: int) -> Iterator[Entry]:
        for place in self._kept.at(row):
            number, i = divmod(place, self._kept.notes)
            if i in self._gone:
                continue
            path = self._paths[i]
            if number == 0:
                yield Entry(path, stem(path), "name")
            else:
                yield _others_of(path, self._others(path))[number - 1]

    def texts(self) -> Mapping[str, list[str]]:
        self._filed = self._filed or self._whole()
        return self._filed.texts()


def _others_of(path: str, named: Sequence[str]) -> list[Entry]:
    kinds: dict[str, NameKind] = {"title": "title", "alias": "alias"}
    return [Entry(path, text, kinds[kind]) for kind, text in zip(named[::2], named[1::2], strict=True)]
