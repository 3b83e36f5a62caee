"""What was read of a vault before: an unchanged note is not read again.

A vault has one file in the cache for each configuration: a record a note, then the sections (paths, stats, facts) and a
footer that says where each lies.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from processor.load.cache import DAMAGE, FORMAT, digest, folder
from processor.load.cache.columns import Column
from processor.load.cache.stats import STAT_SIZE, Stats, is_same
from processor.vault.naming.kept import KeptLetters

FEWEST = 100  # a file is written anew when one note in so many has changed: until then reading those again is less work
KEPT = 4  # files of one vault: configurations that are used in turn
_STRETCH = 64 * STAT_SIZE
_WORDS = 4  # numbers that say where a note's record is
_PREAD = hasattr(os, "pread")


class NoteCache:
    """The records of one vault, judged in one way. Those of notes that have changed are not found in it."""

    def __init__(self, root: Path, judged: str) -> None:
        """`judged` says all that a record depends on besides its note: rules, options, settings."""
        self.root = root
        name = digest(os.fsencode(os.path.realpath(root)))
        self.path = folder() / "vaults" / name / digest(judged.encode())
        self._file: IO[bytes] | None = None
        self.sections: dict[str, tuple[int, int, int]] = {}
        self._places = array("Q")
        self.at: dict[str, int] = {}  # where a note that is as it was stands in the file
        self.kept: Sequence[str] = ()
        """All notes in the file, in its order, changed or not."""
        self.stats = Stats(root, ())
        self._columns: dict[str, Column | None] = {}  # facts, as they are kept of all notes, changed or not
        self._seals: dict[str, bytes] = {}  # of the notes whose stats are not settled: the digest of their bytes
        self.compared = 0  # of these the ones whose bytes had to be compared
        with suppress(*DAMAGE):
            self._open()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_file": None}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """In another process, which opens the file itself. Is it another one by now, its records are none of these."""
        self.__dict__.update(state)
        with suppress(*DAMAGE):
            self._file = open(self.path, "rb", buffering=0)  # noqa: SIM115  it stays open

    def _open(self) -> None:
        self._file = open(self.path, "rb", buffering=0)  # noqa: SIM115  it stays open
        if not stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
            self._file = None
            return
        size = self._file.seek(0, os.SEEK_END)
        tail = self._piece(size - 32, 32)
        if tail[:8] != FORMAT:
            return
        at, length, crc = (int.from_bytes(tail[i : i + 8], "little") for i in (8, 16, 24))
        if at + length + 32 != size:
            return
        sections = json.loads(self._checked(at, length, crc))
        self.sections = {str(k): (int(a), int(b), int(c)) for k, (a, b, c) in sections.items()}

    def _piece(self, at: int, length: int) -> bytes:
        if self._file is None or at < 0 or length < 0:
            raise ValueError(at)
        if _PREAD:  # several processes may read at once, and share the place in the file
            data = os.pread(self._file.fileno(), length, at)
        else:
            self._file.seek(at)
            data = self._file.read(length)
        if data is None or len(data) != length:
            raise EOFError
        return data

    def _checked(self, at: int, length: int, crc: int) -> bytes:
        data = self._piece(at, length)
        if zlib.crc32(data) != crc:
            raise ValueError("damaged")
        return data

    def _section(self, name: str) -> bytes:
        return self._checked(*self.sections[name])

    def look(self, stats: Stats) -> Collection[str]:
        """The notes of a listing whose records are here and up to date, by their stats from before any was read."""
        self.stats, paths = stats, stats.paths
        self.at, self.kept, self._columns, self.compared = {}, (), {}, 0
        with suppress(*DAMAGE):
            self.at = self._fresh(paths)
        return self.at

    def _fresh(self, paths: Sequence[str]) -> dict[str, int]:
        if "paths" not in self.sections:
            return {}
        kept: Sequence[str] = self._section("paths").decode().split("\n")
        stats = self._section("stats")
        places = array("Q")
        places.frombytes(self._section("places"))
        if not len(stats) // STAT_SIZE == len(places) // _WORDS == len(kept):
            return {}
        is_same_listing = list(paths) == kept
        if is_same_listing:
            kept = paths  # the same texts in the same places of memory are found faster
        self._places, self.kept = places, kept
        now, at = self.stats.data, dict(zip(kept, range(len(kept)), strict=True))
        if is_same_listing:  # most are as they were: that is told of many at once
            doubtful = [i for i in range(0, len(now), _STRETCH) if stats[i : i + _STRETCH] != now[i : i + _STRETCH]]
            looked_at = [i for start in doubtful for i in range(start, min(start + _STRETCH, len(now)), STAT_SIZE)]
            pairs = [(kept[i // STAT_SIZE], now[i : i + STAT_SIZE]) for i in looked_at]
        else:
            pairs = list(zip(paths, self.stats.each(), strict=True))
            at = {path: at[path] for path in paths if path in at}
        for path, mine in pairs:
            if (i := at.get(path)) is not None:
                old = stats[i * STAT_SIZE : (i + 1) * STAT_SIZE]
                if old == mine if self.stats.from_before else is_same(old, mine, self.root, path):
                    self.compared += old[-16:] != mine[-16:]
                    self._seals[path] = old[-16:]
                else:
                    del at[path]
        return at

    def outline(self, path: str) -> bytes:
        """The outline of a note that `look` has found. Raises ValueError where it is not kept, or damaged."""
        try:
            at, length, _, crcs = self._place(path)
            return self._checked(at, _some(length), crcs & 0xFFFFFFFF)
        except DAMAGE:
            raise ValueError(path) from None

    def findings(self, path: str) -> bytes:
        """The packed findings of a note that `look` has found. Raises ValueError where they are not kept, or damaged."""
        try:
            at, before, length, crcs = self._place(path)
            return self._checked(at + before, _some(length), crcs >> 32)
        except DAMAGE:
            raise ValueError(path) from None

    def _place(self, path: str) -> array[int]:
        i = self.at[path] * _WORDS
        return self._places[i : i + _WORDS]

    def fact(self, name: str, path: str) -> object:
        """A fact of a note that `look` has found. Raises KeyError where it is not kept, or damaged."""
        row, column = self.at[path], self._column(name)
        try:
            if column is not None:
                return column.value(row)
        except DAMAGE:
            self._columns[name] = None
        raise KeyError(name)

    def sharing(self, name: str, what: str) -> Sequence[str] | None:
        """The notes of which a fact was this text, whether they have changed or not; None where that is not known."""
        column = self._column(name)
        return None if column is None else [self.kept[row] for row in column.rows(what)]

    def column(self, name: str, new: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
        """A fact of the notes that are `known`, by path, where it is kept and not damaged, and what is `new` of others.

        `known` are some or all of those that `look` has found. What is new stands where what it replaces stood.
        """
        column, found = self._column(name), dict[str, Any]()
        with suppress(*DAMAGE):
            found = dict(zip(self.kept, column.values(), strict=True)) if column else found
        found.update(new)
        if len(found) > len(known) + len(new):
            found = {path: fact for path, fact in found.items() if path in known or path in new}
        return found

    def letters(self) -> KeptLetters | None:
        """The letters of the names of all notes in the file, changed or not."""
        with suppress(*DAMAGE):
            return KeptLetters.read(self._section("letters"), len(self.kept))
        return None

    def _column(self, name: str) -> Column | None:
        if name not in self._columns:
            self._columns[name] = None
            with suppress(*DAMAGE):
                self._columns[name] = Column(self._section("fact " + name), len(self.kept))
        return self._columns[name]

    def unsettled(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some notes, all in the listing, of which a record needs a digest."""
        return frozenset(self.stats.unsettled()).intersection(paths)

    def seal(self, path: str) -> bytes:
        """The digest with which a note that `look` has found is kept; zeros where its stat is settled."""
        return self._seals.get(path, b"")


def _some(length: int) -> int:
    """How long a part of a record is. Raises ValueError where there is none: of a note that was not judged nothing is known,
    which is not to say that there is nothing in it."""
    if length == 0:
        raise ValueError(length)
    return length
