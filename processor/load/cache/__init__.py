"""The user's cache folder: what the program keeps there to be quick, and can do without at any time.

It holds numbers and JSON, never code, and a checksum for every part: what is damaged counts as absent. A file is only
ever replaced as a whole, so two runs at once do no harm, and whatever the system refuses is passed over: the cache
changes how long a run takes, and nothing else.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import processor

if TYPE_CHECKING:
    from io import BufferedWriter

FORMAT = b"ytvault1"
PARTS = ("answers", "captions", "pages", "reports", "vaults")
"""The folders of the cache."""
DAMAGE = (
    OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError,
    EOFError,
)  # fmt: skip
"""What reading something that is not what it should be can raise."""


def folder() -> Path:
    """Return where the program keeps what it can do without: `YTVAULT_CACHE_DIR`, else the user's cache folder."""
    if given := os.environ.get("YTVAULT_CACHE_DIR"):
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("ytvault", appauthor=False)


def held() -> list[tuple[Path, int]]:
    """Return the files of the cache and their sizes in bytes; nothing else that lies in its folder."""
    found = []
    for part in PARTS:
        for place, _, names in os.walk(folder() / part):
            for name in names:
                with suppress(OSError):
                    found.append((Path(place, name), os.lstat(os.path.join(place, name)).st_size))
    return found


def clear() -> None:
    """Remove all that is in the cache. Raises OSError."""
    import shutil

    for part in PARTS:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder() / part)


@cache
def program() -> str:
    """Return what tells this version of the program from every other: its own files, and what is installed beside them.

    It is looked at once: what replaces these files while the program runs is another program.
    """
    package = os.path.dirname(os.path.abspath(processor.__file__))
    found = [processor.__version__, sys.version, str(FORMAT)]
    for place, folders, files in os.walk(package):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(place, name))
            found.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    # any package that is installed, replaced or removed changes the folder it lies in, of which there may be several
    library = find_spec("click")
    assert library is not None
    assert library.origin is not None
    others = [p for p in sys.path if p.endswith(("site-packages", "dist-packages")) and os.path.isdir(p)]
    places = dict.fromkeys((os.path.dirname(os.path.dirname(library.origin)), *others))
    found += [f"{place} {os.stat(place).st_mtime_ns}" for place in places]
    return digest("\n".join(found).encode())


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def temporary_file(path: Path) -> BufferedWriter:
    """Return a new file that is to take the place of another. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(path.parent / f".{os.getpid()}-{time.time_ns():x}", "xb")


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is there as a whole or not at all. Raises OSError."""
    file = temporary_file(path)
    try:
        with file:
            file.writelines(pieces)
        os.replace(file.name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(file.name)
        raise


def trim(place: Path, most: int, largest: int = sys.maxsize) -> None:
    """Drop the files of a folder that were written longest ago: those beyond the `most` newest, and beyond so many bytes of
    all; and what runs left that were stopped. Raise OSError."""
    found = sorted(((f.stat().st_mtime, f, f.stat().st_size) for f in place.iterdir()), reverse=True)
    number = size = 0
    for written, file, length in found:
        if file.name.startswith("."):
            is_kept = written + 3600 >= time.time()
        else:
            number, size = number + 1, size + length
            is_kept = number <= most and size <= largest
        if not is_kept:
            file.unlink(missing_ok=True)
