"""The baseline of `ytvault lint`: findings that are known and not reported again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from processor.cli.reporting import Options
from processor.cli.session import Opened
from processor.cli.shared import Failure
from processor.lint import LintResult
from processor.report.summary import count
from processor.rule import Finding
from processor.suppress.baseline import Baseline, BaselineError, read_baseline, write_baseline


class Known(NamedTuple):
    """A baseline, and the file that it was read from."""

    file: Path
    baseline: Baseline


def baseline_of(options: Options, opened: Opened) -> Known | None:
    """The baseline that is asked for, or that the configuration names. Raises Failure where it cannot be read."""
    file = options.baseline
    if file is None and opened.config.baseline and not options.write_baseline:
        file = Path(opened.config.baseline)
    if file is None:
        return None
    try:
        return Known(file, read_baseline(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    except BaselineError as error:
        raise Failure(f"{file}: {error}") from None


def without_known(result: LintResult, opened: Opened, known: Known | None) -> tuple[LintResult, list[str]]:
    """The result without what a baseline lists, and what is to be said of that."""
    if known is None:
        return result, []
    before = result.findings
    texts = {path: opened.scanned.vault.notes[path].text for path in {f.path for f in before}}
    rules = [rule.id for rule in opened.linter.rules]
    findings, gone = known.baseline.filter(before, texts, judged=opened.reported, rules=rules)
    remarks = [f"Left out, as {known.file} lists them: {count(len(before) - len(findings), 'finding')}."]
    if gone:
        remarks.append(f"Gone, though it lists them: {count(gone, 'finding')}. --write-baseline forgets them.")
    return LintResult(findings, result.notes, result.missing), remarks


def baseline_text(findings: Iterable[Finding], opened: Opened) -> str:
    """The baseline that lists findings."""
    findings = list(findings)
    notes = opened.scanned.vault.notes
    texts = {path: notes[path].text for path in {f.path for f in findings}}
    return write_baseline(findings, texts)
