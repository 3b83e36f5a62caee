"""What a person can act on: how many problems of which rules, what mends them, and the commands to go on with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from processor.base.text import count, in_words
from processor.lint.findings import Tallies, Tally, by_note
from processor.lint.linter import LintResult
from processor.report import View
from processor.report.terminal import Paint, clipped, visible
from processor.report.wrap import fold_command
from processor.rules.base import SEVERITIES, Finding, Severity
from processor.vault.wanted import wanted

MOST_WANTED = 5  # notes that are named as those that links ask for most
LEAST_BESIDE = 24  # columns for what a command does, beside it
LONGEST_NAME = 200  # columns of such a name


def tallies(findings: Sequence[Finding], unfixed: Collection[str] = (), tried: str = "") -> list[Tally]:
    """Return the gravest first, then the most frequent. In the notes `unfixed` fixes count for nothing, nor do those elsewhere
    that this run has `tried` (`safe`, or `unsafe` as well).
    """
    found = by_note(findings)
    counted: Iterable[Tally] = found.tallies
    if unfixed:
        counted = apart = Tallies()
        for note in found.notes:
            kinds = note.kinds()
            apart.add(kind._replace(safe=None) for kind in kinds) if note.path in unfixed else apart.add(kinds)
    if tried:
        counted = [replace(t, safe=0, unsafe=0 if tried == "unsafe" else t.unsafe) for t in counted]
    return sorted(counted, key=lambda t: (SEVERITIES.index(t.severity), -t.count, t.rule))


def by_severity(rows: Iterable[Tally]) -> str:
    """Return `3 errors, 1 warning and 2 for information`."""
    sums: dict[Severity, int] = {}
    for row in rows:
        sums[row.severity] = sums.get(row.severity, 0) + row.count
    return in_words([f"{n:,} for information" if s == "information" else count(n, s) for s, n in sums.items()])


def mending(tally: Tally) -> str:
    """Return what mends the findings of a rule: `--fix`, `22 by --fix, 2 by --unsafe-fixes, 1 by hand`."""
    by_hand = tally.count - tally.safe - tally.unsafe
    ways = [(tally.safe, "--fix"), (tally.unsafe, "--unsafe-fixes"), (by_hand, "hand")]
    used = [(n, way) for n, way in ways if n]
    return f"by {used[0][1]}" if len(used) == 1 else ", ".join(f"{n:,} by {way}" for n, way in used)


def table(rows: Sequence[Tally], view: View, paint: Paint) -> Iterator[str]:
    """Yield a line a rule: how many, how grave, which rule, what mends it."""
    numbers = max(len(f"{t.count:,}") for t in rows)
    grave = max(len(t.severity) for t in rows)
    names = max(len(t.rule) for t in rows)
    for t in rows:
        line = (
            f"  {t.count:>{numbers},}  {paint(t.severity, t.severity)}{' ' * (grave - len(t.severity))}  "
            f"{paint(t.rule, 'rule')}{' ' * (names - len(t.rule))}  {mending(t)}"
        )
        yield view.fold(line) + "\n"


def mended(view: View, paint: Paint) -> Iterator[str]:
    """Yield what this run has mended: the sum, and on request note by note."""
    if not view.mended:
        return
    if view.show_fixes:
        for path, rules in view.mended.items():
            which = in_words([f"{n:,} {rule}" for rule, n in rules.items()])
            shown = f"{paint(visible(view.show_path(path)), 'path')}: mended {which}"
            yield view.fold(shown) + "\n"
        yield "\n"
    total = sum(n for rules in view.mended.values() for n in rules.values())
    said = f"Mended {count(total, 'problem')} in {count(len(view.mended), 'note')}."
    if view.hints.undo:
        said += f" {view.hints.undo} takes that back."
    yield paint(view.fold(said, 0), "strong") + "\n"


def found(result: LintResult, rows: Sequence[Tally], view: View) -> str:
    """Return the sentence that says how it stands."""
    if not result.findings:
        if view.mended:
            return "Nothing is left to report."
        none = "No new problems" if view.has_baseline else "No problems"
        return f"{none} in {count(result.notes, 'note')}." if result.notes else view.nothing
    total = sum(t.count for t in rows)
    touched = by_note(result.findings).tallies.notes
    where = f"in {touched:,} of {count(result.notes, 'note')}" if result.notes != 1 else "in 1 note"
    verb = "Left:" if view.mended else "Found"
    return f"{verb} {count(total, 'problem')} {where}: {by_severity(rows)}."


def closing(result: LintResult, view: View, paint: Paint, *, folded: bool = False) -> Iterator[str]:
    """Yield the end of the text report; `folded` says that not every finding was shown in full."""
    rows = tallies(result.findings, view.unfixed, view.hints.tried)
    yield from mended(view, paint)
    yield paint(view.fold(found(result, rows, view), 0), "strong") + "\n"
    if rows:
        yield "\n"
        yield from table(rows, view, paint)
        yield "\n"
        yield from commands(_next(rows, view, folded=folded), view, paint)
    yield from remarks(view)


def _next(rows: Sequence[Tally], view: View, *, folded: bool) -> list[tuple[str, str]]:
    safe, unsafe = sum(t.safe for t in rows), sum(t.unsafe for t in rows)
    call = view.hints.lint
    steps = []
    if view.hints.standard_input and safe:
        steps.append((f"{call} --fix", f"reads the note again, and prints it with {safe:,} of them mended"))
    elif view.hints.standard_input and unsafe:
        steps.append((f"{call} --unsafe-fixes", f"reads the note again, and prints it with {probable(unsafe)}"))
    elif safe:
        steps.append((f"{call} --fix", f"mends {safe:,} of them; no reader would object"))
        steps.append((f"{call} --diff", "shows first what that would change"))
    elif unsafe:
        steps.append((f"{call} --unsafe-fixes --diff", f"shows {probable(unsafe)}"))
    if folded:
        steps.append((f"{call} --all", "lists every problem, none folded"))
    steps.append((f"{view.hints.rule} {rows[0].rule}", "explains a rule"))
    return steps


def probable(unsafe: int) -> str:
    """Return what unsafe fixes make: `1 change that is probably right`."""
    return f"{count(unsafe, 'change')} that {'is' if unsafe == 1 else 'are'} probably right"


def commands(steps: Sequence[tuple[str, str]], view: View, paint: Paint) -> Iterator[str]:
    """Commands and what each does: beside it, or below it where a terminal has no room for that."""
    width = max(len(c) for c, _ in steps)
    if not view.terminal or view.width - width - 4 >= max(LEAST_BESIDE, view.width // 3):
        for command, does in steps:
            yield view.fold(f"  {paint(command, 'strong')}{' ' * (width - len(command))}  {does}") + "\n"
        return
    for command, does in steps:
        yield f"{paint(fold_command(command, view.width), 'strong')}\n{view.fold(' ' * 6 + does, 6)}\n"


def remarks(view: View) -> Iterator[str]:
    if view.remarks:
        yield "\n"
        yield from (f"{view.fold(visible(r), 2)}\n" for r in view.remarks)


def overview(result: LintResult, view: View, paint: Paint, worst: str = "") -> Iterator[str]:
    """Yield what stands in place of a list too long to read: what was read, the rules, the worst findings (as a piece of text), the
    notes most wanted, how to go on.
    """
    rows = tallies(result.findings, view.unfixed, view.hints.tried)
    took = f" in {result.seconds:.1f} s" if result.seconds else ""
    yield f"Read {count(result.notes, 'note')}{took}.\n"
    yield from mended(view, paint)
    yield paint(view.fold(found(result, rows, view), 0), "strong") + "\n\n"
    yield from table(rows, view, paint)
    yield "\n"
    yield worst
    if most := wanted(result.missing)[:MOST_WANTED]:
        yield view.fold("Links ask for these notes most, and they do not exist:", 0) + "\n\n"
        width = max(len(one.asked) for one in most)
        for one in most:
            yield view.fold(f"  {one.asked:>{width}}  {clipped(one.name, LONGEST_NAME)}") + "\n"
        yield "\n"
    yield from commands(_way_on(rows, view), view, paint)
    yield from remarks(view)


def _way_on(rows: Sequence[Tally], view: View) -> list[tuple[str, str]]:
    """Return the way from a messy vault to a clean one, in the order in which it is gone."""
    hints = view.hints
    if hints.standard_input:
        return _next(rows, view, folded=True)
    call = hints.lint
    safe, unsafe = sum(t.safe for t in rows), sum(t.unsafe for t in rows)
    steps = []
    if hints.init:
        steps.append((hints.init, "looks at the vault, and writes a configuration that fits"))
    if safe:
        steps.append((f"{call} --diff", "shows what --fix would change"))
        back = f", and {hints.undo} takes it back" if hints.undo else ""
        steps.append((f"{call} --fix", f"mends {safe:,} of them; no reader would object{back}"))
    if unsafe:
        steps.append((f"{call} --unsafe-fixes --diff", f"shows {probable(unsafe)}"))
    if hints.baseline:
        steps.append((hints.baseline, "lists what is left in a file, and says how only what is new is reported then"))
    steps.append((f"{call} --all", "lists every problem"))
    steps.append((f"{hints.rule} {max(rows, key=lambda t: t.count).rule}", "explains the rule that is broken most"))
    return steps
