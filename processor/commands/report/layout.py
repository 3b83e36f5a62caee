"""Where each note stands in the picture of the whole vault: a disc a channel, in it what is linked near one another, and the
discs of channels that are linked near one another too. Without chance: the same vault has the same picture.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from processor.base.compact import encode
from processor.base.parallel import processes_for, streamed
from processor.commands.report.springs import SPACING, Point, seed, settled

_GAP = 40.0  # between discs
_MOST_DISCS = 300  # the notes of smaller groups share one disc, so that the time grows with the notes alone
_STEPS = 50
_PULL, _INWARDS, _PUSH = (
    0.12,
    0.02,
    0.5,
)  # how much of a distance a step makes up for: of links, to the middle, of overlaps
Place = tuple[int, int]


class Disc(NamedTuple):
    """The notes of a group, in their order; `links` among them, by their places in that order, and into which direction each is
    pulled, see `springs`."""

    notes: Sequence[int]
    links: Sequence[tuple[int, int]]
    outwards: Sequence[Point | None]


def layout(groups: Sequence[int], leads: Sequence[Sequence[int]], middles: Iterable[int] = ()) -> list[Place]:
    """Return a place for each note, by the numbers of their groups, the notes to which each leads, and the notes that are those of
    their group's channel: each stands in the middle."""
    shared = _shared(groups)
    members: dict[int, list[int]] = {}
    for note, group in enumerate(shared):
        members.setdefault(group, []).append(note)
    order = sorted(members, key=lambda g: (-len(members[g]), g))
    between: Counter[tuple[int, int]] = Counter()
    for note, found in enumerate(leads):
        own = shared[note]
        between.update((min(own, other), max(own, other)) for to in found if (other := shared[to]) != own)
    number = {group: i for i, group in enumerate(order)}
    pairs = {(number[a], number[b]): n for (a, b), n in between.items()}
    centres = _centres([SPACING * math.sqrt(len(members[group])) for group in order], pairs)
    at = dict(zip(order, centres, strict=True))
    discs = _discs([members[group] for group in order], shared, leads, {*middles}, at)
    places: list[Place] = [(0, 0)] * len(groups)
    for disc, group, around in zip(discs, order, _settled(discs), strict=True):
        x, y = at[group]
        for note, (dx, dy) in zip(disc.notes, around, strict=True):
            places[note] = round(x + dx), round(y + dy)
    return places


def _shared(groups: Sequence[int]) -> Sequence[int]:
    """Return the groups of notes; all that are too small for a disc of their own as one."""
    sizes = Counter(groups)
    if len(sizes) <= _MOST_DISCS:
        return groups
    largest = {*sorted(sizes, key=lambda g: (-sizes[g], g))[: _MOST_DISCS - 1]}
    return [group if group in largest else -1 for group in groups]


def _discs(
    members: Sequence[Sequence[int]],
    shared: Sequence[int],
    leads: Sequence[Sequence[int]],
    middles: set[int],
    at: dict[int, Point],
) -> list[Disc]:
    inside: dict[int, set[tuple[int, int]]] = {}
    pulled: dict[int, list[Point]] = {}
    number = {note: i for of in members for i, note in enumerate(of)}
    degree = [0] * len(shared)
    for note, found in enumerate(leads):
        for to in found:
            one, other = shared[note], shared[to]
            if one == other:
                a, b = number[note], number[to]
                inside.setdefault(one, set()).add((a, b) if a < b else (b, a))
                degree[note] += 1
                degree[to] += 1
                continue
            dx, dy = at[other][0] - at[one][0], at[other][1] - at[one][1]
            away = math.hypot(dx, dy) or 1.0
            pulled.setdefault(note, []).append((dx / away, dy / away))
            pulled.setdefault(to, []).append((-dx / away, -dy / away))

    def outwards(note: int) -> Point | None:
        if note in middles:
            return None
        found = pulled.get(note, ())
        all_ = (len(found) + degree[note]) or 1
        return sum(x for x, _ in found) / all_, sum(y for _, y in found) / all_

    return [
        Disc(notes, sorted(inside.get(shared[notes[0]], ())), [outwards(note) for note in notes]) for notes in members
    ]


