"""The console: how wide it is, whether it takes colours, and what is printed there, as much as `-q` and `-v` ask for."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import click

QUIET, VERBOSE = "ytvault.quiet", "ytvault.verbose"
"""The keys of the two options in click's `Context.meta`."""
_WAIT = 1.0  # seconds of work before a progress bar is shown
_OFTEN = 0.1  # seconds between two changes of a bar that is full
_WIDEST, _LEAST = 30, 4  # columns of the bar itself


class Failure(click.ClickException):
    """The run cannot go on, or the system refused a file: exit status 2."""

    exit_code = 2


# How much is printed


def verbosity(name: str) -> Callable[[click.Context, click.Parameter, bool], bool]:
    """Return a callback for `-q` or `-v` that stores its value for the whole command. It raises where both are given."""

    def callback(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
        if value and ctx.meta.get(QUIET):
            raise click.UsageError("--quiet and --verbose exclude each other")
        ctx.meta[name] = value
        return value

    return callback


def is_quiet() -> bool:
    """Return whether `-q` was given."""
    return _is_given(QUIET)


def is_verbose() -> bool:
    """Return whether `-v` was given."""
    return _is_given(VERBOSE)


def _is_given(name: str) -> bool:
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(name))


# The terminal


def is_terminal(stream: TextIO | None = None) -> bool:
    """Return whether a person sees what is written to a stream (standard output)."""
    return bool((stream or sys.stdout).isatty())


def plain_is_wanted() -> bool:
    """Return whether the environment asks for text without colours: by NO_COLOR, or as its terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or is_dumb()


def is_dumb() -> bool:
    """Return whether the terminal obeys no codes at all."""
    return os.environ.get("TERM") == "dumb"


def columns(stream: TextIO | None = None) -> int:
    """Return the width of the terminal that a stream (standard output) leads to; 100 where it leads to none."""
    with suppress(KeyError, ValueError):
        if (asked := int(os.environ["COLUMNS"])) > 0:
            return asked
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size((stream or sys.stdout).fileno()).columns or 100
    return 100


def folded(text: str, *, err: bool = False, less: int = 0) -> str:
    """Return the text broken at words to fit the terminal, or `less` columns fewer; unchanged where it goes elsewhere."""
    stream = sys.stderr if err else sys.stdout
    if not is_terminal(stream):
        return text
    from processor.report.wrap import fold  # here, as most runs print nothing that is long

    return fold(text, columns(stream) - less)


# Printing


def tell(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text for people: on a terminal broken at words."""
    click.echo(folded(text, err=err), err=err, nl=nl)


def warn(message: str) -> None:
    """Print on standard error what went wrong with one file while the rest goes on."""
    tell(f"ytvault: {message}", err=True)


def warn_of(problems: Iterable[tuple[str, str]]) -> None:
    """Print on standard error what went wrong with some files: the path of each, and a message."""
    for path, message in problems:
        warn(f"{path}: {message}")


def say(message: str | Callable[[], str]) -> None:
    """Print on standard error what is being done, where `-v` asks for it."""
    if is_verbose():
        warn(message() if callable(message) else message)


def put_out(text: str, *, err: bool = False) -> None:
    """Print what another program may read, such as JSON or a patch: in UTF-8, whatever the terminal's encoding."""
    is_shown = is_terminal(sys.stderr if err else sys.stdout)
    click.echo(text if is_shown else text.encode(errors="backslashreplace"), nl=False, err=err)


# Progress


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal for work that takes longer than a second, and remove it at the end.

    Call the function with the number of items done since the last call, or with 0 for each item that is done again.
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
        self._shows_again = False

    def advance(self, count: int) -> None:
        self._done += count
        self._again += not count
        if self._bar is None:
            if time.monotonic() - self._started > _WAIT:
                self._open()
        elif count:
            self._bar.update(count)
        if self._again and self._bar is not None and time.monotonic() - self._shown > _OFTEN:
            # all items were done once, and some are done again: a bar that is full would look as if all stood still
            self._shown = time.monotonic()
            if self._shows_again:
                self._bar.label = f"{self._label}, again {self._again:,}"
            self._bar.render_progress()

    def _open(self) -> None:
        # what does not fit a line would leave its traces
        width, again = columns(sys.stderr) - len("  []") - 1, len(f", again {self._length:,}")
        self._shows_again = width - len(self._label) - again >= _LEAST
        room = width - len(self._label) - again - len(f"  {self._length}/{self._length}  00:00:00")
        self._bar = click.progressbar(
            length=self._length,
            label=self._label,
            file=sys.stderr,
            show_pos=room >= _LEAST,
            show_percent=False,
            show_eta=room >= _LEAST,
            width=min(
                _WIDEST, room if room >= _LEAST else max(1, width - len(self._label) - again * self._shows_again)
            ),
        )
        self._bar.__enter__()
        self._bar.update(self._done)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            click.echo("\x1b[1A\x1b[2K", nl=False, err=True)
