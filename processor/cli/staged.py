"""`ytvault lint --staged` and `--from-ref`: the notes that a commit touches, and those whose links it breaks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from processor.base.text import count
from processor.cli.console import Failure, say, warn_of
from processor.cli.session import Choice, Opened, opened_vault, prepared
from processor.commands.commit import Commit, Part
from processor.disk import Listing, marked_root
from processor.disk.git import Repository
from processor.disk.roots import is_copy
from processor.disk.running_git import GitError
from processor.load.origin import Disk
from processor.load.workspace import ToLint
from processor.rules.base import all_rules


class Refs(NamedTuple):
    """The commits whose difference is judged; without a start: what is staged."""

    start: str | None = None
    end: str = "HEAD"


def open_commit(
    paths: Sequence[Path],
    *,
    refs: Refs,
    vault: Path | None,
    config_file: Path | None,
    choice: Choice,
    with_edits: bool,
    held: bool,
    writes: bool,
    cached: bool,
) -> list[Opened]:
    """Return the vaults of the repository that a commit has to do with, each read as it is in the commit, or staged for it.

    The options are those of `open_vaults`; `paths` narrow down which notes are judged. Only the notes that the commit
    touches may be fixed, and of these only those that the work tree holds as they are judged.
    """
    try:
        repository = Repository.holding(_folder(vault or (paths[0] if paths else Path.cwd())))
        commit = _commit(repository, refs, fixes=held)
        roots = _roots(repository, commit, vault)
        opened = []
        for root, folder in roots.items():
            part = Part(repository, commit, folder, [f for f in roots.values() if f != folder])
            warn_of(part.listing.problems)
            if not part.is_concerned:
                continue
            config, journal = prepared(root, config_file, choice, writes=writes)
            say(f"git: {count(len(part.touched), 'note')} touched of {len(part.listing.notes):,}")
            purpose = ToLint(tuple(sorted(part.touched)), edits=with_edits, held=held)
            one = opened_vault(root, config, part.origin(root, cached=cached), purpose, journal)
            opened.append(_judged(part, one, [Path(os.path.abspath(p)) for p in paths], fixes=held))
        if not opened:  # a report of nothing is a report too
            root = next(iter(roots))
            config, journal = prepared(root, config_file, choice, writes=writes)
            purpose = ToLint((), edits=with_edits, held=held)
            opened.append(opened_vault(root, config, Disk(Listing((), (), ())), purpose, journal))
    except GitError as error:
        raise Failure(str(error)) from None
    return opened


def _folder(named: Path) -> Path:
    """Return the nearest folder there is at or above what was named: a note that is gone may be named too."""
    absolute = Path(os.path.abspath(named))
    return next(folder for folder in (absolute, *absolute.parents) if folder.is_dir())


def _commit(repository: Repository, refs: Refs, *, fixes: bool) -> Commit:
    by_hook = "PRE_COMMIT" in os.environ
    if refs.start is None and by_hook and (start := os.environ.get("PRE_COMMIT_FROM_REF")):
        refs = Refs(start, os.environ.get("PRE_COMMIT_TO_REF") or "HEAD")
    if refs.start is not None:
        end = repository.commit(refs.end)
        tree = repository.tree(end)
        difference = repository.difference(repository.base(refs.start, end), end)
        index = cache(repository.staged)
        return Commit(tree, lambda: repository.changed_on_disk(tree, index()), (difference,))
    repository.begin()
    all_rules()  # loads them, while git is at work
    staged = repository.staged()
    before = repository.parents() or [repository.empty]
    differences = tuple(repository.difference(commit) for commit in before)
    # pre-commit has no word for --all-files. Git names the index to the hooks of a commit: without that name, and with
    # nothing staged, pre-commit was called by hand or in CI, and takes the files as they are in the work tree
    if (
        by_hook
        and not fixes
        and "GIT_INDEX_FILE" not in os.environ
        and not any(d.changed or d.gone for d in differences)
    ):
        return Commit(repository.without_deleted(staged), frozenset, None)
    changed = [p for p in {p for d in differences for p in d.changed} if p.endswith(".md")]
    unstaged = cache(repository.begin_unstaged(changed))
    return Commit(staged, lambda: repository.changed_on_disk(staged), differences, unstaged)


def _roots(repository: Repository, commit: Commit, vault: Path | None) -> dict[Path, str]:
    """Return the roots of the vaults in the repository, each with its path from the top; where none is marked, the top is one."""
    top = repository.top
    if vault is not None:
        root = Path(os.path.abspath(vault))
        folder = os.path.relpath(os.path.realpath(root), os.path.realpath(top))
        if folder.split(os.sep)[0] == "..":
            raise Failure(f"{vault} is not in the repository {top}")
        return {root: "" if folder == "." else Path(folder).as_posix()}
    gone = [p for d in commit.differences or () for p in d.gone]
    folders = {""}
    for folder in {p.rpartition("/")[0] for p in (*commit.tree.blobs, *gone) if p.endswith(".md")}:
        above = folder
        while above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    named = (marked_root(top / folder) for folder in folders)
    marked = {found for found in named if found and (found == top or top in found.parents) and not is_copy(found)}
    return {found: "" if found == top else found.relative_to(top).as_posix() for found in sorted(marked or {top})}


def _meant(paths: Iterable[str], root: Path, named: Sequence[Path]) -> set[str]:
    """Return those of the notes that the named files and folders hold; all where none was named."""
    files = {path: root / path for path in paths}
    return {path for path, file in files.items() if not named or any(file == p or p in file.parents for p in named)}


def _judged(part: Part, opened: Opened, named: Sequence[Path], *, fixes: bool) -> Opened:
    """Return the vault with what is to be judged in it, and what may be fixed."""
    touched = _meant(part.touched, opened.root, named)
    broken = _meant(part.broken(opened.vault), opened.root, named)
    say(f"git: {count(len(broken), 'more note')} with links that this breaks")
    if not fixes:
        unfixed = broken | part.unstaged()
        return replace(opened, named=tuple(sorted(touched | broken)), beside=dict.fromkeys(unfixed, ""))
    aside = dict.fromkeys(
        touched & part.aside(),
        "the work tree holds it otherwise than it is staged; stage it or put that aside first",
    )
    return replace(opened, named=tuple(sorted(touched - aside.keys())), beside=dict.fromkeys(broken, "") | aside)
