"""Disk → a vault, with as many processes as pay, and with what the cache knows of notes that have not changed.

Of many notes only what others ask of them is worked out here, their facts; each is parsed where it is judged. A few are
kept as they were read.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from processor.cache import program
from processor.cache.notes import FEWEST as FEWEST_CHANGED
from processor.cache.notes import NoteCache
from processor.cache.records import RecordKeeper
from processor.cache.stats import Stats, fingerprint
from processor.config import Config
from processor.deferred import DeferredNotes
from processor.disk import Listing, ReadProblem
from processor.disk import read as read_file
from processor.facts import FACTS
from processor.lint import Linter
from processor.naming.kept import KnownNames
from processor.note import Note, parse_note
from processor.outline import outline
from processor.packing import Checked
from processor.shares import FEWEST, FORKS, cut, processes_for, streamed
from processor.text import Source
from processor.vault import Vault


class Scan(NamedTuple):
    """A vault that was read. `checked` is what the cache knows of the findings of the rules that see one note only, and
    `keeper` keeps what a linter finds for the next run, where there are a linter and a cache."""

    vault: Vault
    problems: tuple[ReadProblem, ...]
    reader: Reader
    checked: Checked | None = None
    keeper: RecordKeeper | None = None
    known: int = 0  # notes that were taken from the cache
    processes: int = 1


Fetch = Callable[[Sequence[str]], Mapping[str, bytes]]


class Reader(NamedTuple):
    """Where the bytes of files come from: the disk, but for those that are `given` in their place, or can be fetched."""

    root: Path
    given: dict[str, bytes]
    fetch: Fetch | None = None
    held: Mapping[str, bytes] = MappingProxyType({})
    """What the files held when they were read first, of notes that are to stay as they were then."""

    def read(self, path: str) -> bytes | ReadProblem:
        data = self.given.get(path)
        if data is None:
            data = self.held.get(path)
        if data is None and self.fetch is not None:
            data = self.fetch([path]).get(path)
        return read_file(self.root, path) if data is None else data


class TooLittleKnownError(Exception):
    """The cache holds too little of what is to be fetched; so much is read faster from the disk."""


_NEAR = 8  # notes whose file is not read again at once: a report, and several rules, ask of one note after another


class _Shelf:
    """The parts of deferred notes: what was read, else what the cache keeps, else their files.

    A note whose file has vanished is empty.
    """

    def __init__(self, reader: Reader, read: _Read, cache: NoteCache | None) -> None:
        self._reader = reader
        self._read = read
        self._cache = cache
        self.source = lru_cache(_NEAR)(self._source)
        self.note = lru_cache(_NEAR)(self._note)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Shelf, (self._reader, self._read, self._cache)

    def outline(self, path: str) -> bytes:
        if path in self._read.places:
            return self._read.outline(path)
        if self._cache is None:
            raise ValueError(path)
        return self._cache.outline(path)

    def fact(self, name: str, path: str) -> object:
        if path in self._read.places:
            return self._read.fact(name, path)
        if self._cache is None:
            raise KeyError(name)
        return self._cache.fact(name, path)

    def encoded(self, path: str) -> bytes:
        data = self._reader.read(path)
        return b"" if isinstance(data, ReadProblem) else data

    def _source(self, path: str) -> Source:
        return Source.decode(self.encoded(path))

    def _note(self, path: str) -> Note:
        return parse_note(self.source(path), path)


def scan(
    root: Path,
    listing: Listing,
    config: Config,
    linter: Linter | None = None,
    advance: Callable[[int], None] = lambda _count: None,
    processes: int | None = None,
    *,
    outlines: bool = False,
    held: Collection[str] = (),
    given: Mapping[str, bytes] | None = None,
    gone: Mapping[str, str | None] | None = None,
    stats: Stats | None = None,
    fetch: Fetch | None = None,
) -> Scan:
    """Read all notes of a vault; with a linter, also work out what it will ask of all of them.

    `advance` is called with the number of notes done since the last call. A note that cannot be read is among the
    problems, and known to the vault as a file only. The result does not depend on the number of `processes`; None: as
    many as there are cores, where it pays. With `outlines` the links and headings of all notes are kept, for a command
    that looks at all of them. Of the notes that are to be `held` the bytes are, so that they stay as they were read.
    `given` are the bytes of files that are judged otherwise than they are on the disk; for `gone` see `Vault`. With
    `stats` of the listing, and a linter, a note that has not changed since an earlier run is not read again; the result is
    the same. `fetch` gives the bytes of notes that are not taken from the disk at all; raises TooLittleKnownError where it
    would have to give those of many.
    """
    reader = Reader(root, dict(given or {}), fetch)
    cache = NoteCache(root, _judged(linter)) if stats and linter else None
    known = cache.look(stats) if cache and stats else frozenset[str]()
    if reader.given or held:
        known = frozenset(known).difference(reader.given, held)
    todo = [path for path in listing.notes if path not in known] if known else listing.notes
    if fetch is not None:
        if len(todo) * FEWEST_CHANGED > len(listing.notes):
            raise TooLittleKnownError
        reader.given.update(fetch(todo))
    reader = reader._replace(held=_bytes_of(root, [path for path in held if path not in reader.given]))
    lasts = not (reader.given or reader.fetch or (linter and linter.with_edits))
    sealed = cache.unsettled(todo) if cache and lasts else frozenset()
    if processes is None:  # to tell others what is held would take longer than to look at it here
        processes = 1 if reader.held and not FORKS else processes_for(len(todo), anywhere=True)
    read = _Read(keep=len(todo) <= FEWEST)
    work = _Work(reader, linter, sealed, outlines)
    read.all(work, todo, processes, advance)
    advance(len(known))
    shelf = _Shelf(reader, read, cache)
    unread = {problem.path for problem in read.problems}
    paths = [path for path in listing.notes if path not in unread] if unread else listing.notes
    vault = Vault(
        DeferredNotes(paths, shelf, read.notes),
        (*listing.files, *[p.path for p in read.problems]),
        style=config.link_style,
        video_properties=config.video_property,
        gone=gone,
        known=partial(_known_facts, read, cache, known),
        sharing=partial(_sharing, read, cache, known),
        known_names=partial(_known_names, read, cache, known),
    )
    keeper = RecordKeeper(cache, vault, todo, read.digests, linter.facts) if cache and linter and lasts else None
    checked = Checked(cache.findings, known) if cache and linter and not linter.with_edits else None
    return Scan(vault, tuple(sorted(read.problems)), reader, checked, keeper, len(known), processes)


def _bytes_of(root: Path, paths: Iterable[str]) -> Mapping[str, bytes]:
    """What files hold, but for those that cannot be read."""
    found = {path: read_file(root, path) for path in paths}
    return {path: data for path, data in found.items() if not isinstance(data, ReadProblem)}


def _known_facts(read: _Read, cache: NoteCache | None, known: Collection[str], name: str) -> Mapping[str, Any]:
    """A fact of all notes of which it is known."""
    new = read.column(name)
    return new if cache is None or not known else cache.column(name, new, known)


def _sharing(
    read: _Read, cache: NoteCache | None, known: Collection[str], name: str, what: str
) -> Iterable[str] | None:
    """The notes of which a fact is this text; None where all must be looked at for that."""
    old = cache.sharing(name, what) if cache and known and not read.places else None
    if old is None:
        return None
    ask = FACTS[name]
    return [*(path for path in old if path in known), *(path for path, n in read.notes.items() if ask(n) == what)]


def _known_names(read: _Read, cache: NoteCache | None, known: Collection[str]) -> KnownNames | None:
    """What the cache knows of the names of notes, where that is nearly all there is to know."""
    letters = cache.letters() if cache and known and not read.places else None
    if cache is None or letters is None:
        return None
    return KnownNames(letters, cache.kept, frozenset(cache.kept).difference(known), list(read.notes))


def _judged(linter: Linter | None) -> str:
    """All that the findings and facts of a note depend on, besides the note."""
    assert linter is not None
    config = replace(linter.config, origins={}, remarks=())
    return f"{program()} {[r.id for r in linter.rules]} {config!r}"


# What crosses between processes, and what is kept of a note, is plain data, and small.


class _Work(NamedTuple):
    """How to read notes. Of those in `sealed` the digest of the bytes is wanted too."""

    reader: Reader
    linter: Linter | None
    sealed: frozenset[str] = frozenset()
    outlines: bool = False

    def read(self, path: str) -> tuple[Note, bytes] | ReadProblem:
        """The note, and the digest where it is wanted."""
        data = self.reader.read(path)
        if isinstance(data, ReadProblem):
            return data
        return parse_note(Source.decode(data), path), fingerprint(data) if path in self.sealed else b""

    def share(self, paths: Sequence[str]) -> bytes:
        """A head that says what there is of each note, on a line of its own, then the facts, then the outlines."""
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
            if self.linter:
                self.linter.learn(note)
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
    """The facts that all of some notes have, name by name."""
    names = [name for name in facts[0] if all(name in f for f in facts)] if facts else []
    return {name: [f[name] for f in facts] for name in names}


def _json(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


@dataclass
class _Read:
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

    def all(self, work: _Work, paths: Sequence[str], processes: int, advance: Callable[[int], None]) -> None:
        """Read all the notes."""
        if not self.keep:
            for part in streamed(work.share, paths, processes, anywhere=True):
                advance(self._add(part))
            return
        for path in paths:
            advance(1)
            found = work.read(path)
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
        """The outline of a note that is not kept. Raises ValueError where outlines were not wanted."""
        piece, i = self._place(path)
        if not self._outlines[piece]:
            raise ValueError(path)
        return bytes(self._outlines[piece][i])

    def _unpacked(self, piece: int, name: str) -> list[Any]:
        column: list[Any] = json.loads(zlib.decompress(self._columns[piece][name]))
        return column

    def fact(self, name: str, path: str) -> object:
        """A fact of a note that is not kept. Raises KeyError."""
        piece, i = self._place(path)
        return self._column(piece, name)[i]

    def column(self, name: str) -> dict[str, Any]:
        """A fact of the notes of which it is known."""
        known: dict[str, Any] = {}
        if all(name in columns for columns in self._columns):
            values = chain.from_iterable(self._unpacked(i, name) for i in range(len(self._columns)))
            same: dict[str, str] = {}  # one text for all that are equal
            each = (same.setdefault(v, v) if isinstance(v, str) else v for v in values)
            known = dict(zip(self.places, each, strict=True))
        ask = FACTS[name]
        known |= {path: ask(note) for path, note in self.notes.items()}
        return known
