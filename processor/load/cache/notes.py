"""What was read of a vault before: an unchanged note is not read again.

A vault has one file in the cache for each configuration: the notes with their stats, a column a fact, and, once all notes
were judged, a line a note that says what was found and what that rests on.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from processor.load.cache import DAMAGE, digest, folder
from processor.load.cache.columns import Column
from processor.load.cache.sections import Sections
from processor.load.cache.stats import NO_DIGEST, STAT_SIZE, Stats, fingerprint, is_same
from processor.vault.naming.kept import KeptLetters
from processor.vault.trace import SEPARATOR

FEWEST = 100  # a file is written anew when one note in so many has changed: until then reading those again is less work
KEPT = 4  # files of one vault: configurations that are used in turn
NOT_JUDGED = f"{SEPARATOR}!{SEPARATOR}".encode()
UNKNOWN = b"null"
"""The lines of a note that was not judged: what its rules have read, and its verdict."""
_STRETCH = 64 * STAT_SIZE


class NoteCache:
    """What is kept of one vault, judged in one way."""

    def __init__(self, root: Path, judged: str) -> None:
        """`judged` says all that is kept depends on besides the notes: rules, options, settings."""
        self.root = root
        name = digest(os.fsencode(os.path.realpath(root)))
        self.path = folder() / "vaults" / name / digest(judged.encode())
        self.sections = Sections(self.path)
        self.at: dict[str, int] = {}
        """The row of each note that is as it was."""
        self.kept: Sequence[str] = ()
        """All notes in the file, in its order, changed or not."""
        self.stats = Stats(root, ())
        self._columns: dict[str, Column | None] = {}  # facts, as they are kept of all notes, changed or not
        self._rows: dict[str, int] = {}
        self._seals: dict[str, bytes] = {}  # of the notes whose stats are not settled: the digest of their bytes
        self.compared = 0  # of these the ones whose bytes had to be compared

    def look(self, stats: Stats) -> Collection[str]:
        """Return the notes of a listing of which all is kept and up to date, by their stats from before any was read."""
        self.stats, paths = stats, stats.paths
        self.at, self.kept, self._columns, self.compared = {}, (), {}, 0
        with suppress(*DAMAGE):
            self.at = self._fresh(paths)
        return self.at

    def _fresh(self, paths: Sequence[str]) -> dict[str, int]:
        if "paths" not in self.sections:
            return {}
        kept: Sequence[str] = self.sections.read("paths").decode().split("\n")
        stats = self.sections.read("stats")
        if len(stats) // STAT_SIZE != len(kept):
            return {}
        is_same_listing = list(paths) == kept
        if is_same_listing:
            kept = paths  # the same texts in the same places of memory are found faster
        self.kept = kept
        now, at = self.stats.data, dict(zip(kept, range(len(kept)), strict=True))
        self._rows = at.copy()
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
                if is_same(old, mine, self.root, path):
                    self.compared += old[-16:] != mine[-16:]
                    self._seals[path] = old[-16:]
                else:
                    del at[path]
        return at

    def look_again(self, held: Mapping[str, bytes], wanted: Iterable[str]) -> Collection[str]:
        """Of the notes that `look` has found those that hold what they did then: `held` are the bytes of those `wanted`, read
        since."""
        then = dict(zip(self.stats.paths, self.stats.each(), strict=True))
        paths = [path for path in wanted if path in self.at]
        for path, now in zip(paths, Stats(self.root, paths).each(), strict=True):
            seal = self._seals.get(path, NO_DIGEST)
            if path in held and seal != NO_DIGEST:
                is_as_then = fingerprint(held[path]) == seal
            else:
                is_as_then = path in held and now[:-16] == then[path][:-16]
            if not is_as_then:
                del self.at[path]
        return self.at

    def fact(self, name: str, path: str) -> object:
        """Return a fact of a note that `look` has found. Raises KeyError where it is not kept, or damaged."""
        return self._fact(name, self.at[path])

    def fact_before(self, name: str, path: str) -> object:
        """Return the same of any note in the file, as it was."""
        return self._fact(name, self._rows[path])

    def _fact(self, name: str, row: int) -> object:
        column = self._column(name)
        try:
            if column is not None:
                return column.value(row)
        except DAMAGE:
            self._columns[name] = None
        raise KeyError(name)

    def sharing(self, name: str, what: str) -> Sequence[str] | None:
        """Return the notes of which a fact was this text, whether they have changed or not; None where that is not known."""
        column = self._column(name)
        return None if column is None else [self.kept[row] for row in column.rows(what)]

    def column(self, name: str, new: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
        """Return a fact of the notes that are `known`, by path, where it is kept and not damaged, and what is `new` of others.

        `known` are some or all of those that `look` has found. What is new stands where what it replaces stood.
        """
        found = self.as_kept(name)
        found.update(new)
        for path in found.keys() - known - new.keys() if len(found) > len(known) + len(new) else ():
            del found[path]
        return found

    def as_kept(self, name: str) -> dict[str, Any]:
        """Return a fact of all notes in the file, as they were; empty where it is not kept, or damaged."""
        column = self._column(name)
        with suppress(*DAMAGE):
            return dict(zip(self.kept, column.values(), strict=True)) if column else {}
        return {}

    def cells(self, path: str) -> bytes | None:
        """Return what the rules of a note read, a line as of `Trace.line`; None where it has changed, or was not judged."""
        row = self.at.get(path)
        if row is None:
            return None
        line = self._reads[row] if row < len(self._reads) else NOT_JUDGED
        return None if line == NOT_JUDGED else line

    @cached_property
    def _reads(self) -> Sequence[bytes]:
        with suppress(*DAMAGE):
            if "reads" in self.sections:
                return self.sections.read("reads").split(b"\n")
        return ()

    def letters(self) -> KeptLetters | None:
        """Return the letters of the names of all notes in the file, changed or not."""
        with suppress(*DAMAGE):
            return KeptLetters.read(self.sections.read("letters"), len(self.kept))
        return None

    def _column(self, name: str) -> Column | None:
        if name not in self._columns:
            self._columns[name] = None
            with suppress(*DAMAGE):
                self._columns[name] = Column(self.sections.read("fact " + name), len(self.kept))
        return self._columns[name]

    def unsettled(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of some notes, all in the listing, of which a digest is needed."""
        return frozenset(self.stats.unsettled()).intersection(paths)

    def seal(self, path: str) -> bytes:
        """Return the digest with which a note that `look` has found is kept; zeros where its stat is settled."""
        return self._seals.get(path, b"")
