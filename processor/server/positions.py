"""Offsets of a note's text ↔ an editor's positions: lines and characters from 0, in the units that were agreed on."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

from processor.base.text import BOM, Edit, Source, Span

Encoding = Literal["utf-8", "utf-16", "utf-32"]
_LINE_END = re.compile(r"\r\n|\n|\r")


class Place(NamedTuple):
    """A line and a character in it, both from 0."""

    line: int
    character: int


class Range(NamedTuple):
    """From `start` (inclusive) to `end` (exclusive)."""

    start: Place
    end: Place


NOWHERE = Range(Place(0, 0), Place(0, 0))


class Places:
    """The positions of one text, as an editor shows it.

    Of a file from the disk no editor shows the byte order mark; in a text that an editor sent, it is the first character
    where it is there (`shows_mark`).
    """

    def __init__(self, source: Source, encoding: Encoding, *, shows_mark: bool = False) -> None:
        self._source = source
        self._raw = "" if source.binary else source.raw
        self._encoding = encoding
        self._mark = 0 if not (shows_mark and source.bom) else 3 if encoding == "utf-8" else 1
        self._is_plain = self._raw.isascii() or encoding == "utf-32"
        ends = list(_LINE_END.finditer(self._raw))
        self._starts = [0, *(m.end() for m in ends)]
        self._ends = [*(m.start() for m in ends), len(self._raw)]

    @classmethod
    def of(cls, text: str, encoding: Encoding) -> Places:
        """Return the positions of a text that an editor sent."""
        return cls(Source(text.removeprefix(BOM), text.startswith(BOM)), encoding, shows_mark=True)

    def place(self, offset: int) -> Place:
        """Return the position of an offset; one behind the text is at its end."""
        raw = min(self._source.raw_offset(max(0, offset)), len(self._raw))
        line = bisect_right(self._starts, raw) - 1
        before = min(raw, self._ends[line])
        return Place(line, self._units(self._starts[line], before) + (0 if line else self._mark))

    def range(self, span: Span) -> Range:
        """Return the range of a span."""
        return Range(self.place(span.start), self.place(span.end))

    def written(self, text: str) -> str:
        """Return a new text with the line ends that most lines have."""
        if "\n" not in text or "\r" not in self._raw:
            return text
        many = self._raw.count("\r\n") * 2 > self._raw.count("\n")
        return text.replace("\n", "\r\n") if many else text

    def offset(self, line: int, character: int) -> int:
        """Return the offset of a position; one behind a line is at its end, one behind the text at that of the text."""
        return self._source.text_offset(self._raw_offset(line, character))

    def span(self, found: Range) -> Span:
        """Return the span of a range; one that ends before it starts is empty."""
        start, end = self.offset(*found.start), self.offset(*found.end)
        return Span(start, max(start, end))

    def edit(self, found: Range, text: str) -> Edit:
        """Return the edit of the text as the editor sent it, line ends and all, that puts `text` in the place of a range."""
        mark = 1 if self._mark else 0
        start, end = (self._raw_offset(*place) + mark for place in found)
        if found.start == (0, 0):
            start = 0
        return Edit(start, max(start, end), text)

    def _raw_offset(self, line: int, character: int) -> int:
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._raw)
        start, end = self._starts[line], self._ends[line]
        character = max(0, character - (0 if line else self._mark))
        if self._is_plain or self._raw[start:end].isascii():
            return min(start + character, end)
        width = 1 if self._encoding == "utf-8" else 2
        written = self._raw[start:end].encode(_CODEC[self._encoding])[: character * width]
        return start + len(written.decode(_CODEC[self._encoding], errors="ignore"))

    def _units(self, start: int, end: int) -> int:
        if self._is_plain:
            return end - start
        part = self._raw[start:end]
        if part.isascii():
            return len(part)
        return len(part.encode(_CODEC[self._encoding])) // (1 if self._encoding == "utf-8" else 2)


_CODEC = {"utf-8": "utf-8", "utf-16": "utf-16-le"}
