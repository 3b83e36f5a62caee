"""Which stamps of a note are off by the same interval, so that rather the captions are off: a part of the video is in one cut and
not in the other.

Whoever writes wrong stamps goes wrong in digits, or anywhere; nobody is two and a half minutes late time and again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processor.captions.decode import Meaning

_HOUR = 3600
_ALIKE = 30  # seconds between two intervals that are one


def off_alike(found: Sequence[tuple[int, Meaning]], *, as_stated: bool = False) -> list[bool]:
    """Return for each of some stamps, the second that it names and what it means, whether others are as much off, and most of
    those whose digits tell nothing: from that second or, unless all are taken `as_stated`, from one that its digits may mean."""
    intervals = [list(_intervals(stated, meaning, as_stated)) for stated, meaning in found]
    every = sorted((interval, at) for at, of in enumerate(intervals) for interval in of)
    enough = max(2, sum(map(bool, intervals)) / 2)
    alike: list[bool] = []
    for of in intervals:
        near = (every[bisect_left(every, (i - _ALIKE, 0)) : bisect_right(every, (i + _ALIKE, len(found)))] for i in of)
        alike.append(any(len({at for _, at in others}) >= enough for others in near))
    return alike


def _intervals(stated: int, meaning: Meaning, as_stated: bool) -> Iterator[int]:
    if meaning.kind == "elsewhere":
        yield meaning.second - stated
        if stated >= _HOUR and not as_stated:
            yield meaning.second - stated // 60
            yield meaning.second - stated % _HOUR
