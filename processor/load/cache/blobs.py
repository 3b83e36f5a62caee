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

from processor.load.cache import DAMAGE, digest, folder, replace_file, trim
from processor.load.cache.stats import STAT_SIZE, Stats, is_settled

_FORMAT = b"ytblobs1"
_HEAD = len(_FORMAT) + 4 * 4
_KEPT = 16  # vaults


def _file(root: Path | str) -> Path:
    return folder() / "blobs" / digest(os.fsencode(os.path.realpath(root)))


def remember(stats: Stats, blobs: Mapping[str, str], aside: Collection[str]) -> None:
    """Keep the stats of a vault's notes with their blobs, by path; of the notes whose files hold something else that there
    is nothing to know: with all paths the list is compared at once."""
    with suppress(*DAMAGE):
        known = [
            (path, blobs[path], mine) if path not in aside and is_settled(mine) else (path, "", bytes(STAT_SIZE))
            for path, mine in zip(stats.paths, stats.each(), strict=True)
            if "\n" not in path
        ]
        paths = "\n".join([path for path, _, _ in known]).encode()
        ids = "\n".join([blob for _, blob, _ in known]).encode()
        parts = (paths, ids, b"".join([mine for _, _, mine in known]))
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
        first, second = _HEAD + ends[0], _HEAD + ends[0] + ends[1]
        now = [blobs[path] for path in paths]
        if data[_HEAD:first] == "\n".join(paths).encode(errors="surrogatepass"):  # most commits only change notes
            return Stats(root, paths, _same_notes(data[first:second], data[second:], now))
        kept = zip(data[_HEAD:first].decode().split("\n"), data[first:second].decode().split("\n"), strict=True)
        places = {pair: second + i * STAT_SIZE for i, pair in enumerate(kept)}
        found = [places.get(pair) for pair in zip(paths, now, strict=True)]
        return Stats(
            root, paths, b"".join([bytes(STAT_SIZE) if at is None else data[at : at + STAT_SIZE] for at in found])
        )
    return None


def _same_notes(ids: bytes, stats: bytes, now: Sequence[str]) -> bytes:
    """The stats without those of the notes whose blobs are others now."""
    if ids == (new := "\n".join(now).encode()):
        return stats
    found = bytearray(stats)
    for i, (old, blob) in enumerate(zip(ids.split(b"\n"), new.split(b"\n"), strict=True)):
        if old != blob:
            found[i * STAT_SIZE : (i + 1) * STAT_SIZE] = bytes(STAT_SIZE)
    return bytes(found)
