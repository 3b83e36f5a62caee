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
_LANE = 16  # bits a bin, of which the first stays free
_UNITS = 100  # in which what a term adds to a bin is counted
_MOST = (1 << _LANE - 1) - 1  # that all of a text can add; a text of hundreds of terms is counted in larger units
_WHOLE, _FADING = 5, 25  # seconds: within the first a term counts whole, and over the second less and less
_BEFORE, _AFTER = 10, 25  # seconds: a stamp means what is said from shortly before it until a while behind it
RANKED = 3  # bins
WINDOW = (_BEFORE + _AFTER) // STEP + 1  # bins
BEHIND_WINDOW = _BEFORE // STEP  # bins from the first of a window to the one that it is of
_LEVELS = _FADING // STEP
_REACH = (_WHOLE + _FADING) // STEP - 1  # bins on either side of a place
_AROUND = sum(
    (1 << min(_LEVELS, _REACH + 1 - abs(off - _REACH))) - 1 << _LANE * off for off in range(2 * _REACH + 1)
)  # the row of a place: as many bits of each lane as it has levels there, so that the nearer of two places is their union
_PASSAGE = 30  # seconds: what counts as one place where a term is said
_BINS_OF_PASSAGE = _PASSAGE // STEP
_TELLING = log(3)  # weight of a term that half of all passages say: what is said more often tells nothing
_PAIR = 2.0  # what two terms in a row count, beside each of them
_APART = 3  # words: between two terms in a row
_HELD_ROWS = 300  # that stay for the next texts
_MANY, _LEAST_SAID = 10, 0.2  # terms; of their weight
_SILENCE = 90  # seconds without a word, of which nothing is known

Term = str | tuple[str, str]


class Support(NamedTuple):
    """How well each bin of a video supports a text: in units of which `whole` is the most there can be."""

    near: Sequence[int]
    """By what is said there."""
    best: Sequence[int]
    """By what is said from shortly before it until a while behind it: the best of these bins."""
    ranked: Sequence[int]
    """Every third of `best`, which changes little from one to the next, in rising order."""
    whole: int
    known: int
    """How many terms of the text are said in the video."""
    terms: int
    """How many terms tell anything, whether they are said in the video or not."""
    together: float
    """How much of the text is said in one place at best, by weight; above 1 where it is said in the same words."""

    @property
    def is_said(self) -> bool:
        """Whether anything like it is said anywhere: False where so many terms are, but never a fair part of them near one
        another. Of 1,405 stamps with as many terms 5 were such, and of as many sentences on other videos four in ten."""
        return self.terms < _MANY or self.together >= _LEAST_SAID


