"""The report for people is, of any findings, what a plain account of the same would be."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import LineTable
from processor.lint.findings import FEW, AlikeFindings, Findings, NoteFindings
from processor.report import View
from processor.report.excerpt import excerpt
from processor.report.terminal import Paint, cells, columns, visible
from processor.report.text import LONGEST, NoteReport
from processor.rules.base import Finding, FoundFix
from tests.examples import examples
from tests.report.findings import finding

RULES = ("broken-link", "missing-note", "unlinked-timestamp")
WORDS = st.text("ab é程👍\t\x1b\u0301", max_size=12)
TEXTS = st.lists(
    st.one_of(st.text("ab —\n", max_size=30), st.text("a程👍\t\n\n\n", max_size=8)), min_size=1, max_size=12
)
FIXES = st.one_of(st.none(), st.builds(FoundFix, WORDS, st.booleans()))


@st.composite
def notes(draw: st.DrawFn) -> tuple[NoteFindings, str]:
    """Findings of a note, some of them alike, and its text."""
    text = "".join(draw(TEXTS))
    lines = LineTable(text)
    offsets = st.integers(0, len(text))
    single: list[Finding] = []
    for _ in range(draw(st.integers(0, 9))):
        span = sorted((draw(offsets), draw(offsets)))
        rule, severity = draw(st.sampled_from(RULES)), draw(st.sampled_from(("error", "warning", "information")))
        single.append(finding(text, (span[0], span[1]), rule, severity, draw(WORDS), fix=draw(FIXES)))
    groups: list[AlikeFindings] = []
    for rule in draw(st.lists(st.sampled_from(RULES), min_size=0 if single else 1, max_size=2, unique=True)):
        starts = sorted(draw(st.lists(offsets, min_size=1, max_size=20)))
        places = [lines.position(start) for start in starts]
        words = [draw(WORDS) for _ in starts]
        numbers, at = [p.line for p in places], [p.column for p in places]
        groups.append(AlikeFindings(rule, "warning", "{} is odd", draw(FIXES), 0, starts, words, numbers, at))
    return NoteFindings("a b/n\x1b程.md", single, groups), text


def clipped(text: str) -> str:
    shown = cells(visible(text))
    assert columns(shown) <= LONGEST
    return "".join(c for c, _ in shown)


def others(lines: list[int], width: int) -> str:
    distinct = sorted(set(lines))
    places: list[str] = []
    for _, run in groupby(enumerate(distinct), lambda x: x[1] - x[0]):
        numbers = [str(n) for _, n in run]
        places += numbers if len(numbers) < 3 else [f"{numbers[0]}–{numbers[-1]}"]
    text = f"… and {len(lines):,} more, in line{'s' * (len(distinct) > 1)} {places[0]}"
    for i, place in enumerate(places[1:], 2):
        if len(f"{text}, {place}, …") > width and i < len(places):
            return f"{text}, …"
        text += f", {place}"
    return text


def plain(found: NoteFindings, text: str | None, view: View, paint: Paint) -> str:
    counts = Counter(f.rule for f in found)
    numbers = len(str(max(f.start.line for f in found)))
    blank, bar, equals = " " * numbers, paint("|", "frame"), paint("=", "frame")
    shown: list[str] = [paint(visible(found.path), "path")]
    told: set[str] = set()
    for f in found:
        folded = counts[f.rule] > FEW and not view.all
        if folded and f.rule in told:
            continue
        told.add(f.rule)
        width = view.width - numbers - 6
        place = f"{f.start.line:>{numbers}}:{f.start.column}"
        shown.append(f"  {place} {paint(f.severity, f.severity)}: {clipped(f.message)} {paint(f'[{f.rule}]', 'rule')}")
        quoted = excerpt(text, f.span, f.start.column, width) if text is not None else None
        if quoted and (quoted.line or f.span.end > f.span.start):
            number = paint(f"{f.start.line:>{numbers}}", "frame")
            more = f" to line {f.end.line}" if f.end.line > f.start.line and f.end.column > 1 else ""
            shown.append(f"  {number} {bar} {quoted.line}".rstrip())
            shown.append(f"  {blank} {bar} {' ' * quoted.indent}{paint('^' * quoted.length, f.severity)}{more}")
        if f.fix:
            kind = paint("safe fix" if f.fix.safe else "unsafe fix", "fix")
            shown.append(f"  {blank} {equals} {kind}: {clipped(f.fix.title)}")
        if folded:
            lines = [other.start.line for other in found if other.rule == f.rule]
            shown.append(f"  {blank} {equals} {others(lines[1:], width)}")
        shown.append("")
    return "".join(f"{line}\n" for line in shown)


@examples(120)
@given(notes(), st.booleans(), st.booleans(), st.booleans(), st.integers(1, 70))
def test_a_report_is_what_it_would_be_plainly(
    note: tuple[NoteFindings, str], known: bool, color: bool, whole: bool, width: int
) -> None:
    found, text = note
    view, paint = View(color=color, all=whole, width=width), Paint(on=color)
    expected = plain(found, text if known else None, view, paint)
    assert NoteReport(view, paint).of(found, text if known else None) == expected
    assert Findings([found]).tallies.crowded == (max(Counter(f.rule for f in found).values()) > FEW)
