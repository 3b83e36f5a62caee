"""For people: excerpts with carets, grouped by note, and at the end what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from processor.lint.findings import FEW, NoteFindings, TextOf, by_note
from processor.lint.linter import LintResult
from processor.report import View
from processor.report.excerpt import excerpt
from processor.report.summary import closing, overview, tallies
from processor.report.terminal import Paint, clipped, visible
from processor.report.wrap import fold
from processor.rules.base import SEVERITIES, Finding, Severity

LONG = 200  # more findings than this are not read on a terminal
WORST = 5  # findings that are shown besides a summary
NARROWEST = 20  # columns of a line that is shown on a terminal; with fewer nobody sees what it says
LONGEST = 1_000  # columns of a message; what is longer quotes a note at length

_by_place = attrgetter("span", "rule")


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the report, some notes at a time."""
    paint = Paint(on=view.color)
    # on a terminal all is judged before anything is shown: it takes a while, and tells how far it is
    if view.terminal and len(result.findings) > LONG and not (view.all or view.quiet):
        yield from overview(result, view, paint, _worst(result, view, paint))
        return
    found = by_note(result.findings)
    for part in found.made(NoteReport(view, paint), view.text_of, view.name_of("text")):
        yield part.decode("utf-8", "surrogatepass")
    if not view.quiet:
        yield from closing(result, view, paint, folded=found.tallies.crowded > 0 and not view.all)


def _worst(result: LintResult, view: View, paint: Paint) -> str:
    """Return the worst few findings, one of a rule: those of the gravest rules, and of these of the most frequent."""
    rules = [(t.severity, t.rule) for t in tallies(result.findings)[:WORST]]
    first: dict[tuple[Severity, str], Finding] = {}
    for note in by_note(result.findings).notes:
        for f in note.heads():
            if (f.severity, f.rule) in rules:
                first.setdefault((f.severity, f.rule), f)
        if len(first) == len(rules):
            break
    reports = NoteReport(view, paint)
    shown = [reports.one(first[rule], view.text_of(first[rule].path)) for rule in rules if rule in first]
    return "".join([view.fold("The worst, one of each rule:", 0), "\n\n", *shown])


class NoteReport:
    """Reports notes one by one. What all have in common is made once, as there may be many thousands."""

    def __init__(self, view: View, paint: Paint) -> None:
        self._show_path = view.show_path
        self._all = view.all
        self._width = view.width - 6  # without the numbers of lines
        self._folds = view.width if view.terminal else 0
        self._path = paint.ends("path")
        self._number = paint.ends("frame")
        self._rule = paint.ends("rule")
        self._bar, self._equals = paint("|", "frame"), paint("=", "frame")
        self._severities = {severity: (paint(severity, severity), *paint.ends(severity)) for severity in SEVERITIES}
        self._fixes = paint("unsafe fix", "fix"), paint("safe fix", "fix")

    def __call__(self, found: NoteFindings, text_of: TextOf) -> bytes:
        return self.of(found, text_of(found.path)).encode("utf-8", "surrogatepass")

    def of(self, found: NoteFindings, text: str | None) -> str:
        """Return the report on the note that has this text; without it there are no excerpts."""
        shown, lines = (list(found), {}) if self._all else listed(found)
        last = max(shown[-1].start.line, *[of_rule[-1] for of_rule in lines.values()], 0)
        numbers = len(str(last))
        opening, closing = self._path
        pieces = [f"{opening}{visible(self._show_path(found.path))}{closing}\n"]
        pieces += [self._finding(f, lines.get(f.rule), text, numbers) for f in shown]
        return "".join(pieces)

    def one(self, f: Finding, text: str | None) -> str:
        """Return a finding by itself."""
        opening, closing = self._path
        shown = self._finding(f, None, text, len(str(f.start.line)))
        return f"{opening}{visible(self._show_path(f.path))}{closing}\n{shown}"

    def _finding(self, f: Finding, lines: Sequence[int] | None, text: str | None, numbers: int) -> str:
        """Return one finding; `lines` are those of all of its rule where the others are folded into it."""
        _, span, rule, severity, message, (line, column), end, fix, _ = f
        severity_name, opening, closing = self._severities[severity]
        before_rule, behind_rule = self._rule
        number = str(line).rjust(numbers)
        width = self._width - numbers
        blank = " " * numbers
        shown = self._fold(
            f"  {number}:{column} {severity_name}: {clipped(message, LONGEST)} {before_rule}[{rule}]{behind_rule}\n",
            numbers + 5,
        )
        more = f" to line {end.line}" if end.line > line and end.column > 1 else ""
        is_shown = text is not None and not 0 < self._folds < NARROWEST + 6 + numbers
        room = width - len(more) if self._folds else width
        if text is not None and is_shown and (quoted := excerpt(text, span, column, room)):
            quoted_line, indent, length = quoted
            if quoted_line or span.end > span.start:
                before, behind = self._number
                shown += (
                    f"{f'  {before}{number}{behind} {self._bar} {quoted_line}'.rstrip()}\n"
                    f"  {blank} {self._bar} {' ' * indent}{opening}{'^' * length}{closing}{more}\n"
                )
        if fix:
            line_of_fix = f"  {blank} {self._equals} {self._fixes[fix.safe]}: {clipped(fix.title, LONGEST)}\n"
            shown += self._fold(line_of_fix, numbers + 5)
        if lines:
            shown += self._fold(f"  {blank} {self._equals} {_others(lines[1:], width)}\n", numbers + 5)
        return shown + "\n"

    def _fold(self, line: str, hang: int) -> str:
        return fold(line, self._folds, hang) if self._folds else line


