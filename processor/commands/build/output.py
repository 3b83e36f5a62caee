"""What must be written so that a folder holds a copy, and what must not: compared by hash, nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from processor.commands.build.copying import IS_FOLDER, Odd, digests
from processor.commands.build.manifest import Manifest


class Refusal(NamedTuple):
    """A file that a build does not touch, and why, as a sentence about it. `final`: not even with `--force`."""

    path: str
    reason: str
    final: bool = False


@dataclass(frozen=True)
class Changes:
    """What to do, each with the hash that the file must hold until then: None for no file."""

    write: Mapping[str, str | None]
    remove: Mapping[str, str]
    refused: tuple[Refusal, ...]
    unchanged: int  # how many are as they should be

    def __bool__(self) -> bool:
        return bool(self.write or self.remove or self.refused)


def differences(changes: Changes) -> Iterator[str]:
    """Yield what is not as a build would have it, a line for each file."""
    for refusal in changes.refused:
        yield f"{refusal.path}: {refusal.reason}"
    refused = {r.path for r in changes.refused}
    for path, old in sorted(changes.write.items()):
        if path not in refused:
            yield f"{path}: {'is missing' if old is None else 'would be written anew'}"
    for path in sorted(changes.remove):
        if path not in refused:
            yield f"{path}: would be removed"


def compare(out: str, wanted: Mapping[str, str], manifest: Manifest | None) -> Changes:
    """Return what makes `out` (a real path) hold the files `wanted` (path → hash), and no other that a build made."""
    recorded = {*manifest.files, *manifest.before} if manifest else set()
    paths = sorted(recorded | wanted.keys())
    refused = _folders_in_the_way(out, paths, recorded - wanted.keys())
    standing = digests(out, paths)
    write: dict[str, str | None] = {}
    remove: dict[str, str] = {}
    folders: list[str] = []
    unchanged = 0
    for path in paths:
        found = standing.get(path)
        ours = found is not None and manifest is not None and manifest.knows(path, found)
        if isinstance(found, Odd):
            if found == IS_FOLDER and path in wanted:
                folders.append(path)
            elif found != IS_FOLDER:
                refused.append(Refusal(path, f"{found}, and in the way", final=True))
        elif path not in wanted:
            if found is not None and not ours:
                refused.append(Refusal(path, "it left the vault, and was edited here since it was built"))
            if found is not None:
                remove[path] = found
        elif found == wanted[path]:
            unchanged += 1
        else:
            if found is not None and not ours:
                edited = path in recorded
                refused.append(Refusal(path, "it was edited since it was built" if edited else "no build made it"))
            write[path] = found
    for path in folders:  # one that will be empty makes room
        if all(f"{path}/{file}" in remove for file in _files(f"{out}/{path}")):
            write[path] = None
        else:
            refused.append(Refusal(path, f"{IS_FOLDER}, and in the way", final=True))
    return Changes(write, remove, tuple(refused), unchanged)


def _folders_in_the_way(out: str, paths: Iterable[str], leaving: Collection[str]) -> list[Refusal]:
    """Folders of the copy that are something else in `out`: a build writes through no symbolic link."""
    found: list[Refusal] = []
    seen: set[str] = set()
    for path in paths:
        parts = path.split("/")[:-1]
        for i in range(1, len(parts) + 1):
            folder = "/".join(parts[:i])
            if folder in seen:
                continue
            seen.add(folder)
            if os.path.islink(f"{out}/{folder}"):
                found.append(Refusal(folder, "it is a symbolic link, and a build writes through none", final=True))
            elif folder not in leaving and os.path.isfile(f"{out}/{folder}"):
                found.append(Refusal(folder, "it is a file where the copy has a folder", final=True))
    return found


def _files(folder: str) -> Iterator[str]:
    """Yield all that lies in a folder and is none itself, by its path from there; a folder that holds nothing as well."""
    for where, folders, files in os.walk(folder):
        inside = os.path.relpath(where, folder).replace(os.sep, "/").removeprefix(".").removeprefix("/")
        names = [*files, *(f for f in folders if os.path.islink(f"{where}/{f}"))]
        yield from (f"{inside}/{name}" if inside else name for name in names)
        if not files and not folders:
            yield inside
