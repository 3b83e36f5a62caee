"""The files of captions beside a vault, as they were at one moment, taken before any of them was read.

Loaded for a remembered answer, which rests on them, so this module imports little.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from processor.captions.files import caption_files
from processor.load.cache import digest
from processor.load.cache.stats import GONE, Stats, fingerprint, is_same


class CaptionLook:
    """The files in some folders that may hold captions, and the table of durations, with their stats."""

    def __init__(self, folders: Sequence[str], durations: str | None) -> None:
        self.folders = tuple(folders)
        self.durations = durations
        self.refused: list[OSError] = []  # folders that cannot be listed; what is not there the settings have told
        self.files = caption_files(folders, self._refuse)
        self.stats = Stats("", (*self.files, *([durations] if durations else ())))
        young = self.stats.unsettled()
        self._young = {path: _fingerprint(path) for path in young}

    def _refuse(self, error: OSError) -> None:
        if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
            self.refused.append(error)

    def __bool__(self) -> bool:
        return bool(self.stats.paths)

    @property
    def each(self) -> Mapping[str, bytes]:
        """The stat of each file, with a digest of its bytes where the stat says too little."""
        pairs = zip(self.stats.paths, self.stats.each(), strict=True)
        return {path: stat[:-16] + self._young[path] if path in self._young else stat for path, stat in pairs}

    def seen(self) -> dict[str, Any]:
        """Return what an answer depends on of them, as plain data: see `is_as_seen`."""
        names = "\n".join(self.stats.paths).encode(errors="surrogatepass")
        return {
            "folders": self.folders,
            "durations": self.durations,
            "mark": digest(names + b"\0" + self.stats.plain()),
            "young": {path: found.hex() for path, found in self._young.items()},
        }


def is_as_seen(seen: Mapping[str, Any]) -> bool:
    """Return whether the files are those that were `seen`."""
    now = CaptionLook(seen["folders"], seen["durations"])
    return bool(now.seen()["mark"] == seen["mark"]) and all(
        _fingerprint(path).hex() == was for path, was in seen["young"].items()
    )


def changed(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> set[str]:
    """Return the paths that are in only one of two looks, or of which the files are no longer the same."""
    found = before.keys() ^ now.keys()
    both = ((path, stat, now[path]) for path, stat in before.items() if path in now)
    return {*found, *(path for path, was, is_ in both if not is_same(was, is_, "", path))}


def _fingerprint(path: str) -> bytes:
    """Return what tells the bytes of a file; of one that is gone, what tells it from every other."""
    with suppress(OSError), open(os.fspath(path), "rb") as file:
        return fingerprint(file.read())
    return GONE[-16:]
