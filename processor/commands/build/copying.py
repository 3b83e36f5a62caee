"""Files byte for byte: their hashes, and copies that share blocks where the file system can. Never a hard link."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from processor.disk import reason

_CHUNK = 1 << 20
_THREADS = 4
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_CLONE = 0x40049409  # Linux: FICLONE


class Odd(str):
    """Why a path has no hash, as a sentence part: `it is a folder`. Not there at all is None."""

    __slots__ = ()


IS_FOLDER = Odd("it is a folder")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_file(path: str, *, follow: bool = False) -> str | Odd | None:
    """Return the hash of a file's bytes; None where there is none. With `follow` a symbolic link is the file it leads to."""
    flags = _READ if follow else _READ | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        if os.path.islink(path):
            return Odd("it is a symbolic link")
        if isinstance(error, NotADirectoryError):
            return None
        return Odd(f"it cannot be read: {reason(error)}")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return IS_FOLDER if stat.S_ISDIR(status.st_mode) else Odd("it is no ordinary file")
        data = os.read(handle, min(status.st_size, _CHUNK) + 1)
        if len(data) == status.st_size:
            return digest(data)
        found = hashlib.sha256(data)
        while data := os.read(handle, _CHUNK):
            found.update(data)
        return found.hexdigest()
    except OSError as error:
        return Odd(f"it cannot be read: {reason(error)}")
    finally:
        os.close(handle)


def digests(root: str, paths: Iterable[str], *, follow: bool = False) -> Mapping[str, str | Odd | None]:
    """Return the hash of each file below `root`."""
    from concurrent.futures import ThreadPoolExecutor

    listed = list(paths)
    shares = [listed[i::_THREADS] for i in range(_THREADS)] if len(listed) > 100 else [listed]

    def some(share: list[str]) -> list[tuple[str, str | Odd | None]]:
        return [(p, digest_file(f"{root}/{p}", follow=follow)) for p in share]

    with ThreadPoolExecutor(_THREADS) as pool:
        return dict(found for part in pool.map(some, shares) for found in part)


def copy_file(source: str, target: str) -> None:
    """Make `target`, which must not exist, a copy of a file; durable on return. Raise OSError, and leaves none then."""
    try:
        if not _clone(source, target):
            with open(source, "rb") as old, open(target, "xb") as new:
                shutil.copyfileobj(old, new, _CHUNK)
        handle = os.open(target, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(target)
        raise


def _clone(source: str, target: str) -> bool:
    """Copy-on-write, where the system and the file system can: the copy shares blocks until one of the two is changed."""
    if sys.platform == "linux":
        import fcntl

        with open(source, "rb") as old, open(target, "xb") as new:
            try:
                fcntl.ioctl(new.fileno(), _CLONE, old.fileno())
            except OSError:
                pass
            else:
                return True
        os.unlink(target)
    elif sys.platform == "darwin":
        import ctypes

        with suppress(OSError, AttributeError):
            follow_no_link = 0
            made: int = ctypes.CDLL(None).clonefile(os.fsencode(source), os.fsencode(target), follow_no_link)
            if made == 0:
                os.chmod(target, 0o644)
                return True
    return False
