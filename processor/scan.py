"""Disk → notes → a vault, with as many processes as pay, and with what the cache knows of notes that have not changed."""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from processor.cache import program
from processor.cache.notes import FEWEST as FEWEST_CHANGED
from processor.cache.notes import NoteCache, Record
from processor.cache.stats import Stats, fingerprint
from processor.config import Config
from processor.disk import Listing, ReadProblem
from processor.disk import read as read_file
from processor.lint import Finding, Linter
from processor.note import Note, parse_note
from processor.outline import DeferredNote, outline
from processor.packing import Checked, packed
from processor.shares import streamed
from processor.text import Source
from processor.vault import Vault

FEWEST = 400  # notes a process: below that, starting one costs more than it saves


class Scan(NamedTuple):
    """A vault that was read. `checked` are the findings of the rules that see one note only, where a linter was given."""

    vault: Vault
    checked: Checked | None
    problems: tuple[ReadProblem, ...]
    reader: Reader
    known: int = 0  # notes that were taken from the cache
    processes: int = 1


Fetch = Callable[[Sequence[str]], Mapping[str, bytes]]


class Reader(NamedTuple):
    """Where the bytes of files come from: the disk, but for those that are `given` in their place, or can be fetched."""

    root: Path
    given: dict[str, bytes]
    fetch: Fetch | None = None

    def read(self, path: str) -> bytes | ReadProblem:
        data = self.given.get(path)
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

    def _source(self, path: str) -> Source:
        data = self._reader.read(path)
        return Source("") if isinstance(data, ReadProblem) else Source.decode(data)

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
    whole: bool = False,
    given: Mapping[str, bytes] | None = None,
    gone: Mapping[str, str | None] | None = None,
    stats: Stats | None = None,
    fetch: Fetch | None = None,
) -> Scan:
    """Read and parse all notes of a vault; with a linter, also run the rules on them that need nothing but the note.

    `advance` is called with the number of notes done since the last call. A note that cannot be read is among the
    problems, and known to the vault as a file only. The result does not depend on the number of `processes`; None: as
    many as there are cores, where it pays. With `whole` every note is kept with all that it says, in one process.
    `given` are the bytes of files that are judged otherwise than they are on the disk; for `gone` see `Vault`. With
    `stats` of the listing, and a linter, a note that has not changed since an earlier run is not read again; the result is
    the same. `fetch` gives the bytes of notes that are not taken from the disk at all; raises TooLittleKnownError where it
    would have to give those of many.
    """
    reader = Reader(root, dict(given or {}), fetch)
    cache = NoteCache(root, _judged(linter)) if stats and linter and not whole else None
    known = frozenset(cache.look(stats)) - reader.given.keys() if cache and stats else frozenset()
    todo = [path for path in listing.notes if path not in known] if known else listing.notes
    if fetch is not None:
        if len(todo) * FEWEST_CHANGED > len(listing.notes):
            raise TooLittleKnownError
        reader.given.update(fetch(todo))
    saves = (
        cache is not None
        and not reader.given
        and not reader.fetch
        and not (linter and linter.with_edits)
        and cache.is_worth_saving(len(todo), len(listing.notes))
    )
    if processes is None:
        processes = min(os.cpu_count() or 1, len(todo) // FEWEST)
    work = _Work(reader, linter, cache.unsettled(todo) if cache and saves else frozenset())
    read = _Read(keep=whole or len(todo) <= FEWEST)
    processes = 1 if whole else max(1, processes)
    read.all(work, todo, processes, advance)
    advance(len(known))
    shelf = _Shelf(reader, read, cache)
    there = known.union(read.places, read.notes)
    whole_notes = read.notes
    notes = [whole_notes.get(path) or DeferredNote(path, shelf) for path in listing.notes if path in there]
    vault = Vault(
        notes,
        (*listing.files, *[p.path for p in read.problems]),
        style=config.link_style,
        video_properties=config.video_property,
        gone=gone,
        known=partial(_known_facts, read, cache, known),
    )
    if cache and saves:
        cache.save(read.record, read.facts())
    usable = cache.findings if cache and linter and not linter.with_edits else None
    checked = Checked(read.findings, known, usable) if linter else None
    return Scan(vault, checked, tuple(sorted(read.problems)), reader, len(known), processes)


def _known_facts(read: _Read, cache: NoteCache | None, known: Collection[str], name: str) -> Mapping[str, Any]:
    """A fact of all notes of which it is known."""
    new = read.column(name)
    return new if cache is None or not known else cache.column(name, new, known)


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

    def read(self, path: str) -> tuple[Note, Sequence[Finding], bytes] | ReadProblem:
        data = self.reader.read(path)
        if isinstance(data, ReadProblem):
            return data
        note = parse_note(Source.decode(data), path)
        findings = [] if self.linter is None else self.linter.check_note(note)
        return note, findings, fingerprint(data) if path in self.sealed else b""

    def share(self, paths: Sequence[str]) -> bytes:
        """A head that says what there is of each note, on a line of its own, then outlines and findings one after another."""
        read: list[str] = []
        problems: list[ReadProblem] = []
        lengths: list[int] = []
        digests: list[str] = []
        facts: list[dict[str, Any]] = []
        parts: list[bytes] = []
        for path in paths:
            found = self.read(path)
            if isinstance(found, ReadProblem):
                problems.append(found)
                continue
            note, findings, digest = found
            mine = (outline(note).encode(), packed(findings).encode())
            read.append(path)
            lengths += map(len, mine)
            digests.append(digest.hex())
            facts.append(note.facts)
            parts += mine
        known = [name for name in facts[0] if all(name in f for f in facts)] if facts else []
        columns = [_json([f[name] for f in facts]) for name in known]
        head = _json((read, problems, lengths, digests, dict(zip(known, map(len, columns), strict=True))))
        return b"".join([head, b"\n", *columns, *parts])


def _json(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


@dataclass
class _Read:
    """What was read: a few notes as they are; of many only what others need, in large pieces that processes can share."""

    keep: bool
    notes: dict[str, Note] = field(default_factory=dict)
    found: dict[str, Sequence[Finding]] = field(default_factory=dict)  # in the notes that are kept
    problems: list[ReadProblem] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)  # of bytes, where they are wanted
    places: dict[str, int] = field(default_factory=dict)  # the number of each other note
    _pieces: list[memoryview] = field(default_factory=list)
    _firsts: list[int] = field(default_factory=list)  # with which note each piece begins
    _ends: array[int] = field(
        default_factory=lambda: array("Q")
    )  # in its piece: of each note's outline, of its findings
    _columns: list[Mapping[str, memoryview]] = field(default_factory=list)  # in each piece: facts of its notes, as JSON

    def __post_init__(self) -> None:
        self._column = lru_cache(64)(self._unpacked)  # rules ask for some facts of one note after another

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
            self.notes[path], self.found[path], digest = found
            if digest:
                self.digests[path] = digest

    def _add(self, part: bytes) -> int:
        """Add what a process read; gives for how many notes that stands."""
        begin = part.index(b"\n") + 1
        paths, problems, lengths, digests, columns = json.loads(part[:begin])
        self.problems += [ReadProblem(*problem) for problem in problems]
        if paths:
            first = len(self.places)
            self.places.update(zip(paths, range(first, first + len(paths)), strict=True))
            self.digests.update({path: bytes.fromhex(d) for path, d in zip(paths, digests, strict=True) if d})
            piece = memoryview(part)
            ends = [*accumulate(columns.values(), initial=begin)]
            self._columns.append({name: piece[a:b] for name, (a, b) in zip(columns, pairwise(ends), strict=True)})
            self._pieces.append(piece)
            self._firsts.append(first)
            self._ends.extend(accumulate(lengths, initial=ends[-1]))
        return len(paths) + len(problems)

    def _place(self, path: str) -> tuple[int, int]:
        """In which piece a note that is not kept stands, and as which of its notes. Raises KeyError."""
        number = self.places[path]
        piece = bisect_right(self._firsts, number) - 1
        return piece, number - self._firsts[piece]

    def _part(self, path: str, which: int) -> bytes:
        """The outline (0) or the packed findings (1) of a note that is not kept. Raises KeyError."""
        piece, i = self._place(path)
        at = 2 * (self._firsts[piece] + i) + piece + which  # each piece has one end more than parts
        return bytes(self._pieces[piece][self._ends[at] : self._ends[at + 1]])

    def outline(self, path: str) -> bytes:
        return self._part(path, 0)

    def _unpacked(self, piece: int, name: str) -> list[Any]:
        column: list[Any] = json.loads(bytes(self._columns[piece][name]))
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
            known = dict(zip(self.places, values, strict=True))
        known |= {path: note.facts[name] for path, note in self.notes.items() if name in note.facts}
        return known

    def findings(self, path: str) -> Sequence[Finding] | bytes:
        """What the rules said that see one note only, perhaps packed. Raises KeyError."""
        return self.found[path] if path in self.notes else self._part(path, 1)

    def facts(self) -> Collection[str] | None:
        """The names of the facts that are known of every note; None where there are no notes."""
        each: list[Collection[str]] = [note.facts.keys() for note in self.notes.values()]
        each += [columns.keys() for columns in self._columns]
        return set(each[0]).intersection(*each[1:]) if each else None

    def record(self, path: str) -> Record | None:
        """What to keep of a note; None if it was not read."""
        digest = self.digests.get(path, b"")
        if note := self.notes.get(path):
            return Record(outline(note).encode(), packed(self.found[path]).encode(), note.facts, digest)
        if path not in self.places:
            return None
        piece, i = self._place(path)
        facts = {name: self._column(piece, name)[i] for name in self._columns[piece]}
        return Record(self._part(path, 0), self._part(path, 1), facts, digest)
