"""`ytvault undo`: take back the last run that wrote."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from processor.base.text import count
from processor.cli.console import Failure, is_quiet, say, tell, warn_of
from processor.cli.options import vault_option, verbosity_options
from processor.cli.vaults import the_vault
from processor.disk.history import Brief, history, latest_anywhere
from processor.disk.journal import Journal, JournalError, Reverted
from processor.disk.record import folder_of

_NAMED = 3  # files that a message names


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the runs that can be taken back, and take back none.")
@verbosity_options("Say only what could not be taken back.", "Name each file that is taken back.")
@vault_option
@click.pass_context
def command(ctx: click.Context, /, vault: Path | None, *, listing: bool) -> None:
    """Take back the last run that wrote to the vault: each file is again as it was, under its old name. Once more, and the
    run before it is taken back.

    A file that was changed since is left alone and named, and the exit status is 2; so it is where there is nothing to
    take back. Ten runs are kept, or as many as take 500 MB.

    \b
    ytvault lint --fix
    ytvault undo
    ytvault undo --list
    """
    try:
        root = the_vault(None, vault)
    except Failure as error:  # there are several here: the one that is meant is likely the last
        raise Failure(f"{error.message}{_elsewhere(None, None if vault else latest_anywhere())}") from None
    folder = folder_of(os.path.realpath(root))
    if listing:
        for line in _listed(root, [*history(folder)]):
            click.echo(line)
        return
    try:
        with Journal(root) as journal:
            reverted = journal.recovered or journal.undo()
    except JournalError as error:
        raise Failure(f"{root}: {error}") from None
    if reverted is None:
        raise Failure(f"there is no run to take back in {root}{_elsewhere(root, latest_anywhere())}")
    for path in reverted.restored:
        say(f"{path} is as it was")
    warn_of(reverted.problems)
    if not is_quiet():
        tell(_summary(reverted))
        earlier = next((run for run in history(folder) if run is not None and not run.is_tried), None)
        if earlier and not reverted.restored:
            tell(f"Once more, `ytvault undo` takes back the run before it: `{earlier.command}`.")
    ctx.exit(2 if reverted.problems else 0)


def _listed(root: Path, runs: Sequence[Brief | None]) -> Iterator[str]:
    if not runs:
        yield f"There is no run to take back in {root}."
        return
    yield f"What `ytvault undo` takes back in {root}, one run after the other:"
    yield ""
    for run in runs:
        if run is None:
            yield "  (a run whose record is damaged)"
            continue
        held = [count(run.files, "file"), f"{run.renamed:,} renamed" if run.renamed else ""]
        if run.is_tried:
            held.append("taken back but for what was changed since")
        elif run.is_continued:
            held.append("together with the next")
        yield f"  {_when(run.started)}  {run.command}  ({', '.join(x for x in held if x)})"


def _when(started: str) -> str:
    """Return a time as people here tell it."""
    try:
        return datetime.fromisoformat(started).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return started


def _elsewhere(root: Path | None, run: Brief | None) -> str:
    """Return the end of a message: the last run, where that was in another vault; else empty."""
    if run is None or (root and run.vault == os.path.realpath(root)):
        return ""
    way = shlex.join(["ytvault", "undo", "--vault", run.vault])
    return f"; the last run was `{run.command}` in {run.vault}, {_when(run.started)}: `{way}` takes it back"


def _summary(reverted: Reverted) -> str:
    already, problems = reverted.already, len(reverted.problems)
    if not reverted.restored:
        if not problems:
            hold = "holds" if already == 1 else "hold"
            return (
                f"Nothing is left of `{reverted.command}` to take back: {count(already, 'file')} {hold} what was there "
                "before it. Git, or another program, has put that back."
            )
        rest = f"; {already:,} {'is' if already == 1 else 'are'} as before it" if already else ""
        return (
            f"Nothing of `{reverted.command}` was taken back: {count(problems, 'file')} "
            f"{'was' if problems == 1 else 'were'} changed after it, by you, git or another program{rest}."
        )
    end = f" {count(already, 'file')} {'was' if already == 1 else 'were'} so already." if already else ""
    if problems:
        end += f" {count(problems, 'file')}, named above, {'stays' if problems == 1 else 'stay'} as changed since."
    return _restored(reverted) + end


def _restored(reverted: Reverted) -> str:
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
