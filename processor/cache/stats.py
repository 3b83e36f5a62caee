"""Whether files are as they were: their stats, and a digest of their bytes where a stat says too little."""

from __future__ import annotations

import os
import stat
import time
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

SETTLED = 2_000_000_000
"""Nanoseconds. A file that changed so short a time before it was looked at may change again without a sign: clocks of file
systems tick, some only every two seconds. Such a file counts as unchanged only if its bytes are the same."""
STAT_SIZE = 48  # bytes of a note's stat: four numbers and a digest
_MASK = (1 << 63) - 1


class Stats:
    """The stats of a vault's notes at one moment, `STAT_SIZE` bytes each.

    Size, times and inode, and the place of a digest: zeros where the stat is settled. Only zeros: the file is gone.
    """

    def __init__(self, root: Path | str, paths: Sequence[str], data: bytes | None = None) -> None:
        """`data` are stats from before, which stand for bytes that may be elsewhere than in the files now."""
        self.root = root
        self.paths = paths
        self.from_before = data is not None
        if data is not None:
            self.data = data
            return
        now = time.time_ns()
        found = array("q")
        get, mask, posix = os.stat, _MASK, os.name == "posix"
        prefix = f"{root}/"
        for path in paths:
            try:
                s = get(prefix + path)
            except (OSError, ValueError):
                found.extend((0, 0, 0, 0, 0, 0))
                continue
            # where there is one, the time of the inode's change cannot be set by anybody
            changed = s.st_ctime_ns if posix else s.st_mtime_ns
            recent = 0 if changed + SETTLED < now else -1
            inode = (s.st_ino ^ s.st_dev << 40) & mask
            found.extend((s.st_size, s.st_mtime_ns & mask, s.st_ctime_ns & mask, inode, recent, recent))
        self.data = found.tobytes()

    def each(self) -> Iterator[bytes]:
        return _each(self.data)

    def unsettled(self) -> list[str]:
        """The notes whose stats do not say for good that their bytes are the same."""
        if _RECENT not in self.data and GONE not in self.data:
            return []
        return [path for path, mine in zip(self.paths, self.each(), strict=True) if not is_settled(mine)]

    def plain(self) -> bytes:
        """The stats without the word on whether they are settled."""
        if _RECENT not in self.data:
            return self.data
        return b"".join([mine[:-16] + NO_DIGEST for mine in self.each()])


_RECENT = b"\xff" * 16
NO_DIGEST = bytes(16)
GONE = bytes(STAT_SIZE)


def is_settled(stat_: bytes) -> bool:
    """Whether a file's stat alone says, for good, that its bytes are the same."""
    return stat_[-16:] == NO_DIGEST and stat_ != GONE


def fingerprint(data: bytes) -> bytes:
    """What tells a file's bytes from others where its stat cannot be trusted."""
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
