"""Writing and renaming files of a vault, many at a time, never through a symbolic link out of it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from processor.disk import reason
from processor.disk.swap import move
from processor.disk.write import IsThis, Refused, Spare, exchange, prepare, settle, sync_folder

_BATCH = 256  # files whose writes wait for the disk together
_THREADS = 8
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


class Step(NamedTuple):
    """One write: make the file at `path` hold `new` (None: be gone) if it is what `is_old` knows; see `write.put`."""

    number: int  # the caller's
    path: str
    spare: str  # a free name in its folder
    new: bytes | None
    is_old: IsThis


class _Result(NamedTuple):
    """What a step, or its first half, came to."""

    folder: str
    name: str = ""
    spare: Spare | None = None
    error: str = ""
    full: bool = False  # the error is that the disk is


class Files:
    """The files of the vault at `root`, a real path."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._real: dict[str, str] = {"": root}  # folder in the vault → its real path
        self._made: set[str] = set()

    def place(self, path: str, *, make: bool = False) -> tuple[str, str]:
        """The real folder and name of a file; `make` makes its folder. Raises Refused where it lies outside the vault."""
        folder, _, name = path.rpartition("/")
        real = self._real.get(folder)
        if real is None:
            real = os.path.realpath(f"{self.root}/{folder}")
            if not self._holds(real):
                raise Refused("its folder is a symbolic link out of the vault")
            self._real[folder] = real
        if make and real not in self._made:
            os.makedirs(real, exist_ok=True)
            self._made.add(real)
        if os.path.islink(f"{real}/{name}"):
            target = os.path.realpath(f"{real}/{name}")
            if not self._holds(target):
                raise Refused("it is a symbolic link out of the vault")
            return os.path.split(target)
        return real, name

    def _holds(self, real: str) -> bool:
        return real == self.root or real.startswith(self.root.rstrip(os.sep) + os.sep)

    def take(self, steps: Sequence[Step]) -> dict[int, str]:
        """Take the steps; gives those that failed by their number, and why. What was done is durable on return."""
        failed: dict[int, str] = {}
        unsettled: list[tuple[Step, Spare]] = []
        folders: set[str] = set()
        full: list[Step] = []

        def settle_all() -> None:
            for step, spare in unsettled:
                try:
                    if not settle(spare, step.new):
                        failed[step.number] = "another program is writing to it"
                except OSError as error:
                    failed[step.number] = reason(error)
            unsettled.clear()

        def finish(step: Step, prepared: _Result) -> None:
            # here, and in no other thread: the steps on one file must follow each other fast
            done = prepared if prepared.error else self._exchange(step, prepared)
            folders.add(done.folder)
            if done.error:
                failed[step.number] = done.error
                if done.full:
                    full.append(step)
            elif done.spare:
                unsettled.append((step, done.spare))

        pool = None
        try:
            if len(steps) > 1:
                from concurrent.futures import ThreadPoolExecutor

                pool = ThreadPoolExecutor(_THREADS)
            for at in range(0, len(steps), _BATCH):
                batch = steps[at : at + _BATCH]
                prepared = list(pool.map(self._prepare, batch) if pool else map(self._prepare, batch))
                settle_all()  # of the batch before: who was about to write to one of its old files has begun by now
                for step, result in zip(batch, prepared, strict=True):
                    finish(step, result)
            settle_all()
            # a disk that the old and the new files of a batch filled may hold them one by one
            for step in full.copy():
                del failed[step.number]
                finish(step, self._prepare(step))
                settle_all()
        finally:
            if pool:
                pool.shutdown(cancel_futures=True)
        for folder in folders - {""}:
            sync_folder(folder)
        return failed

    def _prepare(self, step: Step) -> _Result:
        folder = ""
        try:
            folder, name = self.place(step.path, make=step.new is not None)
            prepare(f"{folder}/{name}", f"{folder}/{step.spare}", step.new, step.is_old)
        except Refused as refused:
            return _Result(folder, error=str(refused))
        except OSError as error:
            return _Result(folder, error=reason(error), full=error.errno in _FULL)
        return _Result(folder, name)

    def _exchange(self, step: Step, prepared: _Result) -> _Result:
        folder, name = prepared.folder, prepared.name
        try:
            spare = exchange(f"{folder}/{name}", f"{folder}/{step.spare}", step.new, step.is_old)
        except Refused as refused:
            return _Result(folder, error=str(refused))
        except OSError as error:
            return _Result(folder, error=reason(error))
        return _Result(folder, name, spare)

    def exists(self, path: str) -> bool:
        return os.path.lexists(f"{self.root}/{path}")

    def rename(self, path: str, to: str) -> str | None:
        """Rename a file, never over another; gives why it could not be done."""
        try:
            (folder, name), (new_folder, new_name) = self.place(path), self.place(to, make=True)
            old, new = f"{folder}/{name}", f"{new_folder}/{new_name}"
            if old.casefold() == new.casefold() and os.path.exists(new) and os.path.samefile(old, new):
                os.rename(old, new)  # a file system to which both are one name
            else:
                move(old, new)
        except FileExistsError:
            return f"there is a file {to} already"
        except Refused as refused:
            return str(refused)
        except OSError as error:
            return reason(error)
        sync_folder(folder)
        sync_folder(new_folder)
        return None

    def missing_folders(self, paths: Iterable[str]) -> list[str]:
        """The folders that must be made for files at these paths, outer ones first."""
        missing = set()
        for path in paths:
            folder = path.rpartition("/")[0]
            while folder and not self.exists(folder):
                missing.add(folder)
                folder = folder.rpartition("/")[0]
        return sorted(missing)

    def remove_folders(self, folders: Sequence[str]) -> None:
        """Remove folders that we made, where they are empty."""
        for folder in reversed(folders):
            try:
                os.rmdir(f"{self.root}/{folder}")
            except OSError:
                continue
            self._made.discard(f"{self.root}/{folder}")
