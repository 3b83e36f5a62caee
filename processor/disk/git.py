"""A repository, as git knows it: its files as they are staged or in a commit, and what changed since another commit.

All by the `git` command, with `-z`, so that no name is quoted or cut. Submodules and links out of the repository are no files.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from processor.disk.running_git import Answer, GitError, git, started

_LINK = "120000"
_PLAIN = "100644"
_FILES = (_PLAIN, "100755", "100664", _LINK)
_STAGED = ("ls-files", "-z", "-s", "--full-name")
_COMPARE = ("--raw", "-M", "--no-abbrev", "--no-ext-diff", "--ignore-submodules", "--ita-invisible-in-index")
_CHANGED = ("diff-index", "-z", "--cached", *_COMPARE, "HEAD")
_ON_DISK = "diff -z --name-status --no-renames --no-ext-diff --no-color --ignore-submodules".split()
# of no bytes, by either of git's digests; a file that git only plans to add has it too
_EMPTY = (
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_NAMED = 50  # files on one command line
_MOST_LINKS = 40  # that lead one to the next, as in the Linux kernel


class Difference(NamedTuple):
    """What a tree holds otherwise than the commit before it. Paths count from the top of the repository.

    `changed` are the files that were added, changed or renamed; `gone` what was deleted or renamed, as it was called
    then → now (None: deleted); `old` the contents, as blobs, of what was changed, deleted or renamed, by the old path.
    """

    changed: frozenset[str]
    gone: Mapping[str, str | None]
    old: Mapping[str, str]


@dataclass(frozen=True)
class Tree:
    """All files of a commit, or of what is staged to become one: path from the top → blob; links lead to their file's."""

    blobs: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)  # symbolic links: path → the file they lead to
    folders: Mapping[str, str] = field(
        default_factory=dict
    )  # the same of those that lead elsewhere, to a folder perhaps


