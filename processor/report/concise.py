"""One line a finding, as editors and `grep` read it: `path:line:column: error: message [rule]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from processor.lint.findings import NoteFindings, TextOf, by_note
from processor.lint.linter import LintResult
from processor.report import View
from processor.report.terminal import visible


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the findings, and nothing besides."""
    for piece in by_note(result.findings).made(NoteLines(view.show_path), view.text_of, view.name_of("concise")):
        yield piece.decode("utf-8", "surrogatepass")


class NoteLines:
    """A line for each finding of one note."""

    def __init__(self, show_path: Callable[[str], str]) -> None:
        self._show_path = show_path

    def __call__(self, found: NoteFindings, _text_of: TextOf) -> bytes:
        path = visible(self._show_path(found.path))
        lines = [
            f"{path}:{f.start.line}:{f.start.column}: {f.severity}: {visible(f.message)} [{f.rule}]\n" for f in found
        ]
        return "".join(lines).encode("utf-8", "surrogatepass")
