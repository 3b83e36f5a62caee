"""The line that a finding is about, cut to the width there is, and where the carets go."""

from __future__ import annotations

from typing import NamedTuple

from processor.base.text import Span
from processor.report.terminal import cells, columns, is_narrow

WIDEST = 9  # columns of a code point, `<U+E0001>`
Cells = list[tuple[str, int]]


class Excerpt(NamedTuple):
    """`line` is safe to print; the carets stand under its columns `indent` (from 0) to `indent + length`."""

    line: str
    indent: int
    length: int


def excerpt(text: str, span: Span, column: int, width: int) -> Excerpt | None:
    """Return the line on which a span begins, in at most `width` columns (and never fewer than 20), the span in view.

    `column` counts from 1 and says where on its line the span begins, so that a line of any length costs no more than
    its part that is shown. A span over several lines is shown to the end of its first. None where the text is not the one that
    the span belongs to.
    """
    width = max(width, 20)
    start = span.start
    line_start = start - column + 1
    if line_start < 0 or start > len(text) or (line_start and text[line_start - 1] != "\n"):
        return None
    near = width + 4  # where each code point takes a column at least, nothing of what lies further off can be shown
    found = _narrow(text, line_start, span, near, width)
    if found is not None:
        return found
    line, at, stop, opens, closes = _around(text, span, line_start, near, near)
    shown = cells(line)
    if not all(n for _, n in shown) or (len(line) - stop < WIDEST and not closes):
        line, at, stop, opens, closes = _around(text, span, line_start, 2 * width, 4 * width)
        shown = cells(line)
    return cut(shown, at, stop, width, opens=opens, closes=closes)


def cut(shown: Cells, at: int, stop: int, width: int, *, opens: bool = True, closes: bool = True) -> Excerpt:
    """Return the cells of a line in so many columns, those from `at` to `stop` in view.

    `opens` and `closes` say whether they are there from the line's start, and to its end.
    """
    left, inside, right = shown[:at], shown[at:stop], shown[stop:]
    whole = columns(shown) <= width and opens and closes
    too_long = not whole and columns(inside) > width - 2
    if not whole:
        inside = _head(inside, width - 2) if too_long else inside
        room = width - 2 - columns(inside)
        # a third of the room for what stands before, more where little stands behind
        left_room = max(room // 3, room - columns(right))
        left, open_left = _tail(left, left_room), len(left)
        open_left = not opens or len(left) < open_left
        rest = _head(right, room - columns(left))
        open_right = too_long or len(rest) < len(right) or not closes
        left = [("…", 1), *left] if open_left else left
        right = [("…", 1)] if too_long else [*rest, ("…", 1)] if open_right else rest
    line = "".join(c for c, _ in (*left, *inside, *right))
    return Excerpt(line, columns(left), max(1, columns(inside)))


def _narrow(text: str, line_start: int, span: Span, near: int, width: int) -> Excerpt | None:
    """Return the excerpt of a line of which each code point takes one column, as nearly all do: there is no need to look at each.

    None where one takes more or less, of those that are shown and so few more that others make no difference.
    """
    start, stop = span
    end = text.find("\n", start, start + near)
    if end < 0:
        end = min(len(text), start + near)
    if not start <= stop <= end:
        stop = max(start, min(stop, end))
    first, last = line_start, end
    if end - line_start > width:
        room = width - 2 - (stop - start)
        if room < 0:
            first, last, stop = start, start + width - 2, start + width - 2
        else:
            left = room // 3
            if end - stop < room - left:
                left = room - (end - stop)
            if start - left > line_start:
                first = start - left
            if first + width - 2 < end:
                last = first + width - 2
    if not is_narrow(text[max(line_start, first - 5) : min(end, last + 5)]):
        return None
    opening = "…" if first > line_start else ""
    closing = "…" if last < end else ""
    return Excerpt(f"{opening}{text[first:last]}{closing}", start - first + len(opening), stop - start or 1)


def _around(text: str, span: Span, line_start: int, before: int, behind: int) -> tuple[str, int, int, bool, bool]:
    """Return a line so far as it lies within some code points before and behind the start of the span, where in that the span
    begins and ends, and whether the line is there from its start, and to its end.
    """
    start, stop = span
    first = max(line_start, start - before)
    end = text.find("\n", start, start + behind)
    last = end if end >= 0 else min(len(text), start + behind)
    closes = end >= 0 or last == len(text)
    return text[first:last], start - first, max(start, min(stop, last)) - first, first == line_start, closes


def _head(shown: Cells, width: int) -> Cells:
    """Return the first cells that fit into the width, a mark never without what it stands on."""
    for i, (_, n) in enumerate(shown):
        width -= n
        if width < 0:
            return shown[:i]
    return shown


def _tail(shown: Cells, width: int) -> Cells:
    """Return the last cells that fit into the width, not beginning with a mark."""
    at = len(shown)
    while at and width >= shown[at - 1][1]:
        at -= 1
        width -= shown[at][1]
    while 0 < at < len(shown) and shown[at][1] == 0:
        at += 1
    return shown[at:]
