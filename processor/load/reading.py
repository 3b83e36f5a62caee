"""Reads the notes of a vault: a few as they are, of many what others need, by as many processes as pay.

What crosses between processes, and what is kept of a note, is plain data, and small.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from processor.base.compact import encode
from processor.base.parallel import cut, streamed
from processor.base.spool import Spooled
from processor.base.text import Source
from processor.disk import ReadProblem
from processor.disk import read as read_file
from processor.load.cache.stats import fingerprint
from processor.vault.facts import FACTS, Fact
from processor.vault.note import Note, parse_note
from processor.vault.outline import outline


class Reader(NamedTuple):
    """Where the bytes of files come from: the disk, but for those that are `given` in their place."""

    root: Path
    given: dict[str, bytes]
    held: Mapping[str, bytes] = MappingProxyType({})
    """What the files held when they were read first, of notes that are to stay as they were then."""

    def holding(self, paths: Iterable[str]) -> Reader:
        """Return the same, which holds what these files hold now, but for those that cannot be read."""
        if self.held:
            return self
        held = Spooled()
        for path in paths:
            if path not in self.given and not isinstance(data := self.read(path), ReadProblem):
                held.add(path, data)
        return self._replace(held=held or {})  # which can be given to another process

    def basis(self, path: str) -> bytes:
        """Return the bytes from which all that is known of a note was worked out. Raises KeyError where these were not kept: what
        is made of such a note must not be written, for its file may have changed meanwhile."""
        data = self.given.get(path)
        return self.held[path] if data is None else data

    def read(self, path: str) -> bytes | ReadProblem:
        data = self.given.get(path)
        if data is None:
            data = self.held.get(path)
        return read_file(self.root, path) if data is None else data


class Reading(NamedTuple):
    """How to read notes, and which `facts` to work out of each. Of those in `sealed` the digest of the bytes is wanted too."""

    reader: Reader
    facts: Sequence[Fact[Any]]
    sealed: frozenset[str] = frozenset()
    outlines: bool = False

    def read(self, path: str) -> tuple[Note, bytes] | ReadProblem:
        """Return the note, and the digest where it is wanted."""
        data = self.reader.read(path)
        if isinstance(data, ReadProblem):
            return data
        return parse_note(Source.decode(data), path), fingerprint(data) if path in self.sealed else b""

    def share(self, paths: Sequence[str]) -> bytes:
        """Return a head that says what there is of each note, on a line of its own, then the facts, then the outlines."""
        read: list[str] = []
        problems: list[ReadProblem] = []
        digests: list[str] = []
        facts: list[dict[str, Any]] = []
        outlined: list[bytes] = []
        for path in paths:
            found = self.read(path)
            if isinstance(found, ReadProblem):
                problems.append(found)
                continue
            note, digest = found
            for ask in self.facts:
                ask(note)
            if self.outlines:
                outlined.append(outline(note).encode())
            read.append(path)
            digests.append(digest.hex())
            facts.append(note.facts)
        columns = {name: zlib.compress(_json(column), 1) for name, column in _columns(facts).items()}
        lengths = dict(zip(columns, map(len, columns.values()), strict=True))
        head = _json((read, problems, digests if any(digests) else (), lengths, [*map(len, outlined)]))
        return b"".join([head, b"\n", *columns.values(), *outlined])


def _columns(facts: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return the facts that all of some notes have, name by name."""
    names = [name for name in facts[0] if all(name in f for f in facts)] if facts else []
    return {name: [f[name] for f in facts] for name in names}


def _json(data: object) -> bytes:
    return encode(data).encode()


@dataclass
class Read:
    """What was read: a few notes as they are; of many only what others need, in large pieces that processes can share."""

    keep: bool
    notes: dict[str, Note] = field(default_factory=dict)
    problems: list[ReadProblem] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)  # of bytes, where they are wanted
    places: dict[str, int] = field(default_factory=dict)  # the number of each note that is not kept
    _firsts: list[int] = field(default_factory=list)  # with which note each piece begins
    _columns: list[Mapping[str, memoryview]] = field(
        default_factory=list
    )  # in each piece: facts of its notes, as JSON, packed
    _outlines: list[Sequence[memoryview]] = field(default_factory=list)  # in each piece, where they are wanted

    def __post_init__(self) -> None:
        self._column = lru_cache(64)(self._unpacked)  # rules ask for some facts of one note after another

    def __getstate__(self) -> dict[str, Any]:
        columns = [{name: bytes(column) for name, column in columns.items()} for columns in self._columns]
        outlines = [[bytes(outline) for outline in outlines] for outlines in self._outlines]
        state = {**self.__dict__, "_columns": columns, "_outlines": outlines}
        del state["_column"]
        return state

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        self.__post_init__()

    def all(self, how: Reading, paths: Sequence[str], processes: int, advance: Callable[[int], None]) -> None:
        """Read all the notes."""
        if not self.keep:
            for part in streamed(how.share, paths, processes, anywhere=True):
                advance(self._add(part))
            return
        for path in paths:
            advance(1)
            found = how.read(path)
            if isinstance(found, ReadProblem):
                self.problems.append(found)
                continue
            self.notes[path], digest = found
            if digest:
                self.digests[path] = digest

    def _add(self, part: bytes) -> int:
        """Add what a process read; gives for how many notes that stands."""
        begin = part.index(b"\n") + 1
        paths, problems, digests, columns, outlines = json.loads(part[:begin])
        self.problems += [ReadProblem(*problem) for problem in problems]
        if paths:
            first = len(self.places)
            self.places.update(zip(paths, range(first, first + len(paths)), strict=True))
            if digests:
                self.digests.update({path: bytes.fromhex(d) for path, d in zip(paths, digests, strict=True) if d})
            pieces = cut(memoryview(part), begin, (*columns.values(), *outlines))
            self._columns.append(dict(zip(columns, pieces, strict=False)))
            self._outlines.append(pieces[len(columns) :])
            self._firsts.append(first)
        return len(paths) + len(problems)

    def _place(self, path: str) -> tuple[int, int]:
        """In which piece a note that is not kept stands, and as which of its notes. Raises KeyError."""
        number = self.places[path]
        piece = bisect_right(self._firsts, number) - 1
        return piece, number - self._firsts[piece]

    def outline(self, path: str) -> bytes:
        """Return the outline of a note that is not kept. Raises ValueError where outlines were not wanted."""
        piece, i = self._place(path)
        if not self._outlines[piece]:
            raise ValueError(path)
        return bytes(self._outlines[piece][i])

    def _unpacked(self, piece: int, name: str) -> list[Any]:
        column: list[Any] = json.loads(zlib.decompress(self._columns[piece][name]))
        return column

    def fact(self, name: str, path: str) -> object:
        """Return a fact of a note that is not kept. Raises KeyError."""
        piece, i = self._place(path)
        return self._column(piece, name)[i]

    def column(self, name: str) -> dict[str, Any]:
        """Return a fact of the notes of which it is known."""
        known: dict[str, Any] = {}
        if all(name in columns for columns in self._columns):
            values = chain.from_iterable(self._unpacked(i, name) for i in range(len(self._columns)))
            same: dict[str, str] = {}  # one text for all that are equal
            each = (same.setdefault(v, v) if isinstance(v, str) else v for v in values)
            known = dict(zip(self.places, each, strict=True))
        ask = FACTS[name]
        known |= {path: ask(note) for path, note in self.notes.items()}
        return known
