"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from processor.syntax import ExternalLink, Link, Place, Region, Timestamp
from processor.timestamps.links import link_stamps
from processor.timestamps.shapes import BRACKETS, ShapeReader
from processor.timestamps.wellformed import Anchors, Found, anchor, find_anchors

_ODD_TAG = re.compile(r"<[ \t]{0,2}(?:[aA]|span)(?=[ \t%\"&])")


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
    anchors: Found | None = None,
) -> Sequence[Timestamp]:
    """All stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds;
    `anchors` are the well-formed ones, if they are known already."""
    clocks, starts, blotted = anchors or find_anchors(text, body_start)
    odd = [*_ODD_TAG.finditer(blotted, body_start), *BRACKETS.finditer(blotted, body_start)]
    found = list(link_stamps(links, external_links))
    if not odd and not found and not _any_within(starts, regions):
        return Anchors(clocks, starts)
    odd.sort(key=re.Match.start)
    linked = {t.span.start: t.span.end for t in found}
    place_at = _places(regions)
    taken: list[tuple[int, int]] = sorted(
        [*(x.span for x in external_links), *(x.span for x in links if x.form != "wikilink")]
    )
    reader = ShapeReader(text, place_at, taken)
    next_anchor, at = 0, body_start

    def add_anchors(end: int) -> None:
        """The well-formed anchors up to there, but for those inside another stamp."""
        nonlocal next_anchor
        while next_anchor < len(starts) and starts[next_anchor] < end:
            start = starts[next_anchor]
            if start >= at:
                stamp = anchor(clocks[next_anchor], start)
                place = place_at(start)
                found.append(stamp if place == "text" else stamp._replace(place=place))
            next_anchor += 1

    for m in odd:
        start = m.start()
        add_anchors(start)
        if start < at:
            continue
        if m.re is not BRACKETS:
            stamps = reader.tag(start, at)
        elif start in linked:
            at = linked[start]
            continue
        else:
            stamps = reader.brackets(m)
        for stamp in stamps:
            found.append(stamp)
            at = max(at, stamp.group.end if stamp.group else stamp.span.end)
    add_anchors(len(text))
    return tuple(_apart(found)) if linked else tuple(found)


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
