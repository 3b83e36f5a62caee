"""Whether files are as they were: their stats, and a digest of their bytes where a stat says too little."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from struct import Struct

SETTLED = 2_000_000_000
"""Nanoseconds. A file that changed so short a time before it was looked at may change again without a sign: clocks of file
systems tick, some only every two seconds. Such a file counts as unchanged only if its bytes are the same."""
STAT_SIZE = 48  # bytes of a note's stat: four numbers and a digest
_NUMBERS = Struct("=6q")
_DIGEST_AT = STAT_SIZE - 16
_MASK = (1 << 63) - 1


class Stats:
    """The stats of a vault's notes at one moment, `STAT_SIZE` bytes each.

    Size, times and inode, and the place of a digest: zeros where the stat is settled. Only zeros: the file is gone.
    """

    def __init__(self, root: Path | str, paths: Sequence[str]) -> None:
        self.root = root
        self.paths = paths
        settled = time.time_ns() - SETTLED
        found = bytearray(STAT_SIZE * len(paths))
        get, put, mask, posix = os.stat, _NUMBERS.pack_into, _MASK, os.name == "posix"
        prefix = f"{root}/"
        for at, path in zip(range(0, len(found), STAT_SIZE), paths, strict=True):
            try:
                s = get(prefix + path)
            except (OSError, ValueError):
                continue
            modified, changed = s.st_mtime_ns, s.st_ctime_ns
            # where there is one, the time of the inode's change cannot be set by anybody
            recent = 0 if (changed if posix else modified) < settled else -1
            inode = (s.st_ino ^ s.st_dev << 40) & mask
            put(found, at, s.st_size, modified & mask, changed & mask, inode, recent, recent)
        self.data = bytes(found)

    def each(self) -> Iterator[bytes]:
        return _each(self.data)

    def unsettled(self) -> list[str]:
        """Return the notes whose stats do not say for good that their bytes are the same."""
        return [self.paths[i] for i in sorted((*self._having(_RECENT, _DIGEST_AT), *self._having(GONE, 0)))]

    def plain(self) -> bytes:
        """Return the stats without the word on whether they are settled."""
        plain = bytearray(self.data)
        for i in self._having(_RECENT, _DIGEST_AT):
            plain[i * STAT_SIZE + _DIGEST_AT : (i + 1) * STAT_SIZE] = NO_DIGEST
        return bytes(plain)

    def _having(self, mark: bytes, place: int) -> Iterator[int]:
        """Yield which stats have these bytes there; of many, few have, and each is not looked at by itself."""
        at = self.data.find(mark)
        while at >= 0:
            i, there = divmod(at, STAT_SIZE)
            if there == place:
                yield i
            at = self.data.find(mark, at + 1)


_RECENT = b"\xff" * 16
NO_DIGEST = bytes(16)
GONE = bytes(STAT_SIZE)


def is_settled(stat_: bytes) -> bool:
    """Return whether a file's stat alone says, for good, that its bytes are the same."""
    return stat_[-16:] == NO_DIGEST and stat_ != GONE


def fingerprint(data: bytes) -> bytes:
    """Return what tells a file's bytes from others where its stat cannot be trusted."""
    return blake2b(data, digest_size=16).digest()


def is_same(kept: bytes, now: bytes, root: Path | str, path: str) -> bool:
    if kept[:-16] != now[:-16] or now == GONE:
        return False
    if kept[-16:] == NO_DIGEST:
        return True
    try:
        with open(f"{root}/{path}", "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            return fingerprint(file.read()) == kept[-16:]
    except OSError:
        return False


def _each(stats: bytes) -> Iterator[bytes]:
    return (stats[i : i + STAT_SIZE] for i in range(0, len(stats), STAT_SIZE))
