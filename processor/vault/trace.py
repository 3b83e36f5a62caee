"""What the findings of a note rest on besides the note: the cells of the vault that its rules read, recorded as they read.

A cell is a short text, by its first sign: `:name` which files have this name, `#name` the headings and blocks of the
notes of this name, `^name` the links of other notes into them, `=path` all that the note at a path says, `?text` which
names are like a text, `~id` the captions of a video, `@function key` what a function of the vault (see `per_vault`) has
under a key, and `*` the vault as a whole. What a change of the vault touches is a set of cells too: see `lint.touched`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple, TypeVar

from processor.captions.model import Captions, Details, Length, Library, Summary
from processor.vault.naming import link_name
from processor.vault.note import Note

EVERYTHING = "*"
SEPARATOR = "\x1f"
_IN_CELLS = str.maketrans(f"\n{SEPARATOR}", "  ")


_T = TypeVar("_T")


class Read(NamedTuple):
    """What was read: cells, and the targets of links that were resolved."""

    cells: set[str]
    targets: set[str]


def cell(sign: str, text: str) -> str:
    """Return the cell of a kind, as it can stand on a line with others."""
    return sign + text.translate(_IN_CELLS)


def names_of_file(path: str) -> Iterator[str]:
    """Yield the names by which links may ask for a file: its last part, with and without `.md`."""
    name = link_name(path + ".md")
    yield name
    while name.endswith(".md"):
        name = name[:-3]
        yield name


class Trace:
    """Records the cells that the rules of one note read, note after note, while it is `on`."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.targets: set[str] = set()
        """The targets of links that were resolved."""
        self._cells: set[str] = set()
        self._paused: list[bool] = []

    def begin(self) -> None:
        """Forget all, for another note."""
        self.targets.clear()
        self._cells.clear()

    def add(self, sign: str, text: str = "") -> None:
        """Record that a cell was read."""
        if self.on:
            self._cells.add(sign + text)

    def recorded(self, make: Callable[[], _T]) -> tuple[_T, Read]:
        """Return what is made, and what was read for that, which is not recorded yet: see `repeat`."""
        before = self._cells, self.targets
        read = Read(set(), set())
        if self.on:
            self._cells, self.targets = read
        try:
            return make(), read
        finally:
            self._cells, self.targets = before

    def repeat(self, read: Read) -> None:
        """Record what was read before."""
        if self.on:
            self._cells |= read.cells
            self.targets |= read.targets

    def paused(self) -> Trace:
        """Return a context in which nothing is recorded, for what is worked out once and asked for by many."""
        return self

    def __enter__(self) -> None:
        self._paused.append(self.on)
        self.on = False

    def __exit__(self, *_exception: object) -> None:
        self.on = self._paused.pop()

    def line(self, note: Note) -> str:
        """Return all cells that were read for a note, those of its links among them, between separators."""
        found = set()
        # of a link nobody need have asked: that a target is sound is known from the note before
        for target in self.targets.union([link.target for link in note.links]):
            path, mark, _ = target.partition("#")
            name = link_name(path if path.strip() else note.path)
            found.add(":" + name)
            if mark:
                found.add("#" + name)
        for read in self._cells:
            # what a function has under a note's own path is looked at in any case: that it was is enough
            is_own = read[0] == "@" and read.partition(" ")[2] == note.path
            found.add(read.removesuffix(note.path) if is_own else read)
        found.discard("=" + note.path)  # of itself each note is judged anew when it has changed
        if not found:
            return ""
        return SEPARATOR.join(["", *sorted([cell(c[0], c[1:]) for c in found]), ""])


NO_TRACE = Trace(on=False)
_K = TypeVar("_K")
_V = TypeVar("_V")


class _Traced(Mapping[_K, _V]):
    """A mapping that records what is read of it; to count it or to go through it is to read everything."""

    def __init__(self, of: Mapping[_K, _V], trace: Trace) -> None:
        self._of = of
        self._trace = trace

    def __contains__(self, key: object) -> bool:
        return key in self._of

    def __iter__(self) -> Iterator[_K]:
        self._trace.add(EVERYTHING)
        return iter(self._of)

    def __len__(self) -> int:
        self._trace.add(EVERYTHING)
        return len(self._of)


class TracedNotes(_Traced[str, Note]):
    """The notes of a vault."""

    def __getitem__(self, path: str) -> Note:
        self._trace.add("=", path)
        return self._of[path]


class TracedAnswers(_Traced[str, _V]):
    """What a function of the vault has under each key."""

    def __init__(self, of: Mapping[str, _V], trace: Trace, function: str) -> None:
        super().__init__(of, trace)
        self._function = function

    def __getitem__(self, key: str) -> _V:
        self._trace.add("@", f"{self._function} {key}")
        return self._of[key]

    def __contains__(self, key: object) -> bool:
        self._trace.add("@", f"{self._function} {key}")
        return key in self._of


class TracedCaptions:
    """A library that records of which videos it was asked."""

    def __init__(self, of: Library, trace: Trace) -> None:
        self._of = of
        self._trace = trace

    def ids(self) -> Collection[str]:
        self._trace.add(EVERYTHING)
        return self._of.ids()

    def captions(self, video_id: str, text: str = "") -> Captions | None:
        self._trace.add("~", video_id)
        return self._of.captions(video_id, text)

    def summary(self, video_id: str) -> Summary | None:
        self._trace.add("~", video_id)
        return self._of.summary(video_id)

    def length(self, video_id: str) -> Length | None:
        self._trace.add("~", video_id)
        return self._of.length(video_id)

    def details(self, video_id: str) -> Details | None:
        self._trace.add("~", video_id)
        return self._of.details(video_id)

    def title(self, video_id: str) -> str:
        self._trace.add("~", video_id)
        return self._of.title(video_id)
