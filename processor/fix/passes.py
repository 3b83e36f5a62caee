"""One pass of fixing: round by round, until no fix is left that does no harm to the vault as it was when the pass began.

A round judges the notes that may have something to mend, takes their fixes in the order of the text, without those that
overlap an earlier one, and checks that code, properties, headings and links outside of the edits are as they were. A fix
that changes them is barred, and so is one after which there is an error more. Each note is mended as far as it alone is
concerned; once all are settled they are judged again, in the light of what the others have become.

What is barred is barred for one pass. The next begins with nothing but the notes as they are, and so tries again what did
harm before other fixes were made; the last changes nothing. A later run begins as that one did, and changes nothing either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from processor.fix.candidates import Barred, Candidate
from processor.fix.culprits import culprit
from processor.fix.harm import NewError, bar_lost_links, bar_objected, new_error
from processor.fix.mending import Mender
from processor.fix.outcome import Outcome
from processor.fix.progress import Progress, Task, Version
from processor.fix.rounds import Counts, Round, closure
from processor.fix.sharing import mended_notes
from processor.lint.packing import opened
from processor.vault.note import Note
from processor.vault.vault import Vault

MOST_ROUNDS = 10
"""How often a note may be mended in one pass: whatever goes on after that has no end."""

MOST_PASSES = 20
"""In how many passes it may."""


class Pass:
    """One pass, from the vault as it is to one in which no fix is left to make; `progress` is what it moves on."""

    def __init__(self, task: Task, progress: Progress, *, unsafe: bool) -> None:
        self.task = task
        self.progress = progress
        self.unsafe = unsafe
        self.start: Version = progress.version
        self.barred: Barred = dict(progress.endless)
        self.changed: set[str] = set()  # the notes that are not as they were when the pass began
        self.made: Counts = {}
        self.groups: list[frozenset[str]] = []  # notes that one fix changed
        self.errors_before = {path: seen.errors for path, seen in progress.seen.items()}

    def run(self) -> bool:
        """Make the fixes, and return whether that changed a note."""
        queue = self.progress.fixable(self.task.paths, unsafe=self.unsafe)
        if not queue:
            return False
        self._settle(queue)
        self._undo_harm(queue)
        self._leave_the_endless()
        self.progress.enter(self.made, self.groups)
        return bool(self._rewritten())

    # Rounds

    def _settle(self, queue: Collection[str], *, everywhere: bool = True, trace: list[Candidate] | None = None) -> None:
        """Go round until no fix is left; `everywhere`: nor in notes that were judged before others changed.

        The fixes that are made are added to `trace`.
        """
        progress = self.progress
        times: Counter[str] = Counter()  # how often each note was mended
        while queue or (everywhere and (queue := progress.stale(self.task.paths))):
            found = self._round(queue, times, trace)
            endless = found.with_groups({p for p in found.notes if times[p] + found.steps[p] > MOST_ROUNDS})
            if endless:
                self.barred |= progress.give_up(endless, found.counts)
                found.drop(endless)
            self._enter(found)
            times.update({path: found.steps[path] for path in found.notes})
            # what is settled is judged again with all others, once these are settled too
            later = found.settled if everywhere and progress.others_changed else set()
            queue = self.task.named & ((found.notes.keys() - later) | found.again)
            if endless:
                reset = self._reset(endless)
                queue |= reset
                for path in reset:
                    times.pop(path, None)
            progress.rounds = max(progress.rounds, *times.values(), 0)

    def _round(self, queue: Collection[str], times: Mapping[str, int], trace: list[Candidate] | None) -> Round:
        """Make the fixes of some notes that can be made at once, which were mended so many `times` already."""
        vault = self.progress.version.vault
        found = Round(titles=self.task.titles)
        for outcome in self._outcomes(queue, times, in_steps=trace is None):
            self.task.advance(int(outcome.path not in self.progress.seen))
            self.progress.store(outcome)
            self.errors_before.setdefault(outcome.path, outcome.errors)
            found.add(outcome)
            if trace is not None:
                trace += outcome.made
        made = found.make_several(vault.notes)
        if trace is not None:
            trace += made
        bar_lost_links(vault, found)
        bar_objected(vault, found)
        self.barred |= found.barred
        return found

    def _outcomes(self, queue: Collection[str], times: Mapping[str, int], *, in_steps: bool) -> Iterator[Outcome]:
        """Yield what each note comes to by itself; without `in_steps` by one step, whose fixes are told apart."""
        mender, checked, paths = self._mender(self.progress.version.vault), self.progress.checked_in, sorted(queue)
        if not in_steps:
            return (mender.mend(path, checked(path), in_bulk=False) for path in paths)
        task = self.task
        return mended_notes(mender, paths, checked, lambda path: MOST_ROUNDS - times[path], task.processes, task.spool)

    def _mender(self, vault: Vault) -> Mender:
        task = self.task
        return Mender(vault, task.checker, self.barred, task.named, unsafe=self.unsafe, titles=task.titles)

    def _enter(self, found: Round) -> None:
        self.progress.look_for_change(found)
        self._change(found.notes)
        for path, counts in found.counts.items():
            self.made.setdefault(path, Counter()).update(counts)
        self.groups += found.groups()

    def _change(self, notes: Mapping[str, Note]) -> None:
        if not notes:
            return
        before = self.start.vault.notes
        self.changed -= notes.keys()
        self.changed |= {path for path, note in notes.items() if note is not before[path]}
        self.progress.version = self.progress.next_version(notes) if self.changed else self.start

    def _rewritten(self) -> set[str]:
        """Return the notes of which the pass made another text."""
        before, now = self.start.vault.notes, self.progress.version.vault.notes
        return {p for p in self.changed if now[p].encoded() != before[p].encoded()}

    def _reset(self, paths: Iterable[str]) -> frozenset[str]:
        """Make notes, and those changed together with them, as they were when the pass began; return those to judge again."""
        group = closure(set(paths), self.groups)
        self._change({p: self.start.vault.notes[p] for p in group})
        self.groups = [g for g in self.groups if not g & group]
        for path in group:
            self.made.pop(path, None)
        return self.task.named & group

    # Fixes that bring an error

    def _undo_harm(self, queue: Collection[str]) -> None:
        """Bar the fixes after which a note has an error more than when the pass began, and begin the pass again without them:
        what others were made by must not stay when they do not."""
        hopeless: set[str] = set()
        while harmed := {p: e for p in sorted(self.changed - hopeless) if (e := self._new_error(p))}:
            hopeless |= self._bar_culprits(harmed)
            self.progress.others_changed = True
            self._reset(set(self.changed))
            self._settle(queue)

    def _new_error(self, path: str) -> NewError | None:
        """Return an error that the fixes in a note, or in those changed together with it, have brought to it."""
        seen, before = self.progress.seen[path], self.errors_before[path]
        if not any(seen.errors[rule] > before[rule] for rule in seen.errors):
            return None
        before = self._errors_otherwise(path)  # to which other notes may have brought some, by new names
        was, note = self.start.vault.notes[path], self.progress.version.vault.notes[path]
        return new_error(before, was, seen.errors, note, opened(seen.findings))

    def _errors_otherwise(self, path: str) -> Counter[str]:
        """Return the errors of a note if it, and those changed together with it, were as when the pass began, and all others as
        they are now."""
        before = [self.start.vault.notes[p] for p in closure({path}, self.groups)]
        return self._mender(self.progress.version.vault.with_notes(before)).errors(path)

    def _brought(self, path: str, rule: str) -> int:
        """Return how many errors of a rule the fixes in a note have brought to it."""
        return self.progress.seen[path].errors[rule] - self._errors_otherwise(path)[rule]

    def _bar_culprits(self, harmed: Mapping[str, NewError]) -> set[str]:
        """Bar the fixes that brought errors to some notes; return the notes where that did not help."""
        hopeless: set[str] = set()
        worst = {path: self._brought(path, error.rule) for path, error in harmed.items()}
        # again, to see which fixes were made; then without some of them, all notes at once
        made: list[Candidate] = []
        self._settle(self._reset(harmed), everywhere=False, trace=made)
        groups = {path: closure({path}, self.groups) for path in harmed}
        searches = {path: culprit(path, groups[path], made, error.text) for path, error in harmed.items()}
        tried = {path: next(search) for path, search in searches.items()}
        while searches:
            for path in searches:
                self.barred |= dict.fromkeys(tried[path], f"it would bring an error: {harmed[path].message}")
            self._settle(self._reset(set().union(*[groups[path] for path in searches])), everywhere=False)
            for path, search in list(searches.items()):
                helps = self._brought(path, harmed[path].rule) < worst[path]
                try:
                    following = search.send(helps)
                except StopIteration:
                    del searches[path]
                    if not helps:
                        hopeless.add(path)
                    continue
                for key in tried[path]:
                    self.barred.pop(key, None)
                tried[path] = following
        return hopeless

    # Fixes that do not come to an end

    def _leave_the_endless(self) -> None:
        """Leave as they are the notes of which pass after pass makes another text."""
        passes = self.progress.passes
        passes.update(self._rewritten())
        endless = closure({path for path in self.changed if passes[path] > MOST_PASSES}, self.groups)
        if endless:
            self.progress.endless |= self.progress.give_up(endless, self.made)
            self.barred |= self.progress.endless
            self._settle(self._reset(endless))
