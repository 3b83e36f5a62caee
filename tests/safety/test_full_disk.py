"""A full disk: exit status 2, the message names the file, nothing is lost, the other notes are still treated."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety import vaults


def mounted(folder: Path, size: str) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    yield from mounted(tmp_path / "disk", "1m")


def fill(disk: Path, free: int) -> None:
    """Leave room for so many bytes."""
    status = os.statvfs(disk)
    with (disk / "filler.bin").open("wb") as file:
        file.write(bytes(max(0, status.f_bavail * status.f_bsize - free)))


def test_notes_that_fit_are_written_and_the_others_stay(disk: Path, tmp_path: Path) -> None:
    old = vaults.make(disk, 20, paragraphs=150)  # some 16 kB each, and more when they are mended
    fill(disk, 90_000)
    status, _, err = vaults.lint(disk, tmp_path / "data", "--fix", "--exit-zero")
    assert status == 2
    now = vaults.read(disk)
    assert now.keys() - {"filler.bin"} == old.keys(), "nothing is left beside the notes"
    same = [path for path in old if now[path] == old[path]]
    assert 0 < len(same) < len(old)
    # four new notes fit beside the old ones; as each old one makes room when its new one is in, more do
    assert len(old) - len(same) > 5
    for path in same:
        assert f"{path}: not written: no space left on device" in err
    for path in old.keys() - set(same):
        assert b"](https://www.youtube.com/watch?v=Ff4fRgnuFgQ&t=" in now[path]
        assert path not in err
    (disk / "filler.bin").unlink()
    status, _, err = vaults.run(disk, tmp_path / "data", "undo")
    assert status == 0, err
    assert vaults.read(disk) == old


def test_no_room_for_the_journal_stops_before_anything_is_written(disk: Path, tmp_path: Path) -> None:
    old = vaults.make(tmp_path / "vault", 20, paragraphs=150)
    fill(disk, 40_000)
    status, _, err = vaults.lint(tmp_path / "vault", disk / "data", "--fix", "--exit-zero")
    assert status == 2
    assert "cannot be written: no space left on device" in err
    assert vaults.read(tmp_path / "vault") == old
    (disk / "filler.bin").unlink()
    assert vaults.lint(tmp_path / "vault", disk / "data", "--fix", "--exit-zero")[0] == 0


@pytest.mark.slow
def test_every_size_of_the_room_that_is_left(disk: Path, tmp_path: Path) -> None:
    old = vaults.make(disk, 12, paragraphs=150)
    for free in range(0, 300_000, 12_000):
        fill(disk, free)
        status, _, err = vaults.lint(disk, tmp_path / "data", "--fix", "--exit-zero")
        now = vaults.read(disk)
        assert now.keys() - {"filler.bin"} == old.keys()
        assert status == (2 if any(now[p] == old[p] for p in old) else 0), err
        (disk / "filler.bin").unlink()
        vaults.write(disk, old)
