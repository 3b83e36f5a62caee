"""What the stamps of a note mean: for each the places that it may mean, and how probable each is.

Each stamp alone says where its text is spoken of; the note as a whole says how its writer goes wrong, and that stamps follow
one another. A meaning is as probable as the geometric mean of what both ways to look at it say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import exp, prod, sqrt
from typing import NamedTuple

from processor.captions.claims import AS_IT_IS, Claim, Timing
from processor.captions.index import BEHIND_WINDOW, RANKED, STEP, WINDOW, Index, Support
from processor.captions.likelihood import OPENING, Likelihood
from processor.captions.readings import PRIORS, Group, Kind, Priors, readings

NEAR = 25  # seconds: as far apart two places are one
PAST_END = 10  # seconds behind the last word, from which on a stamp is beyond the end
_PEAKS = 6
_APART = 30 // STEP  # bins
_LEAST_PEAK = 0.6  # of the best
_PEAK_WIDTH = 50  # seconds that are as good as a peak, as a stamp means what is said near it
_PEAK_BEFORE, _PEAK_BEHIND = 45, 30  # seconds, over which a peak raises the support
_EACH, _RATED = 3, 16  # every third place, and of these the best

_LEAST_ELSEWHERE = 0.05
_ROUNDS = 4  # of estimating how a writer goes wrong
_STRENGTH = 4.0  # how many stamps what is known of other notes counts as
_FAINT = 0.15  # support below which a reading counts for nothing, but for the one as it stands
_IN_OPENING = 0.0  # the least ratio of a stamp in the opening, whose words sum up what comes later
_SURE = 0.9
_STEP_TO_ONE_THAT_IS_RIGHT = 30  # seconds
_IN_STEP = 30.0  # how much likelier such a step is of a stamp that is right: of 48 it had 27, of 142 wrong ones none
_KEPT = 10  # places a stamp, of which the neighbours are asked


class Place(NamedTuple):
    """A place that a stamp may mean; `second` is None for one that nothing shows. `weight` is its likelihood."""

    second: float | None
    kind: Kind
    weight: float


class Meaning(NamedTuple):
    """What a stamp means by what is said: `second`, with `confidence` between 0 and 1; `stated` is how probable it is that it
    means what it says, and `ratio` the logarithm of the likelihood ratio there. `is_said` is False where nothing like its text is said
    in the whole video."""

    second: int
    kind: Kind
    confidence: float
    stated: float
    ratio: float
    beyond: bool
    is_said: bool


def places_of(index: Index, claim: Claim, timing: Timing = AS_IT_IS) -> tuple[list[Place], float]:
    """Return the places that a stamp may mean, and the ratio where it stands."""
    support = index.support(claim.terms)
    likelihood = Likelihood(support)
    best, bins, faint = support.best, index.bins, _FAINT * support.whole
    found: list[Place] = []
    for kind, seconds in readings(claim.stated, timing.stated_at(index.length + PAST_END)):
        for second in seconds:
            value = best[min(max(0, int(timing.heard_at(second) / STEP)), bins - 1)]
            if value >= faint or kind == "as it stands":
                ratio = likelihood.of(value)
                if kind == "as it stands" and second < OPENING:
                    ratio = max(ratio, _IN_OPENING)
                found.append(Place(second, kind, exp(ratio) / len(seconds)))
    best_places, rest = _elsewhere(index, likelihood)
    found += [Place(timing.stated_at(second), "elsewhere", weight) for weight, second in best_places]
    found.append(Place(None, "elsewhere", rest))
    return found, likelihood.at(timing.heard_at(claim.stated))


def place_of(index: Index, terms: tuple[str, ...]) -> tuple[float, float]:
    """Return where in the captions a text is said, whatever stamp it has, and how probable that is."""
    support = index.support(terms)
    best, rest = _elsewhere(index, Likelihood(support))
    weight, second = max(best, default=(0.0, 0))
    return second, weight / (sum([weight for weight, _ in best]) + rest)


def _elsewhere(index: Index, likelihood: Likelihood) -> tuple[list[tuple[float, int]], float]:
    """Return the best places of the video, each with its likelihood, and that of all others together."""
    support = likelihood.support
    left = list(support.best[::_EACH])
    found: list[tuple[float, int]] = []
    for second in peaks(support):
        found.append((exp(likelihood.at(second)) * _PEAK_WIDTH / index.length, second))
        first = max(0, (second - _PEAK_BEFORE) // (STEP * _EACH))
        last = (second + _PEAK_BEHIND) // (STEP * _EACH) + 1
        left[first:last] = [0] * len(left[first:last])
    rest = sorted(left)[-_RATED:]
    mean = sum([exp(likelihood.of(value)) for value in rest if value]) * _EACH / index.bins
    return found, max(mean, _LEAST_ELSEWHERE)


def peaks(support: Support) -> list[int]:
    """Return the seconds of the best places, apart from one another; the best first."""
    near, best = support.near, support.best
    least = max(best[::RANKED]) * _LEAST_PEAK
    if not least:
        return []
    order: list[tuple[int, int]] = []
    for first in range(0, len(near), WINDOW):
        at = first + BEHIND_WINDOW
        if at >= len(best) or best[at] >= least:
            window = range(first, min(first + WINDOW, len(near)))
            order += [(-near[place], place) for place in window if near[place] >= least]
    order.sort()
    found: list[int] = []
    for _, at in order:
        if all(abs(at - other) >= _APART for other in found):
            found.append(at)
            if len(found) == _PEAKS:
                break
    return [at * STEP for at in found]


def decode(index: Index, claims: Sequence[Claim], timing: Timing = AS_IT_IS) -> list[Meaning]:
    """Return what each of the claims of a note means."""
    found = [places_of(index, claim, timing) for claim in claims]
    places = [options for options, _ in found]
    groups = [Group(is_beyond(index, timing.heard_at(claim.stated)), claim.stated % 60 == 0) for claim in claims]
    priors = PRIORS
    alone: list[list[float]] = []
    for _ in range(_ROUNDS):
        alone = [_posterior(options, priors[group]) for options, group in zip(places, groups, strict=True)]
        priors = _estimated(places, alone, groups)
    kept = [_kept(options, chances) for options, chances in zip(places, alone, strict=True)]
    weights = [[p.weight * priors[group][p.kind] for p in options] for options, group in zip(kept, groups, strict=True)]
    together = _smoothed(kept, weights, index.length)
    meanings: list[Meaning] = []
    for at, claim in enumerate(claims):
        second, kind = _best(kept[at], together[at])
        both = (places[at], alone[at]), (kept[at], together[at])
        confidence = sqrt(prod([_chance_near(second, *of) for of in both]))
        stated = max([_chance_near(claim.stated, *of) for of in both])
        is_said = index.support(claim.terms).is_said
        meanings.append(Meaning(round(second), kind, confidence, stated, found[at][1], groups[at].beyond, is_said))
    return [
        meaning._replace(stated=_with_odds(meaning.stated, _IN_STEP)) if _is_in_step(at, claims, meanings) else meaning
        for at, meaning in enumerate(meanings)
    ]


def _is_in_step(at: int, claims: Sequence[Claim], meanings: Sequence[Meaning]) -> bool:
    """Return whether a stamp names a second near that of the one before it or behind it, which is right."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(claims) and meanings[other].stated >= _SURE:
            step = abs(claims[other].stated - claims[at].stated)
            if step <= _STEP_TO_ONE_THAT_IS_RIGHT:
                return True
    return False


