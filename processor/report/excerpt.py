"""The line that a finding is about, cut to the width there is, and where the carets go."""

from __future__ import annotations

from typing import NamedTuple

from processor.report.terminal import cells, columns, is_narrow
from processor.text import Span

Cells = list[tuple[str, int]]


class Excerpt(NamedTuple):
    """`line` is safe to print; the carets stand under its columns `indent` (from 0) to `indent + length`."""

    line: str
    indent: int
    length: int


def excerpt(text: str, span: Span, column: int, width: int) -> Excerpt | None:
    """The line on which a span begins, in at most `width` columns (and never fewer than 20), the span in view.

    `column` counts from 1 and says where on its line the span begins, so that a line of any length costs no more than
    its part that is shown. A span over several lines is shown to the end of its first. None where the text is not the one that
    the span belongs to.
    """
    width = max(width, 20)
    start = span.start
    line_start = start - column + 1
    if line_start < 0 or start > len(text) or (line_start and text[line_start - 1] != "\n"):
        return None
    first = max(line_start, start - 2 * width)
    end = text.find("\n", start, start + 4 * width)
    last = end if end >= 0 else min(len(text), start + 4 * width)
    at = start - first
    stop = max(at, min(span.end, last) - first)
    line = text[first:last]
    opens, closes = (
        first == line_start,
        end >= 0 or last == len(text),
    )  # whether the line is there from its start, to its end
    if is_narrow(line):
        return _narrow(line, at, stop, width, opens=opens, closes=closes)
    shown = cells(line)
    left, inside, right = shown[:at], shown[at:stop], shown[stop:]
    whole = columns(shown) <= width and opens and closes
    cut = not whole and columns(inside) > width - 2
    if not whole:
        inside = _head(inside, width - 2) if cut else inside
        room = width - 2 - columns(inside)
        # a third of the room for what stands before, more where little stands behind
        left_room = max(room // 3, room - columns(right))
        left, open_left = _tail(left, left_room), len(left)
        open_left = not opens or len(left) < open_left
        rest = _head(right, room - columns(left))
        open_right = cut or len(rest) < len(right) or not closes
        left = [("…", 1), *left] if open_left else left
        right = [("…", 1)] if cut else [*rest, ("…", 1)] if open_right else rest
    line = "".join(c for c, _ in (*left, *inside, *right))
    return Excerpt(line, columns(left), max(1, columns(inside)))


def _narrow(line: str, at: int, stop: int, width: int, *, opens: bool, closes: bool) -> Excerpt:
    """The same for a line of which each code point takes one column, as nearly all do: no need to look at each."""
    if opens and closes and len(line) <= width:
        return Excerpt(line, at, max(1, stop - at))
    shown = min(stop - at, width - 2)
    cut = shown < stop - at
    room = width - 2 - shown
    left = min(at, max(room // 3, room - (len(line) - stop)))
    right = 0 if cut else min(len(line) - stop, room - left)
    before = "" if opens and left == at else "…"
    behind = "" if closes and not cut and stop + right == len(line) else "…"
    cut_line = f"{before}{line[at - left : at + shown + right]}{behind}"
    return Excerpt(cut_line, left + len(before), max(1, shown))


def _head(shown: Cells, width: int) -> Cells:
    """The first cells that fit into the width, a mark never without what it stands on."""
    for i, (_, n) in enumerate(shown):
        width -= n
        if width < 0:
            return shown[:i]
    return shown


def _tail(shown: Cells, width: int) -> Cells:
    """The last cells that fit into the width, not beginning with a mark."""
    at = len(shown)
    while at and width >= shown[at - 1][1]:
        at -= 1
        width -= shown[at][1]
    while 0 < at < len(shown) and shown[at][1] == 0:
        at += 1
    return shown[at:]
