"""What a commit does in each of the vaults of its repository: what they hold then, and which notes are to be judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property, reduce
from pathlib import Path
from typing import NamedTuple

from processor.base.text import Source
from processor.commands.staged import Change, broken_by, change_of, in_vault, shadowing
from processor.disk import Listing, find_root, is_unicode, seen_from, unnamed
from processor.disk.git import Difference, Repository, Tree, within
from processor.load.committed import Committed
from processor.vault.links.gone import Gone
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault


class Commit(NamedTuple):
    """The files as they are to be, and what that changes, seen from each commit before; None: all notes are judged.

    `aside` returns the files that the work tree holds otherwise.
    """

    tree: Tree
    aside: Callable[[], frozenset[str]]
    differences: tuple[Difference, ...] | None
    unstaged: Callable[[], Collection[str]] = tuple
    """Of the files that were changed those that the work tree holds otherwise than they are staged."""


def _second_paths(tree: Tree, folder: str, blobs: Collection[str]) -> dict[str, str]:
    """Return the paths in a vault that lead to another of its files by symbolic links: as `walk` has it."""
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


class Part:
    """What a commit does in one vault. Paths count from the vault's root."""

    def __init__(self, repository: Repository, commit: Commit, folder: str, others: Iterable[str]) -> None:
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
        """Return the notes that are as in none of the commits before; in a merge that leaves out what is merged as it was."""
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

    def origin(self, root: Path, *, cached: bool) -> Committed:
        """Return where the notes come from, for the vault lies at `root`."""
        return Committed(
            root,
            self.listing,
            self._blobs,
            self._gone(root),
            self.aside,
            self._repository.contents,
            cached=cached,
        )

    def aside(self) -> frozenset[str]:
        """Return the files that the work tree holds otherwise."""
        return self._aside

    @cached_property
    def _aside(self) -> frozenset[str]:
        return frozenset(path for _, path in within(self._commit.aside(), self._folder))

    def unstaged(self) -> set[str]:
        """Of the files that were changed those that the work tree holds otherwise than they are staged."""
        return {path for _, path in within(self._commit.unstaged(), self._folder)}

    def _gone(self, root: Path) -> Gone:
        """Return what the commit takes from the vault, which lies at `root`."""
        paths = {path: now for c in self._changes or () for path, now in c.gone.items() if path not in self._blobs}
        here = seen_from(Path.cwd(), root).as_posix()
        is_found = find_root(root / "note.md") == root
        return Gone(paths, "" if here == "." else here + "/", () if is_found else ("--vault", here))

    def broken(self, vault: Vault) -> set[str]:
        """Return the notes that the commit leaves as they are, and whose links it breaks."""
        found: set[str] = set()
        for change, shadowed in zip(self._changes or (), self._shadowed, strict=True):
            found.update(broken_by(change, self._old(change), shadowed, vault))
        return {p for p in found - self.touched if self._is_own(p)}

    def _old(self, change: Change) -> dict[str, Note]:
        contents = self._repository.contents(change.old.values())
        return {path: parse_note(Source.decode(contents[blob]), path) for path, blob in change.old.items()}
