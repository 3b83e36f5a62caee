"""While a command is at work another program adds a line to a file: whatever the command writes, the line is still there.

Each command is stopped at each moment between its reading and its writing, and the other program writes then.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import processor.cli.build
import processor.cli.building
import processor.cli.init
import processor.cli.lint
import processor.commands.build.writing
import processor.disk.batch
import processor.disk.single
import processor.lint.linter
import processor.load.workspace
from processor.cli import main
from processor.disk import swap
from processor.disk.journal import Journal
from processor.disk.single import Destination
from tests.cli.running import called, put

NOTE = """\
---
title: Note {n}
videoId: dQw4w9WgXcQ
---

See [[nope {n}]], [[x|y|z]], [[target#Part]] and [00:01:0{n}].

<a class="yt-timestamp" data-t="00:02:0{n}">[00:02:0{n}]</a>
"""
NOTES = 6
WORD = b"\nWORD of another program\n"

pytestmark = pytest.mark.skipif(swap._rename() is None, reason="names cannot be swapped here")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    for n in range(NOTES):
        put(root, f"n{n}.md", NOTE.format(n=n))
    put(root, "target.md", "# Part\n")
    put(root, "picture.png", b"\x89PNG 1")
    put(root, "known.json", '{"version": 1, "findings": []}\n')
    put(root, ".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks: []\n")
    (root / ".obsidian").mkdir()
    (root / ".git").mkdir()
    return root


def word(files: list[Path]) -> None:
    """Another program adds a line to each file, by a new file of its own that takes the old one's name."""
    for file in (f for f in files if f.exists()):
        beside = file.with_name(file.name + ".theirs")
        beside.write_bytes(file.read_bytes() + WORD)
        os.replace(beside, file)


@dataclass
class Meanwhile:
    """Lets the other program write once, before or after something is called."""

    files: list[Path]
    done: int = 0

    def write(self) -> None:
        if not self.done:
            self.done = 1
            word(self.files)

    def around(self, patch: pytest.MonkeyPatch, place: object, name: str, *, before: bool) -> None:
        real: Callable[..., object] = getattr(place, name)

        def call(*args: object, **more: object) -> object:
            if before:
                self.write()
                return real(*args, **more)
            found = real(*args, **more)
            self.write()
            return found

        patch.setattr(place, name, call)


MOMENTS: dict[str, tuple[object, str, bool]] = {
    "read": (processor.load.workspace, "scan", False),
    "judged": (processor.lint.linter.Linter, "lint", False),
    "planned": (Journal, "write", True),
    "prepared": (processor.disk.batch, "prepare", False),
    "at the swap": (processor.disk.batch, "exchange", True),
}


def notes(root: Path) -> list[Path]:
    return [root / f"n{n}.md" for n in range(NOTES)]


def check(files: list[Path], seen: Meanwhile) -> None:
    assert seen.done, "the other program had no chance to write"
    for file in files:
        assert WORD.strip() in file.read_bytes(), f"{file.name}: the other program's line is lost"
    left = [p.name for p in files[0].parent.rglob(".*") if p.name.startswith(".ytvault-") or p.name.endswith(".new")]
    assert not left


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("cache", ["cold", "warm", "no cache"])
@pytest.mark.parametrize(
    "args",
    [
        ["lint", "--fix"],
        ["lint", "--unsafe-fixes"],
        ["lint", "--add-suppressions"],
        ["lint", "--fix", "--add-suppressions"],
        ["lint", "--fix", "n0.md", "n1.md"],
        ["lint", "--add-suppressions", "n0.md"],
        ["convert", "--to", "links"],
    ],
    ids=" ".join,
)
def test_notes_are_written_over_what_was_read(vault: Path, args: list[str], cache: str, moment: str) -> None:
    if cache == "warm":
        called("lint", cwd=vault)
    if moment == "judged" and args[:2] != ["lint", "--add-suppressions"]:
        pytest.skip("it judges as it fixes")
    seen = Meanwhile(notes(vault))
    with pytest.MonkeyPatch.context() as patch:
        place, name, before = MOMENTS[moment]
        seen.around(patch, place, name, before=before)
        more = ["--no-cache"] if cache == "no cache" and args[0] == "lint" else []
        ran = called(*args, *more, cwd=vault)
    assert ran.status == 2
    assert "not written: " in ran.err
    check(notes(vault), seen)


@pytest.mark.parametrize("moment", ["read", "planned", "prepared", "at the swap"])
def test_rename(vault: Path, moment: str) -> None:
    seen = Meanwhile([*notes(vault), vault / "target.md"])
    with pytest.MonkeyPatch.context() as patch:
        place, name, before = MOMENTS[moment]
        seen.around(patch, place, name, before=before)
        ran = called("rename", "target.md", "goal.md", cwd=vault)
    target = vault / ("target.md" if ran.status else "goal.md")
    check([*notes(vault), *([target] if moment in ("read", "planned") else [])], seen)  # else it has moved
    assert ran.status == 2


@pytest.mark.parametrize("moment", ["prepared", "at the swap"])
def test_undo(vault: Path, moment: str) -> None:
    called("lint", "--fix", cwd=vault)
    seen = Meanwhile(notes(vault))
    with pytest.MonkeyPatch.context() as patch:
        place, name, before = MOMENTS[moment]
        seen.around(patch, place, name, before=before)
        ran = called("undo", cwd=vault)
    assert ran.status == 2
    check(notes(vault), seen)


@pytest.mark.parametrize("moment", ["judged", "written"])
def test_a_baseline(vault: Path, moment: str) -> None:
    """Somebody's newer baseline, pulled meanwhile, is not written over."""
    seen = Meanwhile([vault / "known.json"])
    with pytest.MonkeyPatch.context() as patch:
        if moment == "judged":
            seen.around(patch, processor.lint.linter.Linter, "lint", before=False)
        else:
            seen.around(patch, processor.disk.single, "exchange", before=True)
        ran = called("lint", "--write-baseline", "known.json", cwd=vault)
    assert ran.status == 2
    assert "known.json: not written: it has changed since it was read" in ran.err
    check([vault / "known.json"], seen)


@pytest.mark.parametrize("moment", ["read", "written"])
def test_init(vault: Path, moment: str) -> None:
    files = [vault / ".pre-commit-config.yaml"]
    seen = Meanwhile(files)
    with pytest.MonkeyPatch.context() as patch:
        if moment == "read":
            seen.around(patch, processor.cli.init, "_hook", before=False)
        else:
            seen.around(patch, Destination, "write_over", before=True)
        ran = called("init", "--pre-commit", cwd=vault)
    assert ran.status == 2
    check(files, seen)


def test_init_makes_no_file_over_one_that_came_up(vault: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        real = processor.disk.single.exchange

        def exchange(target: str, *args: object) -> object:
            Path(target).write_bytes(b"theirs\n")
            return real(target, *args)  # type: ignore[arg-type]

        patch.setattr(processor.disk.single, "exchange", exchange)
        ran = called("init", cwd=vault)
    assert ran.status == 2
    assert (vault / "ytvault.toml").read_bytes() == b"theirs\n"


@pytest.mark.parametrize("moment", ["compared", "put"])
def test_build(vault: Path, tmp_path: Path, moment: str) -> None:
    """In the copy: what was edited there since it was compared is not written over."""
    out = tmp_path / "out"
    assert called("build", vault, "--out", out, cwd=tmp_path).status == 0
    for file in notes(vault):
        file.write_bytes(file.read_bytes() + b"\nMore.\n")
    (vault / "picture.png").write_bytes(b"\x89PNG 2")
    files = [*notes(out), out / "picture.png"]
    seen = Meanwhile(files)
    with pytest.MonkeyPatch.context() as patch:
        if moment == "compared":
            seen.around(patch, processor.commands.build.writing, "sweep", before=True)
        else:
            seen.around(patch, processor.commands.build.writing, "copy_file", before=False)
        ran = called("build", vault, "--out", out, cwd=tmp_path)
    assert ran.status == 2
    check([out / "picture.png"] if moment == "put" else files, seen)


def test_a_picture_of_a_copy_at_the_moment_of_the_swap(vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert called("build", vault, "--out", out, cwd=tmp_path).status == 0
    (vault / "picture.png").write_bytes(b"\x89PNG 2")
    seen = Meanwhile([out / "picture.png"])
    with pytest.MonkeyPatch.context() as patch:
        seen.around(patch, processor.commands.build.writing, "swap", before=True)
        ran = called("build", vault, "--out", out, cwd=tmp_path)
    assert ran.status == 2
    check([out / "picture.png"], seen)


@pytest.fixture
def writer(vault: Path) -> Iterator[subprocess.Popen[str]]:
    """A sync program that goes on adding words to notes until its input ends, and then tells them."""
    script = """
import os, random, sys, threading
root, words, stop = sys.argv[1], [], []
threading.Thread(target=lambda: (sys.stdin.read(), stop.append(1)), daemon=True).start()
while not stop:
    name = random.choice([n for n in os.listdir(root) if n.endswith(".md")])
    path, word = os.path.join(root, name), f"W{len(words)}-"
    data = open(path, "rb").read() + f"\\n{word}\\n".encode()
    with open(path + ".theirs", "wb") as file:
        file.write(data)
    os.replace(path + ".theirs", path)
    words.append(f"{name} {word}")
print("\\n".join(words))
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(vault)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


@pytest.mark.parametrize("option", ["--add-suppressions", "--fix"])
def test_a_program_that_writes_all_the_time(vault: Path, writer: subprocess.Popen[str], option: str) -> None:
    for n in range(NOTES, 60):
        put(vault, f"n{n}.md", NOTE.format(n=n % 10))
    called("lint", cwd=vault)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        called("lint", option, cwd=vault)
    out, _ = writer.communicate("", timeout=30)
    texts: dict[str, bytes] = {}
    words = [line.split() for line in out.splitlines()]
    assert len(words) > 50
    for name, word_ in words:
        stem = name.removesuffix(".md")
        if name not in texts:
            all_ = [vault / name, *vault.glob(f"{stem} (conflict *).md")]
            texts[name] = b"\n".join(p.read_bytes() for p in all_)
        assert word_.encode() in texts[name], f"{name}: {word_} is lost"


def test_nothing_but_these_commands_writes() -> None:
    """A command that is new is tried here too."""
    tried = {"lint", "convert", "rename", "undo", "init", "build"}
    reading = {"links", "inspect", "rule", "cache", "config", "captions", "server", "report"}  # of the vault
    assert set(main.list_commands(None)) == tried | reading  # type: ignore[arg-type]
