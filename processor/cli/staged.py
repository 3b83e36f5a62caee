"""`ytvault lint --staged` and `--from-ref`: the notes that a commit touches, and those whose links it breaks."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property, partial, reduce
from pathlib import Path
from typing import NamedTuple

from processor.base.text import Source, count
from processor.cli.session import Choice, Opened, prepared, read_vault
from processor.cli.shared import Failure, say, warn
from processor.commands.staged import Change, broken_by, change_of, in_vault, shadowing
from processor.disk import Listing, find_root, is_unicode, marked_root, unnamed
from processor.disk.git import Difference, GitError, Repository, Tree, within
from processor.disk.roots import is_copy
from processor.load.cache.blobs import remember, remembered
from processor.load.cache.stats import Stats
from processor.load.scan import TooLittleKnownError
from processor.rules.base import all_rules
from processor.vault.links.gone import Gone
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault


class Refs(NamedTuple):
    """The commits whose difference is judged; without a start: what is staged."""

    start: str | None = None
    end: str = "HEAD"


_FEW = 8  # looks at what the work tree holds before it pays to ask git of all files


class _Commit(NamedTuple):
    """The files as they are to be, and what that changes, seen from each commit before; None: all notes are judged.

    `aside` gives the files that the work tree holds otherwise, of some or (None) of all: to ask of all takes git longest.
    """

    tree: Tree
    aside: Callable[[Sequence[str] | None], frozenset[str]]
    differences: tuple[Difference, ...] | None
    unstaged: Callable[[], Collection[str]] = tuple
    """Of the files that were changed those that the work tree holds otherwise than they are staged."""


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
    """The vaults of the repository that a commit has to do with, each read as it is in the commit, or staged for it.

    The options are those of `open_vaults`; `paths` narrow down which notes are judged. Only the notes that the commit
    touches may be fixed, and of these only those that the work tree holds as they are judged.
    """
    try:
        repository = Repository.holding(_folder(vault or (paths[0] if paths else Path.cwd())))
        commit = _commit(repository, refs, fixes=held)
        roots = _roots(repository, commit, vault)
        opened = []
        for root, folder in roots.items():
            part = _Part(repository, commit, folder, [f for f in roots.values() if f != folder])
            for problem in part.listing.problems:
                warn(f"{problem.path}: {problem.message}")
            if not part.is_concerned:
                continue
            config, journal = prepared(root, config_file, choice, writes=writes)
            touched = tuple(sorted(part.touched))
            read = partial(read_vault, root, config, journal, part.listing, touched, with_edits=with_edits, held=held)
            named = [Path(os.path.abspath(p)) for p in paths]
            opened.append(part.judged(part.read(root, read, cached=cached), named, fixes=held))
        if not opened:  # a report of nothing is a report too
            root = next(iter(roots))
            config, journal = prepared(root, config_file, choice, writes=writes)
            nothing = Listing((), (), ())
            opened.append(read_vault(root, config, journal, nothing, (), with_edits=with_edits, held=held))
    except GitError as error:
        raise Failure(str(error)) from None
    return opened


def _folder(named: Path) -> Path:
    """The nearest folder there is at or above what was named: a note that is gone may be named too."""
    absolute = Path(os.path.abspath(named))
    return next(folder for folder in (absolute, *absolute.parents) if folder.is_dir())


def _commit(repository: Repository, refs: Refs, *, fixes: bool) -> _Commit:
    by_hook = "PRE_COMMIT" in os.environ
    if refs.start is None and by_hook and (start := os.environ.get("PRE_COMMIT_FROM_REF")):
        refs = Refs(start, os.environ.get("PRE_COMMIT_TO_REF") or "HEAD")
    if refs.start is not None:
        end = repository.commit(refs.end)
        tree = repository.tree(end)
        difference = repository.difference(repository.base(refs.start, end), end)
        index = cache(repository.staged)
        return _Commit(tree, lambda paths: repository.changed_on_disk(tree, index(), paths), (difference,))
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
        return _Commit(repository.without_deleted(staged), lambda _: frozenset(), None)
    changed = [p for p in {p for d in differences for p in d.changed} if p.endswith(".md")]
    unstaged = cache(repository.begin_unstaged(changed))

    def aside(paths: Sequence[str] | None) -> frozenset[str]:
        if paths is not None and not staged.links and {*changed}.issuperset(paths):
            return frozenset(unstaged()).intersection(paths)  # git is at work on that already
        return repository.changed_on_disk(staged, None, paths)

    return _Commit(staged, aside, differences, unstaged)


def _roots(repository: Repository, commit: _Commit, vault: Path | None) -> dict[Path, str]:
    """The roots of the vaults in the repository, each with its path from the top; where none is marked, the top is one."""
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


class _Fetch:
    """Gives what git holds of notes, where that is not what their files hold. At first git is asked of these notes only."""

    def __init__(self, given: Callable[..., dict[str, bytes]], root: Path, notes: Sequence[str]) -> None:
        self._ask = given
        self._root = root
        self._notes = notes
        self._left = _FEW
        self._all: dict[str, bytes] | None = None

    def __call__(self, paths: Sequence[str]) -> dict[str, bytes]:
        self._left -= 1
        if self._left >= 0:
            return self._ask(self._root, paths, everything=False)
        if self._all is None:
            self._all = self._ask(self._root, self._notes, everything=True)
        return {path: self._all[path] for path in paths if path in self._all}


def _second_paths(tree: Tree, folder: str, blobs: Collection[str]) -> dict[str, str]:
    """The paths in a vault that lead to another of its files by symbolic links: as `walk` has it."""
    start = folder + "/" if folder else ""
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for whole, path in sorted(within(tree.links, folder)):
        end = tree.links[whole]
        named = end.removeprefix(start)
        if not end.startswith(start) or named not in blobs or path.endswith(".md") > named.endswith(".md"):
            named = first.setdefault(end, path)
        if named != path and path in blobs:
            found[path] = named
    for whole, path in sorted(within(tree.folders, folder)):
        end = tree.folders[whole] + "/"
        if end.startswith(start) and not f"{whole}/".startswith(end) and in_vault(path):
            below = end.removeprefix(start)
            found |= {f"{path}/{p.removeprefix(below)}": found.get(p, p) for p in blobs if p.startswith(below)}
    return found


class _Part:
    """What a commit does in one vault. Paths count from the vault's root."""

    def __init__(self, repository: Repository, commit: _Commit, folder: str, others: Iterable[str]) -> None:
        self._repository = repository
        self._commit = commit
        self._folder = folder
        blobs = {**commit.tree.blobs}
        if folder:
            blobs = {path: blobs[whole] for whole, path in within(blobs, folder)}
        self._blobs = blobs
        for path in [p for p in blobs if p[0] == "." or "/." in p or not p.isascii()]:
            if not in_vault(path):
                del blobs[path]
        self._changes = None if commit.differences is None else [change_of(d, folder) for d in commit.differences]
        self._inner = tuple(path + "/" for _, path in within(others, folder))  # vaults of their own in this one
        changed = {
            path for d in commit.differences or () for _, path in within(d.changed, folder) if path.endswith(".md")
        }
        also = _second_paths(commit.tree, folder, blobs)
        listed = blobs.keys() - also if also else blobs
        self.listing = Listing(
            tuple(sorted([p for p in listed if p.endswith(".md")])),
            tuple(sorted([p for p in listed if not p.endswith(".md")])),
            tuple(unnamed(p) for p in sorted(changed) if not is_unicode(p)),
            also,
        )
        self.touched = frozenset(p for p in self._changed() if self._is_own(p))
        self._shadowed = [shadowing(c, self._blobs) for c in self._changes or ()]

    def _is_own(self, path: str) -> bool:
        return not path.startswith(self._inner)

    def _changed(self) -> Iterable[str]:
        """The notes that are as in none of the commits before; in a merge that leaves out what is merged as it was."""
        if self._changes is None:
            return self.listing.notes
        changed = reduce(frozenset.__and__, (c.changed for c in self._changes))
        return (p for p in changed if p.endswith(".md"))

    @property
    def is_concerned(self) -> bool:
        """Whether there is anything to judge."""
        return bool(
            self.touched or self.listing.problems or any(self._shadowed) or any(c.gone for c in self._changes or ())
        )

    @cached_property
    def _aside(self) -> frozenset[str]:
        """The files that the work tree holds otherwise."""
        return frozenset(path for _, path in within(self._commit.aside(None), self._folder))

    def read(self, root: Path, read: Callable[..., Opened], *, cached: bool) -> Opened:
        """The vault, by way of `read_vault`: from the cache and git alone where the cache knows what most blobs hold."""
        notes, everything = self.listing.notes, self._commit.differences is None
        say(f"git: {count(len(self.touched), 'note')} touched of {len(notes):,}")
        if cached and not everything and (stats := remembered(root, notes, self._blobs)):
            with suppress(TooLittleKnownError):
                return read(gone=self.gone(root), stats=stats, fetch=_Fetch(self._given, root, notes))
        stats = Stats(root, notes) if cached else None
        given = self._given(root, notes, everything=True)
        found = read(gone=self.gone(root), stats=stats, given=given)
        if stats and not everything:
            remember(stats, self._blobs, self._aside)
        return found

    def _given(self, root: Path, notes: Sequence[str], *, everything: bool) -> dict[str, bytes]:
        """What git holds of those of some notes that the work tree holds otherwise, or not at all; all others are read there,
        with the line ends that are wanted there. `everything`: whether these are all notes, or so many.
        """
        if self._commit.differences is None:
            aside = frozenset[str]()
        elif everything:
            aside = self._aside
        else:
            start = self._folder + "/" if self._folder else ""
            aside = frozenset(p for _, p in within(self._commit.aside([start + p for p in notes]), self._folder))
        # a sparse checkout leaves files out, and git does not call that a difference
        given = [p for p in notes if p in aside or not os.path.lexists(f"{root}/{p}")]
        contents = self._repository.contents(self._blobs[p] for p in given)
        return {p: contents[self._blobs[p]] for p in given}

    def gone(self, root: Path) -> Gone:
        """What the commit takes from the vault, which lies at `root`."""
        paths = {path: now for c in self._changes or () for path, now in c.gone.items() if path not in self._blobs}
        try:
            here = Path(os.path.relpath(root)).as_posix()
        except ValueError:  # another drive
            here = root.as_posix()
        is_found = find_root(root / "note.md") == root
        return Gone(paths, "" if here == "." else here + "/", () if is_found else ("--vault", here))

    def broken(self, vault: Vault) -> set[str]:
        """The notes that the commit leaves as they are, and whose links it breaks."""
        found: set[str] = set()
        for change, shadowed in zip(self._changes or (), self._shadowed, strict=True):
            found.update(broken_by(change, self._old(change), shadowed, vault))
        return {p for p in found - self.touched if self._is_own(p)}

    def _old(self, change: Change) -> dict[str, Note]:
        contents = self._repository.contents(change.old.values())
        return {path: parse_note(Source.decode(contents[blob]), path) for path, blob in change.old.items()}

    def judged(self, opened: Opened, paths: Sequence[Path], *, fixes: bool) -> Opened:
        """The vault with what is to be judged in it, and what may be fixed."""

        def is_meant(path: str) -> bool:
            file = opened.root / path
            return not paths or any(file == p or p in file.parents for p in paths)

        touched = {p for p in self.touched if is_meant(p)}
        broken = {p for p in self.broken(opened.scanned.vault) if is_meant(p)}
        say(f"git: {count(len(broken), 'more note')} with links that this breaks")
        if not fixes:
            unfixed = broken.union(path for _, path in within(self._commit.unstaged(), self._folder))
            return replace(opened, named=tuple(sorted(touched | broken)), beside=dict.fromkeys(unfixed, ""))
        aside = dict.fromkeys(
            touched & self._aside,
            "the work tree holds it otherwise than it is staged; stage it or put that aside first",
        )
        return replace(opened, named=tuple(sorted(touched - aside.keys())), beside=dict.fromkeys(broken, "") | aside)
