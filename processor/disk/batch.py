"""Writing and renaming files of a vault, many at a time, never through a symbolic link out of it."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from processor.base.spool import Content, content
from processor.disk import reason
from processor.disk.swap import move
from processor.disk.write import IsThis, Refused, Spare, exchange, holds, make_durable, prepare, settle, sync_folder

if TYPE_CHECKING:
    from concurrent.futures import Future

_BATCH = 64  # files that wait for the disk together: two batches are open at once, and some systems allow but 256
_UNSETTLED = 256  # old files that stay until others have been written
_THREADS = 8
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


class Step(NamedTuple):
    """One write: make the file at `path` hold `new` (None: be gone) if it is what `is_old` knows; see `write.put`."""

    number: int  # the caller's
    path: str
    spare: str  # a free name in its folder
    given: Content | None
    is_old: IsThis

    @property
    def new(self) -> bytes | None:
        return None if self.given is None else content(self.given)


class _Result(NamedTuple):
    """What a step came to, as far as it has come."""

    folder: str
    name: str = ""
    handle: int | None = None  # of the new file, while it is not on the disk yet
    spare: Spare | None = None
    error: str = ""
    full: bool = False  # the error is that the disk is


class _Batch(NamedTuple):
    """Steps whose new files are written, each with what it came to: as threads that wait for the disk will tell."""

    steps: Sequence[Step]
    waiting: Sequence[Future[list[_Result]]]


class Files:
    """The files of the vault at `root`, a real path."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._real: dict[str, str] = {"": root}  # folder in the vault → its real path
        self._made: set[str] = set()
        self.advance: Callable[[int], None] = lambda _count: None  # called with how many more were taken

    def place(self, path: str, *, make: bool = False) -> tuple[str, str]:
        """Return the real folder and name of a file; `make` makes its folder. Raise Refused where it lies outside the vault."""
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
        """Take the steps; return those that failed by their number, and why. What was done is durable on return."""
        failed: dict[int, str] = {}
        unsettled: deque[tuple[Step, Spare]] = deque()
        folders: set[str] = set()
        full: list[Step] = []

        def settle_but(most: int) -> None:
            while len(unsettled) > most:
                step, spare = unsettled.popleft()
                try:
                    if not settle(spare, step.given):
                        failed[step.number] = "another program is writing to it"
                except OSError as error:
                    failed[step.number] = reason(error)

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

        several = self._of_one_file(steps) if len(steps) > 1 else ()
        if len(steps) == 1:
            finish(steps[0], _durable(steps[0], self._prepare(steps[0])))
        else:
            self._take_many(steps, finish, lambda: settle_but(_UNSETTLED))
        settle_but(0)
        self._join(several, failed)
        # a disk that the old and the new files of a batch filled may hold them one by one
        for step in full.copy():
            del failed[step.number]
            finish(step, _durable(step, self._prepare(step)))
            settle_but(0)
        for folder in folders - {""}:
            sync_folder(folder)
        return failed

    def _of_one_file(self, steps: Sequence[Step]) -> Sequence[Sequence[Step]]:
        """Return the steps that write to one file by several of its names (hard links)."""
        found: dict[tuple[int, int], list[Step]] = {}
        for step in steps:
            with suppress(OSError):
                status = os.lstat(f"{self.root}/{step.path}")
                if status.st_nlink > 1:
                    found.setdefault((status.st_dev, status.st_ino), []).append(step)
        return [group for group in found.values() if len(group) > 1]

    def _join(self, several: Iterable[Sequence[Step]], failed: Container[int]) -> None:
        """Make one file again of those that were one, and hold the same: no loss where the system refuses."""
        for first, *others in several:
            for step in others:
                if step.given is None or step.new != first.new or step.number in failed or first.number in failed:
                    continue
                with suppress(OSError, Refused):
                    (folder, name), (source, source_name) = self.place(step.path), self.place(first.path)
                    spare = f"{folder}/{step.spare}"
                    os.link(f"{source}/{source_name}", spare)
                    if left := exchange(f"{folder}/{name}", spare, step.given, holds(step.given)):
                        settle(left, step.given)

    def _take_many(
        self, steps: Sequence[Step], finish: Callable[[Step, _Result], None], go_on: Callable[[], None]
    ) -> None:
        """Take many steps: while threads wait for the disk, the new files of others are written. (That is done in this
        thread: threads that do more than to wait are in each other's way.)"""
        from concurrent.futures import ThreadPoolExecutor

        batches: deque[_Batch] = deque()

        def finish_one() -> None:
            batch = batches[0]
            results = [result for future in batch.waiting for result in future.result()]
            batches.popleft()
            go_on()
            for step, result in zip(batch.steps, results, strict=True):
                finish(step, result)
            self.advance(len(batch.steps))

        with ThreadPoolExecutor(_THREADS) as pool:
            for at in range(0, len(steps), _BATCH):
                batch = steps[at : at + _BATCH]
                prepared = self._all_prepared(batch)
                size = -(-len(batch) // _THREADS)
                parts = [slice(i, i + size) for i in range(0, len(batch), size)]
                batches.append(_Batch(batch, [pool.submit(_all_durable, batch[p], prepared[p]) for p in parts]))
                if len(batches) > 1:
                    finish_one()
            while batches:
                finish_one()

    def _all_prepared(self, steps: Sequence[Step]) -> list[_Result]:
        prepared: list[_Result] = []
        try:
            for step in steps:
                prepared.append(self._prepare(step))  # noqa: PERF401  those that are open are known when one fails
        except BaseException:
            for result in prepared:
                if result.handle is not None:
                    os.close(result.handle)  # some systems remove no file that is open
            raise
        return prepared

    def _prepare(self, step: Step) -> _Result:
        folder = ""
        try:
            folder, name = self.place(step.path, make=step.given is not None)
            handle = prepare(f"{folder}/{name}", f"{folder}/{step.spare}", step.new, step.is_old)
        except Refused as refused:
            return _Result(folder, error=str(refused))
        except OSError as error:
            return _Result(folder, error=reason(error), full=error.errno in _FULL)
        return _Result(folder, name, handle)

    def _exchange(self, step: Step, prepared: _Result) -> _Result:
        folder, name = prepared.folder, prepared.name
        try:
            spare = exchange(f"{folder}/{name}", f"{folder}/{step.spare}", step.given, step.is_old)
        except Refused as refused:
            return _Result(folder, error=str(refused))
        except OSError as error:
            return _Result(folder, error=reason(error))
        return _Result(folder, name, spare=spare)

    def exists(self, path: str) -> bool:
        return os.path.lexists(f"{self.root}/{path}")

    def rename(self, path: str, to: str) -> str | None:
        """Rename a file, never over another; return why it could not be done, None where it was."""
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
        """Return the folders that must be made for files at these paths, outer ones first."""
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


def _all_durable(steps: Sequence[Step], prepared: Sequence[_Result]) -> list[_Result]:
    """Return what the steps came to once their new files are on the disk."""
    return [_durable(step, result) for step, result in zip(steps, prepared, strict=True)]


def _durable(step: Step, prepared: _Result) -> _Result:
    if prepared.handle is None:
        return prepared
    try:
        make_durable(f"{prepared.folder}/{step.spare}", prepared.handle)
    except OSError as error:
        return _Result(prepared.folder, error=reason(error), full=error.errno in _FULL)
    return prepared._replace(handle=None)
