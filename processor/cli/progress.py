"""How far work is that takes longer than a second, as one line on a terminal that is wiped away at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from processor.cli.screen import columns, is_dumb, is_terminal
from processor.cli.talk import is_quiet

_WAIT = 1.0  # seconds
_OFTEN = 0.1  # seconds between two looks at what is done again
_WIDEST = 30  # columns of the bar itself
_LEAST = 4


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal for work that takes longer than a second: call the function with how many more are done, or with
    0 for each that is done once more.
    """
    if is_quiet() or not is_terminal(sys.stderr) or is_dumb():
        yield lambda _count: None
        return
    bar = _Bar(label, length)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    def __init__(self, label: str, length: int) -> None:
        self._label = label
        self._length = length
        self._started = self._shown = time.monotonic()
        self._done = self._again = 0
        self._bar: Any = None
        self._tells_again = False

    def advance(self, count: int) -> None:
        self._done += count
        self._again += not count
        if self._bar is None:
            if time.monotonic() - self._started > _WAIT:
                self._open()
        elif count:
            self._bar.update(count)
        if self._again and self._bar is not None and time.monotonic() - self._shown > _OFTEN:
            # all were looked at once, and some must be again: a bar that is full would look as if all stood still
            self._shown = time.monotonic()
            if self._tells_again:
                self._bar.label = f"{self._label}, again {self._again:,}"
            self._bar.render_progress()

    def _open(self) -> None:
        # what does not fit a line would leave its traces
        width, again = columns(sys.stderr) - len("  []") - 1, len(f", again {self._length:,}")
        self._tells_again = width - len(self._label) - again >= _LEAST
        beside = len(self._label) + again + len(f"  {self._length}/{self._length}  00:00:00")
        room = width - beside
        self._bar = click.progressbar(
            length=self._length,
            label=self._label,
            file=sys.stderr,
            show_pos=room >= _LEAST,
            show_percent=False,
            show_eta=room >= _LEAST,
            width=min(
                _WIDEST, room if room >= _LEAST else max(1, width - len(self._label) - again * self._tells_again)
            ),
        )
        self._bar.__enter__()
        self._bar.update(self._done)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            click.echo("\x1b[1A\x1b[2K", nl=False, err=True)
