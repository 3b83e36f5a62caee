"""The vaults and notes that a command is about, by the paths that were named."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import islice, takewhile
from pathlib import Path

from processor.base.text import most_like
from processor.cli.console import Failure, warn
from processor.disk import Listing, find_root, repository_of, walk
from processor.disk.roots import is_known, vaults_at, vaults_below, vaults_of

_NAMED = 5  # vaults that a message names


def named_vaults(paths: Sequence[Path], vault: Path | None) -> dict[Path, list[Path]]:
    """Return the paths that were named, absolute, by the root of the vault each belongs to. None named: where the caller stands."""
    for path in paths:
        if not os.path.lexists(path):
            raise Failure(f"{path} does not exist{near_path(Path(os.path.abspath(path)))}")
    found = vaults_of(paths, vault, Path.cwd())
    for root, named in found.items():
        for absolute in named:
            if absolute != root and root not in absolute.parents:
                raise Failure(f"{shown(absolute)} is not in the vault {root}")
    return found


def the_vault(named: Path | None, vault: Path | None, how: str = "--vault {}") -> Path:
    """Return the root of the one vault that a command is about: the one given, the one of the file or folder named, or the one
    where the caller stands. Failure where there are several, which says `how` one is named.
    """
    here = Path.cwd()
    absolute = None if named is None else Path(os.path.abspath(named))
    if vault is not None or absolute not in (None, here):
        return find_root(absolute or here, vault=vault, cwd=here)
    found = vaults_at(here) if named is None else vaults_below(here) or [find_root(here)]
    if len(found) > 1:
        some = ", ".join(shown(root) for root in found[:_NAMED])
        some += f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
        raise Failure(
            f"there is more than one vault here ({some}); name the one you mean: {how.format(shown(found[0]))}"
        )
    return found[0]


def named_notes(
    listing: Listing, root: Path, named: Sequence[Path], apart: Collection[Path] = ()
) -> tuple[str, ...] | None:
    """Return the notes of the vault that the named files and folders hold, but for those in the folders `apart`, which are judged
    apart; None for all. A named file that is no note: Failure.
    """
    inner = tuple(path.relative_to(root).as_posix() + "/" for path in apart if root in path.parents)
    if root in named:
        return tuple(note for note in listing.notes if not note.startswith(inner)) if inner else None
    chosen: set[str] = set()
    for path in named:
        name = path.relative_to(root).as_posix()
        inside = _inside(listing.notes, name)
        second = [p for p in listing.also if p == name or p.startswith(name + "/")] if listing.also else ()
        inside += [listing.also[p] for p in second if listing.also[p].endswith(".md")]
        if not inside and not path.is_dir():
            raise Failure(
                f"{path} is no note: notes end in .md and do not lie in a folder whose name begins with a dot"
            )
        chosen.update(note for note in inside if not note.startswith(inner))
    return tuple(sorted(chosen))


def _inside(notes: Sequence[str], name: str) -> list[str]:
    """Of some sorted notes the one of this name, or those in the folder of this name."""
    first, below = bisect_left(notes, name), name + "/"
    own = [note for note in notes[first : first + 1] if note == name]
    return [*own, *takewhile(lambda note: note.startswith(below), islice(notes, bisect_left(notes, below), None))]


def near_path(path: Path) -> str:
    """Return what a message adds of a file that does not exist: which one may have been meant; empty where none is like it."""
    from processor.vault.naming import letters

    folder = next((p for p in path.parents if p.is_dir()), None)
    if folder is None:
        return ""
    wanted = path.relative_to(folder).parts[0]  # the first part that does not exist
    names = sorted(n for n in os.listdir(folder) if not n.startswith("."))
    key = letters(wanted.removesuffix(".md"))
    by_letters = {letters(name.removesuffix(".md")): name for name in reversed(names)}
    near = most_like(key, by_letters, 0.75)
    if near:
        meant = folder / by_letters[near]
        whole = meant.joinpath(*path.relative_to(folder).parts[1:])
        return f"; did you mean {shown(whole if whole.exists() else meant)}?"
    return _elsewhere(path, folder)


def _elsewhere(path: Path, folder: Path) -> str:
    """Return the same for a note of that name in another folder."""
    name = path.name if path.name.endswith(".md") else path.name + ".md"
    vaults = [root for root in vaults_at(folder) if is_known(root)]  # else it may be large
    found = [root / note for root in vaults for note in walk(root).notes if note.rpartition("/")[2] == name]
    return f"; did you mean {shown(found[0])}?" if len(found) == 1 else ""


def shown(path: Path) -> str:
    """Return a path from the current folder, where it lies in it or in its repository."""
    here = Path.cwd()
    top = repository_of(here) or here
    if path == top or top not in path.parents:
        return str(path)
    return Path(os.path.relpath(path, here)).as_posix()


def list_vault(root: Path, named: Sequence[Path] = (), *, whole: bool = False) -> Listing:
    """Return all that the vault holds; warn of what cannot be listed. Raise Failure where the root itself cannot.

    In a folder that is no known vault the notes that git ignores are no notes, but for those that were named; they are in
    a `whole` one, which the user called a vault.
    """
    listing = walk(root)
    if not whole and not is_known(root):
        from processor.disk.ignored import without_ignored
        from processor.disk.running_git import GitError

        try:
            listing = without_ignored(listing, root, named)
        except GitError as error:
            warn(f"{root}: what git ignores there is judged like all else, for git does not tell ({error})")
    for problem in listing.problems:
        if problem.path == ".":
            raise Failure(f"{root}: {problem.message}")
        warn(f"{problem.path}: {problem.message}")
    return listing
