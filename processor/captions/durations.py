"""A table of the lengths of videos: `id,seconds,title` in each row, as CSV."""

from __future__ import annotations

import csv
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

from processor.captions.cues import CaptionsError
from processor.captions.formats.decoding import decoded, number
from processor.parse.youtube import is_video_id, read_duration

if TYPE_CHECKING:
    from _csv import Reader

_LONGEST = 1 << 16  # characters of a cell
_TITLE = 2  # the column of titles


def read_durations(data: bytes) -> tuple[dict[str, float], list[str]]:
    """Return the seconds of each video, and what is wrong with rows, for people. A first row without an id is a heading.

    A length may also be written as a clock. Raise CaptionsError for what is no table.
    """
    found: dict[str, float] = {}
    wrong: list[str] = []
    rows = _rows(data)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            length = number(cells[1]) or read_duration(cells[1]) if len(cells) > 1 else None
            if is_video_id(cells[0]) and length:
                found[cells[0]] = float(length)
            elif rows.line_num > 1:
                wrong.append(f"line {rows.line_num:,} does not begin with the id of a video and its length in seconds")
    except csv.Error as error:
        raise CaptionsError(f"is no CSV (line {rows.line_num:,}: {error})") from None
    return found, wrong


def read_titles(data: bytes) -> dict[str, str]:
    """Return the titles of videos that such a table tells; of what is no table, none."""
    found: dict[str, str] = {}
    with suppress(csv.Error):
        for row in _rows(data):
            cells = [" ".join(cell.split()) for cell in row]
            if len(cells) > _TITLE and is_video_id(cells[0]) and cells[_TITLE]:
                found.setdefault(cells[0], cells[_TITLE])
    return found


def _rows(data: bytes) -> Reader:
    """Return the rows of a table, whichever sign parts its columns. Raise CaptionsError for what is no text."""
    text = decoded(data)
    csv.field_size_limit(_LONGEST)
    return csv.reader(StringIO(text), delimiter=max(",;\t", key=text.partition("\n")[0].count))