def _with_odds(p: float, ratio: float) -> float:
    return p * ratio / (p * ratio + 1 - p)


def is_beyond(index: Index, second: float) -> bool:
    """Return whether a second is behind the end of a video."""
    return second > index.length + PAST_END


def _posterior(options: Sequence[Place], priors: Priors) -> list[float]:
    chances = [place.weight * priors[place.kind] for place in options]
    whole = sum(chances)
    return [chance / whole for chance in chances]


def _estimated(
    places: Sequence[Sequence[Place]], chances: Sequence[Sequence[float]], groups: Sequence[Group]
) -> dict[Group, Priors]:
    """Return how this writer goes wrong, by what is known of others and what the stamps seem to mean."""
    made: dict[Group, Priors] = {}
    for group, known in PRIORS.items():
        counts = {kind: _STRENGTH * prior for kind, prior in known.items()}
        stamps = 0
        for options, ps, own in zip(places, chances, groups, strict=True):
            if own == group:
                stamps += 1
                for place, p in zip(options, ps, strict=True):
                    counts[place.kind] += p
        made[group] = {kind: count / (stamps + _STRENGTH) for kind, count in counts.items()}
    return made


def _kept(options: Sequence[Place], chances: Sequence[float]) -> list[Place]:
    order = sorted(range(len(options)), key=chances.__getitem__, reverse=True)
    return [options[i] for i in order[:_KEPT]]


