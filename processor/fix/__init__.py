"""Fixing: which fixes are made, in memory, and what the notes are after them. Pure: from notes to notes.

- Edits: `candidates` (the fixes that might be made), `applying` (choosing and making them), `unchanged` (what they must
  leave as it is).
- Rounds: `mending` (a note by itself), `rounds` (all notes once), `passes` (round after round, until there is nothing to
  do), `harm` and `culprits` (which fixes must not be made), `progress` (from pass to pass).
- Processes: `sharing` (the notes of a round dealt out, and each `outcome` on its way back).

The safe fixes are made first, by themselves, so that `--fix` and then `--unsafe-fixes` comes to what both at once come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from processor.fix.passes import Pass
from processor.fix.progress import CheckedNotes, Progress, Task
from processor.lint.checker import Checker
from processor.lint.findings import DeferredFindings, Findings, Tallies
from processor.lint.memory import Recalled
from processor.lint.packing import StoredFindings, opened
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
    findings: Findings  # what is left in the notes at `paths`, without edits
    together: Sequence[frozenset[str]]  # notes that one fix changed: they are written all or none
    unsettled: Mapping[str, frozenset[str]]  # note → rules whose fixes undo each other: a bug of ours
    rounds: int
    checked: CheckedNotes  # for another `fix_vault` of the same notes


def fix_vault(
    vault: Vault,
    checker: Checker,
    paths: Iterable[str] | None = None,
    *,
    unsafe: bool = False,
    titles: bool = True,
    advance: Callable[[int], None] = lambda _count: None,
    checked: CheckedNotes | None = None,
    thorough: bool = True,
    processes: int | None = None,
    known: Callable[[str], Recalled | None] = lambda _path: None,
) -> FixResult:
    """Fix the notes at `paths` (all: None). A fix that would touch another note is left out.

    The checker's findings must hold the edits of their fixes. Without `titles` those of `Fixed` are empty, which saves
    memory. `advance` is called with 1 as a note is judged for the first time, and with 0 each time it is judged again.
    `checked` is from an earlier result for the same notes. Without `thorough` a note is not judged again when others have
    changed, unless in their names, videos, channels, headings or blocks: where the vault is fixed once more later. The notes
    are dealt out among so many `processes` (None: as many as pay); the result is the same. `known` gives what an earlier run
    has found in notes of the vault as it is: those in which nothing is to be mended are not judged until a fix
    touches something that their rules have read.
    """
    task = Task(checker, sorted(vault.notes if paths is None else set(paths)), titles, advance, processes)
    progress = Progress(vault, checked or {}, others_changed=thorough)
    advance(progress.recall(map(known, task.paths), unsafe=unsafe))
    while Pass(task, progress, unsafe=False).run() or (unsafe and Pass(task, progress, unsafe=True).run()):
        pass
    return _result(task, progress, vault)


def _result(task: Task, progress: Progress, before: Vault) -> FixResult:
    vault, fixed = progress.version.vault, progress.fixed
    changed = [path for path, note in vault.notes.items() if note is not before.notes[path]]
    changed = [path for path in changed if vault.notes[path].encoded() != before.notes[path].encoded()]
    seen = [(path, progress.seen[path]) for path in task.paths]
    return FixResult(
        vault,
        _Contents(changed, vault),
        [Fixed(path, *what, n) for path in sorted(fixed) for what, n in sorted(fixed[path].items())],
        [LeftOut(path, *what, n) for path, s in seen for what, n in sorted(s.left_out.items())],
        _left({path: s.findings for path, s in seen if any(s.findings.kinds())}),
        progress.together,
        progress.unsettled,
        progress.rounds,
        progress.checked(task.paths),
    )


class _Contents(Mapping[str, bytes]):
    """What notes hold, read when it is wanted."""

    def __init__(self, paths: Sequence[str], vault: Vault) -> None:
        self._paths = dict.fromkeys(paths)
        self._notes = vault.notes

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._notes[path].encoded()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _left(found: Mapping[str, StoredFindings]) -> Findings:
    tallies = Tallies()
    for of_note in found.values():
        tallies.add(of_note.kinds())
    return Findings(DeferredFindings(list(found), lambda path: opened(found[path])), tallies)
