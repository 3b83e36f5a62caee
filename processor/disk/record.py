"""What the journal keeps on the disk: the record of a run, and the lock. Data only, in a form that people can read.

    {"ytvault": 1, "vault": "/home/me/notes", "run": "5f3c…", "started": "2025-01-31T12:00:00+00:00", "command": "lint --fix",
     "folders": ["new"], "number": 42, "continues": false}
    {"path": "a/b.md", "old": 1234, "new": "<SHA-256>"}     and then 1234 bytes and a line end; null: no such file
    {"from": "a/b.md", "to": "c/d.md"}                      a file that is renamed as it is
    {"end": "<SHA-256 of all above>"}
    {"left": [3, 17]}                                       entries that were not written after all
    {"undone": [0, 4]}                                      entries that were taken back, when others could not be

Each object stands on a line of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from processor.base.spool import Content, content

_FORMAT = 1


class Entry(NamedTuple):
    """One file of a run: its bytes before and the SHA-256 of those after (None: no such file), or its new name."""

    path: str
    given: Content | None
    new: str | None
    to: str | None = None

    @property
    def old(self) -> bytes | None:
        return None if self.given is None else content(self.given)


class Run(NamedTuple):
    """A run over several files. `folders` were made for it; `left` are the indexes of entries that were not written, or that
    were taken back already. `continues`: it is of the same command as the run before it."""

    id: str
    started: str  # ISO 8601, UTC
    command: str
    folders: Sequence[str]
    entries: Sequence[Entry]
    left: frozenset[int] = frozenset()
    number: int = 0  # by which the runs of a vault are in order
    continues: bool = False
    is_tried: bool = False  # it was taken back but for some entries


def digest(data: bytes | None) -> str | None:
    """Return the SHA-256 of a file's bytes; None for no file."""
    return None if data is None else sha256(data).hexdigest()


def data_folder() -> Path:
    """Return where the program keeps what must not be lost: `YTVAULT_DATA_DIR`, else the user's data folder."""
    if given := os.environ.get("YTVAULT_DATA_DIR"):
        return Path(given)
    import platformdirs

    return platformdirs.user_data_path("ytvault", appauthor=False)


def folder_of(root: str) -> Path:
    """Return where the journal of the vault at a real path lies."""
    return data_folder() / "journal" / (digest(os.fsencode(root)) or "")[:24]


def pending_of(root: Path) -> Path:
    """Return the file that is there while a run writes to the vault, and after one that was interrupted."""
    return folder_of(os.path.realpath(root)) / "pending"


def save(file: IO[bytes], run: Run, vault: str) -> None:
    """Write the record of a run that is about to begin. Raise OSError."""
    total = sha256()

    def piece(data: bytes) -> None:
        total.update(data)
        file.write(data)

    def line(data: Mapping[str, object]) -> None:
        piece(json.dumps(data).encode() + b"\n")

    head = {"ytvault": _FORMAT, "vault": vault, "run": run.id, "started": run.started}
    more = {"number": run.number, "continues": run.continues}
    line(head | {"command": run.command, "folders": list(run.folders)} | more)
    for entry in run.entries:
        if entry.to is not None:
            line({"from": entry.path, "to": entry.to})
            continue
        old = entry.old
        line({"path": entry.path, "old": None if old is None else len(old), "new": entry.new})
        if old is not None:
            piece(old)
            piece(b"\n")
    line({"end": total.hexdigest()})


def save_left(file: IO[bytes], left: Sequence[int], *, undone: bool = False) -> None:
    """Add to the record of a run that has ended which entries were not written, or have been taken back. Raise OSError."""
    file.write(json.dumps({"undone" if undone else "left": list(left)}).encode() + b"\n")


def load(data: bytes) -> Run:
    """Return the run of a record. Raise ValueError, KeyError or TypeError where it is damaged."""
    at = 0

    def line() -> dict[str, object]:
        nonlocal at
        end = data.index(b"\n", at)
        found = json.loads(data[at:end])
        at = end + 1
        if not isinstance(found, dict):
            raise TypeError
        return found

    head = line()
    if head["ytvault"] != _FORMAT:
        raise ValueError("written by another version")
    entries: list[Entry] = []
    while True:
        start = at
        found = line()
        if "end" in found:
            break
        if "to" in found:
            entries.append(Entry(str(found["from"]), None, None, str(found["to"])))
            continue
        size, new = found["old"], found["new"]
        old = None
        if isinstance(size, int):
            old = data[at : at + size]
            at += size + 1
        entries.append(Entry(str(found["path"]), old, None if new is None else str(new)))
    if sha256(memoryview(data)[:start]).hexdigest() != found["end"]:
        raise ValueError("its sum is wrong")
    left: set[int] = set()
    is_tried = False
    with suppress(ValueError, TypeError):  # a line not written to its end: the run was interrupted there
        while at < len(data):
            found = line()
            is_tried |= "undone" in found
            indexes = found.get("undone", found.get("left"))
            if isinstance(indexes, list):
                left.update(i for i in indexes if isinstance(i, int))
    folders, number = head["folders"], head.get("number")
    return Run(
        str(head["run"]),
        str(head["started"]),
        str(head["command"]),
        [str(f) for f in folders] if isinstance(folders, list) else [],
        entries,
        frozenset(left),
        number if isinstance(number, int) else 0,
        head.get("continues") is True,
        is_tried,
    )


def lock(path: Path) -> IO[str] | str:
    """Return the lock file, locked until it is closed or the process ends; or the number of the process that holds it.

    Raise OSError.
    """
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        holder = "" if sys.platform == "win32" else file.read(20).strip()
        file.close()
        return holder
    except BaseException:
        file.close()
        raise
    if sys.platform != "win32":  # there nobody else can read what is locked
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
    return file


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # a lock of the process: workers that it forks do not hold it, and outlive it without harm
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
