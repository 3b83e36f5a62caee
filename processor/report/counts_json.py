"""`--statistics` as one JSON array, a group a line."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.counts_json_lines import objects
from processor.report.json_array import array


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the array, piece by piece."""
    yield from array(objects(result, view))
