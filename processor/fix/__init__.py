"""Fixing: which fixes are made, in memory, and what the notes are after them. Pure: from notes to notes.

The safe fixes are made first, by themselves, so that `--fix` and then `--unsafe-fixes` gives what both at once give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from processor.fix.course import Course
from processor.fix.look import Judge, Known
from processor.fix.rounds import Kept, opened
from processor.lint.findings import DeferredFindings, Findings, Tallies
from processor.vault.vault import Vault


class Fixed(NamedTuple):
    """Fixes that were made: how many of one rule and title for one note."""

    path: str
    rule: str
    title: str
    times: int


class LeftOut(NamedTuple):
    """Fixes that were not made, and why: `it also changes b.md, which is not among the notes named`."""

    path: str
    rule: str
    title: str
    reason: str
    times: int


@dataclass(frozen=True)
class FixResult:
    """What fixing came to."""

    vault: Vault  # with the notes as they are now
    contents: Mapping[str, bytes]  # of the notes that changed, as they are now
    fixed: Sequence[Fixed]
    left_out: Sequence[LeftOut]
    findings: Findings  # what is left in the notes asked for, without edits
    together: Sequence[frozenset[str]]  # notes that one fix changed: they are written all or none
    unsettled: Mapping[str, frozenset[str]]  # note → rules whose fixes undo each other: a bug of ours
    rounds: int
    known: Known  # what another course over the same notes need not ask again


def fix_vault(
    vault: Vault,
    judge: Judge,
    paths: Iterable[str] | None = None,
    *,
    unsafe: bool = False,
    titles: bool = True,
    advance: Callable[[int], None] = lambda _count: None,
    known: Known | None = None,
    thorough: bool = True,
    processes: int | None = None,
) -> FixResult:
    """Fix the notes at `paths` (all: None). A fix that would touch another note is left out.

    Without `titles` those of `Fixed` are empty, which saves memory. `advance` is called as the notes are judged for
    the first time, with how many, and with 0 for each that is judged once more. `known` is what an earlier result tells of the same notes. Without `thorough` a
    note is not judged again when others have changed, unless in their names, videos, channels, headings or blocks: for
    whoever fixes the vault once more. The notes are shared out among so many `processes`, None: as many as pay; the result
    is the same.
    """
    course = Course(
        vault,
        judge,
        sorted(vault.notes if paths is None else set(paths)),
        titles=titles,
        advance=advance,
        known=known or {},
        thorough=thorough,
        processes=processes,
    )
    course.run(unsafe=unsafe)
    return _result(course, vault)


def _result(course: Course, before: Vault) -> FixResult:
    contents = {}
    for path, note in course.vault.notes.items():
        old = before.notes[path]
        if note is not old and (new := note.encoded()) != old.encoded():
            contents[path] = new
    seen = [(path, course.seen[path]) for path in course.paths]
    known = {p: (s.note, s.of_note) for p, s in seen if s.note is not None and s.of_note is not None}
    return FixResult(
        course.vault,
        contents,
        [Fixed(path, *what, n) for path in sorted(course.fixed) for what, n in sorted(course.fixed[path].items())],
        [LeftOut(path, *what, n) for path, s in seen for what, n in sorted(s.left.items())],
        _left({path: s.findings for path, s in seen if any(s.findings.kinds())}),
        course.together,
        course.unsettled,
        course.rounds,
        known,
    )


def _left(found: Mapping[str, Kept]) -> Findings:
    tallies = Tallies()
    for of_note in found.values():
        tallies.add(of_note.kinds())
    return Findings(DeferredFindings(list(found), lambda path: opened(found[path])), tallies)
