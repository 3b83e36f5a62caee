"""`ytvault cache`: what is kept from earlier runs, where, and how to be rid of it."""

from __future__ import annotations

import click

from processor.cache import clear, folder, held
from processor.cli.shared import Failure


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
    vaults = len({file.parent for file, _ in files if file.parent.name != "answers"})
    answers = sum(file.parent.name == "answers" for file, _ in files)
    click.echo(f"{folder()}: {size / 1e6:,.1f} MB in {len(files)} files")
    click.echo(f"The notes of {vaults} vault{'s' * (vaults != 1)}, {answers} whole answer{'s' * (answers != 1)}.")


@command.command(name="clear")
def clear_() -> None:
    """Remove all that is in the cache."""
    files = held()
    try:
        clear()
    except OSError as error:
        raise Failure(f"{error.filename}: cannot be removed: {error.strerror}") from None
    click.echo(f"Removed {len(files)} files, {sum(size for _, size in files) / 1e6:,.1f} MB.")
