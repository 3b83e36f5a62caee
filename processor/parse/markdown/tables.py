"""Tables: a row, a row of dashes below it, and each line with a bar that follows."""

from __future__ import annotations

import re

from processor.parse.markdown.lines import Leaf, Lines

_DELIMITERS = re.compile(r"[ \t]*+\|?(?:[ \t]*+[:-][: \t-]*+\|)*+(?:[ \t]*+[:-][: \t-]*+)?[ \t]*$", re.M)
_CELL_END = re.compile(r"\\.|\|", re.S)


def parse_table(state: Lines, first: int) -> int | None:
    """Lines with a bar, the second of them a delimiter row; the cells need not be equally many."""
    text, starts, ends = state.src, state.starts, state.ends
    if first + 1 >= len(starts) or text.find("|", starts[first] + 1, ends[first]) < 0:
        return None
    second = starts[first + 1], ends[first + 1]
    if text.find("|", second[0] + 1, second[1]) < 0 or not _DELIMITERS.match(text, *second):
        return None
    line = first
    while line < len(starts) and (line == first + 1 or text.find("|", starts[line] + 1, ends[line]) >= 0):
        if line != first + 1:
            _parse_row(state, line)
        line += 1
    state.past(starts[first])
    return line


def _parse_row(state: Lines, line: int) -> None:
    text, start, end = state.src, state.starts[line], state.ends[line]
    state.add("row", line, line + 1)
    cell = start
    for m in _CELL_END.finditer(text, start, end):
        if m.group() == "|":
            _add_cell(state, cell, m.start())
            cell = m.end()
    _add_cell(state, cell, end)


def _add_cell(state: Lines, start: int, end: int) -> None:
    while start < end and state.src[start] in " \t":
        start += 1
    while start < end and state.src[end - 1] in " \t":
        end -= 1
    if start < end:
        state.leaves.append(Leaf("cell", start, end, ((start, end),), False, state.commented, start, -1))
