"""`ytvault lint`: check notes, and mend what can be mended."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from processor.cli import completing, hints
from processor.cli.answer import ARGS, Keeper
from processor.cli.known import Known, baseline_of, baseline_text, without_known, written_baseline
from processor.cli.outputs import Outputs
from processor.cli.reporting import (
    FOR_PEOPLE,
    STATISTICS,
    Options,
    for_people,
    format_of,
    merged,
    report,
    report_also,
    status,
    view_of,
)
from processor.cli.screen import tell
from processor.cli.session import Opened, Shown, open_vaults
from processor.cli.shared import (
    Grouped,
    config_option,
    is_quiet,
    named_vaults,
    paths_argument,
    say,
    talk_options,
    vault_option,
)
from processor.report import FORMATS, By
from processor.report.summary import count, joined
from processor.rules.base import SEVERITIES

if TYPE_CHECKING:
    from processor.fix import FixResult

FORMAT_NAMES = [name for name in FORMATS if name not in STATISTICS.values()]
_file = click.Path(path_type=Path, dir_okay=False)
_STANDARD_OUTPUT = Path("-")


def _also(value: str) -> tuple[str, Path]:
    """The format and the file of a `--report`."""
    name, _, file = value.partition("=")
    if name not in FORMAT_NAMES or not file:
        raise click.BadParameter(f"{value!r} is not FORMAT=FILE with a format of {', '.join(FORMAT_NAMES)}.")
    if file == "-":
        raise click.BadParameter(f"standard output is for --output-format {name}.")
    return name, Path(file)


@click.command(
    cls=Grouped,
    groups={
        "Which notes": "staged from-ref to-ref stdin-filename watch",
        "Mending": "fix unsafe-fixes diff show-fixes",
        "Which rules": "select extend-select ignore fail-on exit-zero",
        "What is known already": "add-suppressions baseline no-baseline write-baseline",
        "How to report": "output-format output-file report statistics by all quiet verbose",
    },
)
@paths_argument
@click.option("--fix", is_flag=True, help="Mend what is certain: the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="Mend what is probably right too.")
@click.option("--diff", is_flag=True, help="Show what fixing would change, and write nothing.")
@click.option("--show-fixes", is_flag=True, help="Tell what was mended note by note.")
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    shell_complete=completing.rules,
    help="Run these rules or families, or ALL; with commas.",
)
@click.option(
    "--extend-select",
    metavar="RULES",
    multiple=True,
    shell_complete=completing.rules,
    help="Run these besides those that are on.",
)
@click.option("--ignore", metavar="RULES", multiple=True, shell_complete=completing.rules, help="Do not run these.")
@click.option("--add-suppressions", is_flag=True, help="Write comments into the notes that silence what is left.")
@click.option("--baseline", metavar="FILE", type=_file, help="Report only what this file does not list.")
@click.option("--no-baseline", is_flag=True, help="Report what the baseline of the settings lists too.")
@click.option("--write-baseline", metavar="FILE", type=_file, help="List today's findings in this file.")
@click.option("--stdin-filename", metavar="FILE", type=_file, help="With the path -: which note standard input holds.")
@click.option(
    "--staged", is_flag=True, help="Check the notes about to be committed, and those whose links that breaks."
)
@click.option(
    "--from-ref", metavar="A", help="Check the notes that differ between two commits, and broken links likewise."
)
@click.option("--to-ref", metavar="B", help="With --from-ref: the later commit (default: HEAD).")
@click.option(
    "--output-format",
    type=click.Choice(FORMAT_NAMES),
    help="How to report (default: text). Paths count from the current folder, in json and jsonl from the vault's root, "
    "in github, gitlab and sarif from the top of the git repository.",
)
@click.option(
    "--output-file",
    metavar="FILE",
    type=_file,
    callback=lambda _ctx, _param, value: None if value == _STANDARD_OUTPUT else value,
    help="Write the report there (-: standard output).",
)
@click.option(
    "--report",
    "reports",
    metavar="FORMAT=FILE",
    multiple=True,
    shell_complete=completing.report,
    callback=lambda _ctx, _param, values: tuple(_also(value) for value in values),
    help="Write the report in this format to this file too.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    help="With --statistics: count by rule (default), by what is asked for (so that one renamed heading is one line), "
    "by note or by folder.",
)
@click.option("--all", "show_all", is_flag=True, help="List every finding, none folded, on a terminal too.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="The lightest severity that makes the exit status 1 (default: warning).",
)
@click.option("--watch", is_flag=True, help="Go on, and check again what each change touches, until Ctrl-C.")
@click.option("--no-cache", is_flag=True, help="Read every note anew, whether it has changed or not.")
@talk_options(
    "Print the findings that make the exit status 1, and nothing else. Formats for programs stay as they are.",
    "Tell on standard error what is read, how it is configured, what the cache holds, and how long each step takes.",
)
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    vault: Path | None,
    config_file: Path | None,
    **given: Any,  # noqa: ANN401  each as its option says
) -> None:
    """Check the notes at PATHS (files or folders; none: the current folder) in the light of their whole vault.

    \b
    ytvault lint
    ytvault lint talks/opening_the_weights.md
    ytvault lint --diff                 what --fix would change
    ytvault lint --fix                  mend what is certain
    ytvault lint --select timestamps --statistics
    ytvault lint --statistics --by target
    """
    gc.disable()  # notes hold no cycles, and looking for some in a million of their parts takes a third of the time
    options = Options(**given)
    if options.statistics and options.output_format not in (None, *STATISTICS):
        raise click.UsageError(f"--statistics goes with --output-format {', '.join(STATISTICS)}")
    if options.by and not options.statistics:
        raise click.UsageError("--by goes with --statistics")
    if paths == (Path("-"),):
        if options.staged or options.from_ref:
            raise click.UsageError("standard input is in no commit: --staged and --from-ref do not go with it")
        from processor.cli.standard_input import lint_standard_input

        ctx.exit(lint_standard_input(options, vault, config_file))
    if Path("-") in paths:
        raise click.UsageError("standard input is one note: - goes with no other path")
    if options.stdin_filename:
        raise click.UsageError("--stdin-filename goes with the path -")
    started = time.monotonic()
    open_all = partial(
        _opener(options),
        paths,
        vault=vault,
        config_file=config_file,
        choice=options.choice,
        with_edits=options.fixes or any(FORMATS[name].edits for name in options.formats),
        held=options.is_based_on_notes,
        writes=options.writes,
        cached=not options.no_cache,
    )
    if options.watch:
        if options.is_based_on_notes or options.staged or options.from_ref or options.files:
            raise click.UsageError("--watch looks at the notes as they are, and prints: it goes with no other task")
        from processor.cli.watch import watch

        watch(options, list(named_vaults(paths, vault)), open_all)
        ctx.exit(0)
    opened = open_all()
    try:
        ctx.exit(run(options, opened, started))
    finally:
        for one in opened:
            one.close()


def _opener(options: Options) -> Callable[..., list[Opened]]:
    """What opens the vaults: as they are on the disk, or as a commit has them."""
    if options.staged and options.from_ref:
        raise click.UsageError("--staged and --from-ref exclude each other")
    if options.to_ref and not options.from_ref:
        raise click.UsageError("--to-ref goes with --from-ref")
    if not options.staged and not options.from_ref:
        return open_vaults
    from processor.cli.staged import Refs, open_commit

    return partial(open_commit, refs=Refs(options.from_ref, options.to_ref or "HEAD"))


def run(options: Options, opened: Sequence[Opened], started: float) -> int:
    """Judge, mend and report; gives the exit status."""
    if options.write_baseline and len(opened) > 1:
        raise click.UsageError("a baseline is of one vault: call --write-baseline for each, with a file of its own")
    # what can fail is tried before the first note is written
    with Outputs(options.files) as outputs:
        before = outputs.holds(options.write_baseline) if options.write_baseline else None
        baselines = [baseline_of(options, one) for one in opened]
        return _run(options, opened, started, outputs, baselines, before)


def _run(
    options: Options,
    opened: Sequence[Opened],
    started: float,
    outputs: Outputs,
    baselines: Sequence[Known | None],
    before: bytes | None,
) -> int:
    shown = Shown(opened, Path.cwd())
    results, remarks, diffs = [], [], []
    mended: dict[str, Mapping[str, int]] = {}
    plans: Sequence[FixResult | None] = [None] * len(opened)
    if options.fixes or options.add_suppressions:
        from processor.cli import fixing

        if options.fixes:
            plans = [fixing.planned(one, unsafe=options.unsafe_fixes) for one in opened]
    for one, plan, baseline in zip(opened, plans, baselines, strict=True):
        new: dict[str, bytes] = {}
        if plan:
            written = fixing.fix(one, plan, unsafe=options.unsafe_fixes, write=not options.diff)
            mended |= {shown.key(one, path): rules for path, rules in written.mended.items()}
            remarks += written.remarks
            new.update(written.contents)
            result = written.result
        else:
            result = one.lint(beside=options.add_suppressions)
        result, listed, more = without_known(result, one, baseline, options)
        remarks += more
        if options.add_suppressions:
            silenced = fixing.silence(one, result.findings, write=not options.diff)
            done = "Would write" if options.diff else "Wrote"
            back = f" {hints.undo(one.root)} takes them back." if silenced.times and not options.diff else ""
            remarks.append(f"{done} suppressions for {count(silenced.times, 'finding')}.{back}")
            new.update(silenced.contents)
            result = replace(result, findings=silenced.left)
        if options.write_baseline and options.diff:
            remarks.append(f"--diff writes nothing: {options.write_baseline} is as it was.")
        elif options.write_baseline:
            listed += result.findings
            outputs.write_over(options.write_baseline, baseline_text(listed, one), before)
            remarks.append(written_baseline(options.write_baseline, len(listed), one))
            result = replace(result, findings=[])
        results.append(result)
        if options.diff:
            diffs.append(fixing.differences(one, new))
    if options.diff:
        from processor.cli.diffs import show_diff

        only_silenced = any(diffs) and not mended
        show_diff(diffs, "Nothing was written." if only_silenced else _would(mended, shown, options))
        for remark in () if is_quiet() else remarks:
            tell(remark, err=True)
        return 2 if any(o.refused for o in opened) else int(any(diffs) and not options.exit_zero)
    view = view_of(options, opened, shown, mended, remarks)
    result = merged(results, opened, shown, started)
    name = format_of(options, opened)
    reporting = time.monotonic()
    kept = _keeper(options, opened, result.seconds)
    also = kept.add if kept else _nowhere
    try:
        report(for_people(result, name, opened, options), view, options.output_file, name, outputs, also=also)
        say(f"reported in {time.monotonic() - reporting:.2f} s; all took {time.monotonic() - started:.2f} s")
        report_also(result, view, shown, options, outputs)
        ended = status(result, opened, options)
        if kept:
            kept.complete(ended, [{**(o.premises or {}), **(o.seen or {})} for o in opened])
    finally:
        if kept:
            kept.drop()
    return ended


def _would(mended: Mapping[str, Mapping[str, int]], shown: Shown, options: Options) -> str:
    """What `--diff` says of itself: how much would be mended, and with `--show-fixes` in which note what."""
    if not mended:
        return "Nothing would change."
    lines = []
    for path, rules in mended.items() if options.show_fixes else ():
        lines.append(
            f"{shown.path(path, 'current')}: would mend {joined([f'{n:,} {rule}' for rule, n in rules.items()])}"
        )
    fixes = sum(n for rules in mended.values() for n in rules.values())
    notes = count(len(mended), "note")
    return "\n".join([*lines, f"{notes} would change, by {count(fixes, 'fix', 'fixes')}; nothing was written."])


def _nowhere(_piece: str) -> None:
    """Where what is not to be kept goes."""


def _is_lasting(options: Options, opened: Sequence[Opened]) -> bool:
    """Whether the same command gives the same answer as long as no file changes, and says nothing but that."""
    once = options.writes or options.fixes or options.baseline or options.files
    return not once and not any(o.refused or o.config.remarks or not (o.seen and o.premises) for o in opened)


def _keeper(options: Options, opened: Sequence[Opened], seconds: float) -> Keeper | None:
    """What keeps the answer for the next time that the same is asked, if it lasts."""
    args = click.get_current_context().meta.get(ARGS)
    if args is None or not _is_lasting(options, opened):
        return None
    for_programs = format_of(options, opened) not in FOR_PEOPLE
    return Keeper(args, f" in {seconds:.1f} s" if sys.stdout.isatty() else "", for_programs=for_programs)
