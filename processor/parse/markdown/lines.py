"""The note as runs of lines, and the leaves that a parse of them finds."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mistune import BlockState

from processor.base.text import line_end

Match = re.Match[str]
Pieces = tuple[tuple[int, int], ...]


class Leaf(NamedTuple):
    """A block that holds no other: its place in the note, and its lines without what its containers take from them.

    `begin` is where a link to it leads: the list item's bullet for the first paragraph of one, else `start`.
    """

    type: Literal["paragraph", "heading", "cell", "row", "fence", "indented", "html", "html comment", "math", "comment"]
    start: int
    end: int
    pieces: Pieces
    top: bool = True  # in no quote, list or comment
    commented: bool = False
    begin: int = 0
    before: int = -1  # where the block before it in the same container starts
    level: int = 0
    info: str = ""
    closed: bool = True


class Definition(NamedTuple):
    """`[label]: destination`, the destination as written."""

    destination: str
    start: int
    end: int


class Lines(BlockState):
    """A run of lines: where each starts and ends in the note. `cursor` counts lines."""

    def __init__(self, parent: Lines | None = None) -> None:
        super().__init__(parent)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.level: int = parent.level + 1 if parent else 0
        self.commented: bool = parent.commented if parent else False
        self.begin = -1  # of the list item that this is the content of
        self.before = -1
        self.leaves: list[Leaf] = parent.leaves if parent else []
        self.definitions: dict[str, Definition] = parent.definitions if parent else {}
        self.callouts: list[tuple[int, int]] = parent.callouts if parent else []
        if parent:
            self.src = parent.src

    def whole(self, first: int, last: int) -> Pieces:
        """Return the lines `first` to `last`, the latter exclusive."""
        return tuple(zip(self.starts[first:last], self.ends[first:last], strict=True))

    @classmethod
    def of(cls, text: str, start: int) -> Lines:
        """Return all lines of a text from `start` on."""
        state = cls()
        state.src = text
        at = start
        while at < len(text):
            end = line_end(text, at)
            state.starts.append(at)
            state.ends.append(end)
            at = end + 1
        return state

    def child(self, starts: list[int], ends: list[int], begin: int = -1) -> Lines:
        inner = Lines(self)
        inner.starts, inner.ends, inner.begin = starts, ends, begin
        return inner

    def add(
        self, type_: str, first: int, last: int, *, start: int = -1, level: int = 0, info: str = "", closed: bool = True
    ) -> None:
        """The leaf on the lines `first` to `last`, the latter exclusive."""
        pieces = self.whole(first, last)
        if start >= 0:
            pieces = ((start, pieces[0][1]), *pieces[1:])
        begin = self.begin if self.begin >= 0 else pieces[0][0]
        self.leaves.append(
            Leaf(
                type_,  # type: ignore[arg-type]
                pieces[0][0],
                pieces[-1][1],
                pieces,
                self.level == 0 and not self.commented,
                self.commented,
                begin,
                self.before,
                level,
                info,
                closed,
            )
        )
        self.past(pieces[0][0])

    def past(self, start: int) -> None:
        """A block that starts at `start` has been read."""
        self.before, self.begin = start, -1

    def blank(self, line: int) -> bool:
        return _BLANK.match(self.src, self.starts[line], self.ends[line]) is not None


_BLANK = re.compile(r"[ \t]*\Z|[ \t]*$", re.M)


def label_key(label: str) -> str:
    """Return a reference's label as it is compared: without regard to case and to how much white space stands in it."""
    return " ".join(label.split()).casefold()
