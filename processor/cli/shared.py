"""What several commands share: their options, the vault that paths belong to, errors for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from processor.disk import Listing, find_root, walk

F = TypeVar("F", bound=Callable[..., Any])

paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
vault_option = click.option(
    "--vault",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The root of the vault. Else: the nearest folder above with .obsidian/ or ytvault.toml.",
)
config_option = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Use this configuration, and no other.",
)


class Failure(click.ClickException):
    """The run cannot go on, or the system refused a file: exit status 2."""

    exit_code = 2


def warn(message: str) -> None:
    """Say on standard error what went wrong with one file while the rest goes on."""
    click.echo(f"ytvault: {message}", err=True)


class Named(tuple[Path, tuple[str, ...] | None]):
    """A vault's root and the notes in it that were named (None: all)."""

    __slots__ = ()


def named_vaults(paths: Sequence[Path], vault: Path | None) -> dict[Path, list[Path]]:
    """The paths that were named, absolute, by the root of the vault each belongs to. None named: the current folder."""
    here = Path.cwd()
    found: dict[Path, list[Path]] = {}
    for path in paths or [vault or here]:
        if not os.path.lexists(path):
            raise Failure(f"{path} does not exist")
        absolute = Path(os.path.abspath(path))
        root = find_root(absolute, vault=vault, cwd=here)
        if absolute != root and root not in absolute.parents:
            raise Failure(f"{path} is not in the vault {root}")
        found.setdefault(root, []).append(absolute)
    return found


def named_notes(listing: Listing, root: Path, named: Sequence[Path]) -> tuple[str, ...] | None:
    """The notes of the vault that the named files and folders hold; None for all. A named file that is no note: Failure."""
    if root in named:
        return None
    chosen: set[str] = set()
    for path in named:
        name = path.relative_to(root).as_posix()
        inside = [n for n in listing.notes if n == name or n.startswith(name + "/")]
        if not inside and not path.is_dir():
            raise Failure(
                f"{path} is no note: notes end in .md and do not lie in a folder whose name begins with a dot"
            )
        chosen.update(inside)
    return tuple(sorted(chosen))


def list_vault(root: Path) -> Listing:
    """All that the vault holds; what cannot be listed is said on standard error. Failure where the root itself cannot."""
    listing = walk(root)
    for problem in listing.problems:
        if problem.path == ".":
            raise Failure(f"{root}: {problem.message}")
        warn(f"{problem.path}: {problem.message}")
    return listing


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal for work that takes longer than a second: call the function with how many more are done."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    import time

    started = time.monotonic()
    bar: Any = None
    done = 0

    def advance(count: int) -> None:
        nonlocal bar, done
        done += count
        if bar is not None:
            bar.update(count)
        elif time.monotonic() - started > 1:
            bar = click.progressbar(length=length, label=label, file=sys.stderr, show_pos=True, show_eta=True)
            bar.__enter__()
            bar.update(done)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
            click.echo("\x1b[1A\x1b[2K", nl=False, err=True)
