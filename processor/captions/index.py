"""Where in a video a text is spoken of: how well each place supports it.

The video is a row of bins of STEP seconds. A term of the text supports a bin if it is said there or soon behind it, the more so
the rarer it is in the video; two terms that follow one another in both count twice.

A row is one large whole number, of which each bin has LANE bits: to add two rows is one addition, whatever their length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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
_PASSAGE = 30  # seconds: what counts as one place where a term is said
_TELLING = log(3)  # weight of a term that half of all passages say: what is said more often tells nothing
_PAIR = 2.0  # what two terms in a row count, beside each of them
_APART = 3  # words: between two terms in a row
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


class Index:
    """The terms of a video with their seconds."""

    def __init__(self, captions: Captions) -> None:
        self.video_id = captions.video_id
        self.length = captions.length
        self.bins = int(captions.length / STEP) + 2
        self.seconds = captions.seconds
        self._said: dict[str, list[float]] = {}
        self._pairs: dict[tuple[str, str], list[float]] = {}
        self._weights: dict[str, float] = {}
        self._rows: dict[Term, tuple[int, int]] = {}
        self._all_lanes = (1 << (_LANE * self.bins)) - 1
        lanes = self.bins + (_BEFORE + _AFTER) // STEP
        self._top_bits = int.from_bytes((b"\0" * (_LANE // 8 - 1) + b"\x80") * lanes, "little")
        self._read(captions)
        self._passages = captions.length / _PASSAGE

    def _read(self, captions: Captions) -> None:
        said, pairs = self._said, self._pairs
        before, last = "", -_APART - 1
        for at, (word, second) in enumerate(zip(captions.words, captions.seconds, strict=True)):
            for term in terms_of_word(word):
                if term in said:
                    said[term].append(second)
                else:
                    said[term] = [second]
                if at - last <= _APART:
                    pair = (before, term)
                    if pair in pairs:
                        pairs[pair].append(second)
                    else:
                        pairs[pair] = [second]
                before, last = term, at

    def weight(self, term: str) -> float:
        """How much it tells that a term is said: the more, the fewer passages of the video say it."""
        weight = self._weights.get(term)
        if weight is None:
            passages = len({second // _PASSAGE for second in self._said[term]})
            weight = self._weights[term] = log(1 + self._passages / passages)
        return weight

    def is_silent(self, second: float) -> bool:
        """Whether nobody says anything for a while around a second, so that nothing can be told of it."""
        behind = bisect_right(self.seconds, second)
        start = self.seconds[behind - 1] if behind else 0
        end = self.seconds[behind] if behind < len(self.seconds) else self.length
        return end - start > _SILENCE

    def support(self, terms: Sequence[str]) -> Support:
        """How well each bin supports a text with these terms."""
        known = [term for term in dict.fromkeys(terms) if term in self._said and self.weight(term) >= _TELLING]
        found: list[Term] = [*known, *(pair for pair in dict.fromkeys(pairwise(terms)) if pair in self._pairs)]
        whole = total = 0
        for term in found:
            most, row = self._rows.get(term) or self._row(term)
            whole += most
            total += row
        near, best = self._values(total), self._values(self._widened(total))
        return Support(near, best, sorted(best[::_RANKED]), whole or 1, len(known))

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
            weight, seconds = self.weight(term), self._said[term]
        else:
            weight, seconds = _PAIR * min(map(self.weight, term)), self._pairs[term]
        said = bytearray(self.bins * _LANE // 8)
        width = _LANE // 8
        for at in {int(second / STEP) for second in seconds}:
            said[at * width] = 1
        reach = int.from_bytes(said, "little")
        for _ in range(_WHOLE // STEP):
            reach |= (reach >> _LANE) | (reach << _LANE)
        fading = _FADING // STEP
        most = int(weight * _UNITS) // fading * fading
        each = most // fading
        row = 0
        for _ in range(fading):
            row += reach * each
            reach |= (reach >> _LANE) | (reach << _LANE)
        found = self._rows[term] = most, row & self._all_lanes
        return found

    def bin_of(self, second: float) -> int:
        return min(max(0, int(second / STEP)), self.bins - 1)
