"""The terminal, if there is one: how wide it is, whether it takes colours, and text that is broken at words for it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

import click


def is_terminal(stream: TextIO | None = None) -> bool:
    """Whether a person sees what is written to a stream (standard output)."""
    return bool((stream or sys.stdout).isatty())


def takes_color(stream: TextIO | None = None) -> bool:
    """Whether a stream (standard output) is a terminal that shows colours, and nobody asked for none."""
    return is_terminal(stream) and not plain_is_wanted()


def plain_is_wanted() -> bool:
    """Whether the environment asks for text without colours: by NO_COLOR, or as its terminal has none."""
    return bool(os.environ.get("NO_COLOR")) or is_dumb()


def is_dumb() -> bool:
    """Whether the terminal obeys no codes at all."""
    return os.environ.get("TERM") == "dumb"


def columns(stream: TextIO | None = None) -> int:
    """How wide the terminal is that a stream (standard output) leads to; 100 where it leads to none."""
    try:
        given = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        given = 0
    if given > 0:
        return given
    try:
        return os.get_terminal_size((stream or sys.stdout).fileno()).columns or 100
    except (OSError, ValueError, AttributeError):
        return shutil.get_terminal_size((100, 24)).columns


def folded(text: str, *, err: bool = False, less: int = 0) -> str:
    """The text in lines that fit the terminal it is for, or so many columns less, broken at words; as it is where it goes
    elsewhere.
    """
    stream = sys.stderr if err else sys.stdout
    if not is_terminal(stream):
        return text
    from processor.report.wrap import fold  # here, as most runs print nothing that is long

    return fold(text, columns(stream) - less)


def tell(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text for people: on a terminal broken at words."""
    click.echo(folded(text, err=err), err=err, nl=nl)