def _settled(discs: Sequence[Disc]) -> list[list[Point]]:
    def share(some: Sequence[Disc]) -> bytes:
        return b"".join(
            encode([[round(v, 1) for v in place] for place in settled(disc.links, disc.outwards)]).encode() + b"\n"
            for disc in some
        )

    parts = streamed(share, discs, processes_for(sum(len(disc.notes) for disc in discs))) if discs else ()
    return [json.loads(line) for part in parts for line in part.splitlines()]


def _centres(radii: Sequence[float], pairs: dict[tuple[int, int], int]) -> list[Point]:
    """Return the centres of discs, the largest first, that touch none of the others: near one another where links lead to and fro.
    `pairs` are the numbers of these links."""
    area, xs, ys = 0.0, [], []
    for i, radius in enumerate(radii):
        x, y = seed(i)
        away = math.sqrt(area) * 1.3 / (math.hypot(x, y) or 1.0)
        xs.append(x * away)
        ys.append(y * away)
        area += (radius + _GAP / 2) ** 2
    most = max(pairs.values(), default=1)
    for step in range(_STEPS if len(radii) > 1 else 0):
        alpha = 1 - step / _STEPS
        for (a, b), n in sorted(pairs.items()):
            _draw(xs, ys, a, b, radii, _PULL * alpha * math.sqrt(n / most))
        for i in range(len(radii)):
            xs[i] *= 1 - _INWARDS * alpha
            ys[i] *= 1 - _INWARDS * alpha
        _part(xs, ys, radii)
    return _apart(xs, ys, radii)


def _draw(xs: list[float], ys: list[float], a: int, b: int, radii: Sequence[float], strength: float) -> None:
    dx, dy = xs[b] - xs[a], ys[b] - ys[a]
    heavy = radii[a] ** 2 / (radii[a] ** 2 + radii[b] ** 2)
    xs[a] += dx * strength * (1 - heavy)
    ys[a] += dy * strength * (1 - heavy)
    xs[b] -= dx * strength * heavy
    ys[b] -= dy * strength * heavy


def _part(xs: list[float], ys: list[float], radii: Sequence[float]) -> None:
    """Push discs apart that overlap."""
    for i, radius in enumerate(radii):
        x, y = xs[i], ys[i]
        for j in range(i):
            dx, dy = x - xs[j], y - ys[j]
            least = radius + radii[j] + _GAP
            square = dx * dx + dy * dy
            if square < least * least:
                away = math.sqrt(square) or 1.0
                much = _PUSH * (least - away) / away
                heavy = radius * radius / (radius * radius + radii[j] * radii[j])
                x += (dx or 1.0) * much * (1 - heavy)
                y += dy * much * (1 - heavy)
                xs[j] -= dx * much * heavy
                ys[j] -= dy * much * heavy
        xs[i], ys[i] = x, y


def _apart(xs: Sequence[float], ys: Sequence[float], radii: Sequence[float]) -> list[Point]:
    """Return the places, each moved away from the middle until it touches no other: the first are those that reach far into the
    middle."""
    found: dict[int, Point] = {}
    for i in sorted(range(len(radii)), key=lambda i: (math.hypot(xs[i], ys[i]) - 2 * radii[i], i)):
        away = math.hypot(xs[i], ys[i])
        ux, uy = (xs[i] / away, ys[i] / away) if away else (1.0, 0.0)
        taken = []  # from where to where on its way it would touch another
        for j, (x, y) in found.items():
            along, beside = x * ux + y * uy, x * uy - y * ux
            least = radii[i] + radii[j] + _GAP
            if abs(beside) < least:
                half = math.sqrt(least * least - beside * beside)
                taken.append((along - half, along + half))
        for begin, end in sorted(taken):
            if begin < away < end:
                away = end
        found[i] = away * ux, away * uy
    return [found[i] for i in range(len(radii))]
