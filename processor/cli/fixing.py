"""The part of `ytvault lint` that writes: fixes and suppressions, with remarks about them."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from processor.base.diff import unified_diff
from processor.base.spool import Later
from processor.cli.console import Failure, progress, warn, warn_of
from processor.cli.session import Opened
from processor.disk.journal import Change, JournalError
from processor.fix import FixResult, fix_vault
from processor.lint.findings import by_note
from processor.lint.linter import LintResult, MissingNotes, missing_in
from processor.lint.suppress.silencing import add_suppressions
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note


@dataclass
class Written:
    """What a run has mended in a vault, or, with `--diff`, would mend. `contents` are the new contents of the notes that change."""

    result: LintResult
    mended: Mapping[str, Mapping[str, int]]  # path → rule → how many
    contents: Mapping[str, bytes]
    remarks: list[str] = field(default_factory=list)


def planned(opened: Opened, *, unsafe: bool) -> FixResult:
    """Fix the notes of a vault that were named, in memory."""
    with progress("Fixing", len(opened.reported)) as advance:
        return fix_vault(
            opened.vault,
            opened.workspace.linter,
            opened.reported,
            unsafe=unsafe,
            titles=False,
            advance=advance,
            known=opened.workspace.recall(),
        )


def fix(opened: Opened, fixed: FixResult, *, unsafe: bool, write: bool) -> Written:
    """Write what was planned; `write` False: nothing, for `--diff`."""
    before = opened.vault
    remarks = list(_remarks(fixed))
    refused = store(opened, fixed.contents, fixed.together) if write else set()
    mended = _mended(fixed, fixed.contents.keys() - refused)
    if refused:
        # what could not be written is as it was, and is reported so
        opened.workspace.become(fixed.vault.with_notes([before.notes[path] for path in refused]))
        result = opened.workspace.lint([*opened.reported, *opened.beside])
        contents = {path: new for path, new in fixed.contents.items() if path not in refused}
        return Written(result, mended, contents, remarks)
    opened.workspace.become(fixed.vault)
    return Written(_judged(opened, fixed, unsafe=unsafe), mended, fixed.contents, remarks)


def store(opened: Opened, contents: Mapping[str, bytes], together: Iterable[Iterable[str]] = ()) -> set[str]:
    """Write notes, each over the bytes that its new text is based on; return the paths of those that could not be written,
    of which people have been warned."""

    def change(path: str, first: str) -> Change:
        return Change(path, Later(opened.workspace.basis, first), Later(contents.__getitem__, first))

    changes = [change(path, path) for path in sorted(contents)]
    if not changes:
        return set()
    if second := _hard_links(opened, contents):
        changes += [change(path, first) for path, first in second.items()]
        together = [*together, *second.items()]
    assert opened.journal is not None
    try:
        command = shlex.join(["ytvault", *sys.argv[1:]])
        again = opened.workspace.has_written
        with progress("Writing", len(changes)) as advance:
            outcome = opened.journal.write(
                changes, together=together, command=command, continues=again, advance=advance
            )
    except JournalError as error:
        raise Failure(f"{opened.root}: {error}; nothing was written") from None
    warn_of(outcome.problems)
    opened.refused = opened.refused or bool(outcome.problems)
    refused = {p.path for p in outcome.problems}
    opened.workspace.wrote(contents.keys() - refused)
    return refused


def _hard_links(opened: Opened, paths: Collection[str]) -> dict[str, str]:
    """Return the second names of notes that are written: a new file would take the place of one name only."""
    also = [(path, first) for path, first in opened.listing.also.items() if first in paths]
    real = os.path.realpath(opened.root)

    def is_own(path: str) -> bool:
        return os.path.realpath(f"{real}/{path}") == f"{real}/{path}"

    return {path: first for path, first in also if is_own(path) and is_own(first)}


def differences(opened: Opened, contents: Mapping[str, bytes]) -> str:
    """Return what would change in notes, as a diff."""
    changed = ((path, opened.workspace.basis(path), new) for path, new in sorted(contents.items()))
    return "".join(unified_diff(path, old, new) for path, old, new in changed if old != new)


class Silenced(NamedTuple):
    """How many findings are suppressed now, those that are not, and the new contents of the notes with new suppressions."""

    times: int
    left: list[Finding]
    contents: Mapping[str, bytes]


def silence(opened: Opened, findings: Iterable[Finding], *, write: bool) -> Silenced:
    """Write suppressions for findings of the notes that were named; `write` False: nothing, for `--diff`."""
    by_note: dict[str, list[Finding]] = {}
    for finding in findings:
        by_note.setdefault(finding.path, []).append(finding)
    vault = opened.vault
    silent: dict[str, Note] = {}
    left: dict[str, list[Finding]] = {}
    for path, mine in by_note.items():
        left[path] = mine
        if path in opened.beside:
            continue
        note = vault.notes[path]
        added = add_suppressions(note, mine)
        if not added.edits:
            continue
        new = parse_note(note.source.edited(added.edits), path)
        found = opened.workspace.check(new)  # a comment can change what a rule sees
        if Counter(f.rule for f in found) <= Counter(f.rule for f in added.left):
            silent[path], left[path] = new, found
    contents = {path: note.encoded() for path, note in silent.items()}
    for path in store(opened, contents) if write else ():
        del silent[path], contents[path]
        left[path] = by_note[path]
    opened.workspace.become(vault.with_notes(silent.values()))
    all_left = sorted((f for of_note in left.values() for f in of_note), key=lambda f: (f.path, f.span))
    return Silenced(sum(map(len, by_note.values())) - len(all_left), all_left, contents)


def _judged(opened: Opened, fixed: FixResult, *, unsafe: bool) -> LintResult:
    findings: Sequence[Finding] = fixed.findings
    judged = len(opened.reported) + len(opened.beside)
    if opened.beside:
        beside = opened.workspace.lint(opened.beside).findings
        findings = sorted([*findings, *beside], key=lambda f: (f.path, f.span, f.rule))
        for path in sorted({f.path for f in beside if f.fix and (f.fix.safe or unsafe)}):
            if why := opened.beside[path]:
                warn(f"{path}: not fixed: {why}")
                opened.refused = True
    return LintResult(findings, judged, MissingNotes(lambda: missing_in(fixed.vault, by_note(findings))))


def _mended(fixed: FixResult, paths: Collection[str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for path, rule, _, n in fixed.fixed:
        if path in paths:
            counts.setdefault(path, Counter())[rule] += n
    return counts


def _remarks(fixed: FixResult) -> Iterator[str]:
    """Yield sentences about the fixes that were not made."""
    for path, rule, _, why, times in fixed.left_out:
        often = f" ({times} times)" if times > 1 else ""
        yield f"{path}: a fix of {rule} was left out{often}: {why}."
    for path, rules in sorted(fixed.unsettled.items()):
        yield (
            f"{path}: the fixes of {' and '.join(sorted(rules))} undo each other, so none was made there. "
            "This is a bug of ytvault; please report it with the note."
        )
