"""Whether captions end before their video does: a file that was cut short proves nothing of what lies behind its end.

Stamps that are wrong jump, `12:30:00` after `00:40:10`, and what they stand for is said before the end. Where a video goes on
its stamps go on too, in steps like those before the end, and what they stand for is said nowhere in the captions. Only where
both speak for it captions are taken as cut short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice, pairwise
from math import log
from statistics import fmean, median

from processor.captions.claims import AS_IT_IS, Claim, Timing
from processor.captions.decode import is_beyond, places_of
from processor.captions.index import Index
from processor.captions.readings import PRIORS, Group

SAID = 1.0
"""The mean evidence that what stamps behind the end stand for is said before it: of 40 videos whose captions are whole it was
0.8 to 5.7, and of the same, cut after six tenths, -0.7 to 1.2, but for one."""
FEWEST = 3
"""Stamps behind the end that must say enough to be looked for."""
_MOST = 40
_ENOUGH = 5  # terms of a text that is looked for, whether they are said or not
_FEWEST_BEFORE = 3  # stamps before the end, by which usual steps are known
_LEAST_STEP = 600  # seconds of talk that nobody cites, which are usual everywhere
_USUAL_STEPS = 4  # times the median step
_ROUND = 0.3  # of the stamps before the end, which are written to the minute: else such ones are likely wrong
_FARTHER = 1800  # seconds between two stamps once it is known that the video goes on


def goes_on_until(index: Index, notes: Sequence[Sequence[Claim]]) -> float | None:
    """Until which second a video goes on behind the end of its captions, by what the notes on it claim, a list each; None where
    nothing shows that it does."""
    seconds = {claim.stated for claims in notes for claim in claims}
    before = sorted(second for second in seconds if not is_beyond(index, second))
    do_round = sum(second % 60 == 0 for second in before) > max(2, _ROUND * len(before))
    behind = sorted(second for second in seconds if is_beyond(index, second) and (do_round or second % 60))
    usual, last = float(_LEAST_STEP), index.length
    if len(before) >= _FEWEST_BEFORE:
        step, last = median(b - a for a, b in pairwise(before)), before[-1]
        usual = min(max(usual, _USUAL_STEPS * step), _FARTHER)
    run = set(_run(behind, last, usual))
    told = evidence(index, (claim for claim in chain.from_iterable(notes) if claim.stated in run))
    if len(told) < FEWEST or fmean(told) >= SAID:
        return None
    return [*_run(behind, last, _FARTHER)][-1] + usual


def _run(seconds: Iterable[int], last: float, step: float) -> Iterable[int]:
    """Yield the first of some rising seconds, as long as each lies within a step of the one before."""
    for second in seconds:
        if second - last > step:
            break
        yield second
        last = second


def evidence(index: Index, claims: Iterable[Claim], timing: Timing = AS_IT_IS) -> list[float]:
    """Return how much speaks for it that what some stamps behind the end stand for is said before the end, where one reading of
    their digits leads or anywhere else: the logarithm of a likelihood ratio for each that says enough, of the first ones.
    """
    telling = (claim for claim in claims if len(set(claim.terms)) >= _ENOUGH)
    return [_evidence(index, claim, timing) for claim in islice(telling, _MOST)]


def _evidence(index: Index, claim: Claim, timing: Timing) -> float:
    places, _ = places_of(index, claim, timing)
    priors = PRIORS[Group(beyond=True, padded=claim.stated % 60 == 0)]
    return log(sum([place.weight * priors[place.kind] for place in places]))
