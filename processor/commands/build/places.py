"""Where a copy may lie: never where writing it would write to the source."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

FOLDER = ".ytvault"
FILE = f"{FOLDER}/manifest.json"
NEW = f"{FOLDER}/new"
"""Of a copy, from its root: what ytvault keeps there, the manifest, and where files are made before they take their place."""


def refusal(vault: Path, out: Path, *, links: bool = True) -> str | None:
    """Return why the copy of `vault` cannot be made in `out`; None where it can. Without `links` those between the two are not
    looked for: where nothing is written, none can lead astray.
    """
    source, target = os.path.realpath(vault), os.path.realpath(out)
    if os.path.lexists(target) and not os.path.isdir(target):
        return f"{out} is no folder"
    if _same(source, target):
        return f"{out} is the vault itself, and a build never writes to its source; name another folder"
    if _is_below(target, source):
        return f"{out} lies in the vault, where the copy would become part of it; name a folder outside"
    if _is_below(source, target):
        return f"{out} holds the vault, and a build never writes near its source; name another folder"
    if not links:
        return None
    for link, leads in _links(target):
        if _same(leads, source) or _is_below(leads, source):
            return f"{link} is a symbolic link into the vault, which a build would write through; remove it"
    for link, leads in _links(source):
        if _same(leads, target) or _is_below(leads, target):
            return f"{link} is a symbolic link to {out}, so the copy would be part of its source; remove it"
    return None


def _same(a: str, b: str) -> bool:
    try:
        return a == b or os.path.samefile(a, b)  # on a disk that ignores case, or mounted twice
    except OSError:
        return False


def _is_below(path: str, folder: str) -> bool:
    return any(_same(str(parent), folder) for parent in Path(path).parents)


def _links(root: str) -> Iterator[tuple[str, str]]:
    """Yield the symbolic links below a folder, and where each leads."""
    waiting = [root]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        yield entry.path, os.path.realpath(entry.path)
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:
            continue
