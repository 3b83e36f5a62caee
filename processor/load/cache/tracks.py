"""The words of captions as they were read before: to look them up takes a twentieth of the time."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping
from contextlib import suppress

from processor.base.parallel import head_of, with_head
from processor.captions.cues import Track
from processor.load.cache import DAMAGE, digest, folder, program, replace_file, trim

_MOST = 4_000  # files of captions
_SIZE = array("d").itemsize


class Tracks:
    """What some files hold, found by their paths and `stats`: only of those whose stats say for good that they are the same."""

    def __init__(self, stats: Mapping[str, bytes]) -> None:
        self._stats = stats
        self._folder = folder() / "captions" / "words"
        self._program = program()

    def _name(self, path: str) -> str:
        return digest(f"{self._program}\0{path}\0{self._stats[path].hex()}".encode(errors="surrogatepass"))

    def get(self, path: str) -> Track | None:
        """Return what a file holds, if it is known."""
        if path in self._stats:
            with suppress(*DAMAGE):
                data = (self._folder / self._name(path)).read_bytes()
                (crc, count, length, kind, language, video_id, stated), at = head_of(data)
                if zlib.crc32(data[at:]) != crc:
                    return None
                seconds = array("d", data[at : at + count * _SIZE])
                words = tuple(data[at + count * _SIZE :].decode(errors="surrogatepass").split("\n"))
                if len(words) == count:
                    return Track(seconds, words, length, kind, language, video_id, stated)
        return None

    def put(self, path: str, track: Track) -> None:
        """Keep what a file holds."""
        if path in self._stats:
            seconds, words, *about = track
            data = seconds.tobytes() + "\n".join(words).encode(errors="surrogatepass")
            with suppress(*DAMAGE):
                replace_file(
                    self._folder / self._name(path), [with_head((zlib.crc32(data), len(words), *about), [data])]
                )

    def trim(self) -> None:
        """Let those go that were not written for longest."""
        with suppress(*DAMAGE):
            trim(self._folder, _MOST)
