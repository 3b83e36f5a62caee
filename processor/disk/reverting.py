"""Taking back what a run has written: each file is put back as it was, unless somebody has changed it since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from processor.disk.batch import Files, Step
from processor.disk.record import Entry, Run, digest
from processor.disk.write import CHANGED, IsThis, Refused, give_back, holds, standing


class JournalError(Exception):
    """The journal cannot be had or used. The message is for people."""


class WriteProblem(NamedTuple):
    """A file that was not written, and why: `not written: it has changed since it was read`."""

    path: str
    message: str


class Reverted(NamedTuple):
    """A run that was taken back: the files that are as before it, and those that are not, and why.

    `renamed` are the files and folders among `restored` that only have their old name again. So many were `already` as
    before it, by another's doing. `is_tried`: an earlier undo had left some, and this is about these only. `continues`: the run
    before it is of the same command.
    """

    restored: tuple[str, ...]
    problems: tuple[WriteProblem, ...]
    started: str  # when the run began, ISO 8601 in UTC
    command: str
    renamed: tuple[str, ...] = ()
    already: int = 0
    is_tried: bool = False
    continues: bool = False

    def followed_by(self, other: Reverted) -> Reverted:
        """Return one of this and that of an earlier run of the same command."""
        return self._replace(
            restored=tuple(dict.fromkeys((*self.restored, *other.restored))),
            problems=(*self.problems, *other.problems),
            started=other.started,
            renamed=(*self.renamed, *other.renamed),
            already=self.already + other.already,
        )


class Reverting:
    """A run that is taken back, among these files."""

    def __init__(self, files: Files, run: Run) -> None:
        self._files = files
        self.run = run
        self._there = {i: e for i, e in enumerate(run.entries) if i not in run.left}
        self.done: list[int] = []  # the entries that are as before it again

    def revert(self, *, whole: bool) -> Reverted:
        """Put everything back as it was; a file that was changed since is left.

        With `whole` a file that holds what the run wrote and that the system does not let us restore stops it: raises
        JournalError.
        """
        run = self.run
        # their renames have not been, or have been taken back
        waiting = {e.to for e in run.entries if e.to and not self._files.exists(e.to)}
        steps = list(self._steps(waiting))
        failed = self._files.take(steps)
        problems = [
            WriteProblem(run.entries[i].path, f"not restored: {_since(why)}") for i, why in sorted(failed.items())
        ]
        stuck = [p for p, i in zip(problems, sorted(failed), strict=True) if self._holds(run.entries[i])]
        if whole and stuck:
            files, them = ("1 file is", "it") if len(stuck) == 1 else (f"{len(stuck):,} files are", "them")
            raise JournalError(
                f"an interrupted run could not be rolled back; {files} still as it left {them}, the first is "
                f"{stuck[0].path}: {stuck[0].message}"
            )
        stay = move_back(self._files, self._there.values())
        self._files.remove_folders(run.folders)
        not_moved = waiting | {p.path for p in stay}
        moved = {i: e.path for i, e in self._there.items() if e.to and e.to not in not_moved}
        restored = {s.number: s.path for s in steps if s.number not in failed}
        self.done = sorted((*restored, *moved))
        return Reverted(
            (*restored.values(), *moved.values()),
            (*problems, *stay),
            run.started,
            run.command,
            tuple(moved.values()),
            sum(not e.to for e in self._there.values()) - len(steps),
            run.is_tried,
            run.continues,
        )

    def _steps(self, waiting: set[str]) -> Iterator[Step]:
        for i, entry in self._there.items():
            if entry.to or not waiting.isdisjoint(_with_folders(entry.path)):
                continue
            spare = spare_name(self.run, i)
            is_old, is_new = holds(entry.old), _has(entry.new)
            self._clean(entry.path, spare, is_old, is_new)
            self._clean(entry.path, f"{spare}~", is_new, is_old)
            if not is_old(self._standing(entry.path)):
                yield Step(i, entry.path, f"{spare}~", entry.old, is_new)

    def _standing(self, path: str) -> bytes | None:
        with suppress(Refused, OSError):
            folder, name = self._files.place(path)
            return standing(f"{folder}/{name}")
        return None

    def _holds(self, entry: Entry) -> bool:
        return _has(entry.new)(self._standing(entry.path))

    def _clean(self, path: str, spare: str, is_old: IsThis, is_new: IsThis) -> None:
        """Remove what an interrupted write left beside a file: the file's old text, or the new one, perhaps in part.

        Or else what another program had written when the swap came: that gets its name back.
        """
        with suppress(Refused, OSError):
            folder, name = self._files.place(path)
            beside, target = f"{folder}/{spare}", f"{folder}/{name}"
            held = standing(beside)
            if held is None:
                return
            there = standing(target)
            if is_old(held) or is_new(held) or is_old(None) or not is_new(there):
                os.unlink(beside)
            else:
                give_back(beside, target, there)


def move_back(files: Files, entries: Iterable[Entry]) -> list[WriteProblem]:
    """Give what was renamed its old name again; return what stays as it is, and why."""
    problems = []
    for entry in reversed([e for e in entries if e.to]):
        to = entry.to or ""
        if files.exists(entry.path) and not files.exists(to):
            continue  # it was not renamed yet, or is back already
        if why := files.rename(to, entry.path):
            problems.append(WriteProblem(to, f"not renamed: {why}"))
    return problems


def _with_folders(path: str) -> Iterator[str]:
    """Yield a path and the folders above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def spare_name(run: Run, index: int) -> str:
    """Return where the new text of an entry waits, and its old one stands for a moment."""
    return f".ytvault-{run.id}-{index}"


def _has(wanted: str | None) -> IsThis:
    return lambda data: digest(data) == wanted


def _since(why: str) -> str:
    """Return why a file is not restored, from why it could not be written."""
    return "it was changed after that run, and stays as it is" if why == CHANGED else why
