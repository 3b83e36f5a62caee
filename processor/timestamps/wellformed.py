"""The well-formed anchors of a text, nearly all the stamps there are, found in one step.

A vault has a million of them. So they are kept as columns, of which `Timestamp`s are made only where a rule asks, and the
readers look at the text with these anchors blotted out, where nothing stops them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from processor.syntax import Place, Timestamp
from processor.text import Span

_OPENING = '<a class="yt-timestamp" data-t="'
_TARGET, _LABEL = len(_OPENING), len(_OPENING) + len('00:06:10">[')  # from the anchor's start
LENGTH = _LABEL + len("00:06:10]</a>")
OPENED = _LABEL - len(">[")
"""Where the opening tag's `>` stands, from the anchor's start."""
_ANCHOR = re.compile(rf'{_OPENING}([0-9]{{2}}:[0-5][0-9]:[0-5][0-9])">\[\1\]</a>')
ODD_TAG = re.compile(r"<[ \t]{0,2}(?:[aA]|span)(?=[ \t%\"&])")
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
    """The well-formed anchors of a text: their clocks, where they start, and the text with each one blotted out."""

    clocks: Sequence[str]
    starts: Sequence[int]
    blotted: str


def find_anchors(text: str, start: int) -> Found:
    """Those from `start` on; none where the text may hold some that are part of another stamp, or escaped."""
    pieces = _ANCHOR.split(text)
    if len(pieces) == 1:
        return Found((), (), text)
    starts: list[int] = []
    at = 0
    between = pieces[::2]
    for piece in between:
        at += len(piece)
        starts.append(at)
        at += LENGTH
    starts.pop()
    if starts[0] < start or "](<a" in text or "\\<a" in text:
        return Found((), (), text)
    return Found(pieces[1::2], starts, _BLOT.join(between))


def may_hold_anchor(text: str, start: int) -> bool | None:
    """Whether any anchor, well-formed or not, stands from `start` on; None where a glance does not tell."""
    if ODD_TAG.search(text, start) is None:
        return False
    # an anchor in the text of a Markdown link may be a part of that
    return True if "</a>](" not in text and _ANCHOR.search(text, start) else None


class Stamps(Sequence[Timestamp]):
    """The stamps of a note, in its order.

    Nearly all are well-formed anchors amid text, whose label is the clock that they lead to: of these there are only the
    `clocks` and where they start. All others are `odd`.
    """

    __slots__ = ("_all", "clocks", "odd", "starts")

    def __init__(self, clocks: Sequence[str], starts: Sequence[int], odd: tuple[Timestamp, ...] = ()) -> None:
        self.clocks = clocks
        self.starts = starts
        self.odd = odd
        self._all: tuple[Timestamp, ...] | None = odd if not starts else None

    def odd_ones(self) -> Iterator[tuple[int, Timestamp]]:
        """The odd ones, each with its index among all."""
        for i, stamp in enumerate(self.odd):
            yield i + bisect_left(self.starts, stamp.span.start), stamp

    def all(self) -> tuple[Timestamp, ...]:
        if self._all is None:
            made = [anchor(clock, at) for clock, at in zip(self.clocks, self.starts, strict=True)]
            self._all = tuple(sorted([*made, *self.odd], key=_start) if self.odd else made)
        return self._all

    def __len__(self) -> int:
        return len(self.starts) + len(self.odd)

    @overload
    def __getitem__(self, index: int) -> Timestamp: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Timestamp]: ...
    def __getitem__(self, index: int | slice) -> Timestamp | Sequence[Timestamp]:
        if self._all is None and not self.odd and isinstance(index, int):
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


def odd(stamps: Sequence[Timestamp]) -> Sequence[Timestamp]:
    """The stamps that are not simply well-formed anchors amid text, as far as that is known."""
    return stamps.odd if isinstance(stamps, Stamps) else stamps


def _start(stamp: Timestamp) -> int:
    return stamp.span.start


def anchor(clock: str, start: int, place: Place = "text") -> Timestamp:
    """The stamp that a well-formed anchor at `start` is."""
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
