"""Of which blob of git each note's file was a copy when its stat was last taken.

Where the index of git names the same blob, what the cache keeps under that stat is what the blob holds, whatever became
of the file: no file need be looked at. A vault has one such list in the cache, replaced as a whole; what is damaged counts
as absent.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from processor.cache import DAMAGE, Stats, digest, folder, is_settled, replace_file, trim

_FORMAT = b"ytblobs1"
_HEAD = len(_FORMAT) + 4 * 4
_KEPT = 16  # vaults


def _file(root: Path | str) -> Path:
    return folder() / "blobs" / digest(os.fsencode(os.path.realpath(root)))


def remember(stats: Stats, blobs: Mapping[str, str], aside: Collection[str]) -> None:
    """Keep the stats of a vault's notes with their blobs, by path, but for the notes whose files hold something else."""
    with suppress(*DAMAGE):
        notes = [
            (path, mine)
            for path, mine in zip(stats.paths, stats.each(), strict=True)
            if path not in aside and is_settled(mine) and "\n" not in path
        ]
        paths = "\n".join([path for path, _ in notes]).encode()
        ids = "\n".join([blobs[path] for path, _ in notes]).encode()
        parts = (paths, ids, b"".join([mine for _, mine in notes]))
        crc = zlib.crc32(b"".join(parts))
        replace_file(_file(stats.root), (_FORMAT, *[n.to_bytes(4, "little") for n in (crc, *map(len, parts))], *parts))
        trim(_file(stats.root).parent, _KEPT)


def remembered(root: Path, paths: Sequence[str], blobs: Mapping[str, str]) -> Stats | None:
    """The stats under which the cache knows what these blobs hold, all zeros for a note of which that is not known."""
    with suppress(*DAMAGE):
        data = _file(root).read_bytes()
        crc, *ends = (int.from_bytes(data[i : i + 4], "little") for i in range(len(_FORMAT), _HEAD, 4))
        if data[: len(_FORMAT)] != _FORMAT or len(data) != _HEAD + sum(ends) or zlib.crc32(data[_HEAD:]) != crc:
            return None
        then, ids, stats = _parts(data, ends)
        return Stats(root, paths, _chosen(then, ids, stats, paths, [blobs[path] for path in paths]))
    return None


def _parts(data: bytes, ends: Sequence[int]) -> tuple[list[str], list[str], bytes]:
    first, second = _HEAD + ends[0], _HEAD + ends[0] + ends[1]
    return data[_HEAD:first].decode().split("\n"), data[first:second].decode().split("\n"), data[second:]


def _chosen(then: Sequence[str], ids: Sequence[str], stats: bytes, paths: Sequence[str], now: Sequence[str]) -> bytes:
    """The stats of the paths whose blob is as it was, in their order."""
    size = len(stats) // len(then)
    if then == list(paths):  # most commits only change notes
        found = bytearray(stats)
        for i, (old, new) in enumerate(zip(ids, now, strict=True)):
            if old != new:
                found[i * size : (i + 1) * size] = bytes(size)
        return bytes(found)
    known = {pair: i for i, pair in enumerate(zip(then, ids, strict=True))}
    places = [known.get(pair) for pair in zip(paths, now, strict=True)]
    return b"".join([bytes(size) if i is None else stats[i * size : (i + 1) * size] for i in places])
