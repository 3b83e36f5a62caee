"""Where in a video a text is spoken of: how well each place supports it.

The video is a row of bins of STEP seconds. A term of the text supports a bin if it is said there or soon behind it, the more so
the rarer it is in the video; two terms that follow one another in both count twice.

A row is one large whole number, of which each bin has LANE bits: to add two rows is one addition, whatever their length.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from processor.captions.model import Captions
from processor.captions.terms import terms_of_word

STEP = 5  # seconds a bin
_LANE = 32  # bits a bin
_UNITS = 1000  # in which what a term adds to a bin is counted
_WHOLE, _FADING = 5, 25  # seconds: within the first a term counts whole, and over the second less and less
_BEFORE, _AFTER = 10, 25  # seconds: a stamp means what is said from shortly before it until a while behind it
_RANKED = 3  # bins
_LEVELS = _FADING // STEP
_REACH = (_WHOLE + _FADING) // STEP - 1  # bins on either side of a place
_LEVELS_AROUND = sum(
    min(_LEVELS, _REACH + 1 - abs(off - _REACH)) << _LANE * off for off in range(2 * _REACH + 1)
)  # a row of a term that is said once
_FEW = 6
_PASSAGE = 30  # seconds: what counts as one place where a term is said
_TELLING = log(3)  # weight of a term that half of all passages say: what is said more often tells nothing
_PAIR = 2.0  # what two terms in a row count, beside each of them
_APART = 3  # words: between two terms in a row
_HELD_ROWS = 300  # that stay for the next texts
_MANY, _LEAST_SAID = 10, 0.2  # terms; of their weight
_SILENCE = 90  # seconds without a word, of which nothing is known

Term = str | tuple[str, str]


class Support(NamedTuple):
    """How well each bin of a video supports a text: in UNITS, of which `whole` is the most there can be."""

    near: Sequence[int]
    """By what is said there."""
    best: Sequence[int]
    """By what is said from shortly before it until a while behind it: the best of these bins."""
    ranked: Sequence[int]
    """Every third of `best`, which changes little from one to the next, in rising order."""
    whole: int
    known: int
    """How many terms of the text are said in the video."""
    is_said: bool
    """Whether anything like it is said anywhere: False where so many terms are, but never a fair part of them near one another. Of
    1,405 stamps with as many terms 5 were such, and of as many sentences on other videos four in ten."""


class Index:
    """The terms of a video with their seconds."""

    def __init__(self, captions: Captions) -> None:
        self.video_id = captions.video_id
        self.length = captions.length
        self.bins = int(captions.length / STEP) + 2
        self.seconds = captions.seconds
        self.terms: list[str] = []  # in the order in which they are said
        self.words = array("I")  # of each of these, the word of the captions that it is of
        self.said: dict[str, list[int]] = {}  # of each term, where it is among these
        self._read(captions)
        self._passages = captions.length / _PASSAGE
        self._weights: dict[str, float] = {}
        self._rows: dict[Term, tuple[int, int]] = {}
        self._supports: dict[tuple[str, ...], Support] = {}
        self.known_claims: dict[int, bool | None] = {}
        """Whether claims are supported, by their hashes: asked anew for each note of a video, and after each change."""
        self._all_lanes = (1 << (_LANE * self.bins)) - 1
        lanes = self.bins + (_BEFORE + _AFTER) // STEP
        self._top_bits = int.from_bytes((b"\0" * (_LANE // 8 - 1) + b"\x80") * lanes, "little")

    def _read(self, captions: Captions) -> None:
        terms, words = self.terms, self.words
        for at, found in enumerate(map(terms_of_word, captions.words)):
            if found:
                terms += found
                words.extend([at] * len(found))
        said: dict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(terms):
            said[term].append(at)
        self.said = dict(said)

    def _seconds_of(self, places: Iterable[int]) -> list[float]:
        seconds, words = self.seconds, self.words
        return [seconds[words[at]] for at in places]

    def _pair(self, pair: tuple[str, str]) -> list[int]:
        """Where the first of two terms is followed by the second."""
        first, second = (self.said.get(term, ()) for term in pair)
        terms, words = self.terms, self.words
        if len(first) < len(second):
            last = len(terms) - 1
            found = [at for at in first if at < last and terms[at + 1] == pair[1]]
        else:
            found = [at - 1 for at in second if at and terms[at - 1] == pair[0]]
        return [at for at in found if words[at + 1] - words[at] <= _APART]

    def weight(self, term: str) -> float:
        """How much it tells that a term is said: the more, the fewer passages of the video say it."""
        weight = self._weights.get(term)
        if weight is None:
            passages = len({second // _PASSAGE for second in self._seconds_of(self.said[term])})
            weight = self._weights[term] = log(1 + self._passages / passages)
        return weight

    def is_silent(self, second: float) -> bool:
        """Whether nobody says anything for a while around a second, so that nothing can be told of it."""
        behind = bisect_right(self.seconds, second)
        start = self.seconds[behind - 1] if behind else 0
        end = self.seconds[behind] if behind < len(self.seconds) else self.length
        return end - start > _SILENCE

    def support(self, terms: tuple[str, ...]) -> Support:
        """How well each bin supports a text with these terms."""
        found = self._supports.get(terms)
        if found is None:
            found = self._supports[terms] = self._support(terms)
        return found

    def forget(self) -> None:
        """Let go of what was worked out for some texts."""
        self._supports.clear()
        if len(self._rows) > _HELD_ROWS:
            self._rows.clear()

    def _support(self, terms: tuple[str, ...]) -> Support:
        weights = {term: self.weight(term) for term in terms if term in self.said}
        known = [term for term, weight in weights.items() if weight >= _TELLING]
        found: list[Term] = list(known)
        for pair in dict.fromkeys(pairwise(terms)):
            first, second = weights.get(pair[0], 0.0), weights.get(pair[1], 0.0)
            if first and second and (first >= _TELLING or second >= _TELLING):
                found.append(pair)
        whole = total = 0
        for term in found:
            most, row = self._rows.get(term) or self._row(term)
            whole += most
            total += row
        near, best = self._values(total), self._values(self._widened(total))
        ranked = sorted(best[::_RANKED])
        unknown = len({term for term in terms if term not in weights})
        in_all = sum(weights[term] for term in known) + unknown * log(1 + self._passages)
        is_said = len(known) + unknown < _MANY or ranked[-1] >= _LEAST_SAID * in_all * _UNITS
        return Support(near, best, ranked, whole or 1, len(known), is_said)

    def _values(self, row: int) -> list[int]:
        return memoryview(row.to_bytes(self.bins * _LANE // 8, "little")).cast("I").tolist()

    def _widened(self, row: int) -> int:
        """For each bin the most from shortly before it until a while behind it."""
        width, wide = (_BEFORE + _AFTER) // STEP + 1, 1
        row <<= _LANE * (_BEFORE // STEP)
        while wide < width:
            step = min(wide, width - wide)
            row = self._greater(row, row >> (_LANE * step))
            wide += step
        return row & self._all_lanes

    def _greater(self, row: int, other: int) -> int:
        """The greater of two rows in each bin: the top bit of a lane stays set where nothing had to be borrowed."""
        top = self._top_bits
        kept = ((row | top) - other) & top
        mask = kept - (kept >> (_LANE - 1))
        return (row & mask) | (other & ~mask)

    def _row(self, term: Term) -> tuple[int, int]:
        """What a term adds to a bin at most, and what to each."""
        if isinstance(term, str):
            weight, places = self.weight(term), self.said[term]
        else:
            weight, places = _PAIR * min(map(self.weight, term)), self._pair(term)
            if not places:
                self._rows[term] = 0, 0
                return 0, 0
        each = int(weight * _UNITS / _LEVELS)
        found = self._rows[term] = each * _LEVELS, self._levels(places) * each & self._all_lanes
        return found

    def _levels(self, places: Iterable[int]) -> int:
        """How near each bin is to some places, in LEVELS: the nearest place counts."""
        bins = sorted({int(second / STEP) for second in self._seconds_of(places)})
        if len(bins) <= _FEW and all(after - at > 2 * _REACH for at, after in pairwise(bins)):
            return sum([_LEVELS_AROUND << _LANE * at for at in bins]) >> _LANE * _REACH
        width = _LANE // 8
        said = bytearray(self.bins * width)
        for at in bins:
            said[at * width] = 1
        reach = int.from_bytes(said, "little")
        for _ in range(_WHOLE // STEP):
            reach |= (reach >> _LANE) | (reach << _LANE)
        row = 0
        for _ in range(_LEVELS):
            row += reach
            reach |= (reach >> _LANE) | (reach << _LANE)
        return row
