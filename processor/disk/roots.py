"""Which vaults a command is about: those that hold what was named; with nothing named those where its caller stands."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from processor.disk import find_root, is_marked, named_by_project, repository_of

_MOST = 200_000  # files and folders that are searched for vaults; where there are more, the user must name the vault
_NEVER = "node_modules"  # which holds nobody's vault
_remembered: dict[tuple[tuple[Path, ...], Path | None, Path], dict[Path, list[Path]]] = {}


def is_known(root: Path) -> bool:
    """Return whether a folder is known to be a vault: by its marks, or because a `pyproject.toml` names it."""
    return is_marked(root) or any(named_by_project(folder, root) == root for folder in (root, *root.parents))


def is_copy(folder: Path) -> bool:
    """Return whether a folder is a copy that `ytvault build` made."""
    return os.path.lexists(folder / ".ytvault")


def vaults_of(paths: Sequence[Path], vault: Path | None, here: Path, *, keep: bool = False) -> dict[Path, list[Path]]:
    """Return what was named, absolute, by the root of the vault that it belongs to, in which it need not lie where `vault` was given.

    A file or folder belongs to the vault that `find_root` tells; of a folder that no vault holds each vault below it is
    judged as itself, and the rest as it is. Nothing named: see `vaults_at`. The current folder by its name is nothing
    named, but where no vault holds it, nor it any: then it is judged as it is. With `keep` the answer is remembered for
    the next call.
    """
    question = (tuple(paths), vault, here)
    found = _remembered.pop(question, None)
    if found is None:
        found = _vaults_of(paths, vault, here)
    if keep:
        _remembered[question] = found
    return found


def _vaults_of(paths: Sequence[Path], vault: Path | None, here: Path) -> dict[Path, list[Path]]:
    if vault is not None:
        root = find_root(here, vault=vault, cwd=here)
        return {root: [Path(os.path.abspath(here / path)) for path in paths] or [root]}
    found: dict[Path, list[Path]] = {}
    for path in paths:
        absolute = Path(os.path.abspath(here / path))
        root = find_root(absolute, cwd=here)
        below = vaults_below(root) if absolute == root else []
        if root not in (absolute, *absolute.parents):
            absolute = root  # which a project names in the folder that was named
        if absolute != here or not below:
            found.setdefault(root, []).append(absolute)
        for inner in below:
            found.setdefault(inner, []).append(inner)
    if not paths:
        found = {root: [here if root in here.parents else root] for root in vaults_at(here)}
    return found


def vaults_at(here: Path) -> list[Path]:
    """Return the roots of the vaults that a call from a folder is about if it names none: the nearest at or above it
    by its marks, or by the word of a `pyproject.toml` of its repository; else those below it; else those of its repository;
    else that folder.
    """
    top = repository_of(here)
    for folder in (here, *here.parents):
        if is_marked(folder):
            return [folder]
        if root := named_by_project(folder, here if top and top not in (folder, *folder.parents) else None):
            return [root]
    found = vaults_below(here)
    if not found and top and top != here:
        found = vaults_below(top)
    return found or [here]


def vaults_below(base: Path) -> list[Path]:
    """Return the roots of the vaults below a folder that is no known vault, but for those that git ignores.

    Vaults in others, copies that `ytvault build` made, and folders behind symbolic links or with a dot count for nothing;
    nor does what lies beyond the first 200,000 files.
    """
    found = [] if is_known(base) else _marked(base)
    if not found:
        return []
    from processor.disk.ignored import ignored
    from processor.disk.running_git import GitError  # here, for it loads what runs git

    hidden: set[str] = set()
    with suppress(GitError):
        hidden = ignored(base, found)
    return [base / path for path in found if path not in hidden]


def _marked(base: Path) -> list[str]:
    """Return the paths of the nearest folders below that are marked, sorted, each with a `/`. Those at the top are searched first."""
    found: list[str] = []
    waiting, seen = deque([""]), 0
    while waiting and seen < _MOST:
        prefix = waiting.popleft()
        if prefix and is_marked(base / prefix):
            if not is_copy(base / prefix):
                found.append(prefix)
            continue
        with suppress(OSError), os.scandir(base / prefix) as entries:
            for entry in entries:
                seen += 1
                if entry.name[0] != "." and entry.name != _NEVER and entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
    return sorted(found)


def forget() -> None:
    """Forget the remembered answers: the disk may have changed."""
    _remembered.clear()
