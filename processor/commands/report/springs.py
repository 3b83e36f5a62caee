"""Where the notes of one group stand among themselves: links pull like springs, what comes too near is pushed away, and all stay
within a disc. Without chance: the same links give the same places.

How hard a link pulls is as in d3-force: the less, the more links its notes have. Only what is near pushes, found by a grid, and
of a crowd only some, so that the time grows as the number of notes and links.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

SPACING = 10.0
"""How far apart notes stand: a disc of n notes has this times √n as its radius."""
_GOLDEN = math.pi * (3 - math.sqrt(5))
"""The angle by which seeds of a sunflower follow one another: it fills a disc evenly."""
_STEPS, _LAST = 24, 4  # of springs and crowds, and of crowds alone
_CROWD = 5  # notes of a cell of the grid that push others
_REACH = 1.6 * SPACING  # from which on notes push one another, and the size of a cell
# how much of a distance a step makes up for
_PULL = 0.3  # of links
_PUSH = 0.5  # of crowds
_OUTWARDS = 0.03  # of links to other groups
_CURVE = 6  # levels of the Hilbert curve along which the notes lie at first
Point = tuple[float, float]


def settled(links: Sequence[tuple[int, int]], outwards: Sequence[Point | None]) -> list[Point]:
    """Return a place for each note, around 0, 0. `links` are pairs of their numbers; `outwards` says of each into which direction
    links to other groups pull it, as a vector of at most 1; None: it is the note of the group, and stands in the middle."""
    springs = [(a, b) for a, b in links if outwards[a] is not None and outwards[b] is not None]
    degree = [0] * len(outwards)
    for a, b in springs:
        degree[a] += 1
        degree[b] += 1
    middle = [note for note, pull in enumerate(outwards) if pull is None]
    linked = [note for note, n in enumerate(degree) if n]
    alone = [note for note, n in enumerate(degree) if not n and outwards[note] is not None]
    alone.sort(key=lambda note: outwards[note] == (0.0, 0.0))
    places: list[Point] = [(0.0, 0.0)] * len(outwards)
    for note, place in zip(linked, _sprung(springs, degree, linked, outwards, len(middle)), strict=True):
        places[note] = place
    for i, note in enumerate(alone, start=len(middle) + len(linked)):
        places[note] = seed(i)
    return places


def _sprung(
    springs: Sequence[tuple[int, int]],
    degree: Sequence[int],
    linked: Sequence[int],
    outwards: Sequence[Point | None],
    inner: int,
) -> list[Point]:
    """Return places of the notes that are linked with others of the group, around so many `inner` ones."""
    number = {note: i for i, note in enumerate(linked)}
    own = [degree[note] for note in linked]
    pairs = [(number[a], number[b]) for a, b in springs]
    n = len(linked)
    radius = SPACING * math.sqrt(n + inner)
    xs, ys = _begin(n, pairs, own)
    pulls = [
        (i, radius * x, radius * y)
        for i, note in enumerate(linked)
        for x, y in [outwards[note] or (0.0, 0.0)]
        if x or y
    ]
    strong = [(a, b, _PULL / (own[a] + own[b]), own[a] / (own[a] + own[b])) for a, b in pairs]
    for step in range(_STEPS):
        alpha = 1 - step / _STEPS
        _pull(xs, ys, strong, alpha)
        for i, x, y in pulls:
            xs[i] += (x - xs[i]) * _OUTWARDS * alpha
            ys[i] += (y - ys[i]) * _OUTWARDS * alpha
        _push(xs, ys)
    _spread(xs, ys, inner)
    for _ in range(_LAST):
        _push(xs, ys)
        _hold(xs, ys, radius)
    return list(zip(xs, ys, strict=True))


def seed(i: int) -> Point:
    """Return the place of a seed of a sunflower, from the middle."""
    away, angle = SPACING * math.sqrt(i), i * _GOLDEN
    return away * math.cos(angle), away * math.sin(angle)


def _spread(xs: list[float], ys: list[float], inner: int) -> None:
    """Give each note the distance from the middle that fills the disc evenly, in the order in which they lie."""
    n = len(xs)
    if not n:
        return
    mx, my = sum(xs) / n, sum(ys) / n
    away = [math.hypot(x - mx, y - my) for x, y in zip(xs, ys, strict=True)]
    for rank, i in enumerate(sorted(range(n), key=lambda i: (away[i], i))):
        much = SPACING * math.sqrt(rank + inner) / (away[i] or 1)
        xs[i], ys[i] = (xs[i] - mx) * much, (ys[i] - my) * much


def _begin(n: int, links: Sequence[tuple[int, int]], degree: Sequence[int]) -> tuple[list[float], list[float]]:
    """Return first places: evenly over the disc, and what is linked near one another, as far as one line through all can do so."""
    radius = SPACING * math.sqrt(n)
    places = [seed(i) for i in range(n)]
    places.sort(key=lambda p: (_hilbert(p[0] / radius, p[1] / radius), p))
    xs, ys = [0.0] * n, [0.0] * n
    for note, (x, y) in zip(_walk(n, links, degree), places, strict=True):
        xs[note], ys[note] = x, y
    return xs, ys


def _walk(n: int, links: Sequence[tuple[int, int]], degree: Sequence[int]) -> list[int]:
    """Return the notes in the order in which one comes to them along their links, from those with the most on."""
    near: list[list[int]] = [[] for _ in range(n)]
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    seen = [False] * n
    order = []
    for start in sorted(range(n), key=lambda i: (-degree[i], i)):
        if seen[start]:
            continue
        seen[start] = True
        waiting = [start]
        while waiting:
            note = waiting.pop()
            order.append(note)
            for other in sorted(near[note], key=lambda i: (degree[i], i)):
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
    return order


def _hilbert(x: float, y: float) -> int:
    """Return how far along a Hilbert curve a point of the square from -1 to 1 lies."""
    side = 1 << _CURVE
    a, b = (min(side - 1, max(0, int((v + 1) / 2 * side))) for v in (x, y))
    along, s = 0, side >> 1
    while s:
        right, up = int(bool(a & s)), int(bool(b & s))
        along += s * s * ((3 * right) ^ up)
        if not up:
            if right:
                a, b = side - 1 - a, side - 1 - b
            a, b = b, a
        s >>= 1
    return along


def _pull(xs: list[float], ys: list[float], springs: Sequence[tuple[int, int, float, float]], alpha: float) -> None:
    sqrt = math.sqrt
    for a, b, strength, share in springs:
        dx, dy = xs[b] - xs[a], ys[b] - ys[a]
        away = sqrt(dx * dx + dy * dy)
        if away > SPACING:
            much = (away - SPACING) / away * alpha * strength
            dx *= much
            dy *= much
            xs[b] -= dx * share
            ys[b] -= dy * share
            xs[a] += dx * (1 - share)
            ys[a] += dy * (1 - share)


def _push(xs: list[float], ys: list[float]) -> None:
    """Push apart what is nearer than `_REACH`."""
    cells: dict[tuple[int, int], list[int]] = {}
    for i, x in enumerate(xs):
        cell = (int(x // _REACH), int(ys[i] // _REACH))
        if cell in cells:
            cells[cell].append(i)
        else:
            cells[cell] = [i]
    reach, sqrt = _REACH * _REACH, math.sqrt
    none: list[int] = []
    for (cx, cy), members in cells.items():
        right, above = cells.get((cx + 1, cy), none), cells.get((cx, cy + 1), none)
        across, down = cells.get((cx + 1, cy + 1), none), cells.get((cx + 1, cy - 1), none)
        beside = right[:_CROWD] + above[:_CROWD] + across[:_CROWD] + down[:_CROWD]
        for n, i in enumerate(members):
            x, y = xs[i], ys[i]
            for j in members[n + 1 : n + 1 + _CROWD] + beside:
                dx, dy = x - xs[j], y - ys[j]
                square = dx * dx + dy * dy
                if square < reach:
                    if square < 1e-6:  # of two at one place one goes this way, one that
                        dx, dy, square = 1e-3 * (1 + i % 7), 1e-3 * (1 + j % 5), 1e-5
                    away = sqrt(square)
                    much = _PUSH * (_REACH - away) / away / 2
                    dx *= much
                    dy *= much
                    x += dx
                    y += dy
                    xs[j] -= dx
                    ys[j] -= dy
            xs[i], ys[i] = x, y


def _hold(xs: list[float], ys: list[float], radius: float) -> None:
    """Keep all within the disc."""
    most = radius * radius
    for i, x in enumerate(xs):
        square = x * x + ys[i] * ys[i]
        if square > most:
            much = radius / math.sqrt(square)
            xs[i] = x * much
            ys[i] *= much
