"""For people: excerpts with carets, grouped by note, and at the end what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from processor.findings import NoteFindings, by_note
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
    """The report, some notes at a time."""
    paint = Paint(on=view.color)
    # on a terminal all is judged before anything is shown: it takes a while, and tells how far it is
    if view.terminal and len(result.findings) > LONG and not (view.all or view.quiet):
        yield from overview(result, view, paint)
        return

    def report_on(found: NoteFindings, text: Callable[[], str | None]) -> bytes:
        """Whether a finding is folded, as one byte, and the report on one note."""
        shown, lines = _listed(found, view)
        pieces = _note(found.path, text(), shown, lines, view, paint)
        return (b"1" if lines else b"0") + "".join(pieces).encode("utf-8", "surrogatepass")

    folded = False
    for part in by_note(result.findings).made(report_on, view.text_of):
        folded = folded or part[:1] == b"1"
        yield part[1:].decode("utf-8", "surrogatepass")
    if not view.quiet:
        yield from closing(result, view, paint, folded=folded)


def _folded(found: NoteFindings) -> set[str]:
    """The rules that have too many findings in a note to show them all."""
    counts = Counter([f.rule for f in found.single])
    for group in found.alike:
        counts[group.rule] += len(group.starts)
    return {rule for rule, n in counts.items() if n > FEW}


def _listed(found: NoteFindings, view: View) -> tuple[Sequence[Finding], Mapping[str, Sequence[int]]]:
    """The findings of a note that are shown in full, and for each rule of which only the first is, the lines of all."""
    if view.all:
        return list(found), {}
    places: dict[str, list[tuple[int, int]]] = {rule: [] for rule in _folded(found)}  # offset and line
    shown: list[Finding] = []
    first: dict[str, Finding] = {}
    for f in found.single:
        if f.rule in places:
            places[f.rule].append((f.span.start, f.start.line))
            first.setdefault(f.rule, f)
        else:
            shown.append(f)
    for group in found.alike:
        if group.rule in places:
            places[group.rule] += zip(group.starts, group.lines, strict=True)
            head = next(group.each(found.path))
            first[group.rule] = min(first.get(group.rule, head), head, key=lambda f: f.span)
        else:
            shown += group.each(found.path)
    every = sorted([*shown, *first.values()], key=lambda f: (f.span, f.rule))
    return every, {rule: [line for _, line in sorted(of_rule)] for rule, of_rule in places.items()}


def _note(
    path: str,
    text: str | None,
    findings: Sequence[Finding],
    lines: Mapping[str, Sequence[int]],
    view: View,
    paint: Paint,
) -> Iterator[str]:
    """The findings of a note; `lines` are those of all findings of the rules of which only the first is among them."""
    yield paint(visible(view.show_path(path)), "path") + "\n"
    last = max([f.start.line for f in findings] + [max(of_rule) for of_rule in lines.values()])
    numbers = len(str(last))
    for f in findings:
        yield from _finding(f, lines.get(f.rule, ()), text, numbers, view, paint)
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
