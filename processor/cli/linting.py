"""What `ytvault lint` does with vaults that were read: lint, mend, report."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.base.formats import FORMATS
from processor.base.text import count, in_words
from processor.cli import hints
from processor.cli.answer import ARGS, Keeper
from processor.cli.baselines import (
    BaselineFile,
    baseline_of,
    baseline_text,
    listed_by_others,
    without_listed,
    written_baseline,
)
from processor.cli.console import is_quiet, say, tell
from processor.cli.lint_options import Options
from processor.cli.outputs import Outputs
from processor.cli.reporting import for_people, format_of, merged, report, report_also, status, view_of
from processor.cli.session import Opened, Shown
from processor.lint.linter import LintResult
from processor.report import View

if TYPE_CHECKING:
    from processor.fix import FixResult
    from processor.lint.suppress.baseline import Baseline


def run(options: Options, opened: Sequence[Opened], started: float) -> int:
    """Lint, mend and report; return the exit status."""
    if options.write_baseline and len(opened) > 1:
        raise click.UsageError("a baseline is of one vault: call --write-baseline for each, with a file of its own")
    # what can fail is tried before the first note is written
    with Outputs(options.files) as outputs:
        before = outputs.holds(options.write_baseline) if options.write_baseline else None
        others = listed_by_others(options, opened[0], before)
        baselines = [baseline_of(options, one) for one in opened]
        return _run(options, opened, started, outputs, baselines, before, others)


def _run(
    options: Options,
    opened: Sequence[Opened],
    started: float,
    outputs: Outputs,
    baselines: Sequence[BaselineFile | None],
    before: bytes | None,
    others: Baseline,
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
            new.update(written.contents if options.diff else {})
            result = written.result
        else:
            result = one.lint(beside=options.add_suppressions)
        result, listed, more = without_listed(result, one, baseline, options)
        remarks += more
        if options.add_suppressions:
            silenced = fixing.silence(one, result.findings, write=not options.diff)
            done = "Would write" if options.diff else "Wrote"
            back = f" {hints.undo(one.root)} takes them back." if silenced.times and not options.diff else ""
            remarks.append(f"{done} suppressions for {count(silenced.times, 'finding')}.{back}")
            new.update(silenced.contents if options.diff else {})
            result = replace(result, findings=silenced.left)
        if options.write_baseline and options.diff:
            remarks.append(f"--diff writes nothing: {options.write_baseline} is as it was.")
        elif options.write_baseline:
            listed += result.findings
            outputs.write_over(options.write_baseline, baseline_text(listed, others, one), before)
            remarks.append(written_baseline(options.write_baseline, len(listed), others, one))
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
    return report_all(options, opened, merged(results, opened, shown, started), view, shown, outputs, started)


def report_all(
    options: Options,
    opened: Sequence[Opened],
    result: LintResult,
    view: View,
    shown: Shown,
    outputs: Outputs,
    started: float,
    *,
    err: bool = False,
) -> int:
    """Report in each format that was asked for, and remember the answer if it lasts; return the exit status.

    With `err` what is not written to a file goes to standard error.
    """
    name = format_of(options, opened)
    reporting = time.monotonic()
    keeper = _keeper(options, opened, result.seconds)
    also = keeper.add if keeper else None
    try:
        shortened = for_people(result, name, opened, options)
        report(shortened, view, options.output_file, name, outputs, err=err, also=also)
        say(f"reported in {time.monotonic() - reporting:.2f} s; all took {time.monotonic() - started:.2f} s")
        report_also(result, view, shown, options, outputs)
        ended = status(result, opened, options)
        if keeper:
            keeper.complete(ended, [{**(o.premises or {}), **(o.seen or {})} for o in opened])
    finally:
        if keeper:
            keeper.drop()
    return ended


def _would(mended: Mapping[str, Mapping[str, int]], shown: Shown, options: Options) -> str:
    """Return the summary of `--diff`: how much would be mended, and with `--show-fixes` what in which note."""
    if not mended:
        return "Nothing would change."
    lines = [
        f"{shown.path(path, 'current')}: would mend {in_words([f'{n:,} {rule}' for rule, n in rules.items()])}"
        for path, rules in (mended.items() if options.show_fixes else ())
    ]
    fixes = sum(n for rules in mended.values() for n in rules.values())
    notes = count(len(mended), "note")
    return "\n".join([*lines, f"{notes} would change, by {count(fixes, 'fix', 'fixes')}; nothing was written."])


def _keeper(options: Options, opened: Sequence[Opened], seconds: float) -> Keeper | None:
    """Return what stores the answer for the next equal call; None where the answer does not last."""
    args = click.get_current_context().meta.get(ARGS)
    if args is None or not options.is_lasting:
        return None
    if any(one.refused or one.remarked or one.config.remarks or not (one.seen and one.premises) for one in opened):
        return None  # the next call must warn too
    for_programs = not FORMATS[format_of(options, opened)].for_people
    return Keeper(args, f" in {seconds:.1f} s" if sys.stdout.isatty() else "", for_programs=for_programs)
