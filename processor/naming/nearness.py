"""Which names lie near one: found without comparing it with every name, and told apart by how sure a slip of the pen is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise

from processor.naming import SHORTEST_FOLDED, all_wordings, wording

_ARTICLES = frozenset(("a", "an", "the"))
_CONNECTIVES = _ARTICLES | frozenset(
    ["and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "to", "with"]
)
_DIGITS = re.compile(r"\d+")
_SLIPS = 2  # letters that may differ
_LONG = 8  # letters from which a slip is told from another word
_MANY = 12  # so many names that are near say nothing


def _stem(word: str) -> str:
    """An English word without its plural ending."""
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _gist(words: Sequence[str]) -> str:
    return " ".join(sorted([_stem(w) for w in words if w not in _CONNECTIVES]))


class NearIndex:
    """Finds names with the same words or with a few letters changed, without comparing with every name.

    A string that differs from another in two places leaves one of its three parts as it was, at most two places along:
    so each name is filed under its three parts, and few lookups find every candidate. To file all names takes longer than
    to look through them for a few: that is what the first questions do.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], *, few: int = 40) -> None:
        """`names` are texts by their letters; `few` is how many questions do not yet pay for the filing."""
        from rapidfuzz.distance import OSA

        self._distance = OSA.distance  # letters that are wrong, missing, too many or swapped
        self._names = names
        self._left = few
        self._parts: dict[int, list[dict[str, list[str]]]] = {}  # by length, then by part
        self._plans: dict[
            int, list[tuple[Mapping[str, Sequence[str]], int, int]]
        ] = {}  # by length of the name asked for
        self._gists: dict[str, list[str]] = defaultdict(list)

    def _file(self) -> None:
        """File every name under its parts and under its words."""
        for key, texts in self._names.items():
            if len(key) < SHORTEST_FOLDED:
                continue
            parts = self._parts.setdefault(len(key), [{} for _ in range(_SLIPS + 1)])
            for part, (start, end) in zip(parts, _cuts(len(key)), strict=True):
                part.setdefault(key[start:end], []).append(key)
            for text in set(map(wording, texts)):
                if gist := _gist(text.split()):
                    self._gists[gist].append(key)

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = {}
        for key in self._names:
            found.setdefault(len(key), []).append(key)
        return found

    @cached_property
    def _words(self) -> set[str]:
        """Every word that stands in a name."""
        texts = [t for key, mine in self._names.items() if len(key) >= SHORTEST_FOLDED for t in mine]
        return {word for text in all_wordings(texts) for word in text.split()}

    def _is_word(self, word: str) -> bool:
        """Whether a word stands in a name."""
        if not self._left or "_words" in self.__dict__:
            return word in self._words
        # letters of two words may have become one where they meet, which ASCII has none of
        keys = [key for key in self._names if (word in key or not key.isascii()) and len(key) >= SHORTEST_FOLDED]
        return any(word in wording(text).split() for key in keys for text in self._names[key])

    def _plan(self, size: int) -> list[tuple[Mapping[str, Sequence[str]], int, int]]:
        """Where to look for names near one of `size` letters: a part's index, and which letters to look up in it."""
        limit = _slips(size)
        plan: list[tuple[Mapping[str, Sequence[str]], int, int]] = []
        for length in range(max(SHORTEST_FOLDED, size - limit), size + limit + 1):
            delta = size - length
            for i, (part, (start, end)) in enumerate(zip(self._parts.get(length, ()), _cuts(length), strict=False)):
                # the slips before the part and those behind it bound how far it can have moved
                shifts = range(max(-i, delta - (_SLIPS - i)), min(i, delta + (_SLIPS - i)) + 1)
                plan += [(part, start + shift, end + shift) for shift in shifts]
        return plan

    def candidates(self, key: str, words: Sequence[str]) -> dict[str, int]:
        """The letters of near names, with their slips (`_SLIPS + 1` where only the words are the same)."""
        gist = _gist(words)
        near: Iterable[tuple[str, int]]
        alike: Sequence[str]
        if self._left:
            self._left -= 1
            near, alike = self._looked_through(key, gist)
        else:
            if not self._parts:
                self._file()
            near, alike = self._looked_up(key), self._gists.get(gist, [])
        digits = _DIGITS.findall(key)
        found = {other: slips for other, slips in near if _DIGITS.findall(other) == digits}
        for other in alike:
            found.setdefault(other, _SLIPS + 1)
        found.pop(key, None)
        return found if len(found) <= _MANY else {}

    def _looked_up(self, key: str) -> Iterator[tuple[str, int]]:
        """The names that differ in few letters, with how many."""
        limit = _slips(len(key))
        plan = self._plans.get(len(key))
        if plan is None:
            plan = self._plans[len(key)] = self._plan(len(key))
        seen: set[str] = set()
        for part, start, end in plan:
            if hit := part.get(key[start:end]):
                seen.update(hit)
        for other in seen:
            slips = self._distance(key, other, score_cutoff=limit)
            if slips <= limit:
                yield other, slips

    def _looked_through(self, key: str, gist: str) -> tuple[list[tuple[str, int]], list[str]]:
        """The names that differ in few letters, with how many, and those of the same words."""
        from rapidfuzz import process

        limit = _slips(len(key))
        near: list[tuple[str, int]] = []
        for length in range(max(SHORTEST_FOLDED, len(key) - limit), len(key) + limit + 1):
            others = self._by_length.get(length, ())
            hits = process.extract(key, others, scorer=self._distance, score_cutoff=limit, limit=None)
            near += [(other, int(slips)) for other, slips, _ in hits]
        if not gist:
            return near, []
        held: Iterable[str] = self._names
        for stem in sorted(gist.split(), key=len, reverse=True):
            part = stem.removesuffix("y")  # the plural of `policy` is `policies`
            held = [k for k in held if part in k]
        return near, [
            k
            for k in held
            if len(k) >= SHORTEST_FOLDED and any(_gist(wording(text).split()) == gist for text in self._names[k])
        ]

    def grade(self, words: Sequence[str], others: Sequence[str], slips: int) -> int:
        """0: surely a slip of the pen, or only an article or a plural apart; 1: a likely slip; 2: another name, it may be."""
        mine = [w for w in words if w not in _ARTICLES]
        theirs = [w for w in others if w not in _ARTICLES]
        letters_of_mine = sum(map(len, mine))
        if [_stem(w) for w in mine] == [_stem(w) for w in theirs] and letters_of_mine >= _LONG:
            return 0
        if slips > _SLIPS or letters_of_mine < _LONG:
            return 2
        if len(mine) != len(theirs):
            return 1
        pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
        if any(self._is_word(a) for a, _ in pairs):
            return 2  # a word that other names hold too is no slip of the pen
        return 0 if all(len(a) > 3 and self._distance(a, b, score_cutoff=1) <= 1 for a, b in pairs) else 1


def _slips(length: int) -> int:
    """How many letters may differ in a name of this length."""
    return _SLIPS if length >= _LONG else 1


@cache
def _cuts(length: int) -> list[tuple[int, int]]:
    """Where a string of this length is cut into its parts."""
    cuts = [length * i // (_SLIPS + 1) for i in range(_SLIPS + 2)]
    return list(pairwise(cuts))


_MOST = 500  # headings of a note among which the nearest is looked for


def nearest_of(name: str, others: Sequence[tuple[str, str]], cutoff: float = 70) -> list[tuple[str, float]]:
    """The nearest of a few names, each with its wording (the headings of one note): best first, at most three.

    Each comes with its likeness of 100. A longer list than a person writes gives none.
    """
    from rapidfuzz import fuzz, process

    if len(others) > _MOST:
        return []
    texts = dict(others)
    found = process.extract(wording(name), texts, scorer=fuzz.ratio, score_cutoff=cutoff, limit=3)
    return [(key, score) for _, score, key in found]
