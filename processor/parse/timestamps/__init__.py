"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from processor.parse.nodes import ExternalLink, Heading, Link, Region, Timestamp
from processor.parse.timestamps.clocks import count_fields
from processor.parse.timestamps.columns import read_plain
from processor.parse.timestamps.links import link_stamps
from processor.parse.timestamps.notations import find_clocks
from processor.parse.timestamps.shapes import BRACKETS, ShapeReader
from processor.parse.timestamps.wellformed import (
    LENGTH,
    ODD_TAG,
    Found,
    Linked,
    Stamps,
    anchor,
    find_anchors,
    find_linked,
)


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
    anchors: Found | None = None,
    headings: Sequence[Heading] | None = None,
) -> Stamps:
    """Return all stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds;
    `anchors` are the well-formed ones, if they are known already. Clocks without brackets are looked for where the `headings`
    are given."""
    anchors = anchors or find_anchors(text, body_start)
    clocks, starts = anchors.clocks, anchors.starts
    linked, others = find_linked(external_links)
    found = list(link_stamps(links, others))
    marks = _marks(anchors, linked, body_start)
    elsewhere = _within(starts, regions)
    plain = headings is not None and next(find_clocks(anchors.blotted, body_start), None) is not None
    if not marks and not found and not elsewhere and not plain:
        return Stamps(clocks, starts, (), linked)
    reader = ShapeReader(text, regions, links, external_links)
    spans = [*[link.span for link in linked.links], *[stamp.span for stamp in found]]
    odd, inside = _odd(reader, body_start, marks, dict(spans), starts)
    found += odd
    found += [anchor(clocks[i], starts[i], reader.place_at(starts[i])) for i in elsewhere if i not in inside]
    found.sort(key=_start)
    if headings is not None and (plain or any(t.form == "bare" and count_fields(t.label) == 2 for t in found)):
        plain = True
        taken = sorted([*reader.taken, *[t.group or t.span for t in found if t.place != "code"]])
        found = read_plain(anchors.blotted, body_start, headings, reader.place_at, taken, found)
    inside.update(elsewhere)
    if inside:
        clocks = [clock for i, clock in enumerate(clocks) if i not in inside]
        starts = [start for i, start in enumerate(starts) if i not in inside]
    if not spans and not plain:
        return Stamps(clocks, starts, tuple(found))
    if _overlap(found, [(at, at + LENGTH) for at in starts]) or _overlap(found, [link.span for link in linked.links]):
        found += [*map(anchor, clocks, starts), *Stamps((), (), (), linked).odd]
        return Stamps((), (), tuple(_apart(found)))
    return Stamps(clocks, starts, tuple(_apart(found)), linked)


def _marks(anchors: Found, linked: Linked, body_start: int) -> list[re.Match[str]]:
    """Return where a stamp may begin that is no well-formed anchor."""
    text, starts = anchors.blotted, anchors.starts
    if linked.links and not _marked(_beside(text, linked)):
        return []  # a note without any other stamp, whose links are all that looks like a mark
    marks: list[re.Match[str]] = []
    for i in _marked(anchors.pieces):
        start = starts[i - 1] + LENGTH if i else body_start
        end = starts[i] if i < len(starts) else len(text)
        marks += [*ODD_TAG.finditer(text, start, end), *BRACKETS.finditer(text, start, end)]
    marks.sort(key=re.Match.start)
    return marks


def _marked(pieces: Iterable[str]) -> list[int]:
    """Return which pieces of a text hold a mark. None reaches into a well-formed anchor, or into a link from before it."""
    tag, brackets = ODD_TAG.search, BRACKETS.search  # most pieces lack the signs that these begin with or hold
    return [i for i, x in enumerate(pieces) if ("<" in x and tag(x)) or ((":" in x or "：" in x) and brackets(x))]


def _beside(text: str, linked: Linked) -> Iterator[str]:
    """Return the pieces of a text before, between and behind some of its links."""
    at = 0
    for link in linked.links:
        start, end = link.span
        yield text[at:start]
        at = end
    yield text[at:]


def _odd(
    reader: ShapeReader,
    body_start: int,
    marks: Sequence[re.Match[str]],
    ends: Mapping[int, int],
    starts: Sequence[int],
) -> tuple[list[Timestamp], set[int]]:
    """Return the stamps that begin at one of the `marks`, and which of the well-formed anchors, that start at `starts`, are
    part of one of them. `ends` are those of the stamps that are links, by their start."""
    found: list[Timestamp] = []
    inside: set[int] = set()
    at = body_start
    stamps: Iterable[Timestamp]
    for m in marks:
        start = m.start()
        if start < at:
            continue
        behind = bisect_left(starts, start)
        if m.re is not BRACKETS:
            stamps = reader.tag(start, max(at, starts[behind - 1] + LENGTH) if behind else at)
        elif start in ends:
            at = ends[start]
            stamps = ()
        else:
            stamps = reader.brackets(m)
        for stamp in stamps:
            found.append(stamp)
            at = max(at, stamp.group.end if stamp.group else stamp.span.end)
        inside.update(range(behind, bisect_left(starts, at)))
    return found, inside


def _within(starts: Sequence[int], regions: Sequence[Region]) -> Sequence[int]:
    """Return the indices of the anchors that stand in a region; anchors and regions are in the order of their starts."""
    within: list[int] = []
    known = 0
    for start, end, _ in regions:
        if end - start < LENGTH:
            continue  # it holds the whole of an anchor or none, and most are shorter
        first, behind = bisect_left(starts, start, known), bisect_left(starts, end)
        if first < behind:
            within += range(first, behind)
            known = behind
    return within


def _overlap(found: Sequence[Timestamp], spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether any of the stamps shares some text with one of the spans, which are apart and sorted."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return any(bisect_right(ends, t.span.start) < bisect_left(starts, t.span.end) for t in found)


def _apart(found: list[Timestamp]) -> Iterator[Timestamp]:
    """Return the stamps in the order of the text, without those inside another one."""
    end = 0
    for stamp in sorted(found, key=lambda t: (t.span.start, -t.span.end)):
        if stamp.span.start >= end:
            yield stamp
            end = stamp.span.end


def _start(stamp: Timestamp) -> int:
    return stamp.span.start
