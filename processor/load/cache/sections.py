"""A file of named sections, each with a checksum, and a footer that says where they lie."""

from __future__ import annotations

import json
import os
import stat
import sys
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from processor.load.cache import DAMAGE, FORMAT, temporary_file, trim

_PREAD = hasattr(os, "pread")
_PIECE = 1 << 20
_TAIL = 32  # bytes: the format, and where the footer lies


class Sections:
    """The sections of a file, read when they are wanted; none where there is no such file, or it is damaged.

    It stays open, so that what is read is of one file, whatever takes its place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._table: Mapping[str, Sequence[int]] = {}
        self._file: FileIO | None = None
        with suppress(*DAMAGE):
            file = self._file = FileIO(path)
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return
            size = file.seek(0, os.SEEK_END)
            tail = self._piece(size - _TAIL, _TAIL)
            at, length, crc = (int.from_bytes(tail[i : i + 8], "little") for i in (8, 16, 24))
            footer = self._piece(at, length)
            if tail[:8] == FORMAT and at + length + _TAIL == size and zlib.crc32(footer) == crc:
                self._table = json.loads(footer)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process opens the file itself; is it another one by now, there it holds nothing."""
        return _reopened, (self.path, self._table)

    def close(self) -> None:
        """Close the file: from now on there is nothing in it."""
        self._table = {}
        if self._file is not None:
            self._file.close()
            self._file = None

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def read(self, name: str) -> bytes:
        """Return a section. Raise one of `DAMAGE` where there is none, or where it is not what was written."""
        at, length, crc = self._table[name]
        data = self._piece(at, length)
        if zlib.crc32(data) != crc:
            raise ValueError(name)
        return data

    def check(self, name: str) -> None:
        """Look whether a section is what was written, without holding it. Raise one of `DAMAGE` where it is not."""
        at, length, crc = self._table[name]
        found = 0
        for done in range(0, length, _PIECE):
            found = zlib.crc32(self._piece(at + done, min(_PIECE, length - done)), found)
        if found != crc:
            raise ValueError(name)

    def part(self, name: str, at: int, length: int) -> bytes:
        """Return a part of a section, of which it is known that it is what was written. Raise one of `DAMAGE`."""
        return self._piece(self._table[name][0] + at, length)

    def _piece(self, at: int, length: int) -> bytes:
        if self._file is None or at < 0 or length < 0:
            raise ValueError(at)
        if _PREAD:  # several processes may read at once, and share the place in the file
            data = os.pread(self._file.fileno(), length, at)
        else:
            self._file.seek(at)
            data = self._file.read(length) or b""
        if len(data) != length:
            raise EOFError
        return data


def _reopened(path: Path, table: Mapping[str, Sequence[int]]) -> Sections:
    """Return the file that has this table; if there is another one by now, nothing."""
    sections = Sections(path)
    if sections._table != table:  # noqa: SLF001  a sister
        sections.close()
    return sections


class SectionWriter:
    """Writes a file of sections that takes the place of another when it is complete. Raises OSError."""

    def __init__(self, path: Path, replaced: Sections | None = None) -> None:
        """`replaced` is the file in whose place it comes, as this process has it open."""
        self._path = path
        self._replaced = replaced
        self._file = temporary_file(path)
        self._table: dict[str, tuple[int, int, int]] = {}
        self._at = self._begun = self._crc = 0

    @property
    def length(self) -> int:
        """How many bytes the section has so far."""
        return self._at - self._begun

    def add(self, data: bytes) -> None:
        """Write a part of a section: see `end`."""
        self._file.write(data)
        self._crc = zlib.crc32(data, self._crc)
        self._at += len(data)

    def end(self, name: str, data: bytes = b"") -> None:
        """End the section of this name with some data."""
        self.add(data)
        self._table[name] = (self._begun, self._at - self._begun, self._crc)
        self._begun, self._crc = self._at, 0

    def complete(self, most: int, largest: int = sys.maxsize) -> None:
        """Put the file in its place, beside others: `most` files with so many bytes at most."""
        footer = json.dumps(self._table).encode()
        ends = (self._at, len(footer), zlib.crc32(footer))
        self._file.writelines((footer, FORMAT, *(n.to_bytes(8, "little") for n in ends)))
        self._file.close()
        try:
            os.replace(self._file.name, self._path)
        except PermissionError:  # Windows replaces no file that is open
            if self._replaced is None:
                raise
            self._replaced.close()
            os.replace(self._file.name, self._path)
        trim(self._path.parent, most, largest)

    def drop(self) -> None:
        """Leave nothing behind of a file that is not complete."""
        with suppress(*DAMAGE):
            self._file.close()
        with suppress(*DAMAGE):
            os.unlink(self._file.name)
