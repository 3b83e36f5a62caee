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

from processor.cli.watch import Watched
from processor.config import Config
from processor.disk import walk
from processor.lint.linter import Linter
from processor.load.scan import scan
from processor.vault.deferred import DeferredNote
from tests.cli.running import write, ytvault

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
    assert "'watchfiles>=1.0'" in done.stderr


# --- without the command: what is known after a change is what a new run finds ---


def opened(root: Path) -> Watched:
    from processor.cli.session import Opened

    config = Config()
    listing, linter = walk(root), Linter(config)
    return Watched(Opened(root, config, listing, linter, scan(root, listing, config, linter), None))


CHANGES = (
    {"b.md": "## Else\n"},
    {"b.md": None},
    {"new.md": "[[a]] [[Nothing]]", "c.md": "[[new]]"},
    {"deep/d.md": None, "d.md": "x"},
    {"pic.png": "x", "a.md": "![[pic.png]]"},
    {"pic.png": None},
    {"a.md": "---\ntitle: Quite another\naliases: [c]\n---\n[[Quite another]]"},
    {"A.md": "x"},
    {"deep/e/f.md": "[[d]] %% ytvault-disable %%"},
)


def test_after_every_change_all_is_as_in_a_new_run(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processor.load.scan.FEWEST", 1)  # known by their outlines, as in a big vault
    watched = opened(vault)
    assert all(isinstance(n, DeferredNote) for n in watched.vault.notes.values())
    for change in CHANGES:
        for name, text in change.items():
            path = vault / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True) if text is None else path.write_text(text)
        watched.update(watched.changed(list(change)))
        new = opened(vault)
        assert watched.vault.notes.keys() == new.vault.notes.keys()
        assert watched.vault.files == new.vault.files
        every = sorted(new.vault.notes)
        assert watched.lint(every).findings == new.lint(every).findings, change


def test_what_a_change_touches(vault: Path) -> None:
    watched = opened(vault)
    assert watched.update(["b.md"]) == ["a.md", "b.md"]
    assert watched.update(["deep/d.md"]) == ["c.md", "deep/d.md"]
    assert watched.changed(["deep"]) == ["deep/d.md"]
    (vault / "a.md").write_text("[[c]]")
    watched.update(["a.md"])
    assert watched.update(["b.md"]) == ["b.md"]
    (vault / "x.txt").write_text("x")
    assert watched.changed(["x.txt"]) == ["x.txt"]
    watched.update(["x.txt"])
    assert watched.changed(["x.txt"]) == []
