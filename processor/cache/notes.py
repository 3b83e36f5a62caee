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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from processor.cache import DAMAGE, FORMAT, digest, folder, replace_file, trim
from processor.cache.stats import GONE, NO_DIGEST, STAT_SIZE, Stats, is_same

FEWEST = 100  # a file is written anew when one note in so many has changed: until then reading those again is less work
_KEPT = 4  # files of one vault: configurations that are used in turn
_STRETCH = 64 * STAT_SIZE
_WORDS = 4  # numbers that say where a note's record is
_PREAD = hasattr(os, "pread")


class Record(NamedTuple):
    """What is kept of a note: its outline, the findings of the rules that see one note only (packed), and its facts.

    `digest` is the `fingerprint` of its bytes, empty where its stat is settled.
    """

    outline: bytes
    findings: bytes
    facts: Mapping[str, Any]
    digest: bytes = b""


class NoteCache:
    """The records of one vault, judged in one way. Those of notes that have changed are not found in it."""

    def __init__(self, root: Path, judged: str) -> None:
        """`judged` says all that a record depends on besides its note: rules, options, settings."""
        self.root = root
        name = digest(os.fsencode(os.path.realpath(root)))
        self._folder = folder() / "vaults" / name
        self._path = self._folder / digest(judged.encode())
        self._file: IO[bytes] | None = None
        self._sections: dict[str, tuple[int, int, int]] = {}
        self._places = array("Q")
        self._at: dict[str, int] = {}  # where a note that is as it was stands in the file
        self._kept: Sequence[str] = ()  # all notes in the file, in its order
        self.stats = Stats(root, ())
        self._columns: dict[str, dict[str, Any]] = {}  # facts: name → path → what it is
        self._seals: dict[str, bytes] = {}  # of the notes whose stats are not settled: the digest of their bytes
        self._unsettled = 0  # of these the ones whose bytes had to be compared
        with suppress(*DAMAGE):
            self._open()

    def _open(self) -> None:
        self._file = open(self._path, "rb", buffering=0)  # noqa: SIM115  it stays open
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
        self._sections = {str(k): (int(a), int(b), int(c)) for k, (a, b, c) in sections.items()}

    def _piece(self, at: int, length: int) -> bytes:
        assert self._file is not None
        if at < 0 or length < 0:
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
        return self._checked(*self._sections[name])

    def look(self, stats: Stats) -> Collection[str]:
        """The notes of a listing whose records are here and up to date, by their stats from before any was read."""
        self.stats, paths = stats, stats.paths
        self._at, self._kept, self._columns, self._unsettled = {}, (), {}, 0
        with suppress(*DAMAGE):
            self._at = self._fresh(paths)
        return self._at.keys()

    def _fresh(self, paths: Sequence[str]) -> dict[str, int]:
        if "paths" not in self._sections:
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
        self._places, self._kept = places, kept
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
                    self._unsettled += old[-16:] != mine[-16:]
                    self._seals[path] = old[-16:]
                else:
                    del at[path]
        return at

    def outline(self, path: str) -> bytes:
        """The outline of a note that `look` has found. Raises ValueError where it is damaged."""
        try:
            at, length, _, crcs = self._place(path)
            return self._checked(at, length, crcs & 0xFFFFFFFF)
        except DAMAGE:
            raise ValueError(path) from None

    def findings(self, path: str) -> bytes:
        """The packed findings of a note that `look` has found. Raises ValueError where they are damaged."""
        try:
            at, before, length, crcs = self._place(path)
            return self._checked(at + before, length, crcs >> 32)
        except DAMAGE:
            raise ValueError(path) from None

    def _place(self, path: str) -> array[int]:
        i = self._at[path] * _WORDS
        return self._places[i : i + _WORDS]

    def fact(self, name: str, path: str) -> object:
        """A fact of a note that `look` has found. Raises KeyError where it is not kept, or damaged."""
        if path not in self._at:
            raise KeyError(path)
        return self._column(name)[path]

    def column(self, name: str, new: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
        """A fact of the notes that are `known`, by path, where it is kept and not damaged, and what is `new` of others.

        `known` are some or all of those that `look` has found. What is new stands where what it replaces stood.
        """
        found = self._column(name)
        if new:
            found = {**found, **new}
        if len(found) > len(known) + len(new):
            found = {path: fact for path, fact in found.items() if path in known or path in new}
        return found

    def _column(self, name: str) -> Mapping[str, Any]:
        """A fact as it is kept of all notes, whether they have changed or not."""
        found = self._columns.get(name)
        if found is None:
            found = {}
            with suppress(*DAMAGE):
                found = dict(zip(self._kept, json.loads(self._section("fact " + name)), strict=True))
            self._columns[name] = found
        return found

    def unsettled(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some notes, all in the listing, of which a record needs a digest."""
        return frozenset(self.stats.unsettled()).intersection(paths)

    def is_worth_saving(self, changed: int, notes: int) -> bool:
        """Whether so many notes, of all that there are, are reason enough to write the file anew."""
        return (changed + self._unsettled) * FEWEST > notes or (changed > 0 and not self._sections)

    def save(self, new: Callable[[str], Record | None], facts: Collection[str] | None) -> None:
        """Write the file anew, in the listing's order: the `new` record of a note, else the one that `look` has found.

        `facts` are the names of those that all new records have, None where there are none.
        """
        with suppress(*DAMAGE):
            replace_file(self._path, self._content(new, facts))
            trim(self._folder, _KEPT)

    def _content(self, new: Callable[[str], Record | None], facts_: Collection[str] | None) -> Iterator[bytes]:
        """The file, piece by piece."""
        names: list[str] = []
        stats: list[bytes] = []
        places = array("Q")
        kept_before = [name[5:] for name in self._sections if name.startswith("fact ")]
        known = [name for name in facts_ if not self._at or name in kept_before] if facts_ is not None else kept_before
        columns: dict[str, list[Any]] = {name: [] for name in known}
        at = 0
        for path, now in zip(self.stats.paths, self.stats.each(), strict=True):
            kept = new(path) or self._again(path, now, known)
            if kept is None or now == GONE or "\n" in path:  # the names are kept in lines
                continue
            outline, findings, facts, seal = kept
            if now[-16:] != NO_DIGEST and not seal:
                continue
            names.append(path)
            stats.append(now[:-16] + (seal or NO_DIGEST))
            places.extend((at, len(outline), len(findings), zlib.crc32(outline) | zlib.crc32(findings) << 32))
            yield outline
            yield findings
            at += len(outline) + len(findings)
            for name, column in columns.items():
                column.append(facts[name])
        sections = {"paths": "\n".join(names).encode(), "stats": b"".join(stats), "places": places.tobytes()}
        for name, column in columns.items():
            sections["fact " + name] = json.dumps(column, separators=(",", ":")).encode()
        table = {}
        for name, data in sections.items():
            table[name] = (at, len(data), zlib.crc32(data))
            yield data
            at += len(data)
        footer = json.dumps(table).encode()
        yield footer
        yield FORMAT + b"".join(n.to_bytes(8, "little") for n in (at, len(footer), zlib.crc32(footer)))

    def _again(self, path: str, now: bytes, names: Iterable[str]) -> Record | None:
        """The record that `look` has found, if any; a damaged one is left out."""
        if path not in self._at:
            return None
        try:
            seal = b"" if now[-16:] == NO_DIGEST else self._seals.get(path, b"")
            facts = {name: self.fact(name, path) for name in names}
            return Record(self.outline(path), self.findings(path), facts, seal)
        except (ValueError, KeyError):
            return None
