"""GitLab's code quality report: one JSON array (https://docs.gitlab.com/ci/testing/code_quality/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.fingerprint import fingerprints
from processor.report.json_array import array
from processor.report.json_lines import dump, position
from processor.rules.base import Finding, Severity

GRAVITY: Mapping[Severity, str] = {"error": "major", "warning": "minor", "information": "info"}


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the array, a finding a line."""
    yield from array(dump(_issue(f, mark, view)) for f, mark in fingerprints(result, view))


def _issue(f: Finding, mark: str, view: View) -> dict[str, Any]:
    return {
        "description": f.message,
        "check_name": f.rule,
        "fingerprint": mark,
        "severity": GRAVITY[f.severity],
        "location": {
            "path": view.show_path(f.path),
            "positions": {"begin": position(f.start), "end": position(f.end)},
        },
    }
