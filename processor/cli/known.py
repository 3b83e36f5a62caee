"""The baseline of `ytvault lint`: findings that are known and not reported again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from processor.cli.session import Opened, write_output
from processor.cli.shared import Failure
from processor.rule import Finding
from processor.suppress.baseline import BaselineError, read_baseline, write_baseline


def known_findings(
    file: Path, findings: Sequence[Finding], texts: Mapping[str, str], opened: Opened
) -> tuple[list[Finding], int]:
    """The findings that the file does not list, and how many that it lists are gone. Raises Failure."""
    try:
        baseline = read_baseline(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    except BaselineError as error:
        raise Failure(f"{file}: {error}") from None
    return baseline.filter(findings, texts, judged=opened.reported, rules=[rule.id for rule in opened.linter.rules])


def save_baseline(file: Path, findings: Iterable[Finding], opened: Opened) -> None:
    """List findings in the file. Raises Failure where the system refuses it."""
    findings = list(findings)
    notes = opened.scanned.vault.notes
    texts = {path: notes[path].text for path in {f.path for f in findings}}
    write_output(file, [write_baseline(findings, texts)])
