"""For people: excerpts with carets, grouped by note, and at the end what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from processor.lint import LintResult
from processor.report import View
from processor.report.excerpt import excerpt
from processor.report.summary import closing, overview
from processor.report.terminal import Paint, clipped, visible
from processor.rule import Finding

LONG = 200  # more findings than this are not read on a terminal
FEW = 3  # of one rule in one note, this many are shown in full; of more the first, and where the others are
LONGEST = 1_000  # columns of a message; what is longer quotes a note at length


def render(result: LintResult, view: View) -> Iterator[str]:
    """The report, a note at a time."""
    paint = Paint(on=view.color)
    if view.terminal and not view.all and len(result.findings) > LONG:
        yield from overview(result, view, paint)
        return
    folded = False
    for path, of_note in groupby(result.findings, key=lambda f: f.path):
        findings = list(of_note)
        many = set() if view.all else {r for r, n in Counter(f.rule for f in findings).items() if n > FEW}
        folded = folded or bool(many)
        yield from _note(path, findings, many, view, paint)
    yield from closing(result, view, paint, folded=folded)


def _note(path: str, findings: Sequence[Finding], many: set[str], view: View, paint: Paint) -> Iterator[str]:
    """The findings of a note; of the rules that are `many` only the first, and where the others are."""
    yield paint(visible(view.show_path(path)), "path") + "\n"
    text = view.text_of(path)
    folded: dict[str, list[int]] = {}
    for f in findings:
        if f.rule in many:
            folded.setdefault(f.rule, []).append(f.start.line)
    numbers = max(len(str(f.start.line)) for f in findings)
    shown: set[str] = set()
    for f in findings:
        if f.rule in folded:
            if f.rule in shown:
                continue
            shown.add(f.rule)
        yield from _finding(f, folded.get(f.rule, ()), text, numbers, view, paint)
        yield "\n"


def _finding(
    f: Finding, lines: Sequence[int], text: str | None, numbers: int, view: View, paint: Paint
) -> Iterator[str]:
    """One finding; `lines` are those of all of its rule where the others are folded into it."""
    place = f"{f.start.line:>{numbers}}:{f.start.column}"
    yield f"  {place} {paint(f.severity, f.severity)}: {clipped(f.message, LONGEST)} {paint(f'[{f.rule}]', 'rule')}\n"
    blank = " " * numbers
    bar, note = paint("|", "frame"), paint("=", "frame")
    quoted = excerpt(text, f.span, f.start.column, view.width - numbers - 6) if text is not None else None
    if quoted and (quoted.line or f.span.end > f.span.start):
        number = paint(f"{f.start.line:>{numbers}}", "frame")
        yield f"  {number} {bar} {quoted.line}".rstrip() + "\n"
        more = f" to line {f.end.line}" if f.end.line > f.start.line and f.end.column > 1 else ""
        yield f"  {blank} {bar} {' ' * quoted.indent}{paint('^' * quoted.length, f.severity)}{more}\n"
    if f.fix:
        kind = "safe" if f.fix.safe else "unsafe"
        yield f"  {blank} {note} {paint(f'{kind} fix', 'fix')}: {clipped(f.fix.title, LONGEST)}\n"
    if lines:
        yield f"  {blank} {note} {_others(lines[1:], view.width - numbers - 6)}\n"


def _others(lines: Sequence[int], width: int) -> str:
    """`… and 34 more, in lines 14, 18–24, 30, …`, in the width there is."""
    places = _runs(lines)
    text = f"… and {len(lines):,} more, in line{'s' if len(set(lines)) > 1 else ''} {places[0]}"
    for i, place in enumerate(places[1:], 1):
        if len(text) + len(place) + 5 > width and i < len(places) - 1:
            return f"{text}, …"
        text += f", {place}"
    return text


def _runs(lines: Sequence[int]) -> list[str]:
    """The distinct numbers in order, three and more in a row as one: `3, 5–8`."""
    runs: list[list[int]] = []
    for n in dict.fromkeys(lines):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return [w for run in runs for w in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
