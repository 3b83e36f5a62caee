"""Disk → notes → a vault, with as many processes as pay, and with what the cache knows of notes that have not changed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.cache import FEWEST as FEWEST_CHANGED
from processor.cache import NoteCache, Record, Stats, fingerprint, program
from processor.config import Config
from processor.disk import Listing, ReadProblem
from processor.disk import read as read_file
from processor.lint import Finding, Linter
from processor.note import Note, parse_note
from processor.outline import DeferredNote, outline
from processor.packing import packed, unpacked
from processor.text import Source
from processor.vault import Vault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST = 400  # notes a process: below that, starting one costs more than it saves


class Scan(NamedTuple):
    """A vault that was read. `checked` are the findings of the rules that see one note only, where a linter was given."""

    vault: Vault
    checked: Mapping[str, Sequence[Finding]]
    problems: tuple[ReadProblem, ...]
    reader: Reader


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
        found = self._read.outlines.get(path)
        if found is None:
            if self._cache is None:
                raise ValueError(path)
            found = self._cache.outline(path)
        return found

    def fact(self, name: str, path: str) -> object:
        facts = self._read.facts.get(path)
        if facts is not None:
            return facts[name]
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
    work = _Work(reader, linter, cache.unsettled(todo) if cache and saves else frozenset(), saves)
    read = _Read(keep=whole or len(todo) <= FEWEST, packs=saves)
    read.all(work, todo, 1 if whole else max(1, processes), advance)
    advance(len(known))
    shelf = _Shelf(reader, read, cache)
    there = known.union(read.outlines, read.notes)
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
        cache.save(read.records())
    usable = cache.findings if cache and linter and not linter.with_edits else None
    return Scan(vault, Checked(read.findings, known, usable), tuple(sorted(read.problems)), reader)


def _known_facts(read: _Read, cache: NoteCache | None, known: Collection[str], name: str) -> Mapping[str, Any]:
    """A fact of all notes of which it is known."""
    new = {path: facts[name] for path, facts in read.facts.items() if name in facts}
    new |= {path: note.facts[name] for path, note in read.notes.items() if name in note.facts}
    return new if cache is None or not known else cache.column(name, new, known)


def _judged(linter: Linter | None) -> str:
    """All that the findings and facts of a note depend on, besides the note."""
    assert linter is not None
    config = replace(linter.config, origins={}, remarks=())
    return f"{program()} {[r.id for r in linter.rules]} {config!r}"


class Checked(Mapping[str, Sequence[Finding]]):
    """Findings by the path of their note, unpacked when they are asked for; without those that cannot be had."""

    def __init__(
        self,
        found: Mapping[str, Sequence[Finding] | bytes],
        known: Collection[str],
        fetch: Callable[[str], bytes] | None,
    ) -> None:
        """`known` are the notes whose packed findings `fetch` gives."""
        self._found = found
        self._known = known if fetch else ()
        self._fetch = fetch

    def __getitem__(self, path: str) -> Sequence[Finding]:
        found = self._found.get(path)
        try:
            if found is None:
                if self._fetch is None or path not in self._known:
                    raise KeyError(path)
                found = self._fetch(path)
            return unpacked(path, found) if isinstance(found, bytes) else found
        except ValueError:
            raise KeyError(path) from None

    def __contains__(self, path: object) -> bool:
        """Whether there are findings of the note, if only ones that turn out to be damaged."""
        return path in self._found or path in self._known

    def __iter__(self) -> Iterator[str]:
        yield from self._found
        yield from self._known

    def __len__(self) -> int:
        return len(self._found) + len(self._known)


# What crosses between processes, and what is kept of a note, is plain data, and small.


class _Work(NamedTuple):
    """How to read a note. Of those in `sealed` the digest of the bytes is wanted too."""

    reader: Reader
    linter: Linter | None
    sealed: frozenset[str] = frozenset()
    packs: bool = False

    def read(self, path: str) -> tuple[Note, Sequence[Finding], bytes] | ReadProblem:
        data = self.reader.read(path)
        if isinstance(data, ReadProblem):
            return data
        note = parse_note(Source.decode(data), path)
        findings = [] if self.linter is None else self.linter.check_note(note)
        return note, findings, fingerprint(data) if path in self.sealed else b""


@dataclass
class _Read:
    """What was read, by path: a note, or its outline and facts; findings; digests of the bytes."""

    keep: bool
    packs: bool
    notes: dict[str, Note] = field(default_factory=dict)
    outlines: dict[str, bytes] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, Sequence[Finding] | bytes] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    problems: list[ReadProblem] = field(default_factory=list)

    def all(self, work: _Work, paths: Sequence[str], processes: int, advance: Callable[[int], None]) -> None:
        """Read all the notes, this process a share of them."""
        shares = [paths[i::processes] for i in range(processes)]
        workers = [_start(work, share) for share in shares[1:]]
        for path in shares[0]:
            advance(1)
            found = work.read(path)
            if isinstance(found, ReadProblem):
                self.problems.append(found)
                continue
            note, findings, digest = found
            if self.keep:
                self.notes[path] = note
            if not self.keep or self.packs:
                self.outlines[path] = outline(note).encode()
                self.facts[path] = note.facts
            self.digests[path] = digest
            if work.linter is not None:
                self.findings[path] = packed(findings).encode() if self.packs and not self.keep else findings
        for worker, share in zip(workers, shares[1:], strict=True):
            for path, digest, *rest in _received(worker):
                if len(rest) == 1:
                    self.problems.append(ReadProblem(path, rest[0]))
                    continue
                self.outlines[path], self.findings[path], self.facts[path] = rest
                self.digests[path] = bytes.fromhex(digest)
            advance(len(share))
        if work.linter is None:
            self.findings.clear()

    def records(self) -> Iterator[tuple[str, Record]]:
        """What to keep of each note."""
        for path, text in self.outlines.items():
            findings = self.findings[path]
            if not isinstance(findings, bytes):
                findings = packed(findings).encode()
            yield path, Record(text, findings, self.facts[path], self.digests[path])


def _start(work: _Work, paths: Sequence[str]) -> Connection:
    import multiprocessing

    # a forked process has all that is imported; elsewhere it is not safe (macOS) or not there (Windows)
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours: Connection
    ours, theirs = context.Pipe(duplex=False)
    context.Process(target=_send, args=(theirs, work, paths), daemon=True).start()
    theirs.close()
    return ours


def _send(to: Connection, work: _Work, paths: Sequence[str]) -> None:
    """What a worker does: a head that says what there is of each note, then the outlines and findings, one after another."""
    head: list[tuple[Any, ...]] = []
    parts: list[bytes] = []
    for path in paths:
        found = work.read(path)
        if isinstance(found, ReadProblem):
            head.append((path, "", found.message))
            continue
        note, findings, digest = found
        mine = (outline(note).encode(), packed(findings).encode())
        head.append((path, digest.hex(), *map(len, mine), note.facts))
        parts += mine
    to.send_bytes(json.dumps(head, separators=(",", ":")).encode())
    to.send_bytes(b"".join(parts))
    to.close()


def _received(worker: Connection) -> Iterator[tuple[Any, ...]]:
    """For each note its path, digest, outline, packed findings and facts; or its path, nothing, and why it could not be read."""
    head = json.loads(worker.recv_bytes())
    data = memoryview(worker.recv_bytes())
    worker.close()
    at = 0
    for path, digest, *rest in head:
        if len(rest) == 1:
            yield path, digest, rest[0]
            continue
        outlines, findings, facts = rest
        middle, end = at + outlines, at + outlines + findings
        yield path, digest, bytes(data[at:middle]), bytes(data[middle:end]), facts
        at = end
