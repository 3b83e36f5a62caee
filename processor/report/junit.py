"""JUnit's XML, which nearly every build server reads: a suite a note, a case a finding."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from processor.lint.linter import LintResult
from processor.report import View
from processor.report.terminal import visible
from processor.rules.base import Finding


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the document. Information fails nothing: such a case passes, and its message is its output."""
    failures = sum(f.severity != "information" for f in result.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if not result.findings:
        # some servers take a report without a case for a run that broke down
        yield f'<testsuites name="ytvault" tests="1" failures="0" errors="0" time="{result.seconds:.3f}">\n'
        yield '  <testsuite name="ytvault" tests="1" failures="0" errors="0">\n'
        yield '    <testcase classname="ytvault" name="no problems"/>\n  </testsuite>\n'
    else:
        yield (
            f'<testsuites name="ytvault" tests="{len(result.findings)}" failures="{failures}" errors="0" '
            f'time="{result.seconds:.3f}">\n'
        )
    for path, of_note in groupby(result.findings, key=lambda f: f.path):
        yield from _suite(_xml(view.show_path(path)), list(of_note))
    yield "</testsuites>\n"


def _suite(path: str, findings: list[Finding]) -> Iterator[str]:
    failures = sum(f.severity != "information" for f in findings)
    yield f'  <testsuite name="{path}" tests="{len(findings)}" failures="{failures}" errors="0">\n'
    for f in findings:
        message = _xml(f.message)
        place = f"{f.start.line}:{f.start.column}"
        yield f'    <testcase classname="{path}" name="{place} {_xml(f.rule)}" file="{path}" line="{f.start.line}">\n'
        body = f"{path}:{place}: {f.severity}: {message}"
        if f.fix:
            body += f"\n{'safe' if f.fix.safe else 'unsafe'} fix: {_xml(f.fix.title)}"
        if f.severity == "information":
            yield f"      <system-out>{body}</system-out>\n"
        else:
            yield f'      <failure type="{f.severity}" message="{message}">{body}</failure>\n'
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _xml(text: str) -> str:
    return escape(visible(text))
