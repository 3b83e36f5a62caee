"""What is shown on a terminal only: progress, and colours."""

from __future__ import annotations

import itertools
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from processor.base.choices import Missing
from processor.cli import main
from processor.cli.console import progress
from processor.commands.build.making import make
from processor.commands.build.options import Options
from processor.commands.build.writing import write_copy
from processor.config import Config
from processor.disk import walk
from processor.disk.journal import Change, Journal
from tests.cli.running import put, write


class Screen:
    """A terminal that keeps what is written."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool = True) -> None:
        self.text = ""
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def shown(
    monkeypatch: pytest.MonkeyPatch, *, step: float = 0.2, terminal: bool = True, quiet: bool = False, again: int = 0
) -> str:
    """What stands on standard error after ten steps of so many seconds each, and so many that are done once more."""
    screen, ticks = Screen(terminal=terminal), itertools.count()
    monkeypatch.setattr(sys, "stderr", screen)
    for name in ("monotonic", "time"):
        monkeypatch.setattr(time, name, lambda: next(ticks) * step)
    context = click.Context(click.Command("x"))
    context.meta["ytvault.quiet"] = quiet
    with context, progress("Reading", 10) as advance:
        for i in range(10 + again):
            advance(int(i < 10))
    return screen.text


def test_long_work_shows_counts_and_the_time_left_and_wipes_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(monkeypatch, step=0.6)
    assert "Reading" in text
    assert "9/10" in text
    assert "00:00:0" in text
    assert text.endswith("\x1b[1A\x1b[2K")
    assert text.isascii()  # a screen reader reads out what boxes are drawn with


def test_what_is_done_once_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    lines = re.split(r"[\r\n]", shown(monkeypatch, step=0.6, again=3))
    assert [line for line in lines if "Reading, again 3  [" in line and "10/10" in line]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 200])
def test_a_bar_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(width))
    text = shown(monkeypatch, step=0.6, again=3)
    assert "Reading" in text
    assert (
        max(len(re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", line).rstrip()) for line in re.split(r"[\r\n]", text)) < width
    )


@pytest.mark.parametrize(("missing", "part"), [("unlink", "Unlinking"), ("stub", "Leading")])
def test_a_build_tells_of_each_of_its_parts_to_the_end(tmp_path: Path, missing: Missing, part: str) -> None:
    told: dict[str, list[int]] = {}

    @contextmanager
    def stage(label: str, length: int) -> Iterator[Callable[[int], None]]:
        done = told.setdefault(label, [])
        yield done.append
        assert sum(done) == length, label

    root, out = write(tmp_path / "vault", a="[[gone]]\n", b="[[a]]\n", c="[[b]] [[gone]]\n"), tmp_path / "out"
    made = make(root, str(out), walk(root), Config(), Options(related=True, missing=missing), None, stage)
    assert made.copy is not None
    parts = ["Opening", "Reading", "Mending", "Linking", part, "Asking", "Adding", "Checking"]
    assert list(told) == parts
    written: list[int] = []
    assert write_copy(made.copy, written.append) == []
    assert sum(written) == len(made.changes.write)


def test_a_run_tells_how_many_notes_it_has_written(tmp_path: Path) -> None:
    changes = [Change(f"{i}.md", b"x\n", b"y\n") for i in range(150)]
    for change in changes:
        put(tmp_path, change.path, b"x\n")
    told: list[int] = []
    with Journal(tmp_path) as journal:
        journal.write(changes, advance=told.append)
    assert (sum(told), len(told)) == (150, 3)


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert shown(monkeypatch, step=0.01) == ""


def test_nothing_is_shown_where_nobody_looks_or_wants_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert shown(monkeypatch, terminal=False) == ""
    assert shown(monkeypatch, quiet=True) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert shown(monkeypatch) == ""


def test_no_color_means_no_code_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1m" in CliRunner().invoke(main, ["rule"], color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(main, ["rule"], color=True).output
