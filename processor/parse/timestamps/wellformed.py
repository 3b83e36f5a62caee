"""The well-formed stamps of a text, nearly all there are: anchors, and the links that the program makes of them.

A vault has a million of them. So they are kept as columns, of which `Timestamp`s are made only where a rule asks. The anchors
are found in one step, and the readers look at the text with these blotted out, where nothing stops them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple, overload

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.nodes import ExternalLink, Place, Timestamp
from processor.parse.timestamps.tails import MAY_BE_TAIL
from processor.parse.youtube import USUAL_URL

_OPENING = '<a class="yt-timestamp" data-t="'
_TARGET, _LABEL = len(_OPENING), len(_OPENING) + len('00:06:10">[')  # from the anchor's start
LENGTH = _LABEL + len("00:06:10]</a>")
OPENED = _LABEL - len(">[")
"""Where the opening tag's `>` stands, from the anchor's start."""
_ANCHOR = regex(rf'{_OPENING}([0-9]{{2}}:[0-5][0-9]:[0-5][0-9])">\[\1\]</a>')
_LINK = regex(rf"([0-9]{{2}}:[0-5][0-9]:[0-5][0-9]) {USUAL_URL}")  # its label and its URL
ODD_TAG = regex(r"<[ \t]{0,2}(?:[aA]|span)(?=[ \t%\"&])")
"""What may be the beginning of an anchor, or of what was meant for one."""
# as long as an anchor; of its marks it has those that end or spoil what begins before it, and it is no tag to any reader
_BLOT = '<\x01"|'.ljust(LENGTH - 1, "\x01") + ">"


class _Seconds(dict[str, int]):
    """Clocks `HH:MM:SS` and their seconds, worked out once each."""

    def __missing__(self, clock: str) -> int:
        seconds = self[clock] = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:])
        return seconds


SECONDS = _Seconds()


class Found(NamedTuple):
    """The well-formed anchors of a text: their clocks, where they start, the text with each one blotted out, and the pieces of
    the text before, between and behind them."""

    clocks: Sequence[str]
    starts: Sequence[int]
    blotted: str
    pieces: Sequence[str]


def find_anchors(text: str, start: int) -> Found:
    """Return the well-formed anchors from `start` on; none where the text may hold some that are part of another stamp, or escaped."""
    split = _ANCHOR.split(text)
    pieces, clocks = split[::2], split[1::2]
    if not clocks:
        return Found((), (), text, pieces)
    ends = accumulate(map(len, pieces[:-1]))  # of the pieces, were there no anchors before them
    starts = list(map(add, ends, range(0, len(clocks) * LENGTH, LENGTH)))
    if starts[0] < start or _may_belong_to_more(text, pieces) or _may_have_tails(text, pieces):
        return Found((), (), text, (text,))
    return Found(clocks, starts, _BLOT.join(pieces), pieces)


def _may_belong_to_more(text: str, pieces: Sequence[str]) -> bool:
    """Return whether an anchor may be the target of a Markdown link, or a backslash makes text of it."""
    before = {piece[-1:] for piece in pieces}
    return ("(" in before and "](<a" in text) or ("\\" in before and "\\<a" in text)


def _may_have_tails(text: str, pieces: Sequence[str]) -> bool:
    """Return whether something may stand behind an anchor that would be left hanging there behind a link (see `tails`)."""
    first = {piece[:1] for piece in pieces}
    if "(" not in first and "[" not in first and text.find("://") < 0:
        return False
    return any(MAY_BE_TAIL.match(piece) for piece in pieces[1:])


class Linked(NamedTuple):
    """The links of a text that are as the program writes them, `[00:06:10](https://www.youtube.com/watch?v=ID&t=370s)`: amid
    text, to the second of their label, and all to one video."""

    clocks: Sequence[str] = ()
    links: Sequence[ExternalLink] = ()
    video_id: str = ""

    def starts(self) -> Sequence[int]:
        return [link.span.start for link in self.links]


def find_linked(external_links: Sequence[ExternalLink]) -> tuple[Linked, Sequence[ExternalLink]]:
    """Return the links that are as the program writes them, and the others."""
    clocks: list[str] = []
    links: list[ExternalLink] = []
    others: list[ExternalLink] = []
    video_id = ""
    for link in external_links:
        (start, end), form, _, url, _, text, _, place = link
        m = _LINK.fullmatch(f"{text} {url}") if form == "markdown" and place == "text" else None
        if (
            m is not None
            and end - start == len(text) + len(url) + len("[]()")  # no embed, no title
            and SECONDS[m[1]] == int(m[4])
            and m[2] == (video_id or m[2])
        ):
            video_id = m[2]
            clocks.append(text)
            links.append(link)
        else:
            others.append(link)
    return Linked(clocks, links, video_id), others


def may_hold_anchor(text: str, start: int) -> bool | None:
    """Return whether any anchor, well-formed or not, stands from `start` on; None where a glance does not tell."""
    if ODD_TAG.search(text, start) is None:
        return False
    # an anchor in the text of a Markdown link may be a part of that
    return True if "</a>](" not in text and _ANCHOR.search(text, start) else None


class Stamps(Sequence[Timestamp]):
    """The stamps of a note, in its order.

    Nearly all are well-formed anchors amid text, whose label is the clock that they lead to: of these there are only the
    `clocks` and where they start. All others are `odd`. Most of those are `linked` as the program does it: then there are only
    the links; the `rest` is neither.
    """

    __slots__ = ("_all", "_odd", "clocks", "linked", "rest", "starts")

    def __init__(
        self,
        clocks: Sequence[str],
        starts: Sequence[int],
        rest: tuple[Timestamp, ...] = (),
        linked: Linked = Linked(),  # noqa: B008  it never changes
    ) -> None:
        self.clocks = clocks
        self.starts = starts
        self.rest = rest
        self.linked = linked
        self._odd: tuple[Timestamp, ...] | None = None if linked.links else rest
        self._all: tuple[Timestamp, ...] | None = None

    @property
    def odd(self) -> tuple[Timestamp, ...]:
        """The stamps that are not simply well-formed anchors amid text."""
        if self._odd is None:
            made = map(linked_stamp, self.linked.links, self.linked.clocks, repeat(self.linked.video_id))
            self._odd = tuple(sorted([*made, *self.rest], key=_start) if self.rest else made)
        return self._odd

    def rest_ones(self) -> Iterator[tuple[int, Timestamp]]:
        """Return the rest, each with its index among all."""
        linked = self.linked.starts() if self.rest else ()
        for i, stamp in enumerate(self.rest):
            at = stamp.span.start
            yield i + bisect_left(self.starts, at) + bisect_left(linked, at), stamp

    def indices(self) -> Iterable[int]:
        """Return the index of each well-formed anchor amid text."""
        return _ranks(self.starts, [*self.linked.starts(), *map(_start, self.rest)])

    def linked_indices(self) -> Iterable[int]:
        """Return the index of each of the links."""
        return _ranks(self.linked.starts(), [*self.starts, *map(_start, self.rest)])

    def all(self) -> tuple[Timestamp, ...]:
        if self._all is None:
            made = [anchor(clock, at) for clock, at in zip(self.clocks, self.starts, strict=True)]
            self._all = tuple(sorted([*made, *self.odd], key=_start) if made and self.odd else made or self.odd)
        return self._all

    def __len__(self) -> int:
        return len(self.starts) + len(self.linked.links) + len(self.rest)

    @overload
    def __getitem__(self, index: int) -> Timestamp: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Timestamp]: ...
    def __getitem__(self, index: int | slice) -> Timestamp | Sequence[Timestamp]:
        if isinstance(index, int) and self._all is None and len(self) == len(self.starts):
            return anchor(self.clocks[index], self.starts[index])  # of all only this one
        return self.all()[index]

    def __iter__(self) -> Iterator[Timestamp]:
        return iter(self.all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self.all())

    def __repr__(self) -> str:
        return repr(self.all())


def _ranks(starts: Sequence[int], others: list[int]) -> Iterable[int]:
    """Return the index that each of the stamps that start there has among these and the others; the starts are sorted."""
    if not others:
        return range(len(starts))
    others.sort()
    return [i + bisect_left(others, start) for i, start in enumerate(starts)]


def _start(stamp: Timestamp) -> int:
    return stamp.span.start


def anchor(clock: str, start: int, place: Place = "text") -> Timestamp:
    """Return the stamp that a well-formed anchor at `start` is."""
    seconds = SECONDS[clock]
    label, target = start + _LABEL, start + _TARGET
    return Timestamp(
        Span(start, start + LENGTH),
        "anchor",
        clock,
        Span(label, label + 8),
        seconds,
        clock,
        Span(target, target + 8),
        seconds,
        place=place,
    )


def linked_stamp(link: ExternalLink, clock: str, video_id: str) -> Timestamp:
    """Return the stamp that a link as the program writes it is."""
    span, _, _, url, url_span, _, _, _ = link
    seconds = SECONDS[clock]
    start, end = span
    target = url[url.rindex("=") + 1 :]
    return Timestamp(
        span,
        "link",
        clock,
        Span(start + 1, start + 9),
        seconds,
        target,
        Span(end - 1 - len(target), end - 1),
        seconds,
        video_id=video_id,
        url=url,
        url_span=url_span,
    )