def listed(found: NoteFindings) -> tuple[Sequence[Finding], Mapping[str, Sequence[int]]]:
    """Return the findings of a note that are shown in full, and for each rule of which only the first is, the lines of all."""
    counts: dict[str, int] = {}
    for f in found.single:
        counts[f.rule] = counts.get(f.rule, 0) + 1
    for group in found.alike:
        counts[group.rule] = counts.get(group.rule, 0) + len(group.starts)
    lines: dict[str, list[int]] = {rule: [] for rule, n in counts.items() if n > FEW}
    if not lines:
        return list(found), lines
    shown: list[Finding] = []
    first: dict[str, Finding] = {}
    for f in found.single:
        if f.rule in lines:
            lines[f.rule].append(f.start.line)
            first.setdefault(f.rule, f)
        else:
            shown.append(f)
    for group in found.alike:
        if group.rule in lines:
            lines[group.rule] += group.lines
            head = next(group.each(found.path))  # the others are not made: they are but numbers of lines
            first[group.rule] = min(first.get(group.rule, head), head, key=lambda f: f.span)
        else:
            shown += group.each(found.path)
    for of_rule in lines.values():
        of_rule.sort()
    return sorted([*shown, *first.values()], key=_by_place), lines


def _others(lines: Sequence[int], width: int) -> str:
    """`… and 34 more, in lines 14, 18–24, 30, …`, in the width there is: a place more only where a `, …` fits behind it."""
    distinct = list(dict.fromkeys(lines))
    places = _runs(distinct)
    text = f"… and {len(lines):,} more, in line{'s' if len(distinct) > 1 else ''} "
    fits = width - len(text) - 3
    at = len(places[0])
    whole = ", ".join(places)
    if len(whole) - len(places[-1]) - 2 <= fits or len(places) < 3:
        return text + whole
    return f"{text}{whole[: max(at, whole.rfind(', ', at, max(fits, 0) + 2))]}, …"


def _runs(lines: Sequence[int]) -> list[str]:
    """Numbers in order, each once, three and more in a row as one: `3, 5–8`."""
    runs: list[str] = []
    first = last = lines[0]
    for n in [*lines[1:], 0]:
        if n == last + 1:
            last = n
            continue
        if last == first:
            runs.append(str(first))
        elif last == first + 1:
            runs += (str(first), str(last))
        else:
            runs.append(f"{first}–{last}")
        first = last = n
    return runs
