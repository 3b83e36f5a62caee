"""`ytvault undo`: take back the last run that wrote."""

from __future__ import annotations

from pathlib import Path

import click

from processor.cli.screen import tell
from processor.cli.shared import Failure, is_quiet, say, talk_options, the_vault, vault_option, warn
from processor.disk.journal import Journal, JournalError, Reverted
from processor.report.summary import count

_NAMED = 3  # files whose name is told


@click.command()
@talk_options("Say only what could not be taken back.", "Name each file that is taken back.")
@vault_option
@click.pass_context
def command(ctx: click.Context, /, vault: Path | None) -> None:
    """Take back the last run that wrote to the vault: each file is again as it was, under its old name.

    A file that was edited since is left alone and named, and the exit status is 2; so it is where there is nothing to
    take back.

    \b
    ytvault lint --fix
    ytvault undo
    """
    root = the_vault(None, vault)
    try:
        with Journal(root) as journal:
            reverted = journal.recovered or journal.undo()
    except JournalError as error:
        raise Failure(f"{root}: {error}") from None
    if reverted is None:
        raise Failure(f"there is no run to take back in {root}")
    for path in reverted.restored:
        say(f"{path} is as it was")
    if not is_quiet():
        tell(_told(reverted))
    for problem in reverted.problems:
        warn(f"{problem.path}: {problem.message}")
    ctx.exit(2 if reverted.problems else 0)


def _told(reverted: Reverted) -> str:
    renamed = reverted.renamed
    notes = sum(path.endswith(".md") for path in reverted.restored) - sum(path.endswith(".md") for path in renamed)
    others = len(reverted.restored) - len(renamed) - notes
    held = " and ".join(x for x in (count(notes, "note"), count(others, "other file") if others else "") if x)
    are = "is" if notes + others == 1 else "are"
    if not renamed:
        return f"{held} {are} as before `{reverted.command}`."
    names = ", ".join(renamed[:_NAMED]) + (f" and {len(renamed) - _NAMED:,} more" if len(renamed) > _NAMED else "")
    again = "has its old name" if len(renamed) == 1 else "have their old names"
    rest = f", and {held} {'its' if notes + others == 1 else 'their'} old text" if notes + others else ""
    return f"{names} {again} again{rest}, as before `{reverted.command}`."
