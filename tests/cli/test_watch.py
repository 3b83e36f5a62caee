"""`ytvault lint --watch`: what a change touches is checked again."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import put, write, ytvault

NOTE = "---\ntitle: {0}\n---\n\nSee [[{1}]].\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    root = tmp_path / "vault"
    return write(
        root, a=NOTE.format("A", "b#Part"), b="## Part\n\n[[c]]\n", c=NOTE.format("C", "deep/d"), deep__d="x\n"
    )


class Running:
    """The command as it runs on, and what it prints."""

    def __init__(self, root: Path, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "processor", "lint", "--watch", *args],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "YTVAULT_CACHE_DIR": str(root.parent / "c"),
            },
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, text: str, seconds: float = 40) -> str:
        """What is printed up to a line that holds `text`."""
        found = ""
        end = time.monotonic() + seconds
        while text not in found:
            try:
                found += self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"{text!r} was not printed, but {found!r}")
        return found

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err


@pytest.fixture
def running(vault: Path) -> Iterator[Running]:
    pytest.importorskip("watchfiles")
    run = Running(vault)
    try:
        yield run
    finally:
        run.process.kill()
        run.process.wait()


@pytest.mark.skipif(os.name != "posix", reason="a process is interrupted in another way there")
def test_each_change_is_reported_with_the_notes_that_link_to_it(vault: Path, running: Running) -> None:
    running.until("No problems in 4 notes.")
    (vault / "b.md").write_text("## Other\n\n[[c]]\n")
    printed = running.until("rule broken-heading")
    assert "Changed: b.md" in printed
    assert "a.md" in printed
    assert "broken-heading" in printed
    (vault / "b.md").write_text("## Part\n\n[[c]]\n")
    assert "No problems in 2 notes." in running.until("No problems")
    (vault / "deep/d.md").unlink()
    printed = running.until("ytvault rule")
    assert "Changed: deep/d.md" in printed
    assert "missing-note" in printed
    assert running.stop() == (130, "ytvault: stopped\n")


def test_it_goes_on_where_the_same_was_asked_before(vault: Path, running: Running) -> None:
    running.until("No problems in 4 notes.")
    again = Running(vault)
    try:
        again.until("No problems in 4 notes.")
        (vault / "e.md").write_text("[[Nothing]]\n")
        again.until("rule missing-note")
    finally:
        again.process.kill()


@pytest.mark.skipif(os.name != "posix", reason="a process is interrupted in another way there")
def test_settings_that_change_count_at_once(vault: Path, running: Running) -> None:
    running.until("No problems in 4 notes.")
    (vault / "e.md").write_text("[[Nothing]]\n")
    running.until("rule missing-note")
    (vault / "ytvault.toml").write_text('ignore = ["missing-note"]\n')
    running.until("No problems in 5 notes.")


def test_it_goes_with_nothing_that_writes(vault: Path) -> None:
    for option in ("--fix", "--diff", "--staged", "--output-file=x"):
        ran = ytvault("lint", "--watch", option, cwd=vault)
        assert ran.status == 2
        assert "--watch" in ran.err


def test_without_its_library_it_says_what_to_install(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "none/watchfiles.py").write_text("raise ImportError")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'none')!r}); from processor.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "lint", "--watch"], cwd=vault, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == 2
    assert "'watchfiles>=1.0'" in done.stderr or "[watch]'" in done.stderr  # from a clone, by its extra


def test_captions_that_change_are_looked_at_anew(vault: Path) -> None:
    pytest.importorskip("watchfiles")
    put(vault, "talk.md", "---\nvideoId: n3Vq8ZtKp0A\n---\n\nGood night [00:12:00].\n")
    put(vault.parent, "captions/other.txt", "")
    run = Running(vault, "--captions", "../captions", "--select", "timestamp-past-end", "--output-format", "concise")
    try:
        path = put(vault.parent, "captions/Talk [n3Vq8ZtKp0A].srt", "1\n00:09:00,000 --> 00:10:00,000\nGood night.\n")
        run.until("00:12:00 lies beyond the end of the video at 00:10:00")
        path.unlink()
        put(vault.parent, "captions/Talk [n3Vq8ZtKp0A].vtt", "WEBVTT\n\n11:00.000 --> 11:40.000\nGood night.\n")
        run.until("00:12:00 lies beyond the end of the video at 00:11:40")
    finally:
        run.process.kill()
        run.process.wait()
