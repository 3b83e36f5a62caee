"""Writing one file that is no note: a report, a baseline, a configuration. Whole or not at all, and tried beforehand."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from processor.disk.write import Refused, exchange, holds, make_durable, settle, standing

_numbers = count()


class Destination:
    """A file that is to be written later. That it can be is tried when this is made: raises OSError, and leaves nothing.

    The new file waits under another name in the same folder, until `write` or `write_over` gives it its own. A device, a
    pipe, and a file in a folder that takes no other are written in place.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._target = os.path.realpath(path)
        self._folders: list[str] = []  # that were made for it
        self._spare = ""
        status = _status(self._target)
        if status is not None and not os.access(self._target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        if status is not None and stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if status is not None and not stat.S_ISREG(status.st_mode):
            return
        folder, name = os.path.split(self._target)
        try:
            self._make_folders(folder)
            spare = os.path.join(folder, f".{name[:100]}.{os.getpid()}-{next(_numbers)}.new")
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
            os.close(os.open(spare, flags, 0o666))
            self._spare = spare
            if status is not None:
                os.chmod(spare, stat.S_IMODE(status.st_mode))
        except PermissionError:
            if status is None or self._spare:
                self.drop()
                raise
        except BaseException:
            self.drop()
            raise

    def _make_folders(self, folder: str) -> None:
        missing = []
        above = folder
        while not os.path.lexists(above):
            missing.append(above)
            above = os.path.dirname(above)
        for place in reversed(missing):
            with suppress(FileExistsError):
                os.mkdir(place)
                self._folders.append(place)
        if not os.path.isdir(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder)

    def write(self, pieces: Iterable[str]) -> None:
        """Make the file hold this text, whatever it held. Raise OSError; then it is as it was."""
        with open(self._spare or self._target, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(pieces)
        if self._spare:
            os.replace(self._spare, self._target)
        self._spare, self._folders = "", []

    def write_over(self, old: bytes | None, text: str) -> None:
        """Make the file hold this text, if it still holds `old`, None: if there is none. Raise Refused and OSError."""
        if old is None and os.path.islink(self._path):  # to nowhere: what it leads to is not ours to make
            raise Refused("there is a symbolic link of that name")
        new = text.encode(errors="backslashreplace")
        if not self._spare:  # nothing can be compared and written in one step there
            if standing(self._target) != old:
                raise Refused("it has changed since it was read")
            self.write([text])
            return
        handle = os.open(self._spare, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(new)
        make_durable(self._spare, handle)
        spare, self._spare = self._spare, ""
        left = exchange(self._target, spare, new, holds(old))
        self._folders = []
        if left is not None and not settle(left, new):
            raise Refused("another program is writing to it")

    def drop(self) -> None:
        """Leave the file as it is, and take away what was made for it."""
        if self._spare:
            with suppress(OSError):
                os.unlink(self._spare)
        for folder in reversed(self._folders):
            with suppress(OSError):
                os.rmdir(folder)
        self._spare, self._folders = "", []


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
