"""What git ignores in a folder that is no known vault: such files are no notes there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from processor.disk import Listing, repository_of
from processor.disk.running_git import GitError, git

_OWN = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
)  # of the repository whose hook runs, not of any other
_IGNORED = ("--literal-pathspecs", "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--")


def without_ignored(listing: Listing, root: Path, named: Sequence[Path]) -> Listing:
    """Return a listing whose notes are those that git does not ignore, and those that were named, by themselves or by an ignored
    folder; the others are files like any other, to which links may lead. Raise GitError.
    """
    hidden = ignored(root, listing.notes)
    for path in named if hidden else ():
        name = path.relative_to(root).as_posix() if root in path.parents else ""
        inside = {note for note in hidden if note.startswith(name + "/")} if name else set[str]()
        if inside and _is_ignored(path):
            hidden -= inside
        hidden.discard(name)
    if not hidden:
        return listing
    notes = tuple(note for note in listing.notes if note not in hidden)
    return listing._replace(notes=notes, files=tuple(sorted((*listing.files, *hidden))))


def ignored(root: Path, paths: Collection[str]) -> set[str]:
    """Of some files, and folders with a `/` at the end, in a folder those that the git repositories ignore that they lie
    in. Of a folder that is ignored itself nothing is. Raise GitError.
    """
    real = Path(os.path.realpath(root))
    found: set[str] = set()
    if top := repository_of(real):
        inside = "" if top == real else real.relative_to(top).as_posix() + "/"
        entries = _entries(top, inside)
        if inside and entries and (inside.startswith(tuple(e for e in entries if e[-1] == "/")) or _is_ignored(real)):
            return set()
        found = _within([entry[len(inside) :] for entry in entries], paths)
    for folder in _repositories(real, [path for path in paths if path not in found]):
        found |= _within([folder + entry for entry in _entries(real / folder, "")], paths)
    return found


def _is_ignored(folder: Path) -> bool:
    """Return whether a folder is ignored by its name, even if git keeps a file of it."""
    try:
        git(folder.parent, "check-ignore", "--quiet", "--no-index", "--", folder.name, without=_OWN)
    except GitError:
        return False
    return True


def _repositories(root: Path, paths: Iterable[str]) -> list[str]:
    """Return the folders that hold some of the paths and are repositories of their own, each with a `/`."""
    seen: set[str] = set()
    for folder in {path[: path.rfind("/") + 1] for path in paths}:
        above = folder
        while above and above not in seen:
            seen.add(above)
            above = above[: above.rfind("/", 0, -1) + 1]
    return sorted(folder for folder in seen if os.path.lexists(root / folder / ".git"))


def _within(entries: Collection[str], paths: Iterable[str]) -> set[str]:
    """Return the paths that are among the entries, or lie in a folder (with a `/`) that is."""
    known, found = frozenset(entries), set[str]()
    if not known:
        return found
    for path in paths:
        at = path.find("/")
        while at >= 0 and path[: at + 1] not in known:
            at = path.find("/", at + 1)
        if at >= 0 or path in known:
            found.add(path)
    return found


def _entries(top: Path, folder: str) -> list[str]:
    """Return what the repository at `top` ignores in a folder of it (with a `/`; empty: everywhere): files, and folders with a `/`,
    by their paths from the top. Where the folder itself is ignored, or lies in one that is, that one. Raise GitError.
    """
    try:
        out = git(top, *_IGNORED, folder.removesuffix("/") or ".", without=_OWN)
    except GitError as error:
        if str(error).startswith(("not a git repository", "invalid gitfile")):  # it only looks like one
            return []
        raise
    return os.fsdecode(out).split("\0")[:-1]
