"""`ytvault lint`: check notes, and mend what can be mended."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from processor.cli.session import Choice, Opened, Shown, open_vaults, write_output
from processor.cli.shared import config_option, paths_argument, vault_option
from processor.lint import LintResult
from processor.report import FORMATS, View, render
from processor.rule import SEVERITIES, Severity

SELECTABLE = "RULES"
FORMAT_NAMES = [name for name in FORMATS if name != "statistics"]


@click.command()
@paths_argument
@click.option("--select", metavar=SELECTABLE, multiple=True, help="Run these rules or families, or ALL; with commas.")
@click.option("--extend-select", metavar=SELECTABLE, multiple=True, help="Run these besides those that are on.")
@click.option("--ignore", metavar=SELECTABLE, multiple=True, help="Do not run these.")
@click.option("--output-format", type=click.Choice(FORMAT_NAMES), help="How to report (default: text).")
@click.option(
    "--output-file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the report there."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option("--all", "show_all", is_flag=True, help="List every finding, on a terminal too.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="The lightest severity that makes the exit status 1 (default: warning).",
)
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], vault: Path | None, config_file: Path | None, **options: Any
) -> None:
    """Check the notes at PATHS (files or folders; none: the current folder) in the light of their whole vault.

    \b
    ytvault lint
    ytvault lint talks/opening_the_weights.md
    ytvault lint --select timestamps --statistics
    """
    started = time.monotonic()
    shows_edits = options["output_format"] is not None and FORMATS[options["output_format"]].edits
    choice = Choice(options["select"], options["extend_select"], options["ignore"])
    opened = open_vaults(paths, vault=vault, config_file=config_file, choice=choice, with_edits=shows_edits)
    shown = Shown(opened, Path.cwd())
    result = merged(opened, shown, started)
    report(result, opened, shown, paths, options)
    ctx.exit(status(result, opened, options))


def merged(opened: Iterable[Opened], shown: Shown, started: float) -> LintResult:
    """One result of all vaults."""
    findings, notes, missing = [], 0, Counter[str]()
    for one in opened:
        result = one.lint()
        findings += [shown.keyed(one, f) for f in result.findings]
        notes += result.notes
        missing.update(result.missing)
    return LintResult(findings, notes, missing, time.monotonic() - started)


def report(
    result: LintResult, opened: list[Opened], shown: Shown, paths: tuple[Path, ...], options: dict[str, Any]
) -> None:
    """Print the report, or write it to the file that was named."""
    name = "statistics" if options["statistics"] else options["output_format"] or opened[0].config.output_format
    file: Path | None = options["output_file"]
    terminal = file is None and sys.stdout.isatty()
    view = View(
        show_path=partial(shown.path, base=FORMATS[name].paths),
        text_of=shown.text_of,
        color=terminal and not os.environ.get("NO_COLOR"),
        width=shutil.get_terminal_size((100, 24)).columns,
        terminal=terminal,
        all=options["show_all"],
        command=called(paths, options),
    )
    pieces = render(name, result, view)
    if file is not None:
        write_output(file, list(pieces))
        return
    for piece in pieces:
        click.echo(piece, nl=False)


def called(paths: tuple[Path, ...], options: dict[str, Any]) -> str:
    """The command line that a report suggests to go on with."""
    import shlex

    words = ["ytvault", "lint", *map(str, paths)]
    for name in ("select", "extend_select", "ignore"):
        for value in options[name]:
            words += ["--" + name.replace("_", "-"), value]
    return shlex.join(words)


def status(result: LintResult, opened: Iterable[Opened], options: dict[str, Any]) -> int:
    """2 where the system refused a file, 1 where there is a finding grave enough, else 0."""
    opened = list(opened)
    if any(o.refused for o in opened):
        return 2
    lightest: Severity = options["fail_on"] or opened[0].config.fail_on
    grave = SEVERITIES[: SEVERITIES.index(lightest) + 1]
    found = any(f.severity in grave for f in result.findings)
    return int(found and not options["exit_zero"])
