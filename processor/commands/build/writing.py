"""Writing a copy so that it may be interrupted at any moment: the next build knows each file for its own and goes on.

Before anything else the manifest says what each file holds and what it will hold. A file is made under `.ytvault/` and
takes its place in one step, and only that of a file that still holds what was compared. The manifest says that the copy
is complete when all of it is on the disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from processor.commands.build.copying import copy_file, digest, digest_file
from processor.commands.build.manifest import Manifest
from processor.commands.build.output import Changes
from processor.commands.build.places import FILE, FOLDER, NEW
from processor.commands.build.report import Remark
from processor.disk import reason
from processor.disk.swap import Held, move, swap
from processor.disk.write import IsThis, Refused, keep_beside, put, settle, sync_folder, write_new

_THREADS = 8
_BATCH = 256

Content = bytes | Path
"""What a file shall hold: these bytes, or those of a file of the source."""


@dataclass(frozen=True)
class Copy:
    """A copy to be written: where (a real path), what each file shall hold (computed when it is written), and its record."""

    out: str
    changes: Changes
    content: Callable[[str], Content]
    manifest: Manifest  # as it shall be in the end
    times: Callable[[str], int | None] = lambda _path: None  # of files that are as in the source: when those changed
    obsidian: Path | None = None  # the source's `.obsidian`, where it is to be copied


def write_copy(copy: Copy, advance: Callable[[int], None] = lambda _count: None) -> list[Remark]:
    """Write it; return what could not be written, and why. Then the copy is not complete. Raise OSError."""
    temporary = f"{copy.out}/{NEW}"
    sweep(copy.out)
    os.makedirs(temporary)
    changes = copy.changes
    before = {path: old for path, old in changes.write.items() if old is not None} | dict(changes.remove)
    if changes.write or changes.remove or copy.obsidian:
        settled = copy.manifest.obsidian and copy.obsidian is None
        _save(copy.out, replace(copy.manifest, complete=False, obsidian=settled, before=before))
    problems = _Writer(copy, temporary).run(advance)
    if copy.obsidian and not problems:
        problems = list(_copy_settings(copy.obsidian, temporary, copy.out))
    if not problems:
        _save(copy.out, copy.manifest)
    sweep(copy.out)
    return problems


def sweep(out: str) -> None:
    """Take away what an interrupted build had not put in its place."""
    shutil.rmtree(f"{out}/{NEW}", ignore_errors=True)


def _save(out: str, manifest: Manifest) -> None:
    spare = f"{out}/{NEW}/manifest"
    write_new(spare, manifest.encode())
    os.replace(spare, f"{out}/{FILE}")
    sync_folder(f"{out}/{FOLDER}")


class _Writer:
    def __init__(self, copy: Copy, temporary: str) -> None:
        self.copy = copy
        self.out = copy.out
        self.spares = (f"{temporary}/{n}" for n in count())
        self.folders: set[str] = {self.out}

    def run(self, advance: Callable[[int], None]) -> list[Remark]:
        changes = self.copy.changes
        problems: list[Remark] = []
        for path, old in changes.remove.items():  # first: a file may make room for a folder, or differ only in case
            problems += self._problem(path, next(self.spares), None, old)
            self._remove_folders(path)
        for path in changes.write:
            folder = os.path.dirname(f"{self.out}/{path}")
            if folder not in self.folders:
                with suppress(FileExistsError, NotADirectoryError):  # which is then said of each file in it
                    os.makedirs(folder, exist_ok=True)
                self.folders.add(folder)
        waiting = list(changes.write.items())
        pool = ThreadPoolExecutor(_THREADS)
        try:
            for at in range(0, len(waiting), _BATCH):
                batch = waiting[at : at + _BATCH]
                made = [
                    pool.submit(self._problem, path, next(self.spares), self.copy.content, old) for path, old in batch
                ]
                for one in made:
                    problems += one.result()
                advance(len(batch))
        finally:
            pool.shutdown(cancel_futures=True)
        for folder in sorted(self.folders):
            sync_folder(folder)
        return problems

    def _problem(
        self, path: str, spare: str, content: Callable[[str], Content] | None, old: str | None
    ) -> list[Remark]:
        """Write or remove one file; return why it could not be done."""
        target = f"{self.out}/{path}"
        try:
            new = content(path) if content else None
            if isinstance(new, Path):
                self._copy(path, new, target, spare, old)
            else:
                left = put(target, spare, new, _holds(old))
                if left is not None and not settle(left, new):
                    return [Remark(path, "another program is writing to it")]
            if content:
                self._set_time(path, target)
        except Refused as refused:
            return [Remark(path, str(refused))]
        except OSError as error:
            return [Remark(path, reason(error))]
        return []

    def _set_time(self, path: str, target: str) -> None:
        """Give a file that is as in the source its time there: a site dates its pages by it."""
        changed = self.copy.times(path)
        if changed is not None:
            with suppress(OSError):
                os.utime(target, ns=(changed, changed))

    def _copy(self, path: str, source: Path, target: str, spare: str, old: str | None) -> None:
        copy_file(str(source), spare)
        if digest_file(spare) != self.copy.manifest.files[path]:
            raise Refused("it changed in the vault while it was copied; build again")
        if old is None:
            try:
                move(spare, target)
            except FileExistsError:
                raise Refused("there is a file of that name already") from None
        else:
            _bring_in(spare, target, old)

    def _remove_folders(self, path: str) -> None:
        """Remove the folders that a removed file leaves empty."""
        folder = path.rpartition("/")[0]
        while folder:
            try:
                os.rmdir(f"{self.out}/{folder}")
            except OSError:
                return
            folder = folder.rpartition("/")[0]


def _bring_in(spare: str, target: str, old: str) -> None:
    """Put a new file, however large, in the place of one that has the hash `old` at the moment of the swap. Raise Refused."""
    ours = digest_file(spare)
    with Held(target, large=True) as held:
        if held.data is None:
            raise Refused("another program is writing to it")
        if digest_file(target) != old:
            raise Refused("it has changed since it was read")
        if not swap(spare, target):
            os.replace(spare, target)
            return
        if held.is_wanted() or digest_file(spare) != old:
            swap(spare, target)  # what another program wrote gets its name back
            if digest_file(spare) != ours:
                keep_beside(spare, target)  # and what it wrote to ours meanwhile one of its own
            raise Refused("another program is writing to it")
    os.unlink(spare)


def _holds(expected: str | None) -> IsThis:
    def is_old(data: bytes | None) -> bool:
        return data is None if expected is None else data is not None and digest(data) == expected

    return is_old


def _copy_settings(source: Path, temporary: str, out: str) -> Iterator[Remark]:
    """Copy `.obsidian`, whole or not at all, where there is none yet; it is Obsidian's own from then on."""
    if os.path.lexists(f"{out}/.obsidian"):
        return
    new = f"{temporary}/obsidian"
    try:
        for folder, folders, files in os.walk(source):
            folders[:] = [f for f in folders if not os.path.islink(f"{folder}/{f}")]
            there = os.path.join(new, os.path.relpath(folder, source))
            os.makedirs(there, exist_ok=True)
            for file in sorted(files):
                if os.path.isfile(f"{folder}/{file}") and not os.path.islink(f"{folder}/{file}"):
                    copy_file(f"{folder}/{file}", f"{there}/{file}")
        os.rename(new, f"{out}/.obsidian")
    except OSError as error:
        yield Remark(".obsidian", reason(error))
