"""What stands at each offset of a text."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from processor.parse.nodes import Place, Region


class Places:
    """What stands at an offset: of nested regions the innermost. They come in the order of their starts, the outer first."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._regions = regions
        self._starts = [region[0] for region in regions]
        self._reach = list(accumulate([region[1] for region in regions], max))

    def at(self, offset: int) -> Place:
        last = bisect_right(self._starts, offset) - 1
        if last < 0 or self._reach[last] <= offset:
            return "text"  # as nearly always: the table is for the others
        starts, places = self._changes
        return places[bisect_right(starts, offset) - 1]

    @cached_property
    def _changes(self) -> tuple[Sequence[int], Sequence[Place]]:
        return _changes(self._regions)


def _changes(regions: Sequence[Region]) -> tuple[Sequence[int], Sequence[Place]]:
    """Return the offsets from which on something else stands there, and what."""
    starts: list[int] = [-1]
    places: list[Place] = ["text"]
    around: list[tuple[int, Place]] = [(sys.maxsize + 1, "text")]  # the regions that are open, the innermost last
    for start, end, place in (*regions, Region(sys.maxsize, sys.maxsize, "text")):
        while around[-1][0] <= start:
            starts.append(around.pop()[0])
            places.append(around[-1][1])
        around.append((end, place))
        starts.append(start)
        places.append(place)
    return starts, places
