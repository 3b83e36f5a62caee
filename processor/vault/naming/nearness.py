"""Which names lie near one: found without comparing it with every name, and graded by how sure a slip of the pen is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeVar

from processor.vault.naming import SHORTEST_FOLDED, all_wordings, wording
from processor.vault.naming.spelling import ARTICLES, stem

_CONNECTIVES = ARTICLES | frozenset(
    ["and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "to", "with"]
)
_DIGITS = re.compile(r"\d+")
SLIPS = 2  # letters that may differ
_LONG = 8  # letters from which a slip is no other word
_MANY = 12  # so many names that are near say nothing
_PARTS = 6  # of a name, most of which are in each name that is near
_FEW = 16  # so many names are compared one by one


def gist_of(words: Sequence[str]) -> str:
    return " ".join(sorted([stem(w) if w[-1] == "s" else w for w in words if w not in _CONNECTIVES]))


class _Stems(dict[str, str]):
    """The stems of words, each worked out once; that of a connective is empty."""

    def __missing__(self, word: str) -> str:
        found = self[word] = "" if word in _CONNECTIVES else stem(word)
        return found


Filed = str | list[str]
"""What is filed in one place: one name, or several."""
Parts = tuple[dict[int, Filed], dict[int, Filed], dict[int, Filed]]
"""Names by the hash of their first, middle and last letters: less than the letters take; what is found is compared anyway."""
_NONE: Parts = ({}, {}, {})
_T = TypeVar("_T", str, int)


def _filed(names: Sequence[str], under: Sequence[_T]) -> dict[_T, Filed]:
    """Return the names, each under what stands for it in the other list."""
    filed: dict[_T, Filed] = dict(zip(under, names, strict=True))  # of several the last
    if len(filed) < len(names):
        for part, name in zip(under, names, strict=True):
            there = filed[part]
            if isinstance(there, str):
                if there is not name:
                    filed[part] = [there, name]
            elif there[0] is not name:
                there.append(name)
    return filed


def _each(filed: Filed | None) -> Sequence[str]:
    """Return the names that were filed: none, one, or several."""
    return () if filed is None else (filed,) if isinstance(filed, str) else filed


class NearIndex:
    """Finds names with the same words or with a few letters changed, without comparing with every name.

    A name that differs from another in two places has its first letters, its last letters, or those in the middle, at most
    one place along: so each name is filed under these three parts, and few lookups find every candidate. (Two letters that
    have changed places are one slip, and lie in one part at most: a letter stands between the parts.) Where digits differ
    names are not near. To file all names takes longer than to look through them for a few: that is what the first
    questions do.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], *, few: int = 20) -> None:
        """`names` are texts by their letters; `few` is how many questions do not yet pay for the filing."""
        self._names = names
        self._left = few
        self._parts: dict[int, Parts] = {}  # by their length: first, middle and last letters
        self._gists: dict[str, Filed] = {}
        self._plans: dict[int, list[tuple[Callable[[int], Filed | None], int, int]]] = {}  # see `_plan`

    @cached_property
    def _distance(self) -> Callable[..., int]:
        """How many letters are wrong, missing, too many or swapped."""
        from rapidfuzz.distance import OSA  # here, as most questions need no look at it

        distance: Callable[..., int] = OSA.distance
        return distance

    def _file(self) -> None:
        """File every name under its parts and under its words."""
        alike: dict[int, list[str]] = {}  # by the length of their parts
        for key in self._names:
            if len(key) >= SHORTEST_FOLDED:
                alike.setdefault(_part(len(key)), []).append(key)
        for size, keys in alike.items():
            named = [(_digits(key), key) for key in keys]
            self._parts[size] = (
                _filed(keys, [hash(d + key[:size]) for d, key in named]),
                _filed(keys, [hash(d + key[size + 1 : 2 * size + 1]) for d, key in named]),
                _filed(keys, [hash(d + key[-size:]) for d, key in named]),
            )
        stems = _Stems()
        gists = [
            (" ".join(sorted(filter(None, map(stems.__getitem__, words.split())))), key)
            for key, words in self._worded()
        ]
        self._gists = _filed([key for gist, key in gists if gist], [gist for gist, _ in gists if gist])
        self._words = stems.keys()
        for looked_through in ("_by_length", "_lines"):  # which is over
            self.__dict__.pop(looked_through, None)

    def _worded(self) -> Iterable[tuple[str, str]]:
        """Return each name that is long enough to be like another, with its wordings, one by one."""
        texts = [(key, text) for key, mine in self._names.items() if len(key) >= SHORTEST_FOLDED for text in mine]
        # a note's name and its title are mostly of one wording
        return dict.fromkeys(zip([key for key, _ in texts], all_wordings([text for _, text in texts]), strict=True))

    @cached_property
    def _by_length(self) -> Sequence[str]:
        """The letters of all names, the shortest first."""
        return sorted(self._names, key=len)

    @cached_property
    def _words(self) -> Collection[str]:
        """Every word that stands in a name."""
        return set(chain.from_iterable([words.split() for _, words in self._worded()]))

    def _is_word(self, word: str) -> bool:
        """Return whether a word stands in a name."""
        if not self._left or "_words" in self.__dict__:
            return word in self._words
        # letters of two words may have become one where they meet, which ASCII has none of
        keys = [key for key in self._names if (word in key or not key.isascii()) and len(key) >= SHORTEST_FOLDED]
        return any(word in wording(text).split() for key in keys for text in self._names[key])

    def candidates(self, key: str, words: Sequence[str]) -> dict[str, int]:
        """Return the letters of near names, with their slips (`SLIPS + 1` where only the words are the same)."""
        gist = gist_of(words)
        alike: Sequence[str]
        if self._left:
            self._left -= 1
            near, alike = self._looked_through(key, gist)
        else:
            if not self._parts:
                self._file()
            near, alike = self._looked_up(key), _each(self._gists.get(gist))
        if not near and not alike:
            return {}
        found = dict(near)
        for other in alike:
            found.setdefault(other, SLIPS + 1)
        found.pop(key, None)
        digits = _digits(key)
        found = {other: slips for other, slips in found.items() if _digits(other) == digits}
        return found if len(found) <= _MANY else {}

    def _looked_up(self, key: str) -> list[tuple[str, int]]:
        """Return the names that differ in few letters, with how many."""
        digits = _digits(key)
        hits = [
            hit for get, start, end in self._plan(len(key)) if (hit := get(hash(digits + key[start:end]))) is not None
        ]
        return self._within(key, set(chain.from_iterable(map(_each, hits))), _slips(len(key))) if hits else []

    def _plan(self, length: int) -> Sequence[tuple[Callable[[int], Filed | None], int, int]]:
        """Return where to look for names near one of this length: what is filed under which of its letters."""
        plan = self._plans.get(length)
        if plan is None:
            plan = self._plans[length] = []
            for size in {_part(length - _slips(length)), _part(length + _slips(length))}:
                first, middle, last = self._parts.get(size, _NONE)
                plan += [(middle.get, start, start + size) for start in range(size, size + 3)]
                plan += [(first.get, 0, size), (last.get, length - size, length)]
        return plan

    def _within(self, key: str, others: Collection[str], limit: int) -> list[tuple[str, int]]:
        """Return those of some names that differ in so many letters at most, with how many."""
        if not others:
            return []
        if len(others) < _FEW:
            compared = [(other, self._distance(key, other, score_cutoff=limit)) for other in others]
            return [(other, slips) for other, slips in compared if slips <= limit]
        from rapidfuzz import process

        hits = process.extract(key, others, scorer=self._distance, score_cutoff=limit, limit=None)
        return [(other, int(slips)) for other, slips, _ in hits]

    def _looked_through(self, key: str, gist: str) -> tuple[list[tuple[str, int]], list[str]]:
        """Return the names that differ in few letters, with how many, and those of the same words."""
        limit, keys = _slips(len(key)), self._by_length
        begin = bisect_left(keys, max(SHORTEST_FOLDED, len(key) - limit), key=len)
        end = bisect_right(keys, len(key) + limit, begin, key=len)
        # of three parts one at least is in both, and to look for it is quick
        size = (len(key) - 2) // 3
        first, middle, last = key[:size], key[size + 1 : 2 * size + 1], key[len(key) - size :]
        hits: Sequence[str] = [k for k in keys[begin:end] if first in k or middle in k or last in k]
        hits, digits = _of_same_parts(key, hits, limit), _digits(key)
        near = self._within(key, [k for k in hits if _digits(k) == digits], limit)
        if not gist:
            return near, []
        # the plural of `policy` is `policies`
        longest, *parts = [stem.removesuffix("y") for stem in sorted(gist.split(), key=len, reverse=True)]
        return near, [
            k
            for k in (self._holding(longest) if longest else self._names)
            if len(k) >= SHORTEST_FOLDED
            and all(part in k for part in parts)
            and any(gist_of(wording(text).split()) == gist for text in self._names[k])
        ]

    def _holding(self, part: str) -> Iterator[str]:
        """Yield the names that hold these letters."""
        text = self._lines
        at = text.find(part)
        while at >= 0:
            end = text.index("\n", at)
            yield text[text.rindex("\n", 0, at) + 1 : end]
            at = text.find(part, end)

    @cached_property
    def _lines(self) -> str:
        """All names, each on a line: to look through one long text is faster than through many short ones."""
        return "\n".join(["", *self._by_length, ""])

    def grade(self, words: Sequence[str], others: Sequence[str], slips: int) -> int:
        """0: surely a slip of the pen, or only an article or a plural apart; 1: a likely slip; 2: another name, it may be."""
        mine = [w for w in words if w not in ARTICLES]
        theirs = [w for w in others if w not in ARTICLES]
        letters_of_mine = sum(map(len, mine))
        if [stem(w) for w in mine] == [stem(w) for w in theirs] and letters_of_mine >= _LONG:
            return 0
        if slips > SLIPS or letters_of_mine < _LONG:
            return 2
        if len(mine) != len(theirs):
            return 1
        pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
        if any(self._is_word(a) for a, _ in pairs):
            return 2  # a word that other names hold too is no slip of the pen
        return 0 if all(len(a) > 3 and self._distance(a, b, score_cutoff=1) <= 1 for a, b in pairs) else 1


