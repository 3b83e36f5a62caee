"""`ytvault lint - --stdin-filename NOTE`: what editors call for a note that is not saved yet."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from processor.base.extras import require_all
from processor.cli.console import Failure
from processor.cli.lint_options import Options
from processor.cli.linting import report_all
from processor.cli.outputs import Outputs
from processor.cli.reporting import merged, view_of
from processor.cli.session import Opened, Shown, warn_of_captions
from processor.cli.vaults import list_vault
from processor.config import load_config
from processor.disk import find_root
from processor.fix import fix_vault
from processor.lint.linter import LintResult
from processor.load.origin import Disk
from processor.load.workspace import ToLint, open_vault


def lint_standard_input(options: Options) -> int:
    """Judge the note on standard input in its vault; with `--fix` print its text as fixed, and what is left on standard error.

    Gives the exit status. Nothing is written to the vault.
    """
    if options.staged or options.from_ref:
        raise click.UsageError("standard input is in no commit: --staged and --from-ref do not go with it")
    if refused := options.refused("stdin"):
        raise click.UsageError(
            f"--{refused} does not go with standard input; --fix and --unsafe-fixes do, and print the note"
        )
    started = time.monotonic()
    file = Path(os.path.abspath(options.stdin_filename or "stdin.md"))
    data = sys.stdin.buffer.read()
    root = find_root(file, vault=options.vault)
    if root not in file.parents:
        raise Failure(f"{file} is not in the vault {root}")
    path = file.relative_to(root).as_posix()
    # a text without a name is no second copy of the note that it may come from
    twin = () if options.stdin_filename else ("duplicate-note",)
    config = load_config(root, options.config_file).merge_cli(**{**options.choice, "ignore": (*options.ignore, *twin)})
    require_all(config.rules())
    listing = list_vault(root, [file], whole=options.vault is not None)
    path = listing.also.get(path, path)
    listing = listing._replace(notes=tuple(sorted({*listing.notes, path})))
    workspace = open_vault(root, config, Disk(listing, given={path: data}), ToLint((path,), edits=True))
    opened = Opened(workspace, (path,))
    warn_of_captions(opened)
    with Outputs(options.files) as outputs:  # which may be refused: then nothing is printed
        return _run(options, opened, path, data, outputs, started)


def _run(options: Options, opened: Opened, path: str, data: bytes, outputs: Outputs, started: float) -> int:
    fixing = options.fix or options.unsafe_fixes
    if fixing:
        fixed = fix_vault(
            opened.vault, opened.workspace.linter, opened.reported, unsafe=options.unsafe_fixes, titles=False
        )
        sys.stdout.buffer.write(fixed.contents.get(path, data))
        sys.stdout.buffer.flush()
        opened.workspace.become(fixed.vault)
        result = LintResult(fixed.findings, 1)
    else:
        result = opened.lint()
    shown = Shown([opened], Path.cwd())
    view = view_of(options, [opened], shown, {}, (), standard_input=True)
    result = merged([result], [opened], shown, started)
    return report_all(options, [opened], result, view, shown, outputs, started, err=fixing)
