"""One file: whole or not at all, only over what was read, with its rights, never over another program's text."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.disk import swap, write
from processor.disk.write import Refused, put, settle

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes")


@pytest.fixture(params=["swapped", "replaced"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to bring the new file in: where names can be swapped, and where they cannot."""
    if request.param == "replaced":
        monkeypatch.setattr(swap, "_rename", lambda: None)
    elif swap._rename() is None:
        pytest.skip("names cannot be swapped here")
    return request.param


def put_text(file: Path, old: bytes | None, new: bytes | None) -> None:
    spare = put(str(file), str(file.parent / ".spare"), new, lambda data: data == old)
    if spare is not None:
        assert settle(spare, new)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("new", [b"", b"new", os.urandom(300_000)], ids=len)
def test_a_file_gets_its_new_bytes(tmp_path: Path, way: str, new: bytes) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    put_text(tmp_path / "a.md", b"old", new)
    assert (tmp_path / "a.md").read_bytes() == new
    assert names(tmp_path) == ["a.md"]


def test_a_file_is_made(tmp_path: Path, way: str) -> None:
    put_text(tmp_path / "a.md", None, b"new")
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert names(tmp_path) == ["a.md"]


def test_a_file_is_removed(tmp_path: Path, way: str) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    put_text(tmp_path / "a.md", b"old", None)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "stands", "new", "why"),
    [
        (b"old", b"other", b"new", "it has changed since it was read"),
        (b"old", b"other", None, "it has changed since it was read"),
        (None, b"other", b"new", "it has changed since it was read"),
        (b"old", None, b"new", "it is no longer there"),
        (b"old", None, None, "it is no longer there"),
    ],
)
def test_other_bytes_than_those_read_stay(
    tmp_path: Path, way: str, old: bytes | None, stands: bytes | None, new: bytes | None, why: str
) -> None:
    if stands is not None:
        (tmp_path / "a.md").write_bytes(stands)
    with pytest.raises(Refused, match=why):
        put_text(tmp_path / "a.md", old, new)
    assert names(tmp_path) == (["a.md"] if stands is not None else [])
    assert stands is None or (tmp_path / "a.md").read_bytes() == stands


def between(monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[], object]) -> None:
    """Let something happen once, just before write's step `name`."""
    real = getattr(write, name)
    left = [happens]

    def step(*args: object) -> object:
        if left:
            left.pop()()
        return real(*args)

    monkeypatch.setattr(write, name, step)


def replace(file: Path, data: bytes) -> None:
    other = file.with_name(".other")
    other.write_bytes(data)
    other.replace(file)


needs_swap = pytest.mark.skipif(swap._rename() is None, reason="names cannot be swapped here")
theirs_by = pytest.mark.parametrize("writing", [replace, Path.write_bytes], ids=["by a rename", "in place"])
new_or_none = pytest.mark.parametrize("new", [b"new", None])


