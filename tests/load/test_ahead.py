"""A vault that another process looks at: it sees what this one would see."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from processor.load.ahead import look, read_look, write_look
from tests.cli.running import put, write

ASKED = """
import sys
from pathlib import Path
from processor.load import ahead

ahead.begin(sys.argv[1:])
begun = list(ahead._begun)
ahead.walk = lambda _root: sys.exit("looked at here")
root = Path.cwd()
found = ahead.taken(root)
print(begun == [root], found and (*found.listing.notes, *found.listing.files, found.mark, found.stats.data.hex()))
print(ahead.taken(root))
"""
NAMES = ("a.md", "deep/ä.md", "deep/b c.md", "pic.png")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    for name in NAMES:
        put(root, name, name)
    return root


def asked(root: Path, *args: str) -> list[str]:
    """Whether a process was begun for the vault, what it saw, and what is left to be taken."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", ASKED, *args], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


linux = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is no other process that pays"
)


@linux
def test_the_other_process_holds_nothing_that_somebody_waits_for(root: Path) -> None:
    noisy = ASKED.replace(
        "ahead.begin(",
        """import os
real = ahead.look
ahead.look = lambda root: [os.write(n, b"noise") for n in (1, 2)] and not os.read(0, 1) and real(root)
ahead.begin(""",
        1,
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", noisy, "a.md"], cwd=root, env=env, capture_output=True, text=True, check=False, input="x"
    )
    assert done.stdout.startswith("True ("), done
    assert "noise" not in done.stdout + done.stderr


@linux
def test_another_process_sees_the_same(root: Path) -> None:
    here = look(root)
    seen = (*here.listing.notes, *here.listing.files, here.mark, here.stats.data.hex())
    assert asked(root, "-q", "a.md") == [f"True {seen}", "None"]
    assert set(here.listing.notes + here.listing.files) == set(NAMES)


@linux
@pytest.mark.parametrize(
    "args", [(), ("deep",), ("nowhere.md",), ("a.md", "--vault=."), ("--fix", "a.md"), ("--staged", "a.md")]
)
def test_it_is_only_asked_where_notes_are_named(root: Path, args: tuple[str, ...]) -> None:
    assert asked(root, *args) == ["False None", "None"]


@linux
def test_what_fails_there_is_not_known(root: Path) -> None:
    put(root, os.fsdecode(b"\xff.md"), "")  # which is to be told where somebody sees it
    assert asked(root, "a.md") == ["True None", "None"]


@pytest.mark.parametrize("names", [(), ("a.md",), ("new\nline.md", "ä/ö.md", "x.png")])
def test_what_was_seen_is_written_and_read(tmp_path: Path, names: tuple[str, ...]) -> None:
    root = write(tmp_path / "vault")
    root.mkdir()
    for name in names:
        put(root, name, "")
    found = look(root)
    with tempfile.TemporaryFile() as file:
        assert write_look(found, file.fileno())
        again = read_look(root, file.fileno())
    assert (again.listing, again.mark, again.stats.data) == (found.listing, found.mark, found.stats.data)
    assert not again.stats.from_before
