"""`--statistics`: a line a rule (or target, note, folder), with how many findings there are and how much can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from processor.base.text import count
from processor.lint.linter import LintResult
from processor.report import By, View
from processor.report.grouping import Group, grouped
from processor.report.summary import found, mended, remarks, tallies
from processor.report.terminal import Paint, clipped
from processor.rules.base import SEVERITIES

MOST = 50  # lines of a table that are read on a terminal
LONGEST_NAME = 300  # columns

_HEADS: dict[By, tuple[str, ...]] = {
    "rule": ("count", "severity", "rule", "in notes", "safe fixes", "unsafe fixes"),
    "target": ("count", "severity", "rule", "in notes", "safe fixes", "unsafe fixes", "target"),
    "note": ("count", "errors", "warnings", "information", "safe fixes", "unsafe fixes", "note"),
    "folder": ("count", "errors", "warnings", "information", "in notes", "safe fixes", "unsafe fixes", "folder"),
}
_WORDS = ("severity", "rule", "target", "note", "folder")


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield a table, and the sum below it."""
    paint, by = Paint(on=view.color), view.by
    groups = grouped(result, view, by)
    shown = groups if view.all or view.quiet or not view.terminal else groups[:MOST]
    if shown:
        yield from _table(shown, by, view, paint)
        if len(shown) < len(groups):
            yield view.fold(f"… and {len(groups) - len(shown):,} more; --all lists them.", 2) + "\n"
        yield "" if view.quiet else "\n"
    if view.quiet:
        return
    yield from mended(view, paint)
    yield view.fold(found(result, tallies(result.findings, view.unfixed, view.hints.tried), view), 0) + "\n"
    yield from remarks(view)


def _table(groups: Sequence[Group], by: By, view: View, paint: Paint) -> Iterator[str]:
    head = _HEADS[by]
    lines = [_cells(group, by) for group in groups]
    is_word = [name in _WORDS for name in head]
    # the last column is not padded, so it may be of any length
    widths = [max(len(line[i]) for line in (head, *lines)) for i in range(len(head))]
    fixed = sum(widths[:-1]) + 2 * (len(widths) - 1)
    if view.terminal and fixed + (min(widths[-1], 20) if is_word[-1] else widths[-1]) > view.width:
        yield from (_stacked(group, by, view) for group in groups)
        return
    yield paint(_row(head, widths, is_word), "strong") + "\n"
    for line in lines:
        yield view.fold(_row(line, widths, is_word), fixed) + "\n"


def _row(words: Sequence[str], widths: Sequence[int], is_word: Sequence[bool]) -> str:
    cells = [w.ljust(n) if word else w.rjust(n) for w, n, word in zip(words, widths, is_word, strict=True)]
    return "  ".join(cells).rstrip()


def _cells(group: Group, by: By) -> tuple[str, ...]:
    name = clipped(group.name, LONGEST_NAME) or "-"
    mends = (f"{group.safe:,}", f"{group.unsafe:,}")
    if by in ("rule", "target"):
        cells = (f"{group.count:,}", str(group.severity), group.rule, f"{group.notes:,}", *mends)
        return (*cells, name) if by == "target" else cells
    grave = (f"{group.severities[severity]:,}" for severity in SEVERITIES)
    notes = (f"{group.notes:,}",) if by == "folder" else ()
    return (f"{group.count:,}", *grave, *notes, *mends, name)


def _stacked(group: Group, by: By, view: View) -> str:
    """Return a group where a line is too short for the table."""
    said = [count(group.notes, "note")] if by != "note" else []
    said += [f"{n:,} {what}" for n, what in ((group.safe, "by --fix"), (group.unsafe, "by --unsafe-fixes")) if n]
    if by in ("rule", "target"):
        lines = [f"{group.count:,}  {group.severity}  {group.rule}"]
    else:
        lines = [f"{group.count:,}  {clipped(group.name, LONGEST_NAME)}"]
        grave = [(group.severities[s], s) for s in SEVERITIES if group.severities[s]]
        said = [*(f"{n:,} for information" if s == "information" else count(n, s) for n, s in grave), *said]
    indent = len(f"{group.count:,}") + 2
    lines += [" " * indent + clipped(group.name, LONGEST_NAME)] if by == "target" and group.name else []
    lines += [" " * indent + ", ".join(said)] if said else []
    return "".join(view.fold(line, indent) + "\n" for line in lines)
