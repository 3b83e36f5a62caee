"""The runs of a vault that can be taken back: which are stored, for how long, and what each did.

In the folder of a vault's journal each lies in a file of its own, `run-000042`, the latest with the highest number. One
named `last` is of an earlier version of the program, and older than all others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from processor.disk.record import data_folder

MOST = 10
LARGEST = 500_000_000
"""Bytes that all stored runs of a vault may take together; the latest is stored whatever its size."""

_NAME = re.compile(r"run-(\d{6,})|last")


class Brief(NamedTuple):
    """What a run did, without the bytes that it wrote over."""

    vault: str
    started: str  # ISO 8601, UTC
    command: str
    files: int
    renamed: int
    is_tried: bool  # it was taken back already but for some files
    is_continued: bool  # the run after it is of the same command


def number_of(path: Path) -> int:
    """Return the number of a stored run; -1: the file is none."""
    m = _NAME.fullmatch(path.name)
    return -1 if m is None else int(m[1] or 0)


def stored_runs(folder: Path) -> list[Path]:
    """Return the stored runs of a vault, the latest first."""
    try:
        found = [folder / name for name in os.listdir(folder)]
    except FileNotFoundError:
        return []
    return sorted((path for path in found if number_of(path) >= 0), key=number_of, reverse=True)


def next_number(folder: Path) -> int:
    """Return the number of the run that begins now."""
    return max((number_of(path) for path in stored_runs(folder)), default=0) + 1


def place_of(folder: Path, number: int) -> Path:
    """Return where the run of a number is stored."""
    return folder / (f"run-{number:06}" if number else "last")


def forget_oldest(folder: Path) -> None:
    """Remove the runs that are too many, or with the later ones too large."""
    size = 0
    for i, path in enumerate(stored_runs(folder)):
        with suppress(OSError):
            size += path.stat().st_size
            if i and (i >= MOST or size > LARGEST):
                path.unlink()


def brief(path: Path) -> Brief | None:
    """Return what a stored run did; None where its record is damaged or gone. The bytes in it are passed over."""
    try:
        with path.open("rb") as file:
            head = _object(file.readline())
            files = renamed = 0
            while "end" not in (entry := _object(file.readline())):
                files += "path" in entry
                renamed += "to" in entry
                if isinstance(size := entry.get("old"), int):
                    file.seek(size + 1, os.SEEK_CUR)
            tried = any(_tells_of_undo(line) for line in file)
            return Brief(
                str(head["vault"]),
                str(head["started"]),
                str(head["command"]),
                files,
                renamed,
                tried,
                head.get("continues") is True,
            )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _object(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise TypeError
    return found


def _tells_of_undo(line: bytes) -> bool:
    try:
        return "undone" in _object(line)
    except (ValueError, TypeError):
        return False


def history(folder: Path) -> Iterator[Brief | None]:
    """Yield the runs of a vault that can be taken back, the latest first; None for one whose record is damaged."""
    return map(brief, stored_runs(folder))


def latest_anywhere() -> Brief | None:
    """Return the latest run of all vaults that are still there."""
    found = []
    with suppress(OSError):
        for folder in (data_folder() / "journal").iterdir():
            run = next((b for b in history(folder) if b is not None and not b.is_tried), None)
            if run is not None and os.path.isdir(run.vault):
                found.append(run)
    return max(found, key=lambda run: run.started, default=None)