class Index:
    """The terms of a video with their seconds."""

    def __init__(self, captions: Captions) -> None:
        self.video_id = captions.video_id
        self.length = captions.length
        self.bins = int(captions.length / STEP) + 2
        self.seconds = captions.seconds
        self.terms: list[str] = []  # in the order in which they are said
        self.words = array("I")  # of each of these, the word of the captions that it is of
        self._bin_of: list[int] = []  # of each of these
        self.said: dict[str, list[int]] = {}  # of each term, where it is among these
        self._pairs: set[tuple[str, str]] = set()  # of these in a row
        self._read(captions)
        self._passages = captions.length / _PASSAGE
        self._weights: dict[str, float] = {}
        self._rows: dict[Term, int] = {}
        self._supports: dict[tuple[str, ...], Support] = {}
        self.known_claims: dict[int, bool | None] = {}
        """Whether claims are supported, by their hashes: asked anew for each note of a video, and after each change."""
        self._ones = int.from_bytes((b"\1" + b"\0" * (_LANE // 8 - 1)) * self.bins, "little")
        self._all_lanes = (1 << (_LANE * self.bins)) - 1
        lanes = self.bins + WINDOW - 1
        self._top_bits = int.from_bytes((b"\0" * (_LANE // 8 - 1) + b"\x80") * lanes, "little")

    def _read(self, captions: Captions) -> None:
        terms, words = self.terms, self.words
        for at, found in enumerate(map(terms_of_word, captions.words)):
            if found:
                terms += found
                words.extend([at] * len(found))
        bin_of_word = [int(second / STEP) for second in captions.seconds]
        self._bin_of = [bin_of_word[at] for at in words]
        said: dict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(terms):
            said[term].append(at)
        self.said = dict(said)
        self._pairs = set(pairwise(terms))

    def _places_of_pair(self, pair: tuple[str, str]) -> list[int]:
        """Return where the first of two terms is followed by the second."""
        first, second = self.said[pair[0]], self.said[pair[1]]
        terms, words = self.terms, self.words
        if len(first) < len(second):
            last = len(terms) - 1
            found = [at for at in first if at < last and terms[at + 1] == pair[1]]
        else:
            found = [at - 1 for at in second if at and terms[at - 1] == pair[0]]
        return [at for at in found if words[at + 1] - words[at] <= _APART]

    def weight(self, term: str) -> float:
        """Return how much it tells that a term is said: the more, the fewer passages of the video say it."""
        weight = self._weights.get(term)
        if weight is None:
            bin_of = self._bin_of
            passages = len({bin_of[at] // _BINS_OF_PASSAGE for at in self.said[term]})
            weight = self._weights[term] = log(1 + self._passages / passages)
        return weight

    def is_silent(self, second: float) -> bool:
        """Return whether nobody says anything for a while around a second, so that nothing can be told of it."""
        behind = bisect_right(self.seconds, second)
        start = self.seconds[behind - 1] if behind else 0
        end = self.seconds[behind] if behind < len(self.seconds) else self.length
        return end - start > _SILENCE

    def support(self, terms: tuple[str, ...]) -> Support:
        """Return how well each bin supports a text with these terms."""
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
        found: list[tuple[Term, float]] = [(term, weights[term]) for term in known]
        for pair in dict.fromkeys(pairwise(terms)):
            if pair in self._pairs:
                first, second = weights[pair[0]], weights[pair[1]]
                if first >= _TELLING or second >= _TELLING:
                    found.append((pair, _PAIR * min(first, second)))
        units = min(_UNITS, _MOST / max(1, sum([weight for _, weight in found]))) / _LEVELS
        rows, whole, total = self._rows, 0, 0
        for term, weight in found:
            each = int(weight * units)
            row = rows.get(term)
            if row is None:
                row = rows[term] = self._levels(
                    self.said[term] if isinstance(term, str) else self._places_of_pair(term)
                )
            if row:
                whole += each * _LEVELS
                total += row * each
        near, best = self._values(total), self._values(self._widened(total))
        ranked = sorted(best[::RANKED])
        unknown = len({term for term in terms if term not in weights})
        in_all = sum(weights[term] for term in known) + unknown * log(1 + self._passages)
        together = ranked[-1] / (in_all * units * _LEVELS) if in_all else 0.0
        return Support(near, best, ranked, whole or 1, len(known), len(known) + unknown, together)

    def _values(self, row: int) -> list[int]:
        return memoryview(row.to_bytes(self.bins * _LANE // 8, "little")).cast("H").tolist()

    def _widened(self, row: int) -> int:
        """For each bin the most from shortly before it until a while behind it."""
        wide = 1
        row <<= _LANE * BEHIND_WINDOW
        while wide < WINDOW:
            step = min(wide, WINDOW - wide)
            row = self._greater(row, row >> (_LANE * step))
            wide += step
        return row & self._all_lanes

    def _greater(self, row: int, other: int) -> int:
        """Return the greater of two rows in each bin: the top bit of a lane stays set where nothing had to be borrowed."""
        top = self._top_bits
        kept = ((row | top) - other) & top
        mask = kept - (kept >> (_LANE - 1))
        return (row & mask) | (other & ~mask)

    def _levels(self, places: Iterable[int]) -> int:
        """Return how near each bin is to some places, in LEVELS: the nearest place counts."""
        bin_of = self._bin_of
        row = 0
        for at in {bin_of[place] for place in places}:
            row |= _AROUND << _LANE * at
        row = row >> _LANE * _REACH & self._all_lanes
        ones = self._ones
        return sum([row >> bit & ones for bit in range(1, _LEVELS)], row & ones)
