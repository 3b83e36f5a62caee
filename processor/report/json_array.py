"""One JSON array, a finding a line."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.json_lines import Places, as_object, dump


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the array, piece by piece."""
    yield from array(dump(as_object(f, places)) for places in (Places(view),) for f in result.findings)


def array(items: Iterator[str]) -> Iterator[str]:
    """JSON values as an array, one a line."""
    before = "[\n"
    for item in items:
        yield before + item
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
