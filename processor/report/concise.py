"""One line a finding, as editors and `grep` read it: `path:line:column: error: message [rule]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.terminal import visible
from processor.rules.base import Finding


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the findings, and nothing besides."""
    yield from lines(result.findings, view)


def lines(findings: Iterable[Finding], view: View) -> Iterator[str]:
    """Yield a line for each."""
    path, shown = None, ""
    for f in findings:
        if f.path != path:
            path, shown = f.path, visible(view.show_path(f.path))
        yield f"{shown}:{f.start.line}:{f.start.column}: {f.severity}: {visible(f.message)} [{f.rule}]\n"
