"""Writing one file whole or not at all, and only over the bytes that were read.

A write makes a new file beside the old one, gives it the old one's rights, waits until it is on the disk, and swaps the
two names in one step (Linux, macOS). What comes out of the swap is looked at: is it not what was read, another program
wrote meanwhile, and a second swap gives its text back. Where names cannot be swapped (Windows, some network drives)
the file is read once more just before it is replaced; a write that falls between these two steps, a tenth of a
millisecond or less, would be lost there.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from processor.swap import move, read_alone, swap

IsThis = Callable[[bytes | None], bool]
"""Whether a file holds what is meant; None stands for no file."""


class Refused(Exception):  # noqa: N818  it is no error of the program's
    """A file is not written; the message says why, as a sentence about the file: `it has changed since it was read`."""


class Spare(NamedTuple):
    """The old file, kept under another name until it is sure that nobody was still writing to it."""

    path: str
    target: str
    size: int
    changed: int  # nanoseconds


def standing(target: str) -> bytes | None:
    """What a file holds, None where there is none."""
    try:
        with open(target, "rb", buffering=0) as file:
            return file.readall()
    except FileNotFoundError:
        return None


def put(target: str, spare: str, new: bytes | None, is_old: IsThis) -> Spare | None:
    """Make the file hold `new` (None: be gone), if `is_old` says that it holds what it should until now.

    `spare` is a free name in the same folder. Whatever happens, the file holds either its old bytes, the new ones or
    what another program wrote. Raises Refused, and OSError where the system refuses; nothing is left behind then.
    A Spare that is returned must be settled.
    """
    status = _status(target)
    if not is_old(standing(target) if status else None):
        raise Refused("it has changed since it was read" if status else "it is no longer there")
    if status is None:
        if new is not None:
            _create(target, spare, new)
        return None
    if new is None:
        return _remove(target, spare, is_old)
    write_new(spare, new, target, status)
    if not _exchange(spare, target, is_old):
        return None
    try:
        came = read_alone(spare)
    except OSError:
        came = None
    if not is_old(came):
        give_back(spare, target, new)
        raise Refused("another program is writing to it")
    return _spare(spare, target)


def _exchange(spare: str, target: str, is_old: IsThis) -> bool:
    """Put the new file in its place; True: the old one has the spare name now. Removes `spare` when it fails."""
    try:
        if swap(spare, target):
            return True
        unchanged = is_old(standing(target))
        if unchanged:
            os.replace(spare, target)
    except FileNotFoundError:
        os.unlink(spare)
        raise Refused("it is no longer there") from None
    except BaseException:
        os.unlink(spare)
        raise
    if not unchanged:
        os.unlink(spare)
        raise Refused("it has changed since it was read")
    return False


def settle(spare: Spare, new: bytes | None) -> bool:
    """Remove the old file. False: somebody wrote to it after all, and it has its name again."""
    try:
        now = os.stat(spare.path)
    except FileNotFoundError:
        return True
    if (now.st_size, now.st_mtime_ns) == (spare.size, spare.changed):
        os.unlink(spare.path)
        return True
    give_back(spare.path, spare.target, new)
    return False


def give_back(spare: str, target: str, ours: bytes | None) -> None:
    """Give its name back to a file that another program wrote: `spare` holds it, `target` what we put there.

    Has the other program written to `target` as well meanwhile, then its last text stays.
    """
    kept, expected = standing(spare), ours
    while expected is not None:
        try:
            swap(spare, target)
        except FileNotFoundError:
            break
        came = standing(spare)
        if came == expected:
            os.unlink(spare)
            return
        kept, expected = came, kept
    try:
        move(spare, target)
    except FileExistsError:  # a later text has taken the name
        os.unlink(spare)


def _status(target: str) -> os.stat_result | None:
    """The file's status, None where there is none. Raises Refused where it may not be written."""
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


def _spare(spare: str, target: str) -> Spare:
    status = os.stat(spare)
    return Spare(spare, target, status.st_size, status.st_mtime_ns)


def _create(target: str, spare: str, new: bytes) -> None:
    write_new(spare, new)
    try:
        move(spare, target)
    except FileExistsError:
        os.unlink(spare)
        raise Refused("there is a file of that name already") from None
    except BaseException:
        os.unlink(spare)
        raise


def _remove(target: str, spare: str, is_old: IsThis) -> Spare:
    try:
        move(target, spare)
    except FileNotFoundError:
        raise Refused("it is no longer there") from None
    if not is_old(read_alone(spare)):
        give_back(spare, target, None)
        raise Refused("another program is writing to it")
    return _spare(spare, target)


def write_new(path: str, data: bytes, like: str | None = None, status: os.stat_result | None = None) -> None:
    """Make a file, durable on return, with the rights of the file `like`. Leaves none behind when it fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags, 0o666 if status is None else 0o600)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            if like is not None and status is not None:
                _keep_rights(handle, like, status)
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


def save(path: str, data: bytes) -> None:
    """Write a file of our own, whole or not at all, whatever it held. Raises OSError."""
    spare = f"{path}.{os.getpid()}.new"
    with suppress(FileNotFoundError):
        os.unlink(spare)
    write_new(spare, data)
    try:
        os.replace(spare, path)
    except BaseException:
        os.unlink(spare)
        raise


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
