"""Disk → notes → a vault, with as many processes as pay."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from processor.config import Config
from processor.disk import Listing, ReadProblem
from processor.disk import read as read_file
from processor.lint import Finding, FoundFix, Linter
from processor.note import Note, parse_note
from processor.outline import DeferredNote, outline
from processor.rule import NoteEdit
from processor.text import Edit, Position, Source, Span
from processor.vault import Vault

FEWEST = 400  # notes a process: below that, starting one costs more than it saves


class Scan(NamedTuple):
    """A vault that was read. `checked` are the findings of the rules that see one note only, where a linter was given."""

    vault: Vault
    checked: dict[str, list[Finding]]
    problems: tuple[ReadProblem, ...]


class Reader(NamedTuple):
    """Where the bytes of files come from: the disk, but for those that are `given` in their place."""

    root: Path
    given: Mapping[str, bytes] = {}

    def read(self, path: str) -> bytes | ReadProblem:
        data = self.given.get(path)
        return read_file(self.root, path) if data is None else data


def load(reader: Reader, path: str) -> Note:
    """The note as its file is now; an empty one where it has vanished since the vault was listed."""
    data = reader.read(path)
    return parse_note(Source("") if isinstance(data, ReadProblem) else Source.decode(data), path)


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
) -> Scan:
    """Read and parse all notes of a vault; with a linter, also run the rules on them that need nothing but the note.

    `advance` is called with the number of notes done since the last call. A note that cannot be read is among the
    problems, and known to the vault as a file only. The result does not depend on the number of `processes`; None: as
    many as there are cores, where it pays. With `whole` every note is kept with all that it says, in one process.
    `given` are the bytes of files that are judged otherwise than they are on the disk; for `gone` see `Vault`.
    """
    reader = Reader(root, given or {})
    if whole:
        processes = 1
    if processes is None:
        processes = min(os.cpu_count() or 1, len(listing.notes) // FEWEST)
    shares = [listing.notes[i::processes] for i in range(processes)] if processes > 1 else [listing.notes]
    found: dict[str, Note] = {}
    checked: dict[str, list[Finding]] = {}
    problems: list[ReadProblem] = []
    workers = [_start(reader, share, linter) for share in shares[1:]]
    keep = whole or len(listing.notes) <= FEWEST
    for path, result in _read_share(reader, shares[0], linter):
        advance(1)
        if isinstance(result, ReadProblem):
            problems.append(result)
            continue
        note, findings = result
        found[path] = note if keep else DeferredNote(path, outline(note), partial(load, reader))
        if linter is not None:
            checked[path] = findings
    for worker, share in zip(workers, shares[1:], strict=True):
        for path, packed in _received(worker):
            if isinstance(packed, str):
                problems.append(ReadProblem(path, packed))
                continue
            found[path] = DeferredNote(path, packed[0], partial(load, reader))
            if linter is not None:
                checked[path] = [_unpacked(path, x) for x in packed[1]]
        advance(len(share))
    vault = Vault(
        [found[path] for path in listing.notes if path in found],
        (*listing.files, *[p.path for p in problems]),
        style=config.link_style,
        video_properties=config.video_property,
        gone=gone,
    )
    return Scan(vault, checked, tuple(sorted(problems)))


Result = tuple[Note, list[Finding]]


def _read_share(
    reader: Reader, paths: Sequence[str], linter: Linter | None
) -> Iterator[tuple[str, Result | ReadProblem]]:
    for path in paths:
        data = reader.read(path)
        if isinstance(data, ReadProblem):
            yield path, data
            continue
        note = parse_note(Source.decode(data), path)
        yield path, (note, [] if linter is None else linter.check_note(note))


# What crosses between processes is JSON: plain data, and small.


def _start(reader: Reader, paths: Sequence[str], linter: Linter | None) -> Connection:
    # a forked process has all that is imported; elsewhere it is not safe (macOS) or not there (Windows)
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours: Connection
    ours, theirs = context.Pipe(duplex=False)
    context.Process(target=_work, args=(theirs, reader, paths, linter), daemon=True).start()
    theirs.close()
    return ours


def _work(to: Connection, reader: Reader, paths: Sequence[str], linter: Linter | None) -> None:
    batch: list[tuple[str, Any]] = []
    for path, result in _read_share(reader, paths, linter):
        if isinstance(result, ReadProblem):
            batch.append((path, result.message))
        else:
            note, findings = result
            batch.append((path, (outline(note), [_packed(f) for f in findings])))
    to.send_bytes(json.dumps(batch, separators=(",", ":")).encode())
    to.close()


def _received(worker: Connection) -> Iterator[tuple[str, Any]]:
    yield from json.loads(worker.recv_bytes())
    worker.close()


def _packed(f: Finding) -> tuple[Any, ...]:
    return (f.span, f.rule, f.severity, f.message, f.start, f.end, f.fix)


def _unpacked(path: str, x: Sequence[Any]) -> Finding:
    span, rule, severity, message, start, end, fix = x
    return Finding(
        path,
        Span(*span),
        rule,
        severity,
        message,
        Position(*start),
        Position(*end),
        fix and FoundFix(fix[0], fix[1], tuple([NoteEdit(where, Edit(*edit)) for where, edit in fix[2]])),
    )
