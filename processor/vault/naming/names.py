"""The names of a vault's notes and files: which one a name means, by the tiers of `processor.vault.naming`, and which lie near."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from processor.base.memo import Memo
from processor.vault.naming import SHORTEST_FOLDED, all_letters, letters, nfc, spaced, wording
from processor.vault.naming.nearness import NearIndex

NameKind = Literal["name", "title", "alias"]


class Entry(NamedTuple):
    """A name of a note or file: its file name, its title or one of its aliases."""

    path: str
    text: str
    kind: NameKind

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Meant(NamedTuple):
    """Which note a name means: exactly one entry is the answer, several end the search, none: nothing is like it."""

    entries: tuple[Entry, ...] = ()
    tier: int = 0

    @property
    def answer(self) -> Entry | None:
        return self.entries[0] if len(self.entries) == 1 else None

    @property
    def certain(self) -> bool:
        """Whether this is the answer from everywhere: of the last tier only what lies in the same folder is one."""
        return len(self.entries) == 1 and self.tier < 3


_NOBODY = Meant()
_TIERS = ((1, spaced), (2, wording))
_NOT_FOLDED = ((1, nfc),)
_KINDS = {"name": 0, "title": 1, "alias": 2}


class Near(NamedTuple):
    """Names that lie near one, nearest first.

    `by_far` is the one that stands out so far that it is probably right; `slip` says that the first looks like a slip
    of the pen, and not like another name of the same words.
    """

    entries: tuple[Entry, ...] = ()
    by_far: Entry | None = None
    slip: bool = False


Place = Callable[[Entry], int]
"""Where a name is: 0 in the same folder, 1 in the same channel, 2 elsewhere."""


def _by_kind(entry: Entry) -> tuple[int, str, str]:
    return _KINDS[entry.kind], entry.path, entry.text


def _one_a_note(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the first entry of each note: a note whose name and title are alike is one candidate."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.path, entry)
    return tuple(found.values())


Places = int | list[int]
"""Where names of the same letters stand: one place, or several."""
_FEW = 20  # questions that do not yet pay for grouping all names by their letters


def _each(places: Places | None) -> Sequence[int]:
    return () if places is None else (places,) if isinstance(places, int) else places


class Filed(Protocol):
    """The names of a vault by their letters."""

    def __contains__(self, key: object) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...

    def __len__(self) -> int: ...

    def of(self, key: str) -> list[Entry]:
        """Return the names of these letters."""

    def texts(self) -> Mapping[str, list[str]]:
        """Return all of them."""


class Columns:
    """The names of a vault, filed by their letters. To group all of them takes longer than to look through them for a few:
    that is what the first questions do."""

    def __init__(self, paths: Sequence[str], texts: Sequence[str], kinds: Sequence[NameKind]) -> None:
        """The parts of `Entry`s: of a vault's many names few are ever asked for."""
        self._paths, self._texts, self._kinds = paths, texts, kinds
        self._letters = all_letters(texts)  # until they are grouped
        self._left = _FEW
        # by the letters of all names where they stand; until they are grouped only the last place of each
        self._known: Mapping[str, Places] = dict(zip(self._letters, range(len(texts)), strict=True))

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def of(self, key: str) -> list[Entry]:
        return [Entry(self._paths[i], self._texts[i], self._kinds[i]) for i in self._places(key)]

    def texts(self) -> Mapping[str, list[str]]:
        return {key: [self._texts[i] for i in _each(places)] for key, places in self.grouped().items()}

    def _places(self, key: str) -> Sequence[int]:
        last = self._known.get(key)
        if isinstance(last, int) and self._letters:
            if not self._left:
                return _each(self.grouped()[key])
            self._left -= 1
            places = [self._letters.index(key)]
            while places[-1] < last:
                places.append(self._letters.index(key, places[-1] + 1))
            return places
        return _each(last)

    def grouped(self) -> Mapping[str, Places]:
        """By their letters where all names stand."""
        # of one place no list: a large vault has many thousands
        found: dict[str, Places] = {}
        for i, key in enumerate(self._letters):
            there = found.get(key)
            if there is None:
                found[key] = i
            elif isinstance(there, int):
                found[key] = [there, i]
            else:
                there.append(i)
        if self._letters:
            self._known, self._letters = found, []
        return self._known