class Repository:
    """A repository with a work tree. `top` is the folder that holds it."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self._begun: dict[tuple[str, ...], Answer] = {}
        self._head = ""

    @classmethod
    def holding(cls, folder: Path) -> Repository:
        """Return the repository that a folder lies in. Raise GitError."""
        said = os.fsdecode(git(folder, "rev-parse", "--show-toplevel", "--show-cdup"))
        top, _, up = said.removesuffix("\n").rpartition("\n")
        # the name as the caller writes it, where git has followed links in it
        here = Path(os.path.normpath(folder / up))
        return cls(here if os.path.realpath(here) == os.path.realpath(top) else Path(top))

    def begin(self) -> None:
        """Have git begin with what `staged` asks, and what HEAD differs in: it works while we do other things."""
        self._begun = {words: started(self.top, *words) for words in (_STAGED, _CHANGED)}

    def commit(self, name: str) -> str:
        """Return the id of the commit that a name means. Raise GitError where there is none."""
        try:
            return self._line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitError:
            raise GitError(f'git knows no commit called "{name}"') from None

    @cached_property
    def empty(self) -> str:
        """The id of the tree that holds nothing: what is before the first commit."""
        return self._line("hash-object", "-t", "tree", "--stdin")

    def base(self, name: str, other: str) -> str:
        """Return where `other` left the history of `name`; `name` itself where they have none in common."""
        try:
            return self._line("merge-base", self.commit(name), self.commit(other))
        except GitError:
            return self.commit(name)

    def parents(self) -> list[str]:
        """Return the commits that the next one will follow: in a merge several, at the very first none."""
        try:
            merging, head = self._line("rev-parse", "--git-path", "MERGE_HEAD", "HEAD^{commit}").rsplit("\n", 1)
        except GitError:
            with suppress(GitError, KeyError):  # let it end
                self._begun.pop(_CHANGED)()
            return []
        found, self._head = [head], head
        try:
            found += (self.top / merging).read_text(encoding="ascii").split()
        except OSError:  # git merge names them so, while the hook runs that may stop it
            found += sorted(n.removeprefix("GITHEAD_") for n in os.environ if n.startswith("GITHEAD_"))
        return list(dict.fromkeys(found))

    # Trees

    def staged(self) -> Tree:
        """Return all that would be committed now. Raise GitError while there are conflicts."""
        lines = self._list(*_STAGED)
        at = lines[0].index("\t") if lines else 0  # the names of objects are all of one length
        if clash := next((line for line in lines if line[at - 1] != "0"), None):
            raise GitError(f'"{clash[at + 1 :]}" is in conflict: resolve it and stage it first')
        paths, blobs = [line[at + 1 :] for line in lines], [line[7 : at - 2] for line in lines]
        modes = {path: line[:6] for path, line in zip(paths, lines, strict=True) if line[:6] != _PLAIN}
        by_path = dict(zip(paths, blobs, strict=True))
        for path in self._only_planned([p for p, blob in by_path.items() if blob in _EMPTY]):
            del by_path[path]
            modes.pop(path, None)
        return self._tree(by_path, modes)

    def tree(self, commit: str) -> Tree:
        """Return all files of a commit."""
        blobs, modes = {}, {}
        for line in self._list("ls-tree", "-z", "-r", "--full-tree", commit):
            about, _, path = line.partition("\t")
            mode, _, blobs[path] = about.split(" ")
            if mode != _PLAIN:
                modes[path] = mode
        return self._tree(blobs, modes)

    def _tree(self, blobs: dict[str, str], modes: Mapping[str, str]) -> Tree:
        """Return the tree of all objects, of which `modes` are those of what is no plain file."""
        for path in [path for path, mode in modes.items() if mode not in _FILES]:
            del blobs[path]
        symbolic = [path for path, mode in modes.items() if mode == _LINK]
        texts = self.contents(blobs[p] for p in symbolic) if symbolic else {}
        ends = {p: self._end(p, os.fsdecode(texts[blobs.pop(p)])) for p in symbolic}
        links: dict[str, str] = {}
        folders: dict[str, str] = {}
        for path in symbolic:
            end = path
            for _ in range(_MOST_LINKS):
                end = posixpath.normpath(ends[end])
                if end not in ends:
                    break
            (links if end in blobs else folders)[path] = end
        return Tree(blobs | {path: blobs[end] for path, end in links.items()}, links, folders)

    def _end(self, path: str, text: str) -> str:
        """Return where a symbolic link leads by its text, from the top."""
        for top in (self.top.as_posix(), Path(os.path.realpath(self.top)).as_posix()):
            if text.startswith(top + "/"):
                return text[len(top) + 1 :]
        return posixpath.join(posixpath.dirname(path), text)

    @cached_property
    def _unstaged(self) -> Mapping[str, str]:
        """What differs between the work tree and what is staged: path → letter of git's."""
        fields = self._list(*_ON_DISK)
        return dict(zip(fields[1::2], fields[::2], strict=True))

    def _only_planned(self, empty: Sequence[str]) -> Collection[str]:
        """Of files that hold nothing in the index those of `git add --intent-to-add`: git would not commit them."""
        if not empty:
            return ()
        if len(empty) > _NAMED:
            return {path for path in empty if self._unstaged.get(path) == "A"}
        # to compare a few takes no time, and all of them much
        return self._list("--literal-pathspecs", "diff-files", "-z", "--name-only", "--diff-filter=A", "--", *empty)

    def without_deleted(self, tree: Tree) -> Tree:
        """Return a tree without the files that the work tree does not hold."""
        return Tree(
            {path: blob for path, blob in tree.blobs.items() if self._unstaged.get(path) != "D"},
            tree.links,
            tree.folders,
        )

    def changed_on_disk(self, tree: Tree, staged: Tree | None = None) -> frozenset[str]:
        """Return the files of a tree that the work tree holds otherwise, or not at all. `staged`: what is staged, if that is not
        `tree`."""
        links, blobs = tree.links, tree.blobs
        aside = {path for path in self._unstaged if path in blobs}
        if staged is not None:
            aside |= {path for path, blob in blobs.items() if staged.blobs.get(path) != blob}
        return frozenset(aside) | {path for path, end in links.items() if end in aside}

    def begin_unstaged(self, paths: Sequence[str]) -> Callable[[], Collection[str]]:
        """Begin to look which of some files the work tree holds otherwise than they are staged."""
        if len(paths) > _NAMED:
            return lambda: self._unstaged.keys() & {*paths}
        words = ("--literal-pathspecs", *_ON_DISK, "--", *paths)
        if paths:
            self._begun[words] = started(self.top, *words)
        return lambda: self._list(*words)[1::2] if paths else ()

    def difference(self, before: str, after: str | None = None) -> Difference:
        """Return what a commit (None: what is staged) holds otherwise than the commit or tree `before`."""
        where: tuple[str, ...] = ("diff-index", "-z", "--cached", *_COMPARE, "HEAD" if before == self._head else before)
        if after is not None:
            where = ("diff-tree", "-z", "-r", *_COMPARE, before, after)
        changed: set[str] = set()
        gone: dict[str, str | None] = {}
        old: dict[str, str] = {}
        fields = iter(self._list(*where))
        for about in fields:
            was, now, old_blob, _, letter = about[1:].split(" ")
            path = next(fields)
            new_path = next(fields) if letter[0] in "RC" else path
            is_file, was_file = now in _FILES, was in _FILES and letter[0] != "C"
            if is_file:
                changed.add(new_path)
            if was_file:
                if was != _LINK:
                    old[path] = old_blob
                if not is_file or new_path != path:
                    gone[path] = new_path if is_file else None
        return Difference(frozenset(changed), gone, old)

    # Contents

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of blobs, by their ids."""
        ids = list(dict.fromkeys(blobs))
        if not ids:
            return {}
        out = git(self.top, "cat-file", "--batch", given="".join(f"{b}\n" for b in ids).encode())
        found: dict[str, bytes] = {}
        at = 0
        for blob in ids:
            end = out.index(b"\n", at)
            words = out[at:end].split(b" ")
            if len(words) != 3:
                raise GitError(f"git does not have the object {blob}")
            size = int(words[2])
            found[blob] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def _line(self, *words: str) -> str:
        return os.fsdecode(git(self.top, *words)).strip()

    def _list(self, *words: str) -> list[str]:
        """Return the parts, each closed by a zero byte, of what a git command prints."""
        answer = self._begun.pop(words, None) or started(self.top, *words)
        return os.fsdecode(answer()).split("\0")[:-1]


def within(paths: Iterable[str], folder: str) -> Iterator[tuple[str, str]]:
    """Of paths from the top those in a folder (empty: the top), each with its path from there."""
    start = folder + "/" if folder else ""
    for path in paths:
        if path.startswith(start):
            yield path, path[len(start) :]
