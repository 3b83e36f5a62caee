"""How much likelier what is said makes it that a text belongs to a place: as a ratio, by its logarithm."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from math import log10

from processor.captions.index import RANKED, STEP, Support

WEIGHTS = (0.9, 6.5, 0.9, -3.9, -14.2)
"""Of: one; the support, times the share of ENOUGH terms; how rare so good a place is in the video; how far it falls short of the
best place, as a share of that; that times the second. Fitted to 2,736 stamps of 228 notes on 41 videos that have no stamp
behind the end, against four other places of each."""

_ENOUGH = 12  # terms: with more a text says no more certainly where it belongs
_RAREST = 0.001
_LEAST = -2.0  # the least ratio: what is meant may be put into other words altogether
OPENING = 90  # seconds, in which a video may sum up the whole of it: what is best there need not be the best place


@lru_cache(maxsize=64)
def _rarities(bins: int) -> Sequence[float]:
    """Return how rare a place is, by how many of the bins are worse."""
    return [-log10(max((bins - worse) / bins, _RAREST)) for worse in range(bins)] + [-log10(_RAREST)]


class Likelihood:
    """The likelihood ratio of the places of a video for one text."""

    def __init__(self, support: Support) -> None:
        self.support = support
        self._share = min(support.known, _ENOUGH) / _ENOUGH
        self._top = max(max(support.best[OPENING // STEP :: RANKED], default=1), 1)
        self._rarities = _rarities(len(support.ranked))

    def at(self, second: float) -> float:
        """Return the logarithm of the ratio at a second."""
        best = self.support.best
        return self.of(best[min(max(0, int(second / STEP)), len(best) - 1)])

    def of(self, value: int) -> float:
        """Return the same for a place with such support."""
        one, by_support, by_rarity, by_gap, by_both = WEIGHTS
        value = min(value, self._top)
        rarity = self._rarities[bisect_left(self.support.ranked, value)]
        gap = (self._top - value) / self._top
        support = value / self.support.whole * self._share
        return max(one + by_support * support + by_rarity * rarity + gap * (by_gap + by_both * support), _LEAST)