class _Texts(Mapping[str, list[str]]):
    """The names by their letters; few are ever read."""

    def __init__(self, filed: Filed) -> None:
        self._filed = filed

    def __getitem__(self, key: str) -> list[str]:
        return [entry.text for entry in self._filed.of(key)]

    def __contains__(self, key: object) -> bool:
        return key in self._filed

    def __iter__(self) -> Iterator[str]:
        return iter(self._filed)

    def items(self) -> ItemsView[str, list[str]]:
        return self._filed.texts().items()

    def __len__(self) -> int:
        return len(self._filed)


class Names:
    """The names of a vault, found by likeness. Which one is found does not depend on their order."""

    def __init__(self, filed: Filed) -> None:
        self._filed = filed
        self._known: dict[str, list[tuple[int, int, Entry]]] = Memo()

    def has(self, name: str) -> bool:
        """Return whether any name has the letters of this one."""
        return letters(name) in self._filed

    def alike(self, name: str, fits: Callable[[Entry], bool] | None = None) -> Meant:
        """Return the notes with a name like this one, wherever they are, by the first tier that has any; `fits` leaves out entries,
        such as those in another folder than named.
        """
        key = letters(name)
        entries = self._filed.of(key)
        if fits is not None:
            entries = [e for e in entries if fits(e)]
        if not entries:
            return _NOBODY
        if len(entries) > 1:
            entries.sort(key=_by_kind)
        tiers = _TIERS if len(key) >= SHORTEST_FOLDED else _NOT_FOLDED
        for tier, fold in tiers:
            folded = fold(name)
            if alike := [e for e in entries if e.text == name or fold(e.text) == folded]:
                return Meant(_one_a_note(alike), tier)
        return Meant(_one_a_note(entries), 3) if tiers is _TIERS else _NOBODY

    def meant(self, name: str, place: Place, fits: Callable[[Entry], bool] | None = None) -> Meant:
        """Return the note that a name means, by the tiers."""
        found = self.alike(name, fits)
        if found.certain:
            return found
        for where in range(1 if found.tier == 3 else 3):
            if here := tuple([e for e in found.entries if place(e) == where]):
                return Meant(here, found.tier)
        return _NOBODY

    # --- nearest names ---

    @cached_property
    def _near(self) -> NearIndex:
        return NearIndex(_Texts(self._filed))

    def _graded(self, name: str) -> list[tuple[int, int, Entry]]:
        """Return the names near this one wherever they are: how sure it is (see `NearIndex.grade`), and how many letters differ."""
        if name in self._known:
            return self._known[name]
        words = wording(name).split()
        key = "".join(words)
        found: list[tuple[int, int, Entry]] = []
        if len(key) >= SHORTEST_FOLDED:
            for other, slips in self._near.candidates(key, words).items():
                found += [
                    (self._near.grade(words, wording(entry.text).split(), slips), slips, entry)
                    for entry in self._filed.of(other)
                ]
        if found:  # of most names nothing is near, and nobody asks again
            self._known[name] = found
        return found

    def unlike(self, name: str) -> bool:
        """Return whether nothing in the vault is like this name, so that `meant` and `nearest` are empty from everywhere."""
        return letters(name) not in self._filed and not self._graded(name)

    def nearest(self, name: str, place: Place, fits: Callable[[Entry], bool] | None = None) -> Near:
        """Return the names that a slip of the pen, an article or the order of words keeps apart from this one, at most three."""
        ranked = sorted(
            ((grade, slips, place(e), e.path, e) for grade, slips, e in self._graded(name) if fits is None or fits(e)),
        )
        best = sorted((where, path, e) for grade, _, where, path, e in ranked if grade == 0)
        nearest = {path: e for where, path, e in reversed(best) if where == best[0][0]}
        by_far = next(iter(nearest.values())) if len(nearest) == 1 else None
        return Near(_one_a_note(r[4] for r in ranked)[:3], by_far, slip=bool(ranked) and ranked[0][0] < 2)
