"""One JSON array, a finding a line."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint.findings import by_note
from processor.lint.linter import LintResult
from processor.report import View
from processor.report.json_lines import NoteObjects


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the array, piece by piece."""
    make = NoteObjects(view.show_path, before=",\n", behind="")
    before, end = "[", "[]\n"
    for piece in by_note(result.findings).made(make, view.text_of, view.name_of("json")):
        yield before + piece.decode()[1 if before else 0 :]
        before, end = "", "\n]\n"
    yield end


def array(items: Iterator[str]) -> Iterator[str]:
    """JSON values as an array, one a line."""
    before = "[\n"
    for item in items:
        yield before + item
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
