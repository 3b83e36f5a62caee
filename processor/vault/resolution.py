"""Which file a path in a link leads to, and by which rule: as Obsidian finds it, from the names of files alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from processor.parse.nodes import Block, Heading
from processor.vault.naming import path_key

Status = Literal["ok", "missing", "ambiguous", "missing-heading", "missing-block"]
Decider = Literal["", "self", "only", "relative", "root", "exact", "folder", "shortest", "tie"]
"""The rule that decided: see `REASONS`; empty where the link leads nowhere."""

REASONS: Mapping[Decider, str] = {
    "": "no file has that name",
    "self": "a link without a path leads into its own note",
    "only": "only one file fits",
    "relative": "`./` and `../` start at the note's own folder",
    "root": "a leading `/` means the path from the vault's root",
    "exact": "an exact path from the vault's root comes first",
    "folder": "files under the note's own folder come first, and of these the shortest path",
    "shortest": "the shortest path comes first",
    "tie": "their paths are equally short, and which one Obsidian opens is not known",
}


class Resolution(NamedTuple):
    """Where a link leads, and why.

    `path` is the file from the vault's root, None where there is none (`missing`). A link whose heading or block is
    missing still has its `path`. `candidates` are all files that fit, the winner first; `ambiguous` only where no rule of
    Obsidian's says which of several wins (`path` is then one of them): the first `tied` of the candidates. `decider` is
    the rule that decided, `reason` says it in words.
    """

    path: str | None
    status: Status
    candidates: tuple[str, ...] = ()
    reason: str = ""
    heading: Heading | None = None
    block: Block | None = None
    decider: Decider = ""
    tied: int = 1


_MISSING = Resolution(None, "missing", (), REASONS[""])


class _Filed(NamedTuple):
    """Paths by their file names, as links compare these."""

    alone: dict[str, str]
    """Of the names that one file has."""
    shared: dict[str, list[str]]
    """Of the names that several files have."""
    is_plain: bool
    """Whether all paths are ASCII, and none lies under a dot-folder."""


class FileIndex:
    """The files of a vault by their names; what lies under a dot-folder is not part of the vault. Made at the first question."""

    def __init__(self, paths: Collection[str], also: Mapping[str, str] = MappingProxyType({})) -> None:
        """`also` are second paths of the same files: a link by one of them leads to the file's first path."""
        self._also = also
        self._paths = paths

    @cached_property
    def _filed(self) -> _Filed:
        paths = [*self._paths, *self._also]
        text = "\n".join(paths)
        is_plain = text.isascii()
        if "/." in "/" + text.replace("\n", "/"):
            paths = [path for path in paths if path[0] != "." and "/." not in path]
            text = "\n".join(paths)
            is_plain = False
        keys = text.lower().split("\n") if text.isascii() and paths else []  # one call for all, in most vaults
        if len(keys) != len(paths):
            keys = list(map(path_key, paths))
            is_plain = not paths
        names = [key.rpartition("/")[2] for key in keys]
        alone = dict(zip(names, paths, strict=True))
        shared: dict[str, list[str]] = {}
        if len(alone) < len(paths):
            many = {name for name, times in Counter(names).items() if times > 1}
            for name, path in [pair for pair in zip(names, paths, strict=True) if pair[0] in many]:
                shared.setdefault(name, []).append(path)
            for name in shared:
                del alone[name]
        return _Filed(alone, shared, is_plain)

    @cached_property
    def _alone(self) -> dict[str, str]:
        return self._filed.alone

    @cached_property
    def _shared(self) -> dict[str, list[str]]:
        return self._filed.shared

    def namesakes(self) -> list[str] | None:
        """Return the files whose names differ in case only or not at all; None where that takes a closer look."""
        if not self._filed.is_plain:
            return None
        return [path for paths in self._shared.values() for path in paths if path not in self._also]

    def alone(self, name: str) -> str | None:
        """Return the only file that a bare name fits, from every folder; None also where that takes a closer look."""
        if "." in name or "/" in name or "#" in name:
            return None
        found = self._alone.get(path_key(name.strip()) + ".md")
        return found if found is None or not self._also else self._also.get(found, found)

    def bare(self, name: str) -> Resolution | None:
        """Return where a bare name leads from every folder; None where that takes a closer look."""
        alone = self.alone(name)
        if alone is not None:
            return _found([alone], "only")
        if "." in name or "/" in name or "#" in name:
            return None
        key = path_key(name.strip()) + ".md"
        return None if key in self._shared or key == ".md" else _MISSING

    def leads(self, path: str, folder: str) -> tuple[Resolution, bool]:
        """Return where a path leads from a folder, and whether it leads there from every folder."""
        written = (path, path + ".md") if "." in path[path.rfind("/") + 1 :] else (path + ".md",)
        for name in written:
            key = path_key(name)
            file = key[key.rfind("/") + 1 :]
            alone = self._alone.get(file)
            if alone is not None and file == key:
                return _found([self._also.get(alone, alone)], "only"), True
            named = self._shared.get(file, ()) if alone is None else (alone,)
            if named:
                found = self._choose(name, key, [(path_key(p), p) for p in named], folder)
                if self._also and found.path is not None:
                    found = self._as_files(found)
                if found.path is not None:
                    return found, found.decider in ("only", "root", "exact")
        return _MISSING, not path.startswith(("./", "../"))

    def _as_files(self, found: Resolution) -> Resolution:
        """Return what was chosen among paths, with each file once, by its first path."""
        files = tuple(dict.fromkeys([self._also.get(path, path) for path in found.candidates]))
        shortest = _length(found.candidates[0])
        tied = {self._also.get(path, path) for path in found.candidates if _length(path) == shortest}
        if found.status == "ambiguous" and len(tied) > 1:
            return found._replace(path=files[0], candidates=files)
        decider = found.decider
        if decider in ("tie", "folder", "shortest"):
            decider = "only" if len(files) == 1 else "shortest" if decider == "tie" else decider
        return _found(files, decider)

    def _choose(self, name: str, key: str, named: Sequence[tuple[str, str]], folder: str) -> Resolution:
        """Return which of the files of one name a path (`key`, as `name` is written) leads to."""
        if key.startswith("/"):
            return _of_twins(name, [p for k, p in named if k == key[1:]], [], "root")
        if key.startswith(("./", "../")):
            key = joined(path_key(folder), key)
            return _of_twins(joined(folder, name), [p for k, p in named if k == key], [], "relative")
        fits = [(k, p) for k, p in named if k.endswith(key)]
        if exact := [p for k, p in fits if k == key]:
            return _of_twins(name, exact, _by_length(p for k, p in fits if k != key), "exact")
        under = path_key(folder) + "/" if folder else ""
        own = _by_length(p for k, p in fits if k.startswith(under))
        others = _by_length(p for k, p in fits if not k.startswith(under))
        pool = own or others
        if not pool:
            return _MISSING
        if len(fits) == 1:
            return _found([p for _, p in fits], "only")
        shortest = _length(pool[0])
        best = [p for p in pool if _length(p) == shortest]
        rest = [p for p in pool if _length(p) != shortest] + (others if own else [])
        decider: Decider = "folder" if own and others else "shortest"
        return _of_twins(name, best, rest, decider)


def _found(paths: Sequence[str], decider: Decider) -> Resolution:
    return Resolution(paths[0], "ok", tuple(paths), REASONS[decider], None, None, decider)


def _of_twins(name: str, best: Sequence[str], rest: Sequence[str], decider: Decider) -> Resolution:
    """Return the one best path; of several that no rule tells apart the one that is written so, and it is ambiguous."""
    if not best:
        return _MISSING
    if len(best) == 1:
        return _found([*best, *rest], decider)
    best = sorted(best, key=lambda p: (not p.endswith(name.removeprefix("/")), p))
    return Resolution(best[0], "ambiguous", (*best, *rest), REASONS["tie"], None, None, "tie", len(best))


def _length(path: str) -> int:
    """Return the length as Obsidian counts it, in UTF-16 units."""
    return len(path) if path.isascii() else len(path.encode("utf-16-le", "surrogatepass")) // 2


def _by_length(paths: Iterable[str]) -> list[str]:
    return sorted(paths, key=lambda p: (_length(p), p))


def joined(folder: str, path: str) -> str:
    """Return a path that starts at a folder, from the vault's root; `..` above the root stays there."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
