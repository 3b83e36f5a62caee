"""`--statistics`: a line a rule, with how often it was broken and how much of that can be mended."""

from __future__ import annotations

from collections.abc import Iterator

from processor.lint import LintResult
from processor.report import View
from processor.report.summary import found, mended, remarks, tallies
from processor.report.terminal import Paint

HEAD = ("count", "severity", "rule", "in notes", "safe fixes", "unsafe fixes")


def render(result: LintResult, view: View) -> Iterator[str]:
    """A table, and the sum below it."""
    paint = Paint(on=view.color)
    rows = tallies(result.findings, view.unfixed, view.hints.tried)
    if rows:
        lines = [(f"{t.count:,}", t.severity, t.rule, f"{t.notes:,}", f"{t.safe:,}", f"{t.unsafe:,}") for t in rows]
        widths = [max(len(line[i]) for line in (HEAD, *lines)) for i in range(len(HEAD))]
        yield paint(_row(HEAD, widths), "strong") + "\n"
        for line in lines:
            yield _row(line, widths) + "\n"
        yield "" if view.quiet else "\n"
    if view.quiet:
        return
    yield from mended(view, paint)
    yield found(result, rows, view) + "\n"
    yield from remarks(view)


def _row(words: tuple[str, ...], widths: list[int]) -> str:
    cells = (w.ljust(n) if i in (1, 2) else w.rjust(n) for i, (w, n) in enumerate(zip(words, widths, strict=True)))
    return "  ".join(cells)
