"""One line a finding, as editors and `grep` read it: `path:line:column: error: message [rule]`."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint import LintResult
from processor.report import View
from processor.report.terminal import visible
from processor.rule import Finding


def render(result: LintResult, view: View) -> Iterator[str]:
    """The findings, and nothing besides."""
    for finding in result.findings:
        yield line(finding, view) + "\n"


def line(f: Finding, view: View) -> str:
    """One finding, without a line's end."""
    path = visible(view.show_path(f.path))
    return f"{path}:{f.start.line}:{f.start.column}: {f.severity}: {visible(f.message)} [{f.rule}]"
