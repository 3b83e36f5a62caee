"""Which seconds a stamp may mean: as it stands, or gone wrong in one of the ways in which stamps do.

Whoever writes a stamp of three fields after captions that count `MM:SS` goes wrong in ways of their own: a field too many, a
digit lost, an hour too few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "as it stands",
    "minutes and seconds",  # 05:29:00 for 00:05:29
    "hour lost",  # 05:29:00 for 01:05:29
    "hour too many",  # 01:05:29 for 00:05:29
    "other hour",  # 02:05:29 for 01:05:29
    "unit lost",  # 05:29:00 for 00:58:29: the second digit of the minutes
    "ten lost",  # 05:29:00 for 00:15:29: the first one
    "minutes lost",  # 01:29:00 for 01:15:29
    "elsewhere",  # somewhere, by what is said there
]

Priors = Mapping[Kind, float]


class Group(NamedTuple):
    """What is known of a stamp before its text is looked at: whether it is behind the end of the video, and whether it ends in
    `:00`, as one in sixty would."""

    beyond: bool
    padded: bool


_KINDS: tuple[Kind, ...] = get_args(Kind)


def _priors(*figures: float) -> Priors:
    return dict(zip(_KINDS, figures, strict=True))


PRIORS: Mapping[Group, Priors] = {
    Group(beyond=False, padded=False): _priors(0.93, 0.012, 0.001, 0.006, 0.001, 0.006, 0.001, 0.003, 0.04),
    Group(beyond=False, padded=True): _priors(0.70, 0.14, 0.01, 0.01, 0.005, 0.05, 0.01, 0.015, 0.06),
    Group(beyond=True, padded=False): _priors(1e-6, 0.35, 0.01, 0.18, 0.015, 0.30, 0.015, 0.005, 0.125),
    Group(beyond=True, padded=True): _priors(1e-6, 0.43, 0.01, 0.025, 0.005, 0.34, 0.015, 0.005, 0.17),
}
"""How often a stamp means what, in the order of `Kind`: estimated on 7,400 stamps of 150 notes that nobody has looked up."""


def readings(stated: int, length: float) -> Iterator[tuple[Kind, list[int]]]:
    """Yield for each way to go wrong the seconds of the video that a stamp may mean then."""
    hours, minutes, seconds = stated // 3600, stated // 60 % 60, stated % 60
    shifted = 60 * hours + minutes
    more = range(1, int(length // 3600) + 1)
    found: dict[Kind, list[int]] = {"as it stands": [stated]}
    if stated >= 60:
        found["minutes and seconds"] = [shifted]
    if hours < 60:
        found["hour lost"] = [3600 * hour + shifted for hour in more]
    if hours:
        found["hour too many"] = [60 * minutes + seconds]
    found["other hour"] = [3600 * hour + 60 * minutes + seconds for hour in more if hour != hours]
    if 0 < hours <= 9:
        found["unit lost"] = [60 * (10 * hours + digit) + minutes for digit in range(10)]
        found["ten lost"] = [60 * (10 * digit + hours) + minutes for digit in range(1, int(length // 600) + 1)]
    if hours and length > 3600 * hours:
        found["minutes lost"] = [3600 * hours + 60 * minute + minutes for minute in range(60)]
    for kind, every in found.items():
        if within := [second for second in every if 0 <= second <= length]:
            yield kind, within
