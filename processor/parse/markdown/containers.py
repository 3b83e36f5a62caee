"""Which lines belong to a quote or a list, and where the content of each begins.

As remark-parse 8 has it in its CommonMark mode. A line is a pair of offsets in the note; taking it into a container
moves its start, never its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

_BULLET = re.compile(r"[*+-]|[0-9]+[.)]")
_TASK = re.compile(r"\[[^\]\n]\][ \t]")
_SPACES = re.compile(" *")
_TAB = 4

Runs = tuple[list[int], list[int]]  # the starts and the ends of some lines


class Item(NamedTuple):
    """A list item: where its bullet stands, and the lines of its content."""

    bullet: int
    starts: list[int]
    ends: list[int]


class _Bullet(NamedTuple):
    """What opens a list item: its bullet at `start` to `end`, its text from `text` on, which lies in column `column`."""

    start: int
    end: int
    text: int
    column: int


def indentation(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the columns of white space a line begins with, and the offset behind it."""
    m = _SPACES.match(text, start, end)
    at = m.end() if m else start
    columns = at - start
    while at < end and text[at] in " \t":
        columns += 1 if text[at] == " " else _TAB - columns % _TAB
        at += 1
    return columns, at


def quote_lines(
    text: str, starts: Sequence[int], ends: Sequence[int], first: int, ends_quote: Callable[[int], bool]
) -> tuple[Runs, int]:
    """Return the lines of the quote that begins on line `first`, without their `>`, and the line behind it.

    A line without `>` belongs to it unless it is blank or `ends_quote` says that it opens another block.
    """
    inner: Runs = ([], [])
    line = first
    while line < len(starts):
        start, end = starts[line], ends[line]
        _, at = indentation(text, start, end)
        if at < end and text[at] == ">":
            start = at + 1
            if start < end and text[start] == " ":
                start += 1
        elif at == end or ends_quote(line):
            break
        inner[0].append(start)
        inner[1].append(end)
        line += 1
    return inner, line


def list_items(
    text: str,
    starts: Sequence[int],
    ends: Sequence[int],
    first: int,
    ends_list: Callable[[int], bool],
    is_rule: Callable[[int], bool],
) -> tuple[list[Item], int]:
    """Return the items of the list that begins on line `first`, and the line behind the list.

    A line belongs to the item before it if it is indented as far as that item's text; if not, as long as no blank line
    came between and `ends_list` does not say that it opens another block. A list ends at a bullet of another kind, and
    at what `is_rule` takes for a thematic break.
    """
    items: list[list[int]] = []  # the lines of each
    bullets: list[_Bullet] = []
    marker = ""
    blanks: list[int] = []
    after_blank = False
    line = first
    while line < len(starts):
        start, end = starts[line], ends[line]
        columns, at = indentation(text, start, end)
        inside = bool(items) and columns >= bullets[-1].column
        bullet = None
        if not inside:
            bullet, columns = _bullet(text, at, end, columns)
        if bullet:
            mark = text[bullet.end - 1]
            marker = marker or mark
            if mark != marker or (mark in "*-" and is_rule(line)):
                break
        elif items:
            inside = columns >= bullets[-1].column or columns > _TAB
        empty = bullet is None and at == end
        if inside:
            items[-1] += (*blanks, line)
            blanks.clear()
        elif bullet:
            items.append([line])
            bullets.append(bullet)
            blanks.clear()
        elif empty:
            blanks.append(line)
        elif after_blank or ends_list(line):
            break
        else:
            items[-1].append(line)
        after_blank = empty
        line += 1
    return [_item(text, starts, ends, b, lines) for b, lines in zip(bullets, items, strict=True)], line - len(blanks)


def _bullet(text: str, at: int, end: int, columns: int) -> tuple[_Bullet | None, int]:
    """Return the bullet at an offset, if there is one; and the column behind it, or behind what only begins like one."""
    m = _BULLET.match(text, at, end)
    if m is None:
        return None, columns
    after = m.end()
    columns += after - at
    if after == end:
        return _Bullet(at, after, after, columns), columns
    if text[after] == "\t":
        columns += _TAB - columns % _TAB
        return _Bullet(at, after, after + 1, columns), columns
    if text[after] != " ":
        return None, columns
    spaces = 1
    while spaces <= _TAB and after + spaces < end and text[after + spaces] == " ":
        spaces += 1
    if spaces > _TAB:  # the text is indented code
        spaces = 1
    return _Bullet(at, after, after + spaces, columns + spaces), columns + spaces


def _item(text: str, starts: Sequence[int], ends: Sequence[int], bullet: _Bullet, lines: list[int]) -> Item:
    """Return the content: each line without the indentation that all of them have, at most that of the item's text."""
    first, *rest = lines
    begin = starts[first]
    width = bullet.text - begin
    if text[bullet.end - 1] == "." and int(text[bullet.start : bullet.end - 1][-9:]) < 10 and width % 2:
        width += 1
    for line in rest:
        columns, at = indentation(text, starts[line], ends[line])
        if at < ends[line]:
            width = min(width, columns)
    inner = [bullet.text]
    if task := _TASK.match(text, bullet.text, ends[first]):
        inner[0] = task.end()
    inner += (_without(text, starts[line], ends[line], width) for line in rest)
    return Item(bullet.start, inner, [ends[line] for line in lines])


def _without(text: str, start: int, end: int, width: int) -> int:
    """Return the offset behind `width` columns of white space, or behind what there is of it."""
    m = _SPACES.match(text, start, min(end, start + width))
    at = m.end() if m else start
    columns, start = at - start, at
    while start < end and columns < width and text[start] in " \t":
        columns += 1 if text[start] == " " else _TAB - columns % _TAB
        start += 1
    return start
