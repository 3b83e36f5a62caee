"""The part of `ytvault lint` that writes: fixes, suppressions, and what to say of them."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from processor.cli.session import Opened
from processor.cli.shared import Failure, progress, warn
from processor.diff import unified_diff
from processor.disk.journal import Change, JournalError
from processor.fix import FixResult, fix_vault
from processor.lint import LintResult, MissingNotes
from processor.note import Note, parse_note
from processor.rule import Finding
from processor.suppress.silencing import add_suppressions


@dataclass
class Written:
    """What a run has mended in a vault, or, with `--diff`, would mend."""

    result: LintResult
    mended: Mapping[str, Mapping[str, int]]  # path → rule → how many
    diff: str = ""
    remarks: list[str] = field(default_factory=list)


def fix(opened: Opened, *, unsafe: bool, write: bool) -> Written:
    """Fix the notes of a vault that were named; `write` False: in memory only, for `--diff`."""
    before = opened.scanned.vault
    with progress("Fixing", len(opened.reported)) as advance:
        fixed = fix_vault(before, opened.linter, opened.reported, unsafe=unsafe, titles=False, advance=advance)
    remarks = list(_remarks(fixed))
    if not write:
        diff = "".join(
            unified_diff(path, before.notes[path].encoded(), new) for path, new in sorted(fixed.contents.items())
        )
        return Written(_judged(opened, fixed, unsafe=unsafe), _mended(fixed, fixed.contents), diff, remarks)
    refused = store(opened, fixed.contents, fixed.together)
    mended = _mended(fixed, fixed.contents.keys() - refused)
    if refused:
        # what could not be written is as it was, and is reported so
        standing = fixed.vault.with_notes([before.notes[path] for path in refused])
        opened.scanned = opened.scanned._replace(vault=standing)
        return Written(opened.linter.lint(standing, [*opened.reported, *opened.beside]), mended, "", remarks)
    opened.scanned = opened.scanned._replace(vault=fixed.vault)
    return Written(_judged(opened, fixed, unsafe=unsafe), mended, "", remarks)


def store(opened: Opened, contents: Mapping[str, bytes], together: Iterable[Iterable[str]] = ()) -> set[str]:
    """Write notes; gives the paths of those that could not be written, which has been said."""
    notes = opened.scanned.vault.notes
    changes = [Change(path, notes[path].encoded(), new) for path, new in sorted(contents.items())]
    if not changes:
        return set()
    assert opened.journal is not None
    try:
        command = shlex.join(["ytvault", *sys.argv[1:]])
        with progress("Writing", len(changes)) as advance:
            outcome = opened.journal.write(changes, together=together, command=command, advance=advance)
    except JournalError as error:
        raise Failure(f"{opened.root}: {error}; nothing was written") from None
    for problem in outcome.problems:
        warn(f"{problem.path}: {problem.message}")
        opened.refused = True
    return {p.path for p in outcome.problems}


def silence(opened: Opened, findings: Iterable[Finding]) -> tuple[int, list[Finding]]:
    """Write suppressions for findings; gives how many findings are silent now, and those that cannot be silenced."""
    by_note: dict[str, list[Finding]] = {}
    for finding in findings:
        by_note.setdefault(finding.path, []).append(finding)
    vault = opened.scanned.vault
    contents: dict[str, bytes] = {}
    left: list[Finding] = []
    for path, mine in by_note.items():
        note = vault.notes[path]
        added = add_suppressions(note, mine)
        silent = parse_note(note.source.edited(added.edits), path)
        if added.edits and _is_quiet(opened, silent, added.left):
            contents[path] = silent.encoded()
            left += added.left
        else:
            left += mine
    refused = store(opened, contents)
    left += [f for path in refused for f in by_note[path] if f not in left]
    silenced = sum(len(mine) for mine in by_note.values()) - len(left)
    return silenced, sorted(left, key=lambda f: (f.path, f.span))


def _is_quiet(opened: Opened, note: Note, left: Iterable[Finding]) -> bool:
    """Whether a note with new suppressions has no finding but those left: a comment can change what a rule sees."""
    check = opened.linter.vault_check(opened.scanned.vault.with_notes([note]))
    found = opened.linter.kept(note, [*opened.linter.check_note(note), *check(note)])
    return Counter(f.rule for f in found) <= Counter(f.rule for f in left)


def _judged(opened: Opened, fixed: FixResult, *, unsafe: bool) -> LintResult:
    findings: Sequence[Finding] = fixed.findings
    judged = len(opened.reported) + len(opened.beside)
    if opened.beside:
        beside = opened.linter.lint(fixed.vault, opened.beside).findings
        findings = sorted([*findings, *beside], key=lambda f: (f.path, f.span, f.rule))
        for path in sorted({f.path for f in beside if f.fix and (f.fix.safe or unsafe)}):
            if why := opened.beside[path]:
                warn(f"{path}: not fixed: {why}")
                opened.refused = True
    return LintResult(findings, judged, MissingNotes(fixed.vault, findings))


def _mended(fixed: FixResult, paths: Iterable[str]) -> dict[str, dict[str, int]]:
    written = set(paths)
    counts: dict[str, dict[str, int]] = {}
    for path, rule, _, n in fixed.fixed:
        if path in written:
            of_note = counts.setdefault(path, {})
            of_note[rule] = of_note.get(rule, 0) + n
    return counts


def _remarks(fixed: FixResult) -> Iterator[str]:
    """Sentences about the fixes that were not made."""
    for path, rule, _, why, times in fixed.left_out:
        often = f" ({times} times)" if times > 1 else ""
        yield f"{path}: a fix of {rule} was left out{often}: {why}."
    for path, rules in sorted(fixed.unsettled.items()):
        yield (
            f"{path}: the fixes of {' and '.join(sorted(rules))} undo each other, so none was made there. "
            "This is a bug of ytvault; please report it with the note."
        )
