"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from processor.syntax import ExternalLink, Link, Place, Region, Timestamp
from processor.text import Span
from processor.timestamps.links import link_stamps
from processor.timestamps.shapes import BRACKETS, ShapeReader

_OPENING = '<a class="yt-timestamp" data-t="'
_TARGET, _LABEL = len(_OPENING), len("00:06:10]</a>")  # from the anchor's start, from its end
# both patterns begin with a plain character, which the regular expression engine looks for much faster than for a choice
_TAG = re.compile(
    # the well-formed anchor, nearly all there is, but for one behind `](` or a backslash
    rf'<(?:(?<!\]\(<)(?<!\\<){_OPENING[1:]}([0-9]{{2}}:[0-5][0-9]:[0-5][0-9])">\[\1\]</a>'
    r"|[ \t]{0,2}(?:[aA]|span)(?=[ \t%\"&]))"
)


class _Seconds(dict[str, int]):
    """Clocks `HH:MM:SS` and their seconds, worked out once each."""

    def __missing__(self, clock: str) -> int:
        seconds = self[clock] = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:])
        return seconds


_SECONDS = _Seconds()


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
) -> tuple[Timestamp, ...]:
    """All stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds."""
    clocks = list(BRACKETS.finditer(text, body_start))
    tags: Iterable[re.Match[str]] = _TAG.finditer(text, body_start)
    found = list(link_stamps(links, external_links))
    linked = {t.span.start: t.span.end for t in found}
    taken: list[tuple[int, int]] = []
    if clocks:
        tags = sorted([*tags, *clocks], key=re.Match.start)
        taken = sorted([*(x.span for x in external_links), *(x.span for x in links if x.form != "wikilink")])
    place_at = _places(regions)
    reader = ShapeReader(text, place_at, taken)
    plain = not regions
    add = found.append
    new = tuple.__new__
    at = body_start
    for m in tags:
        start, end = m.span()
        if start < at:
            continue
        if m.re is BRACKETS:
            if start in linked:
                at = linked[start]
                continue
            stamps = reader.brackets(m)
        elif clock := m[1]:
            second = _SECONDS[clock]
            first = start + _TARGET
            label = end - _LABEL
            parts = (
                new(Span, (start, end)),
                "anchor",
                clock,
                new(Span, (label, label + 8)),
                second,
                clock,
                new(Span, (first, first + 8)),
                second,
                None,
                "",
                "",
                "text" if plain else place_at(start),
                None,
                None,
                "",
                None,
                False,
            )
            add(new(Timestamp, parts))
            at = end
            continue
        else:
            stamps = reader.tag(start, at)
        for stamp in stamps:
            add(stamp)
            at = max(at, stamp.group.end if stamp.group else stamp.span.end)
    return tuple(_apart(found)) if linked else tuple(found)


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
