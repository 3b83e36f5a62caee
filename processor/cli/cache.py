"""`ytvault cache`: what is stored of earlier runs, where, and how to be rid of it."""

from __future__ import annotations

import click

from processor.base.text import count
from processor.cli.console import Failure, tell
from processor.load.cache import clear, folder, held


@click.group()
def command() -> None:
    """Tell of the cache, or clear it. It holds nothing that the next run cannot find out again.

    \b
    ytvault cache path
    ytvault cache info
    ytvault cache clear
    """


@command.command()
def path() -> None:
    """Print the folder of the cache; the environment variable YTVAULT_CACHE_DIR names another one."""
    click.echo(str(folder()))


@command.command()
def info() -> None:
    """Print where the cache lies and how much it holds."""
    files = held()
    size = sum(size for _, size in files)
    vaults = len({file.parent for file, _ in files if file.parent.parent.name == "vaults"})
    answers = sum(file.parent.name == "answers" for file, _ in files)
    tell(f"{folder()}: {size / 1e6:,.1f} MB in {count(len(files), 'file')}")
    tell(f"The notes of {count(vaults, 'vault')}, {count(answers, 'whole answer')}.")


@command.command(name="clear")
def clear_() -> None:
    """Remove all that is in the cache."""
    files = held()
    try:
        clear()
    except OSError as error:
        raise Failure(f"{error.filename}: cannot be removed: {error.strerror}") from None
    tell(f"Removed {count(len(files), 'file')}, {sum(size for _, size in files) / 1e6:,.1f} MB.")
