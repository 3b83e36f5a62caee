"""`ytvault lint`: check notes, and mend what can be mended."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from processor.base.formats import FORMATS
from processor.cli.lint_options import Options
from processor.cli.lint_traits import GROUPS
from processor.cli.linting import run
from processor.cli.options import takes
from processor.cli.session import Opened, open_vaults
from processor.cli.vaults import named_vaults

_STANDARD_INPUT = Path("-")


@takes(Options, GROUPS)
def command(ctx: click.Context, options: Options) -> None:
    """Check the notes at PATHS (files or folders; none: the current folder) in the light of their whole vault.

    \b
    ytvault lint
    ytvault lint talks/opening_the_weights.md
    ytvault lint --diff                 what --fix would change
    ytvault lint --fix                  mend what is certain
    ytvault lint --select timestamps --statistics
    ytvault lint --statistics --by target
    """
    if options.paths == (_STANDARD_INPUT,):
        from processor.cli.standard_input import lint_standard_input

        ctx.exit(lint_standard_input(options))
    if _STANDARD_INPUT in options.paths:
        raise click.UsageError("standard input is one note: - goes with no other path")
    if options.stdin_filename:
        raise click.UsageError("--stdin-filename goes with the path -")
    if options.watch:
        if options.refused("watch"):
            raise click.UsageError("--watch looks at the notes as they are, and prints: it goes with no other task")
        from processor.cli.watch import watch

        watch(options, list(named_vaults(options.paths, options.vault)), _opener(options))
        ctx.exit(0)
    started = time.monotonic()
    opened = _opener(options)()
    try:
        ctx.exit(run(options, opened, started))
    finally:
        for one in opened:
            one.close()


def _opener(options: Options) -> Callable[..., list[Opened]]:
    """Return what opens the vaults: as they are on the disk, or as a commit has them."""
    open_all: Callable[..., list[Opened]] = open_vaults
    if options.staged or options.from_ref:
        from processor.cli.staged import Refs, open_commit

        open_all = partial(open_commit, refs=Refs(options.from_ref, options.to_ref or "HEAD"))
    return partial(
        open_all,
        options.paths,
        vault=options.vault,
        config_file=options.config_file,
        choice=options.choice,
        with_edits=options.fixes or any(FORMATS[name].edits for name in options.formats),
        held=options.is_based_on_notes,
        writes=options.writes,
        cached=not options.no_cache,
    )
