"""What a vault holds, looked up by another process while this one loads the linter.

Who names notes has mostly changed them: then the linter is needed, which takes as long to load as a large vault takes to
look through. Where forking is not safe (macOS) or not there (Windows), or there is one processor only, one thing is done
after the other.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from processor.disk import Listing, find_root, walk
from processor.disk.roots import is_known
from processor.load.cache import digest
from processor.load.cache.stats import Stats


class Look(NamedTuple):
    """What a vault held at one moment."""

    listing: Listing
    stats: Stats
    mark: str
    """What tells all of it from anything else."""


_begun: dict[Path, tuple[int, int]] = {}
"""By the root: the process, and the file in memory where it leaves what it found."""
_OTHERWISE = (
    *("--vault", "--staged", "--from-ref", "--stdin"),
    *("--no-cache", "--watch", "--fix", "--unsafe-fixes", "--diff"),
)
"""Options with which the notes of another vault are wanted, or at another time."""


def begin(args: Sequence[str]) -> None:
    """Have another process look at the vault of the notes that a command line names, if it pays."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 or threading.active_count() > 1:
        return
    named = next((arg for arg in args if arg.endswith(".md") and os.path.isfile(arg)), None)
    if named is None or any(arg.startswith(_OTHERWISE) for arg in args):
        return
    try:
        root = find_root(Path(named))
        if not is_known(root):  # where it takes longer to tell what its notes are
            return
        file = os.memfd_create("ytvault")
    except (OSError, AttributeError):
        return
    try:
        process = os.fork() if file > 2 else None  # else there is nothing at a standard stream's place
    except OSError:
        process = None
    if process is None:
        os.close(file)
        return
    if process:
        _begun[root] = (process, file)
        return
    status = 1
    try:
        _let_go()
        if write_look(look(root), file):
            status = 0
    finally:
        os._exit(status)  # whatever went wrong goes wrong again where somebody sees it


def _let_go() -> None:
    """Give up what this process has from its parent, whose end nobody need wait for longer on account of this one."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)


def look(
    root: Path, meanwhile: Callable[[], object] = lambda: None, *, named: Sequence[Path] = (), whole: bool = True
) -> Look:
    """What a vault holds now, or held when the process for it began; `meanwhile` is done before its end is waited for.

    In a folder that is no known vault, nor is said to be a `whole` one, the notes that git ignores count only where they
    were `named`. Raises OSError where that cannot be told.
    """
    if root in _begun:
        meanwhile()
        if found := taken(root):
            return found
    listing = walk(root)
    if not whole and not is_known(root):
        from processor.disk.ignored import without_ignored
        from processor.disk.running_git import GitError

        try:
            listing = without_ignored(listing, root, named)
        except GitError as error:
            raise OSError(str(error)) from None
    stats = Stats(root, listing.notes)
    return Look(listing, stats, mark_of(listing, stats))


def mark_of(listing: Listing, stats: Stats) -> str:
    """What tells a listing and its stats from all others."""
    also = [f"{second}\t{first}" for second, first in sorted(listing.also.items())]
    names = "\n".join(("\n".join(listing.notes), "", "\n".join(listing.files), *(("", *also) if also else ())))
    return digest(names.encode() + b"\0" + stats.plain())


def taken(root: Path) -> Look | None:
    """What the process that was begun for a vault has found; None where there is none, or it failed."""
    if root not in _begun:
        return None
    process, file = _begun.pop(root)
    try:
        _, status = os.waitpid(process, 0)
        return read_look(root, file) if status == 0 else None
    except OSError:
        return None
    finally:
        os.close(file)


def write_look(found: Look, file: int) -> bool:
    """Write it to a file; False where there are problems, which are to be told and not kept."""
    if found.listing.problems:
        return False
    also = "\0".join(name for pair in found.listing.also.items() for name in pair)
    names = ("\0".join(found.listing.notes), "\0".join(found.listing.files), also, found.mark)
    parts = (*[name.encode() for name in names], found.stats.data)
    with open(file, "wb", closefd=False) as out:
        out.writelines((b" ".join(b"%d" % len(part) for part in parts), b"\n", *parts))
    return True


def read_look(root: Path, file: int) -> Look:
    """Read what `write_look` wrote."""
    with open(file, "rb", closefd=False) as found:
        found.seek(0)
        lengths = [int(n) for n in found.readline().split()]
        notes, files, also, mark, stats = (found.read(n) for n in lengths)
    pairs = _split(also)
    listing = Listing(_split(notes), _split(files), (), dict(zip(pairs[::2], pairs[1::2], strict=True)))
    return Look(listing, Stats.taken(root, listing.notes, stats), mark.decode())


def _split(names: bytes) -> tuple[str, ...]:
    return tuple(names.decode().split("\0")) if names else ()
