"""`ytvault undo`: take back the last run that wrote."""

from __future__ import annotations

from pathlib import Path

import click

from processor.cli.shared import Failure, vault_option, warn
from processor.disk import find_root
from processor.journal import Journal, JournalError


@click.command()
@vault_option
@click.pass_context
def command(ctx: click.Context, /, vault: Path | None) -> None:
    """Take back the last run that wrote to the vault: each of its notes is again as it was.

    A note that was edited since is left alone, and named.

    \b
    ytvault lint --fix
    ytvault undo
    """
    root = find_root(Path.cwd(), vault=vault)
    try:
        with Journal(root) as journal:
            reverted = journal.recovered or journal.undo()
    except JournalError as error:
        raise Failure(f"{root}: {error}") from None
    if reverted is None:
        raise Failure(f"there is no run to take back in {root}")
    restored = len(reverted.restored)
    click.echo(f"{restored:,} {'note is' if restored == 1 else 'notes are'} as before `{reverted.command}`.")
    for problem in reverted.problems:
        warn(f"{problem.path}: {problem.message}")
    ctx.exit(2 if reverted.problems else 0)