def _of_same_parts(key: str, others: Iterable[str], slips: int) -> list[str]:
    """Return those of some names that have all parts of a name but for as many as there may be slips, each about where it stands.

    Most are left out, without a look at their letters one by one: for that a library must be loaded.
    """
    size = (len(key) - _PARTS + 1) // _PARTS
    if size < 1:
        return list(others)
    # a letter stands between the parts, so that two which have changed places are in one of them at most
    starts = range(0, _PARTS * (size + 1), size + 1)
    parts = [(key[at : at + size], max(0, at - slips), at + size + slips) for at in starts]
    return [other for other in others if sum([other.find(*part) >= 0 for part in parts]) >= _PARTS - slips]


def _slips(length: int) -> int:
    """Return how many letters may differ in a name of this length."""
    return SLIPS if length >= _LONG else 1


def _part(length: int) -> int:
    """Return how many letters each of the three parts has under which a name of this length is filed: of few lengths the same."""
    return max(1, (length - 2) // 6 * 2)


def _digits(key: str) -> str:
    """Return the numbers in a name, which are never a slip."""
    return "" if key.isalpha() else " ".join(_DIGITS.findall(key))


_MOST = 500  # headings of a note among which the nearest is looked for


def nearest_of(name: str, others: Sequence[tuple[str, str]], cutoff: float = 70) -> list[tuple[str, float]]:
    """Return the nearest of a few names, each with its wording (the headings of one note): best first, at most three.

    Each comes with its likeness of 100. A longer list than a person writes gives none.
    """
    from rapidfuzz import fuzz, process

    if len(others) > _MOST:
        return []
    texts = dict(others)
    found = process.extract(wording(name), texts, scorer=fuzz.ratio, score_cutoff=cutoff, limit=3)
    return [(key, score) for _, score, key in found]
