"""Lists of chapters, as the publisher of a video has written them: they name parts of it, and claim nothing that is said."""

from __future__ import annotations

from collections.abc import Sequence

from processor.base.regex import regex
from processor.vault.note import Note

_FEWEST = 3  # stamps, as YouTube asks of chapters
_BEFORE = regex(r"[ \t>]*(?:[-*+][ \t]+|[0-9]{1,3}[.)][ \t]+)?[\[(*]*")


def chapters(note: Note) -> frozenset[int]:
    """Return the stamps of lists of chapters, by their indices: the first of each line from `0:00` on, in rising order, with no
    other text between the lines."""
    text, found, run = note.text, set[int](), list[int]()
    last_line, last_second = 0, -1
    for index, stamp in enumerate(note.timestamps):
        start = text.rfind("\n", 0, stamp.span.start) + 1
        line = note.lines.line(stamp.span.start)
        second = stamp.seconds
        if second is None or not _BEFORE.fullmatch(text, start, stamp.span.start):
            if line != last_line:
                found |= _whole(run)
                run = []
            continue
        goes_on = run and second > last_second and not _has_text(text, note, last_line, line)
        if not goes_on:
            found |= _whole(run)
            run = []
        if run or second == 0:
            run.append(index)
            last_line, last_second = line, second
    return frozenset(found | _whole(run))


def _whole(run: Sequence[int]) -> set[int]:
    return set(run) if len(run) >= _FEWEST else set()


def _has_text(text: str, note: Note, before: int, line: int) -> bool:
    """Return whether there is text between two lines, both counted from 1."""
    return line - before > 1 and bool(text[note.lines.start(before + 1) : note.lines.start(line)].strip(" \t\r\n>"))
