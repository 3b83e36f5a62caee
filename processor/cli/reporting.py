"""The report of `ytvault lint`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.base.formats import FORMATS, STATISTICS
from processor.cli import hints
from processor.cli.console import columns, is_quiet, plain_is_wanted, put_out
from processor.cli.lint_options import Options
from processor.cli.outputs import Outputs
from processor.cli.session import Opened, Shown
from processor.lint.findings import Findings, NoteFindings, by_note, of_severity, severities
from processor.lint.linter import LintResult
from processor.report import Hints, View, render
from processor.rules.base import SEVERITIES, Severity
from processor.vault.naming import lies_in
from processor.vault.wanted import Ask

if TYPE_CHECKING:
    from processor.commands.report.collect import Subject

_CHUNK = 1 << 16


def merged(results: Iterable[LintResult], opened: Iterable[Opened], shown: Shown, started: float) -> LintResult:
    """Return one result of all vaults."""
    results = list(results)
    if len(results) == 1:
        return replace(results[0], seconds=time.monotonic() - started)
    findings: list[NoteFindings] = []
    notes, missing = 0, list[Ask]()
    for result, one in zip(results, opened, strict=True):
        findings += [shown.keyed(one, of_note) for of_note in by_note(result.findings).notes]
        notes += result.notes
        missing += [(shown.key(one, path), name) for path, name in result.missing]
    return LintResult(Findings(findings), notes, missing, time.monotonic() - started)


def format_of(options: Options, opened: Sequence[Opened]) -> str:
    if options.statistics:
        return STATISTICS[options.output_format or "text"]
    return options.output_format or opened[0].config.output_format


def view_of(
    options: Options,
    opened: Sequence[Opened],
    shown: Shown,
    mended: Mapping[str, Mapping[str, int]],
    remarks: Sequence[str],
    *,
    standard_input: bool = False,
) -> View:
    terminal = options.output_file is None and sys.stdout.isatty()
    return View(
        show_path=partial(shown.path, base=FORMATS[format_of(options, opened)].paths),
        text_of=shown.text_of,
        color=terminal and not plain_is_wanted(),
        width=columns(),
        terminal=terminal,
        by=options.by or "rule",
        causes_of=shown.causes_of,
        all=options.show_all,
        quiet=is_quiet(),
        hints=_hints(options, opened, standard_input=standard_input),
        has_baseline=_has_baseline(options, opened),
        mended=mended,
        unfixed=frozenset(shown.key(one, path) for one in opened for path in one.beside),
        show_fixes=options.show_fixes,
        nothing=_nothing(options, opened),
        remarks=tuple(remarks),
        subject=_subject(options, opened),
        place=shown.place(FORMATS[format_of(options, opened)].paths),
    )


def _subject(options: Options, opened: Sequence[Opened]) -> Subject | None:
    """Return what a page is about; None where none is asked for. Raise UsageError where that is more than one vault."""
    if "html" not in (*options.formats, format_of(options, opened)):
        return None
    if len(opened) > 1:
        raise click.UsageError("a page is of one vault: name the one you mean")
    from processor.commands.report.collect import subject_of

    (only,) = opened
    filtered = _has_baseline(options, opened)
    return subject_of(only.workspace, only.reported, whole=only.named is None, filtered=filtered)


def _hints(options: Options, opened: Sequence[Opened], *, standard_input: bool) -> Hints:
    only = opened[0] if len(opened) == 1 else None
    return Hints(
        lint=_again(options, opened),
        rule=hints.command("rule"),
        init=hints.init(only.root) if only and not only.config.file else "",
        undo=hints.undo(*[one.root for one in opened]),
        baseline=_baseline(options, only) if only and not standard_input else "",
        standard_input=standard_input,
        tried=options.tried,
    )


def _has_baseline(options: Options, opened: Sequence[Opened]) -> bool:
    """Return whether a baseline leaves findings out."""
    configured = any(one.config.baseline for one in opened) and not options.no_baseline
    return bool(options.baseline or options.write_baseline or configured)


def _again(options: Options, opened: Sequence[Opened]) -> str:
    """Return the call to go on with. What pre-commit says in its environment a user says in options."""
    if not options.staged or "PRE_COMMIT" not in os.environ:
        return hints.call_again()
    if start := os.environ.get("PRE_COMMIT_FROM_REF"):
        end = os.environ.get("PRE_COMMIT_TO_REF")
        return hints.call_again("--from-ref", start, *(["--to-ref", end] if end else []), but={"staged"})
    is_all = all(len(one.named or ()) == len(one.listing.notes) for one in opened)
    return hints.call_again(but={"staged"} if is_all else ())


def _baseline(options: Options, opened: Opened) -> str:
    """Return the command that lists what is left in the vault's baseline; empty where it would list only some of it."""
    if opened.named is not None or options.staged or options.from_ref or options.select or options.ignore:
        return ""
    file = options.baseline or opened.config.baseline or hints.near(opened.root / "ytvault-baseline.json")
    return hints.call_again("--write-baseline", Path(file), but={"baseline", "no_baseline"})


