"""Whether the captions at hand are those of a video at all: of this one, of another cut of it, or of another video.

Where they are right, most stamps that lie before the end have their text said there. In another cut all is said so much sooner
or later, or by other intervals; in another video hardly anything is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import median
from typing import Literal, NamedTuple

from processor.captions.claims import AS_IT_IS, Claim, Timing
from processor.captions.decode import is_beyond, peaks
from processor.captions.index import STEP, Index
from processor.captions.likelihood import Likelihood

FEWEST = 8
"""Stamps that must be held against captions before it is asked how many of them these support."""
_OWN = (
    0.35  # of the stamps are supported by captions of their video: of wrong ones a fifth, of right ones more than half
)
_RECUT = 0.5  # by those of another cut, once it is known how they are cut
_ENOUGH = 5  # terms of a text whose place is looked for
_STRONG, _AHEAD = 0.5, 0.1  # support of its place, and before the next best
_FEW = 5  # such places at least
_MOST = 60
_FAR = 600  # seconds between two places by which the cut is measured
_SLOPES = (0.7, 1.3)
_BAND = 45  # seconds off a line that count as on it

# How much likelier a text is of this video than of another, by how much of it is said in one place; as a logarithm. On 40 videos
# some 20 texts a note were held against the captions of their own, and against those of another.
_EVEN, _EVEN_OF_ONE = (
    0.25,
    1.3,
)  # as much of a text is as likely either way: so much, and so much shared out over its terms
_STEEPNESS, _MOST_OF_ONE = 9.0, 2.0
_NOT_SAID = -7.0  # of all texts together: they are of another video. Of the notes on their own video the least had 6
_SAID = 1.0  # a text: they are of this video, even where hardly a stamp is right. Of another talk of a speaker they have 0.6


class Fit(NamedTuple):
    """How captions fit a video: the share of its stamps that they support, of how many, and how they must be shifted for it.

    They are `unclear` where its texts are said in them, but hardly any where it has its stamp, and not all so much sooner or later.
    """

    kind: Literal["own", "recut", "foreign", "unclear"]
    share: float
    stamps: int
    timing: Timing = AS_IT_IS

    @property
    def is_told(self) -> bool:
        """Whether anything can be told of the stamps by these captions."""
        return self.kind in ("own", "recut")


def fit(index: Index, claims: Sequence[Claim]) -> Fit:
    """Return whether captions are those of the video of which some claims are."""
    share, number = _supported(index, claims, AS_IT_IS)
    ratios = [(claim, ratio) for claim in claims if (ratio := _ratio(index, claim)) is not None]
    all_ratios = sum([ratio for _, ratio in ratios])
    if all_ratios <= _NOT_SAID and sum([ratio for claim, ratio in ratios if not is_beyond(index, claim.stated)]) < 0:
        return Fit("foreign", share, number)  # and not cut short: then what is said until their end would be in them
    if number < FEWEST or share >= _OWN:
        return Fit("own", share, number)
    timing = _timing(_strong(index, claims))
    if timing:
        after, of = _supported(index, claims, timing)
        if of >= FEWEST and after >= _RECUT:
            return Fit("recut", after, of, timing)
    return Fit("unclear" if all_ratios >= _SAID * len(ratios) else "foreign", share, number)


def _ratio(index: Index, claim: Claim) -> float | None:
    """Return how much likelier a claim is one of this video than one of another; None where it says too little."""
    support = index.support(claim.terms)
    if support.terms < _ENOUGH:
        return None
    even = _EVEN + _EVEN_OF_ONE / support.terms
    return max(-_MOST_OF_ONE, min(_MOST_OF_ONE, _STEEPNESS * (support.together - even)))


def _supported(index: Index, claims: Sequence[Claim], timing: Timing) -> tuple[float, int]:
    """Return the share of the claims that are supported where they stand, of those that say enough, and how many these are."""
    found = [_is_supported(index, claim, timing) for claim in claims]
    told = [is_supported for is_supported in found if is_supported is not None]
    return sum(told) / max(1, len(told)), len(told)


def _is_supported(index: Index, claim: Claim, timing: Timing) -> bool | None:
    """Return whether a claim is supported where it stands; None where it says too little, or stands behind the end."""
    key = hash((claim, timing))
    if key not in index.known_claims:
        second = timing.heard_at(claim.stated)
        found = None
        if second >= 0 and not is_beyond(index, second):
            support = index.support(claim.terms)
            found = Likelihood(support).at(second) >= 0 if support.known >= _ENOUGH else None
        index.known_claims[key] = found
    return index.known_claims[key]


def _strong(index: Index, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Return what stamps say, and where that is said beyond doubt."""
    found: list[tuple[int, int]] = []
    for claim in claims:
        support = index.support(claim.terms)
        if support.known >= _ENOUGH and (best := peaks(support)):
            first, second, *_ = [support.near[at // STEP] / support.whole for at in best] + [0.0]
            if first >= _STRONG and first - second >= _AHEAD:
                found.append((claim.stated, best[0]))
    every = max(1, len(found) // _MOST)
    return found[::every]


def _timing(strong: Sequence[tuple[int, int]]) -> Timing | None:
    """Return the line on which most of the places lie."""
    if len(strong) < _FEW:
        return None
    best, most = None, _FEW - 1
    for (a, heard_a), (b, heard_b) in combinations(sorted(strong), 2):
        if b - a < _FAR:
            continue
        slope = (heard_b - heard_a) / (b - a)
        if _SLOPES[0] <= slope <= _SLOPES[1]:
            timing = Timing(slope, heard_a - slope * a)
            on = sum(abs(timing.heard_at(stated) - heard) <= _BAND for stated, heard in strong)
            if on > most:
                best, most = timing, on
    if best is None:
        return None
    rest = [heard - best.slope * stated for stated, heard in strong if abs(best.heard_at(stated) - heard) <= _BAND]
    return Timing(best.slope, median(rest))
