"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from processor.syntax import ExternalLink, Link, Place, Region, Timestamp
from processor.timestamps.links import link_stamps
from processor.timestamps.shapes import BRACKETS, ShapeReader
from processor.timestamps.wellformed import LENGTH, ODD_TAG, Found, Stamps, anchor, find_anchors


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
    anchors: Found | None = None,
) -> Stamps:
    """All stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds;
    `anchors` are the well-formed ones, if they are known already."""
    clocks, starts, blotted = anchors or find_anchors(text, body_start)
    marks = [*ODD_TAG.finditer(blotted, body_start), *BRACKETS.finditer(blotted, body_start)]
    linked = list(link_stamps(links, external_links))
    if not marks and not linked and not _any_within(starts, regions):
        return Stamps(clocks, starts)
    place_at = _places(regions)
    found, inside = _odd(text, body_start, marks, linked, starts, place_at, links, external_links)
    amid: list[int] = []  # the anchors amid text, by their index
    for i, start in enumerate(starts):
        if i in inside:
            continue
        place = place_at(start)
        if place == "text":
            amid.append(i)
        else:
            found.append(anchor(clocks[i], start, place))
    found.sort(key=lambda t: t.span.start)
    if linked:
        found += [anchor(clocks[i], starts[i]) for i in amid]
        return Stamps((), (), tuple(_apart(found)))
    return Stamps([clocks[i] for i in amid], [starts[i] for i in amid], tuple(found))


def _odd(
    text: str,
    body_start: int,
    marks: list[re.Match[str]],
    linked: Sequence[Timestamp],
    starts: Sequence[int],
    place_at: Callable[[int], Place],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
) -> tuple[list[Timestamp], set[int]]:
    """The stamps that begin at one of the `marks`, and those that are `linked`; and which of the well-formed anchors, that
    start at `starts`, are part of one of them."""
    found = list(linked)
    inside: set[int] = set()
    ends = {t.span.start: t.span.end for t in linked}
    taken: list[tuple[int, int]] = sorted(
        [*(x.span for x in external_links), *(x.span for x in links if x.form != "wikilink")]
    )
    reader = ShapeReader(text, place_at, taken)
    at = body_start
    for m in sorted(marks, key=re.Match.start):
        start = m.start()
        if start < at:
            continue
        behind = bisect_left(starts, start)
        if m.re is not BRACKETS:
            stamps = reader.tag(start, max(at, starts[behind - 1] + LENGTH) if behind else at)
        elif start in ends:
            at = ends[start]
            stamps = iter(())
        else:
            stamps = reader.brackets(m)
        for stamp in stamps:
            found.append(stamp)
            at = max(at, stamp.group.end if stamp.group else stamp.span.end)
        inside.update(range(behind, bisect_left(starts, at)))
    return found, inside


def _any_within(starts: Sequence[int], regions: Sequence[Region]) -> bool:
    """Whether any of these offsets lies in a region."""
    for start, end, _ in regions:
        i = bisect_left(starts, start)
        if i < len(starts) and starts[i] < end:
            return True
    return False


def _apart(found: list[Timestamp]) -> Iterator[Timestamp]:
    """The stamps in the order of the text, without those inside another one."""
    end = 0
    for stamp in sorted(found, key=lambda t: (t.span.start, -t.span.end)):
        if stamp.span.start >= end:
            yield stamp
            end = stamp.span.end


def _places(regions: Sequence[Region]) -> Callable[[int], Place]:
    """What stands at an offset: of nested regions the innermost. They come in the order of their starts, the outer first."""
    starts: list[int] = [-1]
    places: list[Place] = ["text"]
    outer: list[
        tuple[int, Place]
    ] = []  # the regions around the present one: where they end, and what follows inside them
    current_end = -1
    current: Place = "text"
    for start, end, place in regions:
        while current_end <= start and current_end >= 0:
            around = outer.pop()
            starts.append(current_end)
            places.append(around[1])
            current_end, current = around
        outer.append((current_end, current))
        starts.append(start)
        places.append(place)
        current_end, current = end, place
    while outer:
        around = outer.pop()
        starts.append(current_end)
        places.append(around[1])
        current_end, current = around
    return lambda offset: places[bisect_right(starts, offset) - 1]
