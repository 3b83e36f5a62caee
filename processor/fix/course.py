"""The course of fixing: pass after pass, each round by round, until no fix is left that does no harm.

A round judges the notes that may have something to mend, takes their fixes in the order of the text, passing over one
that overlaps another taken already, and looks whether code, properties, headings and links outside of the edits are as
they were; a fix that changes them is barred, and so is one after which there is an error more. Each note is mended as far
as it alone is concerned; once all are quiet they are judged again, in the light of what the others have become.

What is barred is barred for one pass. The next begins with nothing but the notes as they are, and so tries again what did
harm before other fixes were made; the last changes nothing. A later run begins as that one did, and changes nothing either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from processor.base.parallel import FEWEST, processes_for, streamed
from processor.fix.found import Round, Seen, closure, touched
from processor.fix.harm import keep_doubts, keep_links, undo_harm
from processor.fix.look import Judge, Known, Look, tells
from processor.fix.mend import Candidate, Places, sift
from processor.fix.rounds import Kept, Outcome, opened, read, written
from processor.lint.findings import NoteFindings
from processor.vault.note import Note
from processor.vault.vault import Vault

MOST_ROUNDS = 10
"""How often a note may be mended in one pass: whatever goes on after that has no end."""

MOST_PASSES = 20
"""In how many passes it may."""

_SHORT = 256  # stretches for each process: what is made of a note holds its text


class Course:
    """The courses of one vault; `vault` is as far as they have come, `seen` what was found in each of the notes."""

    def __init__(
        self,
        vault: Vault,
        judge: Judge,
        paths: Sequence[str],
        *,
        titles: bool,
        advance: Callable[[int], None],
        known: Known,
        thorough: bool,
        processes: int | None,
    ) -> None:
        self.vault = vault
        self.judge = judge
        self.paths = paths
        self.titles = titles
        self.advance = advance
        self.known = dict(known)
        self.told = thorough  # whether notes may have become something else to others than what these were judged by
        self.processes = processes
        self.named = frozenset(paths)
        self.state = self._states = 0  # of the vault: each text of all notes has its number
        self.seen: dict[str, Seen] = {}
        self.fixed: dict[str, Counter[tuple[str, str]]] = {}
        self.together: list[frozenset[str]] = []
        self.unsettled: dict[str, frozenset[str]] = {}
        self.rounds = 0
        self.passes: Counter[str] = Counter()  # how many changed each note
        self.endless: dict[tuple[object, ...], str] = {}  # what is barred in all passes that follow
        self.trace: list[Candidate] | None = None  # the fixes made, while they are wanted

    def run(self, *, unsafe: bool) -> None:
        """Make all safe fixes and then, if asked for, the unsafe ones too, until neither are left."""
        while self._pass(unsafe=False) or (unsafe and self._pass(unsafe=True)):
            pass

    def _pass(self, *, unsafe: bool) -> bool:
        """Make the fixes, or the safe ones, that do no harm to the vault as it is now. Give whether that changed a note."""
        self.queue = [p for p in self.paths if p not in self.seen or self.seen[p].has_fixes(unsafe=unsafe)]
        if not self.queue:
            return False
        self.unsafe = self.judge.unsafe_edits = unsafe
        self.start, self.state_at_start = self.vault, self.state
        self.changed: set[str] = set()  # the notes that are not as they were when the pass began
        self.made: dict[str, Counter[tuple[str, str]]] = {}
        self.groups: list[frozenset[str]] = []
        self.barred = dict(self.endless)  # by a candidate's key, or by path and rule: why
        self.before = {path: seen.errors for path, seen in self.seen.items()}
        self.settle(self.queue)
        undo_harm(self)
        self._end_the_endless()
        for path, counts in self.made.items():
            self.fixed.setdefault(path, Counter()).update(counts)
        self.together += self.groups
        return bool(self._rewritten())

    def settle(self, queue: Collection[str], *, everywhere: bool = True) -> None:
        """Go round until no fix is left; `everywhere`: nor in notes that were judged before others changed."""
        times: Counter[str] = Counter()  # how often each note was mended
        while queue or (everywhere and (queue := self.stale())):
            found = self._round(queue, times)
            endless = found.bound_up({p for p in found.notes if times[p] + found.steps[p] > MOST_ROUNDS})
            if endless:
                self._give_up(endless, found.counts, self.barred)
                found.drop(endless)
            self._enter(found)
            times.update({path: found.steps[path] for path in found.notes})
            # what is quiet is judged again with all others, once these are quiet too
            later = found.quiet if everywhere and self.told else set()
            queue = self.named & ((found.notes.keys() - later) | found.again)
            if endless:
                reset = self.reset(endless)
                queue |= reset
                for path in reset:
                    times.pop(path, None)
            self.rounds = max(self.rounds, *times.values(), 0)

    def stale(self) -> list[str]:
        """The notes that were judged before the vault became what it is."""
        return [p for p in self.paths if self.seen[p].state != self.state] if self.told else []

    def _enter(self, found: Round) -> None:
        if not self.told:
            old = self.vault.notes
            self.told = bool(found.fixes) or any(tells(old[p]) != tells(n) for p, n in found.notes.items())
        self._change(found.notes)
        for path, counts in found.counts.items():
            self.made.setdefault(path, Counter()).update(counts)
        for fix in found.fixes:
            if fix.edits.keys() != {fix.finding.path}:
                self.groups.append(touched(fix))

    def _change(self, notes: Mapping[str, Note]) -> None:
        if not notes:
            return
        self.changed -= notes.keys()
        self.changed |= {path for path, note in notes.items() if note is not self.start.notes[path]}
        if self.changed:
            self._states += 1
            self.vault, self.state = self.vault.with_notes(notes.values()), self._states
        else:
            self.vault, self.state = self.start, self.state_at_start

    def _rewritten(self) -> set[str]:
        """The notes of which the pass made another text."""
        return {p for p in self.changed if self.vault.notes[p].encoded() != self.start.notes[p].encoded()}

    # Rounds

    def _round(self, queue: Collection[str], times: Mapping[str, int]) -> Round:
        found = Round()
        several: list[Candidate] = []  # fixes of more than one note, or of another one
        for outcome in self._outcomes(sorted(queue), times):
            self._note_down(outcome)
            several += outcome.several
            self._add(found, outcome)
        places = Places()
        chosen = []
        for fix in several:
            if any(p in found.notes for p in fix.edits) or not places.take(fix):
                found.again.add(fix.finding.path)
            else:
                chosen.append(fix)
        if chosen:
            self._make(chosen, found)
        keep_links(self, found)
        keep_doubts(self, found)
        return found

    def _outcomes(self, paths: Sequence[str], times: Mapping[str, int]) -> Iterator[Outcome]:
        """What each of some notes comes to by itself, as the vault is now; `times` each was mended already. Where it pays
        several processes work that out, all but what is hard to tell across."""
        look = self.look(self.vault)
        processes = processes_for(len(paths)) if self.processes is None else self.processes
        if self.trace is not None:
            for path in paths:
                yield look.at(path, self._known(path), in_bulk=False)
            return
        if processes == 1 and len(paths) <= FEWEST:
            for path in paths:
                yield look.along(path, self._known(path), MOST_ROUNDS - times[path])
            return
        notes = self.vault.notes

        def share(mine: Sequence[str]) -> bytes:
            outcomes = (look.along(path, self._known(path), MOST_ROUNDS - times[path]) for path in mine)
            return written(outcomes, notes)

        look.learn(paths)
        for data in streamed(share, paths, processes, short=_SHORT):
            for path, outcome in read(data, notes):
                yield look.at(path, self._known(path)) if outcome is None else outcome

    def look(self, vault: Vault) -> Look:
        """How a vault is looked at in the pass that is under way."""
        return Look(vault, self.judge, self.barred, self.named, unsafe=self.unsafe, titles=self.titles)

    def _kept(self, path: str) -> Kept | None:
        """What the rules that see one note only said of the note as it is."""
        note, seen, known = self.vault.notes[path], self.seen.get(path), self.known.get(path)
        if seen is not None and seen.note is note:
            return seen.of_note
        return known[1] if known is not None and known[0] is note else None

    def _known(self, path: str) -> NoteFindings | None:
        """The same, to be looked at."""
        kept = self._kept(path)
        return None if kept is None else opened(kept)

    def _note_down(self, outcome: Outcome) -> None:
        path = outcome.path
        seen = self.seen.get(path)
        self.advance(int(seen is None))
        of_note = self._kept(path) if outcome.of_note is None else outcome.of_note
        judged = None if outcome.note is not None else self.vault.notes[path]
        self.seen[path] = Seen(judged, self.state, of_note, outcome.findings, outcome.errors, outcome.left)
        self.before.setdefault(path, outcome.errors)

    def _add(self, found: Round, outcome: Outcome) -> None:
        """Enter what a note came to by itself."""
        if (new := outcome.note) is not None:
            found.notes[new.path] = new
            found.steps[new.path] = outcome.steps
            if outcome.is_quiet:
                found.quiet.add(outcome.path)
            if outcome.checked is not None:
                self.known[new.path] = (new, outcome.checked)
        if outcome.counts:
            found.counts.setdefault(outcome.path, Counter()).update(outcome.counts)
        if outcome.moved:
            found.fixes += outcome.made
        if self.trace is not None:
            self.trace += outcome.made
        for fix, reason in outcome.harmful:
            self.barred[fix.key] = reason
            found.again.add(outcome.path)

    def _make(self, chosen: Sequence[Candidate], found: Round) -> None:
        """Make fixes that touch several notes."""
        made, notes, harmful = sift(self.vault.notes, chosen)
        found.notes |= notes
        found.steps.update([*notes])
        for fix in made:
            found.counts.setdefault(fix.finding.path, Counter()).update(fix.counts(titles=self.titles))
        found.fixes += made
        if self.trace is not None:
            self.trace += made
        for fix, reason in harmful:
            self.barred[fix.key] = reason
            found.again.add(fix.finding.path)

    # Fixes that do not come to an end

    def _give_up(
        self,
        paths: Iterable[str],
        counts: Mapping[str, Counter[tuple[str, str]]],
        barred: dict[tuple[object, ...], str],
    ) -> None:
        """Bar the rules whose fixes go on and on in some notes."""
        for path in paths:
            rules = frozenset(rule for rule, _ in counts.get(path, ()))
            self.unsettled[path] = self.unsettled.get(path, frozenset()) | rules
            for rule in rules:
                names = " and ".join(sorted(rules))
                barred[path, rule] = f"the fixes of {names} do not come to an end here, which is a bug of ytvault"

    def _end_the_endless(self) -> None:
        """Leave as they are the notes of which pass after pass makes another text."""
        self.passes.update(self._rewritten())
        endless = closure({path for path in self.changed if self.passes[path] > MOST_PASSES}, self.groups)
        if endless:
            self._give_up(endless, self.made, self.endless)
            self.barred |= self.endless
            self.settle(self.reset(endless))

    def reset(self, paths: Iterable[str]) -> frozenset[str]:
        """Make some notes, and those changed together with them, as they were when the pass began."""
        group = closure(set(paths), self.groups)
        self._change({p: self.start.notes[p] for p in group})
        self.groups = [g for g in self.groups if not g & group]
        for path in group:
            self.made.pop(path, None)
        return self.named & group
