"""How `--diff` is shown: as it is to a program, and to a person in colours and through a pager, as git does."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

import click

from processor.cli.screen import is_dumb, is_terminal, takes_color
from processor.cli.shared import is_quiet
from processor.regex import regex
from processor.report.terminal import Paint, visible

_RANGE = regex(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_SHELL = frozenset("|&;<>()$`*?[]#~")


def show_diff(pieces: Iterable[str], told: str) -> None:
    """Print diffs, and on standard error, where it is in no program's way, `told`: how much that is."""
    if not is_terminal():
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        lines = _painted(pieces, Paint(on=takes_color()))
        with _paged() as pager:
            _write(lines, pager)
    if not is_quiet():
        from processor.cli.screen import tell

        tell(told, err=True)


def _painted(pieces: Iterable[str], paint: Paint) -> Iterator[str]:
    """The lines of diffs for a person. What a note holds that a terminal would obey is made visible."""
    old = new = 0  # lines of the hunk that are still to come
    for piece in pieces:
        for line in piece.removesuffix("\n").split("\n") if piece else ():
            # of a note with Windows line ends none is worth a look: no fix changes them
            shown = "\t".join(map(visible, line.removesuffix("\r").split("\t")))
            role = ""
            if old or new:
                mark = line[:1]
                old -= mark in " -"
                new -= mark in " +"
                role = {"-": "removed", "+": "added"}.get(mark, "")
            elif found := _RANGE.match(line):
                old, new = (1 if n is None else int(n) for n in found.groups())
                role = "rule"
            elif not line.startswith("\\"):
                role = "strong"
            yield (paint(shown, role) if role else shown) + "\n"


def _write(lines: Iterable[str], pager: IO[bytes] | None) -> None:
    if pager is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    encoding = sys.stdout.encoding or "utf-8"
    with suppress(BrokenPipeError):  # who has seen enough leaves
        for line in lines:
            pager.write(line.encode(encoding, "replace"))


@contextmanager
def _paged() -> Iterator[IO[bytes] | None]:
    """What goes to the pager; None where there is none. Ctrl-C is the pager's until it has ended."""
    command = _pager()
    process = _started(command) if command else None
    if process is None or process.stdin is None:
        yield None
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield process.stdin
    finally:
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.wait()
        signal.signal(signal.SIGINT, before)


def _pager() -> str:
    """The pager that PAGER names, else `less`; empty where none is wanted, there is none, or the terminal cannot take one."""
    if is_dumb():
        return ""
    pager = os.environ.get("PAGER", "less" if shutil.which("less") else "").strip()
    return "" if pager == "cat" else pager


def _started(pager: str) -> subprocess.Popen[bytes] | None:
    # as git has it: what fits the screen is shown without ado, colours are let through, and the text stays to be read
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    is_line = not _SHELL.isdisjoint(pager)
    try:
        return subprocess.Popen(  # noqa: S603  it is the user's own
            pager if is_line else shlex.split(pager),
            stdin=subprocess.PIPE,
            env=environment,
            shell=is_line,
        )
    except (OSError, ValueError):
        return None
