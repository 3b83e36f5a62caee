"""`--statistics` as a JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.grouping import grouped
from processor.report.json_lines import dump


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the groups, one a line."""
    yield from (line + "\n" for line in objects(result, view))


def objects(result: LintResult, view: View) -> Iterator[str]:
    """Return each group as JSON."""
    return (dump(group.plain(view.by)) for group in grouped(result, view, view.by))
