"""A file or folder that may not be written: exit status 2, the message names it, and the other notes are mended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.safety import vaults

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def check(vault: Path, old: vaults.Contents, left: dict[str, str]) -> None:
    """Fix: the notes in `left` stay as they are, each with its reason, and all others are mended."""
    status, _, err = vaults.lint(vault, vault.parent / "data", "--fix", "--exit-zero")
    assert status == 2
    now = vaults.read(vault)
    for path in old:
        assert (now[path] == old[path]) == (path in left), path
    for path, why in left.items():
        assert f"{path}: {why}" in err
    assert len(err.splitlines()) == len(left), err


def test_a_read_only_note(vault: Path) -> None:
    old = vaults.make(vault, 8)
    (vault / "c1/note_1.md").chmod(0o444)
    check(vault, old, {"c1/note_1.md": "not written: it is read-only"})


def test_a_read_only_folder(vault: Path) -> None:
    old = vaults.make(vault, 8)
    (vault / "c1").chmod(0o555)
    try:
        check(vault, old, {"c1/note_1.md": "not written: its folder is read-only"})
    finally:
        (vault / "c1").chmod(0o755)


def test_a_link_out_of_the_vault_is_not_followed(vault: Path, tmp_path: Path) -> None:
    old = vaults.make(vault, 8)
    outside = tmp_path / "outside.md"
    outside.write_bytes(old["c1/note_1.md"])
    (vault / "c1/note_1.md").unlink()
    (vault / "c1/note_1.md").symlink_to(outside)
    status, *_ = vaults.lint(vault, tmp_path / "data", "--fix", "--exit-zero")
    assert status == 0
    assert outside.read_bytes() == old["c1/note_1.md"]
    assert (vault / "c1/note_1.md").is_symlink()


def test_bytes_that_are_not_utf8_are_never_written(vault: Path, tmp_path: Path) -> None:
    old = vaults.make(vault, 8)
    broken = old["c1/note_1.md"] + b"\xff\xfe"
    (vault / "c1/note_1.md").write_bytes(broken)
    vaults.lint(vault, tmp_path / "data", "--fix", "--exit-zero")
    now = vaults.read(vault)
    assert now["c1/note_1.md"] == broken
    assert sum(now[p] != old[p] for p in old) == 8


def test_two_runs_at_once(vault: Path, tmp_path: Path) -> None:
    """The second is told that the first is on, or runs after it; in the end all notes are mended once."""
    vaults.make(vault, 60)
    words = ("lint", str(vault), "--fix", "--exit-zero")
    with vaults.start(vault, tmp_path / "data", *words) as one, vaults.start(vault, tmp_path / "data", *words) as two:
        results = [(p.communicate(timeout=120), p.returncode) for p in (one, two)]
    assert 0 in [status for _, status in results]
    for (_, err), status in results:
        assert status in (0, 2)
        assert ("another ytvault is writing to this vault" in err) == (status == 2)
    mended = vaults.read(vault)
    assert not any(b'<a class="yt-timestamp"' in data for data in mended.values())
