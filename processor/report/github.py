"""Workflow commands, which GitHub shows as annotations at the lines of a pull request.

GitHub keeps ten annotations of each kind a step and drops the rest without a word. So where there are more, the tenth
says how many the log holds, and the log lists them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from processor.base.text import in_words
from processor.lint.linter import LintResult
from processor.report import View, concise
from processor.report.summary import tallies
from processor.report.terminal import visible
from processor.rules.base import Finding, Severity

LIMIT = 10
KINDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "information": "notice"}


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the annotations by severity, then, where some are left out, every finding in a group of the log."""
    left_out = False
    for severity, kind in KINDS.items():
        findings = [f for f in result.findings if f.severity == severity]
        fits = len(findings) <= LIMIT
        for f in findings[: LIMIT if fits else LIMIT - 1]:
            yield f"::{kind} {_place(f, view)}::{_data(f.message)}\n"
        if not fits:
            left_out = True
            rest = tallies(findings[LIMIT - 1 :])
            which = in_words([f"{t.count:,} {t.rule}" for t in rest])
            yield f"::{kind} title=ytvault::{_data(f'{len(findings) - LIMIT + 1:,} more: {which}. The log of this step lists them all.')}\n"
    if left_out:
        yield "::group::All problems\n"
        for piece in concise.render(result, view):
            yield from (_plain(line) + "\n" for line in piece.removesuffix("\n").split("\n"))
        yield "::endgroup::\n"


def _place(f: Finding, view: View) -> str:
    start, end = f.start, f.end
    words = [f"file={_property(view.show_path(f.path))}", f"line={start.line}"]
    if end.line == start.line:  # GitHub refuses columns of a span over several lines
        words += [f"endLine={end.line}", f"col={start.column}", f"endColumn={end.column}"]
    else:
        words.append(f"endLine={end.line if end.column > 1 else end.line - 1}")
    words.append(f"title={_property(f.rule)}")
    return ",".join(words)


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    # a path must stay as it is on disk, so what would break the line is coded and not shown as a picture
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C")


def _plain(line: str) -> str:
    """Return the line with nothing in it that the runner would take for a command."""
    line = line.replace("##[", "# #[")
    return re.sub(r"^\s*::", lambda m: "./" + m.group().lstrip(), line)
