"""The options of `ytvault lint`, each declared once: a new one is a field here, and what obeys it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import click

from processor.base.formats import NAMES, STATISTICS
from processor.cli import completing
from processor.cli.lint_traits import KNOWN, MENDING, NOTES, REPORT, RULES, Traits, Way
from processor.cli.options import (
    FILE,
    OTHERS,
    PATHS,
    QUIET_FLAG,
    VERBOSE_FLAG,
    argument,
    captions_field,
    config_field,
    flag,
    natures_of,
    option,
    vault_field,
)
from processor.cli.session import Choice
from processor.report import By
from processor.rules.base import SEVERITIES, Severity


def _reports(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Return the format and the file of each `--report`."""
    reports = []
    for value in values:
        name, _, target = value.partition("=")
        if name not in NAMES or not target:
            raise click.BadParameter(f"{value!r} is not FORMAT=FILE with a format of {', '.join(NAMES)}.")
        if target == "-":
            raise click.BadParameter(f"standard output is for --output-format {name}.")
        reports.append((name, Path(target)))
    return tuple(reports)


def _unless_standard_output(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    return None if value == Path("-") else value


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)  # what compares or shows it would take longest to make
class Options:
    """The command line. In the help the options stand in this order below the heading of their group."""

    paths: tuple[Path, ...] = argument(
        Traits(group="", repeated=True, remembered=True, stdin=True, watch=True, file=""), **PATHS
    )
    fix: bool = flag(
        "--fix",
        "Mend what is certain: the safe fixes.",
        Traits(group=MENDING, repeated=False, remembered=False, stdin=True, watch=False, file=""),
    )
    unsafe_fixes: bool = flag(
        "--unsafe-fixes",
        "Mend what is probably right too.",
        Traits(group=MENDING, repeated=False, remembered=False, stdin=True, watch=False, file=""),
    )
    diff: bool = flag(
        "--diff",
        "Show what fixing would change, and write nothing.",
        # what is to be done is said anew by each suggestion
        Traits(group=MENDING, repeated=False, remembered=False, stdin=False, watch=False, file=""),
    )
    show_fixes: bool = flag(
        "--show-fixes",
        "Tell what was mended note by note.",
        Traits(group=MENDING, repeated=False, remembered=True, stdin=True, watch=True, file=""),
    )
    select: tuple[str, ...] = option(
        "--select",
        "Run these rules or families, or ALL; with commas.",
        Traits(group=RULES, repeated=True, remembered=True, stdin=True, watch=True, file=""),
        metavar="RULES",
        multiple=True,
        shell_complete=completing.rules,
    )
    extend_select: tuple[str, ...] = option(
        "--extend-select",
        "Run these besides those that are on.",
        Traits(group=RULES, repeated=True, remembered=True, stdin=True, watch=True, file=""),
        metavar="RULES",
        multiple=True,
        shell_complete=completing.rules,
    )
    ignore: tuple[str, ...] = option(
        "--ignore",
        "Do not run these.",
        Traits(group=RULES, repeated=True, remembered=True, stdin=True, watch=True, file=""),
        metavar="RULES",
        multiple=True,
        shell_complete=completing.rules,
    )
    add_suppressions: bool = flag(
        "--add-suppressions",
        "Write comments into the notes that silence what is left.",
        Traits(group=KNOWN, repeated=False, remembered=False, stdin=False, watch=False, file=""),
    )
    baseline: Path | None = option(
        "--baseline",
        "Report only what this file does not list.",
        Traits(group=KNOWN, repeated=True, remembered=False, stdin=False, watch=True, file="read"),
        **FILE,
    )
    no_baseline: bool = flag(
        "--no-baseline",
        "Report what the baseline of the settings lists too.",
        Traits(group=KNOWN, repeated=True, remembered=True, stdin=True, watch=True, file=""),
    )
    write_baseline: Path | None = option(
        "--write-baseline",
        "List today's findings in this file.",
        Traits(group=KNOWN, repeated=False, remembered=False, stdin=False, watch=False, file="written"),
        **FILE,
    )
    staged: bool = flag(
        "--staged",
        "Check the notes about to be committed, and those whose links that breaks.",
        Traits(group=NOTES, repeated=True, remembered=False, stdin=False, watch=False, file=""),
    )
    from_ref: str | None = option(
        "--from-ref",
        "Check the notes that differ between two commits, and broken links likewise.",
        Traits(group=NOTES, repeated=True, remembered=False, stdin=False, watch=False, file=""),
        metavar="A",
    )
    to_ref: str | None = option(
        "--to-ref",
        "With --from-ref: the later commit (default: HEAD).",
        Traits(group=NOTES, repeated=True, remembered=False, stdin=False, watch=False, file=""),
        metavar="B",
    )
    stdin_filename: Path | None = option(
        "--stdin-filename",
        "With the path -: which note standard input holds.",
        Traits(group=NOTES, repeated=True, remembered=False, stdin=True, watch=True, file=""),
        **FILE,
    )
    watch: bool = flag(
        "--watch",
        "Go on, and check again what each change touches, until Ctrl-C.",
        Traits(group=NOTES, repeated=False, remembered=False, stdin=False, watch=True, file=""),
    )
    output_format: str | None = option(
        "--output-format",
        "How to report (default: text). Paths count from the current folder, in json and jsonl from the vault's root, "
        "in github, gitlab and sarif from the top of the git repository.",
        # the settings may name one in which nothing is suggested
        Traits(group=REPORT, repeated=True, remembered=True, stdin=True, watch=True, file=""),
        type=click.Choice(NAMES),
    )
    output_file: Path | None = option(
        "--output-file",
        "Write the report there (-: standard output).",
        Traits(group=REPORT, repeated=False, remembered=False, stdin=True, watch=False, file="written"),
        **FILE,
        callback=_unless_standard_output,
    )
    reports: tuple[tuple[str, Path], ...] = option(
        "--report",
        "Write the report in this format to this file too.",
        Traits(group=REPORT, repeated=False, remembered=False, stdin=True, watch=False, file="written"),
        metavar="FORMAT=FILE",
        multiple=True,
        callback=_reports,
        shell_complete=completing.report,
    )
    statistics: bool = flag(
        "--statistics",
        "Count the findings of each rule instead of listing them.",
        Traits(group=REPORT, repeated=False, remembered=True, stdin=True, watch=True, file=""),
    )
    by: By | None = option(
        "--by",
        "With --statistics: count by rule (default), by what is asked for (so that one renamed heading is one line), "
        "by note or by folder.",
        Traits(group=REPORT, repeated=False, remembered=True, stdin=True, watch=True, file=""),
        type=click.Choice(get_args(By)),
    )
    show_all: bool = flag(
        "--all",
        "List every finding, none folded, on a terminal too.",
        Traits(group=REPORT, repeated=False, remembered=True, stdin=True, watch=True, file=""),
    )
    fail_on: Severity | None = option(
        "--fail-on",
        "The lightest severity that makes the exit status 1 (default: warning).",
        Traits(group=RULES, repeated=True, remembered=True, stdin=True, watch=True, file=""),
        type=click.Choice(SEVERITIES),
    )
    exit_zero: bool = flag(
        "--exit-zero",
        "Exit with 0 even if there are findings.",
        Traits(group=RULES, repeated=True, remembered=True, stdin=True, watch=True, file=""),
    )
    captions: tuple[Path, ...] = captions_field(
        Traits(group=OTHERS, repeated=True, remembered=True, stdin=True, watch=True, file="")
    )
    no_cache: bool = flag(
        "--no-cache",
        "Read every note anew, whether it has changed or not.",
        # how it is found out, not what
        Traits(group=OTHERS, repeated=False, remembered=False, stdin=True, watch=True, file=""),
    )
    quiet: bool = flag(
        "-q --quiet",
        "Print the findings that make the exit status 1, and nothing else. Formats for programs stay as they are.",
        # how much is said is no part of what is done
        Traits(group=REPORT, repeated=False, remembered=True, stdin=True, watch=True, file=""),
        **QUIET_FLAG,
    )
    verbose: bool = flag(
        "-v --verbose",
        "Tell on standard error what is read, how it is configured, what the cache holds, and how long each step takes.",
        Traits(group=REPORT, repeated=False, remembered=True, stdin=True, watch=True, file=""),
        **VERBOSE_FLAG,
    )
    vault: Path | None = vault_field(
        Traits(group=OTHERS, repeated=True, remembered=True, stdin=True, watch=True, file="")
    )
    config_file: Path | None = config_field(
        Traits(group=OTHERS, repeated=True, remembered=True, stdin=True, watch=True, file="read")
    )

    def __post_init__(self) -> None:
        """Raise where two options exclude each other, or one needs another."""
        if self.baseline and self.no_baseline:
            raise click.UsageError("--baseline and --no-baseline exclude each other")
        if self.statistics and self.output_format not in (None, *STATISTICS):
            raise click.UsageError(f"--statistics goes with --output-format {', '.join(STATISTICS)}")
        if self.by and not self.statistics:
            raise click.UsageError("--by goes with --statistics")
        if self.staged and self.from_ref:
            raise click.UsageError("--staged and --from-ref exclude each other")
        if self.to_ref and not self.from_ref:
            raise click.UsageError("--to-ref goes with --from-ref")

    def _given(self) -> Iterator[tuple[str, Traits, Any]]:
        """Return what was given: name, traits and value."""
        return ((name, traits, value) for name, traits in TRAITS.items() if (value := getattr(self, name)))

    def refused(self, way: Way) -> str:
        """Return the name of an option that was given and does not go with a way of reading notes; empty if all do."""
        return next((name.replace("_", "-") for name, traits, _ in self._given() if not getattr(traits, way)), "")

    @property
    def is_lasting(self) -> bool:
        """Whether the same call has the same answer as long as no file changes, and only prints it."""
        return all(traits.remembered for _, traits, _ in self._given())

    @property
    def files(self) -> list[Path]:
        """What is written besides notes and what is printed."""
        written = [value for _, traits, value in self._given() if traits.file == "written"]
        return [path for v in written for path in ([v] if isinstance(v, Path) else [path for _, path in v])]

    @property
    def formats(self) -> list[str]:
        """All formats that were asked for."""
        return [self.output_format or "text", *[name for name, _ in self.reports]]

    @property
    def fixes(self) -> bool:
        """Whether fixes are made, or shown; `--diff` shows those of `--fix` if nothing else is asked for."""
        return self.fix or self.unsafe_fixes or (self.diff and not self.add_suppressions)

    @property
    def writes(self) -> bool:
        return (self.fix or self.unsafe_fixes or self.add_suppressions) and not self.diff

    @property
    def is_based_on_notes(self) -> bool:
        """Whether something is written, or shown, that notes make: they stay as they were read then."""
        return self.fixes or self.add_suppressions

    @property
    def tried(self) -> Literal["", "safe", "unsafe"]:
        """The fixes that are made, or would be."""
        return "unsafe" if self.unsafe_fixes else "safe" if self.fix or self.diff else ""

    @property
    def choice(self) -> Choice:
        rules = {"select": self.select, "extend_select": self.extend_select, "ignore": self.ignore}
        return {**rules, "captions": self.captions}


TRAITS = natures_of(Options, Traits)
"""The traits of each parameter, by the name of its field."""
