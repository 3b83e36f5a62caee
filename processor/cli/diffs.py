"""How `--diff` is shown: unchanged where a program reads it, on a terminal in colours and through a pager, as git does."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

import click

from processor.base.regex import regex
from processor.cli.console import is_dumb, is_quiet, is_terminal, plain_is_wanted, put_out, tell
from processor.report.terminal import Paint, visible

_RANGE = regex(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_SHELL = frozenset("|&;<>()$`*?[]#~")


def show_diff(pieces: Iterable[str], summary: str) -> None:
    """Print diffs, and their summary on standard error, where it is in no program's way."""
    if not is_terminal():
        for piece in pieces:
            put_out(piece)
    else:
        lines = _painted(pieces, Paint(on=not plain_is_wanted()))
        with _paged() as pager:
            _write(lines, pager)
    if not is_quiet():
        tell(summary, err=True)


def _painted(pieces: Iterable[str], paint: Paint) -> Iterator[str]:
    """Yield the lines of diffs for a terminal, with control characters made visible."""
    old = new = 0  # lines of the hunk that are still to come
    changed: list[str] = []  # lines that were removed and added, one after another
    for piece in pieces:
        for line in piece.removesuffix("\n").split("\n") if piece else ():
            # of a note with Windows line ends none is worth a look: no fix changes them
            shown = "\t".join(map(visible, line.removesuffix("\r").split("\t")))
            mark = line[:1] if old or new else ""
            old -= mark in (" ", "-")
            new -= mark in (" ", "+")
            if mark in ("-", "+"):
                changed.append(shown)
                continue
            yield from _changed(changed, paint)
            changed.clear()
            role = ""
            if not mark and (found := _RANGE.match(line)):
                old, new = (1 if n is None else int(n) for n in found.groups())
                role = "rule"
            elif not mark and not line.startswith("\\"):
                role = "strong"
            yield (paint(shown, role) if role else shown) + "\n"
    yield from _changed(changed, paint)


def _changed(lines: Sequence[str], paint: Paint) -> Iterator[str]:
    """Lines that were removed, and those that stand in their place: where there are as many, with what differs brought out,
    for notes have long lines.
    """
    removed = [line for line in lines if line[0] == "-"]
    added = [line for line in lines if line[0] == "+"]
    pairs = dict(zip(removed, added, strict=True)) if len(removed) == len(added) else {}
    others = {**pairs, **{new: old for old, new in pairs.items()}}
    for line in lines:
        role = "removed" if line[0] == "-" else "added"
        head, part, tail = _parts(line, others.get(line, ""))
        yield f"{paint(head, role)}{paint(part, f'{role} part')}{paint(tail, role)}\n"


def _parts(line: str, other: str) -> tuple[str, str, str]:
    """Return a line in front of what differs from the other, that, and the rest; all of it where they have little in common."""
    most = min(len(line), len(other))
    start = next((i for i in range(1, most) if line[i] != other[i]), most) if other else 0
    stop = next((i for i in range(most - start) if line[-1 - i] != other[-1 - i]), most - start)
    if not other or 3 * (start + stop) < len(line):
        return line, "", ""
    return line[:start], line[start : len(line) - stop], line[len(line) - stop :]


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
    """Yield what goes to the pager; None where there is none. Ctrl-C is the pager's until it has ended."""
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
    """Return the pager that PAGER names, else `less`; empty where none is wanted, there is none, or the terminal cannot take one."""
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