def _smoothed(kept: Sequence[Sequence[Place]], weights: Sequence[Sequence[float]], length: float) -> list[list[float]]:
    """Return the probabilities of the places of each stamp in the light of its neighbours: forwards and backwards."""
    if not kept:
        return []
    ratios = [_RATIOS[0], *[ratio * length / _USUAL for ratio in _RATIOS[1:-1]], _RATIOS[-1]]
    steps = [_steps(before, after, ratios) for before, after in pairwise(kept)]
    forward = [_scaled(weights[0])]
    for own, step in zip(weights[1:], steps, strict=True):
        last = forward[-1]
        forward.append(
            _scaled(
                [
                    w * sum([p * ratio for p, ratio in zip(last, row, strict=True)])
                    for w, row in zip(own, step, strict=True)
                ]
            )
        )
    backward = [[1.0] * len(kept[-1])]
    for own, step in zip(reversed(weights[1:]), reversed(steps), strict=True):
        ahead = [w * p for w, p in zip(own, backward[-1], strict=True)]
        backward.append(
            _scaled(
                [
                    sum(column)
                    for column in zip(*[[p * r for r in row] for p, row in zip(ahead, step, strict=True)], strict=True)
                ]
            )
        )
    return [
        _scaled([a * b for a, b in zip(fore, back, strict=True)])
        for fore, back in zip(forward, reversed(backward), strict=True)
    ]


def _scaled(chances: Sequence[float]) -> list[float]:
    whole = sum(chances) or 1.0
    return [chance / whole for chance in chances]


_STEPS = (-600, -180, -60, 0, 31, 61, 121, 301, 601)
_RATIOS = (0.1, 0.5, 1.4, 3.5, 60.0, 23.0, 8.0, 2.0, 0.7, 0.15)
"""How much likelier than chance a step from one stamp to the next is below each of the seconds, and from the last one on: of
13,000 steps in notes whose stamps are all before the end, in videos of 80 minutes."""
_USUAL = 4800.0


def _steps(before: Sequence[Place], after: Sequence[Place], ratios: Sequence[float]) -> list[list[float]]:
    """Return for each place of a stamp how much likelier than chance it is that it follows each of the stamp before."""
    seconds = [place.second for place in before]
    same = [1.0] * len(before)
    return [
        same
        if (second := place.second) is None
        else [1.0 if other is None else ratios[bisect_right(_STEPS, second - other)] for other in seconds]
        for place in after
    ]


def _best(options: Sequence[Place], chances: Sequence[float]) -> tuple[float, Kind]:
    """Return the place that a stamp means, and how it came about; of places that are near one another one that a reading leads
    to.
    """
    shown = [
        (p, place.second, place.kind) for place, p in zip(options, chances, strict=True) if place.second is not None
    ]
    if not shown:
        return 0.0, "elsewhere"
    _, second, kind = max(shown)
    exact = [of for of in shown if of[2] != "elsewhere" and abs(of[1] - second) <= NEAR]
    if exact:
        _, second, kind = max(exact)
    return second, kind


def _chance_near(second: float, options: Sequence[Place], chances: Sequence[float]) -> float:
    """Return how probable it is that a stamp means what is near a second."""
    return sum(
        [p for (at, _, _), p in zip(options, chances, strict=True) if at is not None and abs(at - second) <= NEAR]
    )