@theirs_by
@new_or_none
def test_a_write_before_the_look_is_seen(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, writing: Callable[..., object], new: bytes | None
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    between(monkeypatch, "Held", lambda: writing(file, b"theirs"))
    with pytest.raises(Refused, match="it has changed since it was read"):
        put_text(file, b"old", new)
    assert file.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.md"]


@needs_swap
@new_or_none
def test_a_rename_between_the_look_and_the_swap_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: bytes | None
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    between(monkeypatch, "swap" if new else "move", lambda: replace(file, b"theirs"))
    with pytest.raises(Refused, match="another program is writing to it"):
        put_text(file, b"old", new)
    assert file.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.md"]


@linux
@pytest.mark.parametrize("step", ["swap", "standing"])
def test_who_opens_the_file_between_our_steps_waits_and_writes_to_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before the swap it is the old file, which gets its name back; after it, the new one is theirs."""
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    code = "import sys; f = open(sys.argv[1], 'r+b'); f.write(b'theirs'); f.close()"
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        started.append(subprocess.Popen([sys.executable, "-c", code, str(file)]))
        time.sleep(0.7)

    if step == "standing":
        between(monkeypatch, "swap", lambda: between(monkeypatch, "standing", start))
    else:
        between(monkeypatch, "swap", start)
    try:
        put_text(file, b"old", b"new words")
    except Refused:
        assert step == "swap"
    assert started[0].wait(20) == 0
    assert file.read_bytes() == {"swap": b"theirs", "standing": b"theirsrds"}[step]
    assert names(tmp_path) == ["a.md"]


@needs_swap
@theirs_by
@new_or_none
def test_a_write_after_the_swap_is_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writing: Callable[..., object], new: bytes | None
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    between(monkeypatch, "swap" if new else "move", lambda: None)
    spare = put(str(file), str(tmp_path / ".spare"), new, lambda data: data == b"old")
    writing(file, b"theirs")
    assert spare is not None
    assert settle(spare, new)
    assert file.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.md"]


@needs_swap
def test_two_writes_between_our_steps_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wrote the second had read our text, and knew nothing of the first."""
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    between(monkeypatch, "swap", lambda: replace(file, b"theirs"))
    between(monkeypatch, "give_back", lambda: replace(file, b"their last"))
    with pytest.raises(Refused):
        put_text(file, b"old", b"new")
    assert file.read_bytes() == b"their last"
    assert (tmp_path / "a (conflict 1).md").read_bytes() == b"theirs"
    assert names(tmp_path) == ["a (conflict 1).md", "a.md"]


@needs_swap
@pytest.mark.parametrize("moment", ["Held", "swap", "give_back"])
def test_a_file_that_vanishes_between_our_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    if moment == "give_back":
        between(monkeypatch, "swap", lambda: replace(file, b"theirs"))
    between(monkeypatch, moment, file.unlink)
    with pytest.raises(Refused):
        put_text(file, b"old", b"new")
    assert names(tmp_path) == (["a.md"] if moment == "give_back" else [])
    assert moment != "give_back" or file.read_bytes() == b"theirs"


@linux
def test_a_program_that_has_the_file_open_for_writing_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    with file.open("r+b") as theirs:
        with pytest.raises(Refused, match="another program is writing to it"):
            put_text(file, b"old", b"new")
        theirs.write(b"their longer text")
    assert file.read_bytes() == b"their longer text"
    assert names(tmp_path) == ["a.md"]


def test_a_late_write_to_the_old_file_gets_its_name_back(tmp_path: Path) -> None:
    if swap._rename() is None:
        pytest.skip("names cannot be swapped here")
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    spare = put(str(file), str(tmp_path / ".spare"), b"new", lambda data: data == b"old")
    assert spare is not None
    (tmp_path / ".spare").write_bytes(b"late words")
    assert not settle(spare, b"new")
    assert file.read_bytes() == b"late words"
    assert names(tmp_path) == ["a.md"]


def test_a_file_made_by_another_stays(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    between(monkeypatch, "move", lambda: file.write_bytes(b"theirs"))
    with pytest.raises(Refused, match="there is a file of that name already"):
        put_text(file, None, b"new")
    assert file.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.md"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755])
def test_the_mode_stays(tmp_path: Path, way: str, mode: int) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(mode)
    put_text(file, b"old", b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path, way: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    os.chown(file, 1234, 4321)
    put_text(file, b"old", b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


@linux
def test_extended_attributes_stay(tmp_path: Path, way: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    try:
        os.setxattr(file, "user.tag", b"red")
    except OSError:
        pytest.skip("the file system keeps none")
    put_text(file, b"old", b"new")
    assert os.getxattr(file, "user.tag") == b"red"


@posix
@pytest.mark.parametrize("new", [b"new", None])
def test_a_read_only_file_stays(tmp_path: Path, way: str, new: bytes | None) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with pytest.raises(Refused, match="it is read-only"):
        put_text(file, b"old", new)
    assert file.read_bytes() == b"old"


@posix
@pytest.mark.parametrize("new", [b"new", None])
def test_a_file_in_a_read_only_folder_stays(tmp_path: Path, way: str, new: bytes | None) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"old")
    folder.chmod(0o555)
    try:
        with pytest.raises(Refused, match="its folder is read-only"):
            put_text(folder / "a.md", b"old", new)
        assert (folder / "a.md").read_bytes() == b"old"
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("step", ["write", "fsync"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        put_text(tmp_path / "a.md", b"old", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert names(tmp_path) == ["a.md"]


def test_a_write_in_pieces(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    (tmp_path / "a.md").write_bytes(b"old")
    put_text(tmp_path / "a.md", b"old", b"a longer text")
    monkeypatch.undo()
    assert (tmp_path / "a.md").read_bytes() == b"a longer text"


@pytest.mark.parametrize("hard_links", [True, False])
def test_move_never_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hard_links: bool) -> None:
    monkeypatch.setattr(swap, "_rename", lambda: None)
    if not hard_links:
        monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(PermissionError(1, "no")))
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        swap.move(str(tmp_path / "a"), str(tmp_path / "b"))
    swap.move(str(tmp_path / "a"), str(tmp_path / "c"))
    assert {n: (tmp_path / n).read_text() for n in names(tmp_path)} == {"b": "b", "c": "a"}
