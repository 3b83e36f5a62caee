"""The real command where processes cannot be forked (macOS, Windows): they are started anew, and the answer is the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTE = """\
---
title: Note {n}
videoId: n3Vq8ZtKp0A
---

From: [[channel]] <br/>

See [[note {m}#Part]], [[nowhere]] and <a class="yt-timestamp" data-t="00:06:1{n}">[00:06:1{n}]</a>.

## Part
"""
# so few notes would be judged in one process; the file is the main module, as the command's own script is
COMMAND = """\
import multiprocessing
import os
import sys
import processor.base.parallel as shares
shares.FORKS, shares.FEWEST, shares.FEWEST_ANEW = {forks}, 2, 2
os.cpu_count = lambda: {cores}
pickled = shares._pickled
def _pickled(work):
    return pickled(work) or sys.exit("this cannot be given to another process")
shares._pickled = _pickled
if __name__ == "__main__":
    import processor.load.scan
    processor.load.scan.FEWEST = 1
    from processor.cli import main
    main()
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    vault.mkdir()
    for n in range(9):
        (vault / f"note_{n}.md").write_text(NOTE.format(n=n, m=(n + 1) % 9))
    (vault / "channel.md").write_text("A hub.\n")
    return vault


def run(vault: Path, *args: str, forks: bool, cores: int = 2) -> subprocess.CompletedProcess[str]:
    script = vault.parent / f"command_{forks}_{cores}.py"
    script.write_text(COMMAND.format(forks=forks, cores=cores))
    command = [sys.executable, str(script), *args]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, cwd=vault, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_the_answer_is_the_same(vault: Path, form: str) -> None:
    args = ("lint", "--output-format", form, "-v")
    one = run(vault, *args, "--no-cache", forks=False, cores=1)
    several = run(vault, *args, "--no-cache", forks=False)
    assert several.stderr.count("by 2 processes") == 2
    assert (several.stdout, several.returncode) == (one.stdout, 1)
    assert "unlinked-timestamp" in one.stdout


def test_what_it_keeps_is_good_for_the_next_run(vault: Path) -> None:
    first = run(vault, "lint", "-v", forks=False)
    assert "10 notes read and 0 known from the cache" in first.stderr
    (vault / "note_3.md").write_text("[[nowhere]]\n")
    second = run(vault, "lint", "-v", forks=False)
    assert "1 note read and 9 known from the cache" in second.stderr
    assert "by 2 processes" in second.stderr
    anew = run(vault, "lint", "--no-cache", forks=False, cores=1)
    assert (second.stdout, second.returncode) == (anew.stdout, 1)


def test_notes_are_mended_as_ever(vault: Path) -> None:
    fixed = run(vault, "lint", "--fix", "--output-format", "json", forks=False)
    assert fixed.returncode == 0, fixed.stderr
    assert {f["rule"] for f in json.loads(fixed.stdout)} == {"missing-note"}
    assert "&t=371s)" in (vault / "note_1.md").read_text()