def _nothing(options: Options, opened: Sequence[Opened]) -> str:
    if options.staged:
        return "No note is about to be committed."
    if options.from_ref:
        return "No note differs."
    notes = [(one, path) for one in opened for path in (one.listing.notes if one.named is None else one.named)]
    if notes and all(lies_in(path, one.config.templates) for one, path in notes):
        return "Every note here is a template, and not judged."
    if notes:
        return "Every note here is left out by the setting `exclude`."
    where = hints.near(opened[0].root) if len(opened) == 1 and opened[0].named is None else Path()
    here = "here" if where == Path() else f"in {where}"
    return f"There are no notes {here}: they end in .md, and do not lie in a folder whose name begins with a dot."


def report(
    result: LintResult,
    view: View,
    file: Path | None,
    name: str,
    outputs: Outputs | None = None,
    *,
    err: bool = False,
    also: Callable[[str], None] | None = None,
) -> None:
    """Print the report, or write it to the file that was named; pass its pieces to `also` too."""
    pieces = render(name, result, view)
    if file is not None:
        assert outputs is not None
        outputs.write(file, pieces)
        return
    print_ = partial(click.echo, nl=False) if FORMATS[name].for_people else put_out
    waiting, size = [], 0
    for piece in pieces:
        if also:
            also(piece)
        waiting.append(piece)
        size += len(piece)
        if size > _CHUNK:  # a write for each line would take longer than the lines
            print_("".join(waiting), err=err)
            waiting, size = [], 0
    print_("".join(waiting), err=err)


def report_also(result: LintResult, view: View, shown: Shown, options: Options, outputs: Outputs) -> None:
    """Write the reports in other formats that were asked for."""
    for name, file in options.reports:
        show_path = partial(shown.path, base=FORMATS[name].paths)
        place = shown.place(FORMATS[name].paths)
        elsewhere = replace(view, show_path=show_path, color=False, terminal=False, quiet=False, place=place)
        report(result, elsewhere, file, name, outputs)


def for_people(result: LintResult, name: str, opened: Sequence[Opened], options: Options) -> LintResult:
    """Return the result as `-q` shows it to people: only what fails. Formats for programs hold everything."""
    if not is_quiet() or not FORMATS[name].for_people:
        return result
    return replace(result, findings=of_severity(result.findings, _failing(opened, options)))


def _failing(opened: Sequence[Opened], options: Options) -> Sequence[Severity]:
    """Return the severities that make the exit status 1."""
    lightest: Severity = options.fail_on or opened[0].config.fail_on
    return SEVERITIES[: SEVERITIES.index(lightest) + 1]


def status(result: LintResult, opened: Sequence[Opened], options: Options) -> int:
    """2 where the system refused a file, 1 where there is a finding grave enough, else 0."""
    if any(o.refused for o in opened):
        return 2
    return int(bool(severities(result.findings) & {*_failing(opened, options)}) and not options.exit_zero)
