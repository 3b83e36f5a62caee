"""The journal: makes a run over several files whole or nothing, and lets runs be taken back, the last one first.

Before anything is written, the old bytes of all files of the run lie durably in the user's data folder. When the run
has ended they are kept for `undo`, see `history`. A run that was interrupted is rolled back when the journal is
opened next. The folder of a vault there holds `lock`, the kept runs, and `pending`, the record of one that is on.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from processor.base.spool import Content, content
from processor.disk import reason
from processor.disk.batch import Files, Step
from processor.disk.history import forget_oldest, next_number, place_of, stored_runs
from processor.disk.record import Entry, Run, digest, folder_of, load, lock, pending_of, save, save_left
from processor.disk.reverting import JournalError, Reverted, Reverting, WriteProblem, move_back, spare_name
from processor.disk.write import holds, sync_folder

__all__ = ["BusyError", "Change", "Journal", "JournalError", "Move", "Outcome", "Reverted", "WriteProblem", "recover"]


class BusyError(JournalError):
    """Another run is writing to the vault at this moment."""


class Change(NamedTuple):
    """A file to write: `old` are its bytes as they were read, `new` those that it shall hold; None: no such file."""

    path: str  # from the vault's root, with `/`
    old: Content | None
    new: Content | None


class Move(NamedTuple):
    """A file to rename as it is, or a folder with all that it holds."""

    path: str
    to: str


class Outcome(NamedTuple):
    """What a run wrote, and what not."""

    written: tuple[str, ...]
    problems: tuple[WriteProblem, ...]


def recover(root: Path) -> Reverted | None:
    """Roll back an interrupted run, if there is one: for commands that only read. Cheap where there is none.

    None also while another run is writing. Raise JournalError where it cannot be rolled back.
    """
    if not pending_of(root).exists():
        return None
    try:
        with Journal(root) as journal:
            return journal.recovered
    except BusyError:
        return None


class Journal:
    """The journal of one vault, for one run at a time: opening it takes the lock and rolls back an interrupted run.

    Open it before the notes are read, write once, close it. `recovered` is the run that was rolled back on opening.
    Opening raises BusyError where another run is on, JournalError where the data folder cannot be used or the
    interrupted run not be rolled back.
    """

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self.recovered: Reverted | None = None
        self._files = Files(self.root)
        self._folder = folder_of(self.root)
        self._pending = self._folder / "pending"
        self._lock: IO[str] | None = None

    def __enter__(self) -> Journal:  # noqa: PYI034  nothing is made of it but this
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = self._take_lock()
            self._folder.joinpath("pending.new").unlink(missing_ok=True)
            if self._pending.exists():
                self.recovered = self._revert(keep_pending=True)
        except OSError as error:
            self.close()
            raise JournalError(f"the journal in {self._folder} cannot be used: {reason(error)}") from error
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self) -> IO[str]:
        held = lock(self._folder / "lock")
        if isinstance(held, str):
            process = f" (process {held})" if held.isdigit() else ""
            raise BusyError(f"another ytvault is writing to this vault{process}; try again when it has ended")
        return held

    def close(self) -> None:
        """Give up the lock."""
        if self._lock:
            self._lock.close()  # which gives up the lock, as the end of the process does
            self._lock = None

    # Writing

    def write(
        self,
        changes: Sequence[Change],
        *,
        moves: Sequence[Move] = (),
        together: Iterable[Iterable[str]] = (),
        command: str = "",
        continues: bool = False,
        advance: Callable[[int], None] = lambda _count: None,
    ) -> Outcome:
        """Write all changes, after the moves; a file that cannot be written is a problem, and the others are written.

        The paths of each group in `together` are written all or none; with moves, everything is one group. A change of
        a file that is moved names its new path. Stopped by an exception (Ctrl-C), the run is rolled back first. One that
        `continues` the run before it is taken back together with it. `advance` is called with how many more are written.
        Raise JournalError where the journal cannot be written; nothing is written then.
        """
        self._files.advance = advance
        entries = [Entry(m.path, None, None, m.to) for m in moves]
        entries += [Entry(c.path, c.old, digest(None if c.new is None else content(c.new))) for c in changes]
        if not entries:
            return Outcome((), ())
        folders = self._files.missing_folders(e.to or e.path for e in entries if e.given is None)
        number = next_number(self._folder)
        run = Run(uuid.uuid4().hex[:12], _now(), command, folders, entries, number=number, continues=continues)
        self._begin(run)
        try:
            left, stuck = self._write(run, changes, together)
            self._finish(run, left)
        except BaseException:
            if self._pending.exists():
                self._revert(keep_pending=True)
            raise
        written = [e.to or e.path for i, e in enumerate(entries) if i not in left]
        problems = [WriteProblem(entries[i].path, why) for i, why in sorted((left | stuck).items())]
        return Outcome(tuple(written), tuple(problems))

    def _begin(self, run: Run) -> None:
        new = self._folder / "pending.new"
        try:
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                save(file, run, self.root)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self._pending)
            sync_folder(str(self._folder))
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise JournalError(f"the journal in {self._folder} cannot be written: {reason(error)}") from error

    def _finish(self, run: Run, left: dict[int, str]) -> None:
        """The run has ended: it is kept, unless it wrote nothing."""
        if len(left) == len(run.entries):
            self._files.remove_folders(run.folders)
            self._pending.unlink()
            return
        self._keep(run, sorted(left))
        forget_oldest(self._folder)

    def _keep(self, run: Run, left: Sequence[int], *, undone: bool = False) -> None:
        """Keep the pending run for `undo`, with a word on which entries were not written, or are as before it again."""
        if left or undone:
            with self._pending.open("ab") as file:
                save_left(file, left, undone=undone)
                file.flush()
                os.fsync(file.fileno())
        os.replace(self._pending, place_of(self._folder, run.number))
        sync_folder(str(self._folder))

    def _write(
        self, run: Run, changes: Sequence[Change], together: Iterable[Iterable[str]]
    ) -> tuple[dict[int, str], dict[int, str]]:
        """Write; return the entries left as they were, and those written that should not have stayed so, and why."""
        first = len(run.entries) - len(changes)
        for i, entry in enumerate(run.entries[:first]):
            if why := self._files.rename(entry.path, entry.to or ""):
                move_back(self._files, run.entries[:i])
                everything = dict.fromkeys(range(len(run.entries)), f"left as it was: {entry.path} cannot be renamed")
                return everything | {i: f"not renamed: {why}"}, {}
        steps = {
            c.path: Step(i, c.path, spare_name(run, i), c.new, holds(c.old)) for i, c in enumerate(changes, start=first)
        }
        left = {i: f"not written: {why}" for i, why in self._files.take(list(steps.values())).items()}
        back = []
        for group in [list(steps)] if first else _joined(together):
            members = [steps[p] for p in group if p in steps]
            culprit = next((s.path for s in members if s.number in left), None)
            for step in members if culprit else ():
                if step.number not in left:
                    change = changes[step.number - first]
                    back.append(step._replace(spare=step.spare + "~", given=change.old, is_old=holds(change.new)))
                    left[step.number] = f"left as it was: {culprit} would have to change with it"
        stuck = {i: f"written, and should not have been: {why}" for i, why in self._files.take(back).items()}
        if first and left:
            move_back(self._files, run.entries[:first])
            left |= dict.fromkeys(range(first), "left as it was: not all links to it can be changed")
        return {i: why for i, why in left.items() if i not in stuck}, stuck

    # Taking back

    def undo(self) -> Reverted | None:
        """Take back the last run that wrote, file by file but where it was changed since. None: there is none.

        A file that was changed since is among the problems, and its old bytes are kept with the run. The next call tries
        these again, and goes on to the run before where nothing has come of it. Interrupted, it is finished by the next run.
        Raise JournalError.
        """
        done: Reverted | None = None
        try:
            for run in stored_runs(self._folder):
                os.replace(run, self._pending)
                reverted = self._revert(keep_pending=False)
                if done is None and reverted.is_tried and not reverted.restored:
                    continue
                done = done.followed_by(reverted) if done else reverted
                if not reverted.continues:
                    break
        except OSError as error:
            raise JournalError(f"the journal in {self._folder} cannot be used: {reason(error)}") from error
        return done

    def _revert(self, *, keep_pending: bool) -> Reverted:
        """Put everything of the pending run back as it was.

        With `keep_pending` a file that holds what the run wrote and that the system does not let us restore leaves
        the run pending: raises JournalError. A file that was changed since is left; the old bytes are kept.
        """
        reverting = Reverting(self._files, self._load())
        reverted = reverting.revert(whole=keep_pending)
        if reverted.problems or (reverted.is_tried and not reverted.restored):
            # what stands there is somebody's newer text: the old bytes are kept, and the run is no longer pending
            self._keep(reverting.run, reverting.done, undone=bool(reverting.done) or not reverted.is_tried)
        else:
            self._pending.unlink()
            sync_folder(str(self._folder))
        return reverted

    def _load(self) -> Run:
        try:
            return load(self._pending.read_bytes())
        except (ValueError, KeyError, TypeError) as error:
            damaged = self._folder / f"damaged-{uuid.uuid4().hex[:8]}"
            os.replace(self._pending, damaged)
            raise JournalError(f"the journal of the last run is damaged; it is kept as {damaged}") from error


def _joined(groups: Iterable[Iterable[str]]) -> list[list[str]]:
    """Return the groups, those that share a path made into one."""
    of: dict[str, list[str]] = {}
    for group in groups:
        merged: list[str] = []
        seen = set()
        for path in group:
            other = of.get(path, [path])
            if id(other) not in seen:
                seen.add(id(other))
                merged += other
        for path in merged:
            of[path] = merged
    return list({id(group): group for group in of.values()}.values())


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
