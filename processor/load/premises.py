"""What a remembered answer rests on, and whether that still holds.

These are the places that the paths named, the files of the configuration, and the listing of each vault with the stat of
every note. No more is loaded for it than that takes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from processor.disk import Listing, walk
from processor.disk import roots as disk_roots
from processor.load.cache import digest
from processor.load.cache.stats import Stats
from processor.load.captions import CaptionLook, is_as_seen

_UNSETTLED = 500  # notes whose bytes are compared, as their stats say too little


class Look(NamedTuple):
    """What a vault held at one moment."""

    listing: Listing
    stats: Stats
    mark: str
    """What tells all of it from anything else."""


_LOOKED: dict[Path, Look] = {}


def looked(root: Path) -> Look | None:
    """Return what a vault holds, where that was looked up a moment ago for an answer that then was none."""
    return _LOOKED.pop(root, None)


def look(root: Path, named: Sequence[Path], *, whole: bool) -> Look:
    """Return what a vault holds now. Raise OSError where that cannot be told.

    In a folder that is no known vault, nor is said to be a `whole` one, the notes that git ignores count only where they
    were `named`.
    """
    listing = walk(root)
    if not whole and not disk_roots.is_known(root):
        from processor.disk.ignored import without_ignored
        from processor.disk.running_git import GitError

        try:
            listing = without_ignored(listing, root, named)
        except GitError as error:
            raise OSError(str(error)) from None
    stats = Stats(root, listing.notes)
    return Look(listing, stats, mark_of(listing, stats))


def mark_of(listing: Listing, stats: Stats) -> str:
    """Return what tells a listing and its stats from all others."""
    also = [f"{second}\t{first}" for second, first in sorted(listing.also.items())]
    names = "\n".join(("\n".join(listing.notes), "", "\n".join(listing.files), *(("", *also) if also else ())))
    return digest(names.encode() + b"\0" + stats.plain())


def forget_all() -> None:
    """What is known of any vault from a moment ago may be true no more."""
    _LOOKED.clear()
    disk_roots.forget()


def forget(root: Path) -> None:
    """What is known of a vault from a moment ago may be true no more."""
    _LOOKED.pop(root, None)
    disk_roots.forget()


def premises(
    root: Path,
    paths: Sequence[Path],
    vault: Path | None,
    config_file: Path | None,
    pending: Path,
    placed: Mapping[Path, Sequence[Path]],
) -> dict[str, Any]:
    """Return what an answer depends on besides the notes: take it before the configuration is read, and add to `files` what that
    names. `pending` is a file whose existence makes the answer void; `placed` is what `vaults_of` said of the paths.
    """
    files = [*config_files(root), *([config_file] if config_file else [])]
    return {
        "root": str(root),
        "vault": None if vault is None else str(vault),
        "paths": [str(path) for path in paths],
        "placed": _plain(placed),
        "files": digests(files),
        "repository": _repository(root),
        "pending": str(pending),
    }


def captions_seen(folders: Sequence[str], durations: str | None) -> dict[str, Any]:
    """Return what an answer depends on of the captions beside a vault; nothing where the settings name none."""
    return {"captions": CaptionLook(folders, durations).seen()} if folders or durations else {}


def seen(listing: Listing, stats: Stats, mark: str | None = None) -> dict[str, Any] | None:
    """Return what an answer depends on of a vault's listing, with its `mark` if that is known; None where it cannot be told for
    long."""
    open_ = stats.unsettled()
    if listing.problems or len(open_) > _UNSETTLED:
        return None
    marks = {path: _digest_of(os.path.join(stats.root, path)) for path in open_}
    return {"listing": mark or mark_of(listing, stats), "unsettled": marks}


def holds(head: Mapping[str, Any]) -> bool:
    """Return whether all is as it was on which the answer to a `head` rests."""
    placed: Mapping[Path, Sequence[Path]] | None = None
    for vault in head["vaults"]:
        root, given = Path(vault["root"]), vault["vault"] and Path(vault["vault"])
        if os.path.exists(vault["pending"]) or _repository(root) != vault["repository"]:
            return False
        if placed is None:
            paths = [Path(path) for path in vault["paths"]]
            if not all(map(os.path.lexists, paths)):
                return False
            placed = disk_roots.vaults_of(paths, given, Path.cwd(), keep=True)
        if _plain(placed) != vault["placed"]:
            return False
        files = {*vault["files"], *map(os.path.abspath, config_files(root))}
        if any(_digest_of(path) != vault["files"].get(path) for path in files):
            return False
        if "captions" in vault and not is_as_seen(vault["captions"]):
            return False
        found = look(root, placed[root], whole=given is not None)
        if found.listing.problems:
            return False
        _LOOKED[root] = found
        if found.mark != vault["listing"]:
            return False
        if any(_digest_of(root / path) != was for path, was in vault["unsettled"].items()):
            return False
    return True


def _plain(placed: Mapping[Path, Sequence[Path]]) -> list[Any]:
    """Return the roots of vaults and what was named of each, and whether that is a folder."""
    return [[str(root), [[str(path), path.is_dir()] for path in named]] for root, named in placed.items()]


_OBSIDIAN = (
    *("app.json", "types.json", "templates.json", "daily-notes.json"),
    *("plugins/templater-obsidian/data.json", "plugins/quickadd/data.json"),
)  # what is read of Obsidian's settings


def config_files(root: Path) -> Iterator[Path]:
    """Yield the files that hold a vault's settings, or may."""
    yield root / "ytvault.toml"
    yield root / ".obsidian"  # whether it is there
    yield from (root / ".obsidian" / name for name in _OBSIDIAN)
    yield from (place / "pyproject.toml" for place in (root, *root.parents))


def digests(files: Iterable[Path | str]) -> dict[str, str | None]:
    """Return what tells the files from others, by their absolute paths."""
    return {os.path.abspath(file): _digest_of(file) for file in files}


def _digest_of(path: Path | str) -> str | None:
    try:
        with open(path, "rb") as file:
            return digest(file.read())
    except OSError as error:
        return None if isinstance(error, (FileNotFoundError, NotADirectoryError)) else f"! {error.errno}"


def _repository(root: Path) -> str | None:
    return next((str(place) for place in (root, *root.parents) if (place / ".git").exists()), None)
