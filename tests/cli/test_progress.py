"""What is shown on a terminal only: progress, and colours."""

from __future__ import annotations

import itertools
import sys
import time

import click
import pytest
from click.testing import CliRunner

from processor.cli import main
from processor.cli.shared import progress


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


def shown(monkeypatch: pytest.MonkeyPatch, *, step: float = 0.2, terminal: bool = True, quiet: bool = False) -> str:
    """What stands on standard error after ten steps of so many seconds each."""
    screen, ticks = Screen(terminal=terminal), itertools.count()
    monkeypatch.setattr(sys, "stderr", screen)
    for name in ("monotonic", "time"):
        monkeypatch.setattr(time, name, lambda: next(ticks) * step)
    context = click.Context(click.Command("x"))
    context.meta["ytvault.quiet"] = quiet
    with context, progress("Reading", 10) as advance:
        for _ in range(10):
            advance(1)
    return screen.text


def test_long_work_shows_counts_and_the_time_left_and_wipes_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(monkeypatch, step=0.6)
    assert "Reading" in text
    assert "9/10" in text
    assert "00:00:0" in text
    assert text.endswith("\x1b[1A\x1b[2K")
    assert text.isascii()  # a screen reader reads out what boxes are drawn with


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
