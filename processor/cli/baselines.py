"""The baseline of `ytvault lint`: a file of findings that are not reported again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from processor.base.text import count
from processor.cli import hints
from processor.cli.console import Failure
from processor.cli.lint_options import Options
from processor.cli.session import Opened
from processor.config.schema import dotted, toml
from processor.config.settings import FILE, find_settings
from processor.disk import seen_from
from processor.lint.linter import LintResult
from processor.lint.suppress.baseline import Baseline, BaselineError, read_baseline, write_baseline
from processor.report.summary import probable, tallies
from processor.rules.base import Finding


class BaselineFile(NamedTuple):
    """A baseline, and the file that it was read from."""

    file: Path
    baseline: Baseline


def baseline_of(options: Options, opened: Opened) -> BaselineFile | None:
    """Return the baseline that is asked for, or that the configuration names. Raise Failure where it cannot be read."""
    file = options.baseline
    if file is None and opened.config.baseline and not (options.write_baseline or options.no_baseline):
        file = hints.near(Path(opened.config.baseline))
    if file is None:
        return None
    try:
        return BaselineFile(file, read_baseline(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    except BaselineError as error:
        raise Failure(f"{file}: {error}") from None


def without_listed(
    result: LintResult, opened: Opened, file: BaselineFile | None, options: Options
) -> tuple[LintResult, list[Finding], list[str]]:
    """Return the result without what a baseline lists, that, and what is to be said of it."""
    if file is None:
        return result, [], []
    before = list(result.findings)
    texts = {path: opened.vault.notes[path].text for path in {f.path for f in before}}
    rules = [rule.id for rule in opened.workspace.linter.rules]
    judged = None if opened.named is None else opened.reported
    findings, gone = file.baseline.filter(before, texts, judged=judged, rules=rules)
    new = {*map(id, findings)}
    listed = [f for f in before if id(f) not in new]
    remarks = [*left_out(file.file, listed, gone, opened, options)]
    return LintResult(findings, result.notes, result.missing), listed, remarks


def listed_by_others(options: Options, opened: Opened, old: bytes | None) -> Baseline:
    """Return what a baseline that is to be written lists already of notes, or by rules, that this run does not judge: it stays.

    Raise Failure where the run judges only some, and what stands there is no baseline.
    """
    only_some_rules = options.select or options.ignore
    if old is None or (opened.named is None and not only_some_rules):
        return Baseline({})
    try:
        listed = read_baseline(old.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Failure(f"{options.write_baseline}: cannot be read: it is not UTF-8") from None
    except BaselineError as error:
        raise Failure(f"{options.write_baseline}: {error}") from None
    notes = None if opened.named is None else {*opened.reported}
    return listed.beyond(notes, {rule.id for rule in opened.workspace.linter.rules} if only_some_rules else None)


def baseline_text(findings: Iterable[Finding], others: Baseline, opened: Opened) -> str:
    """Return the baseline that lists findings, and what it lists of others."""
    findings = list(findings)
    notes = opened.vault.notes
    texts = {path: notes[path].text for path in {f.path for f in findings}}
    return write_baseline(findings, texts, others)


def left_out(file: Path, findings: Sequence[Finding], gone: int, opened: Opened, options: Options) -> Iterator[str]:
    """Sentences about what a baseline took out of a report: how much, and what could be mended of it all the same."""
    said = f"Left out, as {file} lists them: {count(len(findings), 'finding')}."
    if not options.baseline:
        said += f" `{hints.call_again('--no-baseline')}` lists them too."
    rows = tallies(findings, opened.beside, options.tried)
    safe, unsafe = sum(row.safe for row in rows), sum(row.unsafe for row in rows)
    if safe:
        said += f" `{hints.call_again('--fix')}` would mend {safe:,} of them."
    if unsafe:
        said += f" `{hints.call_again('--unsafe-fixes', '--diff')}` shows {probable(unsafe)}."
    if findings:
        yield said
    if gone:
        anew = hints.call_again("--write-baseline", file, but={"baseline"})
        yield f"Gone, though {file} lists them: {count(gone, 'finding')}. `{anew}` forgets them."


def written_baseline(file: Path, findings: int, others: Baseline, opened: Opened) -> str:
    """Sentences about a baseline that was written: what it holds, and the line of the settings that brings it to bear."""
    said = f"Wrote {count(findings, 'finding')} to {file}."
    if others_left := sum(others.entries.values()):
        said += f" The {others_left:,} that it lists of what was not judged {'stays' if others_left == 1 else 'stay'}."
    found = find_settings(opened.root, Path(opened.config.file) if opened.config.file else None)
    settings = found.path if found else opened.root / FILE
    if opened.config.baseline and os.path.realpath(opened.config.baseline) == os.path.realpath(file):
        return said
    line = f"baseline = {toml(seen_from(settings.parent, os.path.abspath(file)).as_posix())}"
    where = hints.near(settings)
    if found and found.prefix:
        place = f"below [{dotted(found.prefix)}] in {where}"
    elif found and (number := _commented(found.path, line)):
        return f"{said} Take the # from line {number} of {where}, `# {line}`, and only what is new is reported."
    else:
        place = f"at the top of {where}" if found else f"into a new file {where}"
    other = ", in place of the one there" if opened.config.baseline else ""
    return f"{said} Put the line `{line}` {place}{other}, and only what is new is reported."


def _commented(settings: Path, line: str) -> int:
    """Return the number of the line that needs only lose its `#`; 0: there is none."""
    lines = settings.read_text(encoding="utf-8-sig").splitlines()
    return next((i for i, x in enumerate(lines, start=1) if x.startswith("#") and x[1:].strip() == line), 0)
