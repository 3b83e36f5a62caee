"""Whether somebody says some words, one after another, and what is said instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from processor.captions.index import Index

_RAREST = 4  # terms of a quote by which its place is looked for
_OFTEN = 200  # places of a term, of which no more are looked at
_TRIED = 8  # places at which it is compared
_LOOSE = 3  # terms that may stand between others


class Passage(NamedTuple):
    """The passage that is most like some words: which share of them is said there in their order, the words of the captions from
    the first to the last (exclusive), and the second of the first."""

    share: float
    first: int
    last: int
    second: float


def nearest(index: Index, terms: Sequence[str]) -> Passage | None:
    """Return the passage that is most like some terms in a row; None where none of them is said."""
    starts: Counter[int] = Counter()
    known = sorted({term for term in terms if term in index.said}, key=lambda term: len(index.said[term]))
    for term in known[:_RAREST]:
        for at in index.said[term][:_OFTEN]:
            starts[max(0, at - terms.index(term)) // _LOOSE] += 1
    best: tuple[int, int, int] | None = None
    for place, _ in starts.most_common(_TRIED):
        start = max(0, (place - 1) * _LOOSE)
        window = index.terms[start : start + len(terms) + len(terms) // 2 + 3 * _LOOSE]
        number, first, last = _common(terms, window)
        if number and (best is None or number > best[0]):
            best = number, start + first, start + last
            if number == len(terms):
                break  # word for word
    if best is None:
        return None
    number, first, last = best
    word = index.words[first]
    return Passage(number / len(terms), word, index.words[last] + 1, index.seconds[word])


def _common(terms: Sequence[str], window: Sequence[str]) -> tuple[int, int, int]:
    """Return how many terms a window has in the same order, and where the first and the last of them stand in it."""
    row: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(window) + 1)
    for term in terms:
        above, diagonal = row, row[0]
        row = [above[0]]
        for at, other in enumerate(window):
            number, first, last = row[at]
            if above[at + 1][0] > number:
                number, first, last = above[at + 1]
            if term == other and diagonal[0] + 1 > number:
                number, first, last = diagonal[0] + 1, diagonal[1] if diagonal[0] else at, at
            row.append((number, first, last))
            diagonal = above[at + 1]
    return row[-1]
