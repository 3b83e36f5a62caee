"""Vaults for the campaigns: notes with faults that a safe fix mends, and the command that mends them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

Contents = dict[str, bytes]


def make(root: Path, notes: int, paragraphs: int = 3) -> Contents:
    """Write a vault of transcript notes whose stamps are no links yet; gives what it holds."""
    made = {}
    for i in range(notes):
        lines = [
            "---",
            f"title: Note {i}",
            "videoId: Ff4fRgnuFgQ",
            "---",
            "",
            *(
                f"Point {k} of note {i} "
                f'<a class="yt-timestamp" data-t="00:0{k % 10}:{i % 60:02}">[00:0{k % 10}:{i % 60:02}]</a>.\n'
                for k in range(paragraphs)
            ),
        ]
        made[f"c{i % 7}/note_{i}.md"] = "\n".join(lines).encode()
    write(root, made)
    (root / ".obsidian").mkdir(exist_ok=True)
    return made


def write(root: Path, contents: Contents) -> None:
    for path, data in contents.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def read(root: Path) -> Contents:
    """All files, hidden ones too, but for Obsidian's own folder."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def start(root: Path, data: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "processor", *words, "--vault", str(root)],
        cwd=root,
        env={
            **os.environ,
            "YTVAULT_DATA_DIR": str(data),
            "XDG_CACHE_HOME": str(data / "cache"),
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(root: Path, data: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the command."""
    with start(root, data, *words) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def lint(root: Path, data: Path, *words: str) -> tuple[int, str, str]:
    return run(root, data, "lint", str(root), *words)
