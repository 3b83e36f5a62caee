"""Bytes laid aside in a temporary file, so that the memory need not hold them, and bytes that are read when they are wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple, Protocol

_PREAD = hasattr(os, "pread")


class Readable(Protocol):
    """Bytes that are read when they are wanted, the same each time."""

    def read(self) -> bytes: ...


Content = bytes | Readable
"""Bytes, or what gives them."""


def content(of: Content) -> bytes:
    return of if isinstance(of, bytes) else of.read()


class Later(NamedTuple):
    """Bytes that a function has under a name."""

    give: Callable[[str], bytes]
    name: str

    def read(self) -> bytes:
        return self.give(self.name)


class _Laid(NamedTuple):
    """Bytes in the file of a spool. Sent to another process they are sent themselves."""

    spool: Spool
    at: int
    length: int

    def read(self) -> bytes:
        return self.spool.read(self.at, self.length)

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.read(),)


class Spool:
    """A temporary file for bytes; processes that are forked read it too, and write nothing."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._end = 0

    def lay(self, data: bytes) -> Content:
        """Lay bytes aside; where the system refuses to take them, they are given back."""
        try:
            if self._file is None:
                import tempfile

                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  it is gone with the spool
            self._file.seek(self._end)
            if self._file.write(data) != len(data):
                return data
        except OSError:
            return data
        self._end += len(data)
        return _Laid(self, self._end - len(data), len(data))

    def read(self, at: int, length: int) -> bytes:
        """Return bytes that were laid aside. Raise OSError where the system has lost them."""
        assert self._file is not None
        if _PREAD:  # several processes may read at once, and share the place in the file
            found = os.pread(self._file.fileno(), length, at)
        else:
            self._file.seek(at)
            found = self._file.read(length)
        if len(found) != length:
            raise OSError(f"a temporary file holds {len(found)} bytes, not {length}")
        return found


class Spooled(Mapping[str, bytes]):
    """Bytes by name, most of them not in memory."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._laid: dict[str, Content] = {}

    def add(self, name: str, data: bytes) -> None:
        self._laid[name] = self._spool.lay(data)

    def __getitem__(self, name: str) -> bytes:
        return content(self._laid[name])

    def __contains__(self, name: object) -> bool:
        return name in self._laid

    def __iter__(self) -> Iterator[str]:
        return iter(self._laid)

    def __len__(self) -> int:
        return len(self._laid)
