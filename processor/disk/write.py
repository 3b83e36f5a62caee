"""Writing one file whole or not at all, and only over the bytes that were read.

A write makes a new file beside the old one, gives it the old one's rights, waits until it is on the disk, looks whether
the old one still holds what was read, and swaps the two names in one step (Linux, macOS). What comes out of the swap is
compared again: where it is not what was read, another program wrote meanwhile, and a second swap restores its text. On Linux
nobody can open the old file for writing from the look to the end; who tries waits, and then writes to the right file.

Where names cannot be swapped (Windows, some network drives) the file is replaced right after the look: what another
program writes between these two steps, a few microseconds apart (and as long as the system takes for the second), is lost.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from processor.base.spool import Content, content
from processor.disk.swap import Held, move, swap

IsThis = Callable[[bytes | None], bool]
"""Whether a file holds what is meant; None stands for no file."""


def holds(wanted: Content | None) -> IsThis:
    """Return the question whether a file holds these bytes; None stands for no file."""
    return lambda data: data is wanted if data is None or wanted is None else data == content(wanted)


CHANGED = "it has changed since it was read"
_GONE = "it is no longer there"
_BUSY = "another program is writing to it"


class Refused(Exception):  # noqa: N818  it is no error of the program's
    """A file is not written; the message says why, as a sentence about the file: `it has changed since it was read`."""


class Spare(NamedTuple):
    """The old file under another name, until it is certain that no program was still writing to it."""

    path: str
    target: str
    size: int
    changed: int  # nanoseconds


def standing(target: str) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        with open(target, "rb", buffering=0) as file:
            return file.readall()
    except FileNotFoundError:
        return None


def put(target: str, spare: str, new: bytes | None, is_old: IsThis) -> Spare | None:
    """Make the file hold `new` (None: be gone), if `is_old` says that it holds what it should until now.

    `spare` is a free name in the same folder. Whatever happens, the file holds either its old bytes, the new ones or
    what another program wrote. Raise Refused, and OSError where the system refuses; nothing is left behind then.
    A Spare that is returned must be settled.
    """
    written = prepare(target, spare, new, is_old)
    if written is not None:
        make_durable(spare, written)
    return exchange(target, spare, new, is_old)


def prepare(target: str, spare: str, new: bytes | None, is_old: IsThis) -> int | None:
    """Return the first step of `put`: look whether the file may be written, and write the new one beside it. Return its handle, for
    `make_durable`, which takes long; None where the file is to be gone."""
    status = _status(target)
    if not is_old(standing(target) if status else None):
        raise Refused(CHANGED if status else _GONE)
    return None if new is None else _written(spare, new, target, status)


def exchange(target: str, spare: str, new: Content | None, is_old: IsThis) -> Spare | None:
    """Return the last step of `put`, a quick one: bring the new file in, and look at what came out."""
    ours = new is not None  # whether the spare name is that of our file
    try:
        if is_old(None):
            if new is not None:
                move(spare, target)
                ours = False
            return None
        with Held(target) as old:
            if old.data is None:
                raise Refused(_BUSY)
            if not is_old(old.data):
                raise Refused(CHANGED)
            if new is None:
                move(target, spare)
            elif not swap(spare, target):
                os.replace(spare, target)
                return None
            ours = False
            if old.is_wanted() or not is_old(standing(spare)):
                give_back(spare, target, new)
                raise Refused(_BUSY)
            now = os.stat(spare)
            return Spare(spare, target, now.st_size, now.st_mtime_ns)
    except FileNotFoundError:
        raise Refused(_GONE) from None
    except FileExistsError:
        raise Refused("there is a file of that name already") from None
    finally:
        if ours:
            with suppress(FileNotFoundError):
                os.unlink(spare)


def settle(spare: Spare, new: Content | None) -> bool:
    """Remove the old file. Return False where another program wrote to it after all: then it has its name again."""
    try:
        now = os.stat(spare.path)
    except FileNotFoundError:
        return True
    if (now.st_size, now.st_mtime_ns) == (spare.size, spare.changed):
        os.unlink(spare.path)
        return True
    give_back(spare.path, spare.target, new)
    return False


def give_back(spare: str, target: str, ours: Content | None) -> None:
    """Give its name back to a file that another program wrote: `spare` holds it, `target` what we put there.

    If the other program has meanwhile written to `target` too, that is the later text and stays. The first one, which it may
    not have seen, is saved beside it under a name that says so.
    """
    written = None if ours is None else content(ours)
    kept, expected = standing(spare), written
    while expected is not None:
        try:
            swap(spare, target)
        except FileNotFoundError:
            break
        with Held(spare) as came:
            data = came.data
        if data is not None and data == written:
            os.unlink(spare)
            return
        if data == expected:
            keep_beside(spare, target)
            return
        kept, expected = data, kept
    try:
        move(spare, target)
    except FileExistsError:
        keep_beside(spare, target)


def keep_beside(spare: str, target: str) -> None:
    """Give a file that another program wrote a name beside the one that it cannot have."""
    stem, ending = os.path.splitext(target)
    number = 1
    while True:
        try:
            return move(spare, f"{stem} (conflict {number}){ending}")
        except FileExistsError:
            number += 1


def _status(target: str) -> os.stat_result | None:
    """Return the file's status, None where there is none. Raise Refused where it may not be written."""
    folder = os.path.dirname(target)
    if is_read_only(folder, os.stat(folder)):
        raise Refused("its folder is read-only")
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise Refused("it is no ordinary file")
    if is_read_only(target, status):
        raise Refused("it is read-only")
    return status


def is_read_only(path: str, status: os.stat_result) -> bool:
    # the mode is asked as well, because an administrator's rights pass over it and the owner's wish stays
    return not status.st_mode & 0o222 or not os.access(path, os.W_OK)


def write_new(path: str, data: bytes) -> None:
    """Make a file, durable on return. Leaves none behind when it fails."""
    make_durable(path, _written(path, data, "", None))


def _written(path: str, data: bytes, like: str, status: os.stat_result | None) -> int:
    """Make a file with the rights of the file `like`, whose status is given, else with the usual; return its handle.

    Leaves none behind when it fails.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags, 0o666 if status is None else 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if status is not None:
            _keep_rights(handle, like, status)
    except BaseException:
        os.close(handle)
        os.unlink(path)
        raise
    return handle


def make_durable(path: str, handle: int) -> None:
    """Wait until a file that was written is on the disk, and close it. Leaves none behind when that fails."""
    try:
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        os.unlink(path)
        raise


def _keep_rights(handle: int, like: str, status: os.stat_result) -> None:
    """Owner as far as we may, mode, and what else the system keeps with a file (tags, access lists)."""
    if sys.platform == "win32":
        return
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(handle, status.st_uid, status.st_gid)
        except OSError:
            with suppress(OSError):
                os.fchown(handle, -1, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(like):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(like, name))
    elif sys.platform == "darwin":
        _copy_metadata(handle, like)


def _copy_metadata(handle: int, like: str) -> None:
    import ctypes

    access_list, extended = 1, 4  # COPYFILE_ACL, COPYFILE_XATTR
    with suppress(OSError, AttributeError), open(like, "rb") as source:
        ctypes.CDLL(None).fcopyfile(source.fileno(), handle, None, access_list | extended)


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
