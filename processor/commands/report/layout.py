"""Where each note stands in the picture of the whole vault: a disc a channel, its most wanted notes inmost, the discs around
the largest. Without chance, and quick: the same vault has the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_GOLDEN = math.pi * (3 - math.sqrt(5))
"""The angle by which seeds of a sunflower follow one another: it fills a disc evenly."""
_SPACING, _GAP = 10.0, 40.0  # between notes, and between discs
_TURN = 0.35  # radians between the places that are tried for a disc
Point = tuple[float, float]


def layout(groups: Sequence[int], weights: Sequence[int]) -> list[tuple[int, int]]:
    """Return a place for each note, by the numbers of their groups and how much leads to each."""
    members: dict[int, list[int]] = {}
    for note, group in enumerate(groups):
        members.setdefault(group, []).append(note)
    order = sorted(members, key=lambda g: (-len(members[g]), g))
    radii = [_SPACING * math.sqrt(len(members[group])) for group in order]
    places: list[tuple[int, int]] = [(0, 0)] * len(groups)
    for group, (x, y) in zip(order, _discs(radii), strict=True):
        inmost = sorted(members[group], key=lambda n: (-weights[n], n))
        for i, note in enumerate(inmost):
            away, angle = _SPACING * math.sqrt(i), i * _GOLDEN
            places[note] = (round(x + away * math.cos(angle)), round(y + away * math.sin(angle)))
    return places


def _discs(radii: Sequence[float]) -> list[Point]:
    """Return the centres of discs that touch none of the others, the largest in the middle."""
    placed: list[tuple[float, float, float]] = []
    for radius in radii:
        placed.append((*_free(placed, radius), radius))
    return [(x, y) for x, y, _ in placed]


def _free(placed: Sequence[tuple[float, float, float]], radius: float) -> Point:
    """Return the place nearest to the middle, of those tried, where a disc fits: on a spiral outwards."""
    if not placed:
        return 0.0, 0.0
    step = max(_GAP, radius / 2)
    away, angle = placed[0][2] + radius + _GAP, len(placed) * _GOLDEN
    while True:
        for _ in range(int(2 * math.pi / _TURN) + 1):
            x, y = away * math.cos(angle), away * math.sin(angle)
            if all((x - a) ** 2 + (y - b) ** 2 >= (radius + r + _GAP) ** 2 for a, b, r in placed):
                return x, y
            angle += _TURN
        away += step
