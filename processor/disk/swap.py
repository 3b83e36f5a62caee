"""What the system can do to names in one step: swap two files, move one where nothing stands, see who is writing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from types import TracebackType
from typing import Self

CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""Errors that say that this system or this file system has no such step."""

# the flags of renameat2 (Linux) and renamex_np (macOS)
_LINUX_KEEP, _LINUX_SWAP = 1, 2
_MAC_SWAP, _MAC_KEEP = 2, 4
_AT_FDCWD = -100


@cache
def _rename() -> tuple[Callable[[bytes, bytes, int], int], int, int] | None:
    """Return the system's rename with flags, and its flags for keeping what stands there and for swapping; None: it has none."""
    import ctypes

    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            call = libc.renameat2
            call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
            return (lambda a, b, flag: call(_AT_FDCWD, a, _AT_FDCWD, b, flag)), _LINUX_KEEP, _LINUX_SWAP
        if sys.platform == "darwin":
            call = libc.renamex_np
            call.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
            return call, _MAC_KEEP, _MAC_SWAP
    except (OSError, AttributeError, TypeError):
        pass
    return None


def _flagged(a: str, b: str, *, swapping: bool) -> bool:
    found = _rename()
    if found is None:
        return False
    call, keep, swap_flag = found
    if call(os.fsencode(a), os.fsencode(b), swap_flag if swapping else keep) == 0:
        return True
    from ctypes import get_errno

    number = get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), a, None, b)


def swap(a: str, b: str) -> bool:
    """Give each of two files the other's name, in one step. False: it cannot be done here. Raise OSError."""
    return _flagged(a, b, swapping=True)


def move(a: str, b: str) -> None:
    """Rename a file, never over another: raises FileExistsError where something has the name already."""
    if _flagged(a, b, swapping=False):
        return
    if sys.platform == "win32":
        os.rename(a, b)  # it never replaces there
        return
    try:
        os.link(a, b, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # a file system with neither: the moment between the look and the step is all that is left open
        if os.path.lexists(b):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), b) from None
        os.rename(a, b)
    else:
        os.unlink(a)


class Held:
    """A file that is held while names change: what it holds, and whether another program writes to it or wants to.

    On Linux nobody gets it open for writing meanwhile, but waits; elsewhere it is only read. `data` is None where another
    program has it open for writing, as far as the system tells; with `large` it is not read, and empty. Raise OSError.
    """

    def __init__(self, path: str, *, large: bool = False) -> None:
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        self.data: bytes | None = None
        try:
            self._leased = _lease(self._handle)
            if large:
                self.data = None if self._leased is False else b""
            elif self._leased is not False:
                with os.fdopen(self._handle, "rb", closefd=False) as file:
                    self.data = file.read()
        except BaseException:
            os.close(self._handle)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)  # which lets those who wait go on

    def is_wanted(self) -> bool:
        """Return whether another program waits to open it for writing."""
        if not self._leased:
            return False
        import fcntl

        return fcntl.fcntl(self._handle, fcntl.F_GETLEASE) != fcntl.F_RDLCK


def _lease(handle: int) -> bool | None:
    """Take a read lease, which the system grants only while no program has the file open for writing. Return whether it was
    granted; None where there are no leases."""
    if sys.platform != "linux":
        return None
    import fcntl
    import signal

    try:
        # the signal that tells of somebody who waits must be one that is ignored
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return False if error.errno == errno.EAGAIN else None
    return True
