"""The text of a leaf while it is read, and the place of each part of it in the note."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, MutableMapping
from itertools import pairwise
from typing import Any, NamedTuple

from mistune import InlineState

from processor.base.text import Span
from processor.parse.grammar import Body
from processor.parse.markdown import Definition, Leaf
from processor.parse.nodes import Place

_DOLLAR = re.compile(r"\\.|(\$+)", re.S)
_BRACKET = re.compile(r"\\.|[\[\]]", re.S)


class Found(NamedTuple):
    """A Markdown link or a bare URL (`begin` < 0), in the offsets of its text; another one around it may undo it."""

    opened: int
    begin: int
    end: int
    after: int
    destination: str
    where: Span
    reference: bool = False


class Text(InlineState):
    """A leaf's text while it is read: where each part of it stands in the note, what is open, what was found."""

    def __init__(self, env: MutableMapping[str, Any]) -> None:
        super().__init__(env)
        self.body: Body = env["body"]
        self.cut: set[int] = env["cut"]  # where a wikilink starts that a bar in a table tears apart
        self.definitions: Mapping[str, Definition] = env["definitions"]
        self.place: Place = "text"
        self.shift = 0  # of a text that stands in the note as it is
        self.firsts: list[int] = []  # of one that does not: where each line of it starts, in it and in the note
        self.begins: list[int] = []
        self.openers: list[tuple[int, int]] = []  # of each open `[`: where its mark and where its text begins
        self.found: list[Found] = []  # links and bare URLs, which a link around them undoes
        self.images: list[Found] = []  # which only another image undoes
        self.doubtful: list[int] = []  # each `[[` that opens no wikilink
        self.node_end = 0  # of the last thing that is no text; behind it a tag may begin
        self.comment_starts: list[int] = []
        self.comment_ends: list[int] = []
        self._maths: list[tuple[int, int]] | None = None
        self._closed: set[int] | None = None

    def of(self, note: str, leaf: Leaf) -> Text:
        pieces = leaf.pieces
        if all(a[1] + 1 == b[0] for a, b in pairwise(pieces)):
            self.shift = pieces[0][0]
            self.src = note[pieces[0][0] : pieces[-1][1]]
            return self
        lines = [note[start:end] for start, end in pieces]
        self.src = "\n".join(lines)
        at = 0
        for (start, _), line in zip(pieces, lines, strict=True):
            self.firsts.append(at)
            self.begins.append(start)
            at += len(line) + 1
        return self

    def at(self, offset: int) -> int:
        """Return the offset in the note of one in this text."""
        if not self.firsts:
            return offset + self.shift
        line = bisect_right(self.firsts, offset) - 1
        return offset - self.firsts[line] + self.begins[line]

    def span(self, start: int, end: int) -> Span:
        """Return the note's span for one of this text."""
        if not self.firsts:
            return Span(start + self.shift, end + self.shift)
        first = self.at(start)
        return Span(first, self.at(end - 1) + 1 if end > start else first)

    def append_token(self, token: dict[str, Any]) -> None:
        """What is found goes into the body; mistune's own tokens are not wanted."""

    def place_at(self, offset: int) -> Place:
        comment = bisect_right(self.comment_starts, offset) - 1
        return "comment" if comment >= 0 and offset < self.comment_ends[comment] else self.place

    def is_closed(self, at: int) -> bool:
        """Return whether the `[` at an offset has its `]`."""
        if self._closed is None:
            self._closed = set()
            opened: list[int] = []
            for m in _BRACKET.finditer(self.src):
                if m[0] == "[":
                    opened.append(m.start())
                elif m[0] == "]" and opened:
                    self._closed.add(opened.pop())
        return at in self._closed

    def math_end(self, start: int, marks: int) -> int | None:
        """Return where the math ends that `marks` dollars at `start` open; None where they open none."""
        if self._maths is None:
            self._maths = [m.span(1) for m in _DOLLAR.finditer(self.src) if m[1]]
        following = bisect_right(self._maths, (start, len(self.src)))
        if following == len(self._maths):
            return None
        if marks == 1:
            # prices are no math: a dollar opens before what is no space, and closes behind it and before no digit
            if self.src[start + 1].isspace():
                return None
            first, last = self._maths[following]
            closes = not self.src[first - 1].isspace() and not self.src[last : last + 1].isdigit()
            return last if closes else None
        return self._maths[following][1]
