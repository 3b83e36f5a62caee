"""Writes what a run found of a vault's notes, for the next one: a record as it comes, then the sections and the footer."""

from __future__ import annotations

import json
import os
import zlib
from array import array
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BufferedWriter
from typing import Any

from processor.lint.judging import MakeRecord, Record
from processor.lint.packing import packed
from processor.load.cache import DAMAGE, FORMAT, temporary_file, trim
from processor.load.cache.columns import lines_of
from processor.load.cache.notes import FEWEST, KEPT, NoteCache
from processor.load.cache.stats import GONE, NO_DIGEST, fingerprint
from processor.rules.base import Finding
from processor.vault.facts import FACTS, Fact
from processor.vault.facts import names as other_names
from processor.vault.naming.kept import KeptLetters
from processor.vault.note import Note
from processor.vault.outline import outline
from processor.vault.vault import Vault

_NOWHERE = (0, 0, 0, 0)  # where the record of a note lies that was not judged


class RecordKeeper:
    """Keeps the records of a run, if that is worth it: all of them, or none where the system refuses."""

    def __init__(
        self,
        cache: NoteCache,
        vault: Vault,
        read: Collection[str],
        digests: Mapping[str, bytes],
        facts: Sequence[Fact[Any]],
    ) -> None:
        """`read` are the notes of the vault of which the cache knows nothing, or nothing of today, and `digests` tell the
        bytes of those whose stat does not tell what they hold. `facts` are kept of all notes.
        """
        self._cache = cache
        self._vault = vault
        self._read = frozenset(read)
        self._digests = digests
        self._facts = facts
        self.record: MakeRecord = partial(_record, digests, own_facts=bool(facts))
        self._places: dict[str, tuple[int, int, int, int]] = {}
        self._length = 0
        self._file: BufferedWriter | None = None
        self._refused = False

    def add(self, path: str, record: Record) -> None:
        """Keep the record of a note."""
        if not record.findings or self._refused:
            return
        try:
            if self._file is None:
                self._file = temporary_file(self._cache.path)
            self._places[path] = self._written(self._file, record)
        except DAMAGE:
            self.drop()

    def drop(self) -> None:
        """Keep nothing."""
        self._refused = True
        if self._file is not None:
            with suppress(*DAMAGE):
                self._file.close()
            with suppress(*DAMAGE):
                os.unlink(self._file.name)
            self._file = None

    def finish(self) -> None:
        """That was all: put the records in the place of the ones before, where enough is new."""
        cache = self._cache
        changed = len(self._read.union(self._places)) + cache.compared
        if not self._refused and (changed * FEWEST > len(cache.stats.paths) or (self._read and not cache.sections)):
            try:
                if self._file is None:
                    self._file = temporary_file(cache.path)
                with self._file:
                    self._write_sections(self._file)
                os.replace(self._file.name, cache.path)
                self._file = None
                trim(cache.path.parent, KEPT)
            except DAMAGE:
                pass
        self.drop()

    def _write_sections(self, file: BufferedWriter) -> None:
        """Write the records that are kept from before, and what says where each lies."""
        cache = self._cache
        names: list[str] = []
        stats: list[bytes] = []
        places = array("Q")
        for path, now in zip(cache.stats.paths, cache.stats.each(), strict=True):
            if path not in self._vault.notes or now == GONE or "\n" in path:  # names are kept in lines
                continue
            seal = NO_DIGEST
            if now[-16:] != NO_DIGEST:
                found = self._digests.get(path, b"") if path in self._read else cache.seal(path)
                if not found:
                    continue
                seal = found
            place = self._places.get(path)
            if place is None:
                place = _NOWHERE if path in self._read else self._copied(file, path)
            names.append(path)
            stats.append(now[:-16] + seal)
            places.extend(place)
        sections = {"paths": "\n".join(names).encode(), "stats": b"".join(stats), "places": places.tobytes()}
        for ask in self._facts:
            known = self._vault.facts(ask)
            column = [known[path] for path in names]
            sections["fact " + ask.name] = lines_of(column)
            if ask.name == other_names.name:
                sections["letters"] = KeptLetters.of(names, column).written()
            self._vault.forget_facts()
        table = {}
        at = self._length
        for name, data in sections.items():
            table[name] = (at, len(data), zlib.crc32(data))
            file.write(data)
            at += len(data)
        footer = json.dumps(table).encode()
        file.write(footer)
        file.write(FORMAT + b"".join(n.to_bytes(8, "little") for n in (at, len(footer), zlib.crc32(footer))))

    def _copied(self, file: BufferedWriter, path: str) -> tuple[int, int, int, int]:
        """The record that the cache has of a note, written again; none where it is damaged."""
        try:
            record = Record(self._cache.outline(path), self._cache.findings(path))
        except ValueError:
            return _NOWHERE
        return self._written(file, record)

    def _written(self, file: BufferedWriter, record: Record) -> tuple[int, int, int, int]:
        """Write a record; gives where it stands, how long its two parts are, and their checksums."""
        file.writelines(record)
        at, (first, second) = self._length, map(len, record)
        self._length += first + second
        return at, first, second, zlib.crc32(record.outline) | zlib.crc32(record.findings) << 32


def _record(digests: Mapping[str, bytes], note: Note, found: Sequence[Finding], *, own_facts: bool) -> Record:
    """What is to be kept of a note in which that was found; nothing where it has changed while the vault was read."""
    digest = digests.get(note.path)
    if digest and (note.source.invalid is not None or fingerprint(note.source.encode()) != digest):
        return Record()
    facts = {ask.name: ask(note) for ask in FACTS.values() if not ask.of_all and own_facts}
    return Record(outline(note, facts).encode(), packed(found).encode())
