"""Text, places in it and edits to it.

Every offset in the program counts code points from 0 in a note's *text*: its content with line ends as `\\n` and
without the byte order mark. A `Source` remembers what the file really held, so an edit made in the text's offsets
comes back as an edit of the file's own bytes, with its own line ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

BOM = "\ufeff"
_LINE_END = re.compile("\n")


class Span(NamedTuple):
    """The code points `start` (inclusive) to `end` (exclusive) of a text."""

    start: int
    end: int

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end


class Position(NamedTuple):
    """A place as people count: line and column from 1, columns in code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """Put `text` (line ends as `\\n`) in the place of the code points `start` to `end`."""

    start: int
    end: int
    text: str


def count(n: int, noun: str, many: str = "") -> str:
    """Return a number with its noun: `1 problem`, `1,204 problems`; `many` is a plural that is not made by an s."""
    return f"{n:,} {noun if n == 1 else many or noun + 's'}"


def in_words(words: Sequence[str], last: str = "and") -> str:
    """Return a list in words: `a`, `a and b`, `a, b and c`; `last` stands before the last one."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def most_like(word: str, words: Iterable[str], likeness: float = 0.6) -> str:
    """Return the one of some words that is most like another, by a likeness of 0 to 1; empty where none is like it."""
    import difflib  # here, as most runs have nothing to guess

    return next(iter(difflib.get_close_matches(word, list(words), 1, likeness)), "")


class OverlapError(ValueError):
    """Two edits want the same place, or one lies outside the text."""


def line_end(text: str, at: int) -> int:
    """Return where the line ends on which an offset lies, without its `\\n`."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


class LineTable:
    """Offsets of a text ↔ lines and columns."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self.starts: Sequence[int] = [0, *map(re.Match.end, _LINE_END.finditer(text))]

    @classmethod
    def of(cls, starts: Sequence[int], length: int) -> LineTable:
        """Return the table of a text of that length whose lines begin there."""
        table = cls("")
        table.starts, table._length = starts, length
        return table

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, offset: int) -> int:
        """Return the line, from 0, on which `offset` lies; a line's `\\n` belongs to it."""
        return bisect_right(self.starts, offset) - 1

    def start(self, line: int) -> int:
        """Return where the line (from 0) begins."""
        return self.starts[line]

    def end(self, line: int) -> int:
        """Return where the line (from 0) ends, without its `\\n`."""
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else self._length

    def position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; each counts in the offsets of the text as it was.

    Insertions at one place keep the order in which they are given.
    Raise OverlapError where two edits overlap or one lies outside the text.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise OverlapError(f"an edit at {edit.start}–{edit.end} overlaps another or lies outside the text")
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


_HEAD = 8000  # bytes at the start of a file that show whether it is text
_CONTROLS = bytes(c for c in range(1, 32) if c not in b"\t\n\v\f\r\x1b")
_FEWEST, _SHARE = 4, 0.01  # control characters in what is no text


def _is_binary(head: bytes) -> bool:
    """Return whether a file that is not UTF-8, or holds a NUL, is no text in another encoding either, by how it begins.

    Texts hold next to no control characters; in UTF-16 they hold NULs, and no others.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    both = controls + head.count(0)
    return controls > 0 and both >= _FEWEST and both > _SHARE * len(head)


@dataclass(frozen=True)
class Source:
    """What a file held: its text, and all that is needed to write it back byte for byte.

    `raw` is the decoded content with the line ends of the file, without the byte order mark; `invalid` is the offset
    in the file's bytes of the first one that is not UTF-8, or None. A source with invalid bytes is never written.
    `binary`: it is no text at all, such as a picture; then its text is empty, and `invalid` is a byte that no text holds.
    """

    raw: str
    bom: bool = False
    invalid: int | None = None
    binary: bool = False

    @classmethod
    def decode(cls, data: bytes) -> Source:
        """Never fails: what is not UTF-8 shows as U+FFFD and is remembered in `invalid`."""
        invalid = None
        try:
            raw = data.decode()
        except UnicodeDecodeError as error:
            invalid = error.start
            raw = data.decode(errors="replace")
        if (invalid is not None or b"\0" in data[:_HEAD]) and _is_binary(data[:_HEAD]):
            return cls(raw, False, data.index(b"\0") if invalid is None else invalid, True)
        return cls(raw.removeprefix(BOM), raw.startswith(BOM), invalid)

    def encode(self) -> bytes:
        if self.invalid is not None:
            raise ValueError("a file that is not UTF-8 is never written")
        return (BOM + self.raw if self.bom else self.raw).encode()

    @cached_property
    def text(self) -> str:
        """The content with each `\\r\\n` as `\\n`; a lone `\\r` is no line end to Obsidian and stays."""
        if self.binary:
            return ""
        return self.raw.replace("\r\n", "\n") if "\r" in self.raw else self.raw

    @cached_property
    def _crlf(self) -> Sequence[int]:
        """The offsets in `text` of the `\\n` that are `\\r\\n` in the file."""
        if "\r" not in self.raw:
            return ()
        return [m.start() - i for i, m in enumerate(re.finditer("\r\n", self.raw))]

    def raw_offset(self, offset: int) -> int:
        """Return the place in `raw` of an offset in `text`; the place before a line end is before its `\\r`."""
        return offset + bisect_left(self._crlf, offset) if self._crlf else offset

    def text_offset(self, raw: int) -> int:
        """Return the place in `text` of an offset in `raw`; within a line end it is the place before it."""
        return raw - bisect_left(range(len(self._crlf)), raw, key=lambda i: self._crlf[i] + i) if self._crlf else raw

    def edited(self, edits: Iterable[Edit]) -> Source:
        """Return the source after edits in the offsets of `text`; new lines get the line end that most lines have."""
        if not self._crlf:
            return Source(apply_edits(self.raw, edits), self.bom, self.invalid)
        crlf = len(self._crlf) * 2 > self.text.count("\n")
        return Source(
            apply_edits(
                self.raw,
                (
                    Edit(
                        self.raw_offset(e.start),
                        self.raw_offset(e.end),
                        e.text.replace("\n", "\r\n") if crlf else e.text,
                    )
                    for e in edits
                ),
            ),
            self.bom,
            self.invalid,
        )
