"""The course of fixing: round by round, until no fix is left that does no harm.

A round judges the notes that may have something to mend, takes their fixes in the order of the text, passing over one
that overlaps another taken already, and looks whether code, properties, headings and links outside of the edits are as
they were; a fix that changes them is left out, and so is one after which there is an error more. Each note is mended as far
as it alone is concerned; once all are quiet they are judged again, in the light of what the others have become.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence

from processor.findings import NoteFindings
from processor.fix.found import Round, Seen, closure, touched
from processor.fix.look import Judge, Known, Look, tells
from processor.fix.mend import Candidate, Places, culprit, sift
from processor.fix.rounds import Kept, Outcome, opened, read, written
from processor.fix.unchanged import lost_links, unread_text
from processor.note import Note
from processor.rule import all_rules
from processor.shares import FEWEST, processes_for, streamed
from processor.vault import Vault

MOST_ROUNDS = 10
_SHORT = 256  # stretches for each process: what is made of a note holds its text

_Search = Generator[Sequence[tuple[object, ...]], bool, None]


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
        self.state = 0  # of the vault: how often it was changed
        self.seen: dict[str, Seen] = {}
        self.fixed: dict[str, Counter[tuple[str, str]]] = {}
        self.together: list[frozenset[str]] = []
        self.unsettled: dict[str, frozenset[str]] = {}
        self.rounds = 0
        self.trace: list[Candidate] | None = None  # the fixes made, while they are wanted

    def run(self, *, unsafe: bool) -> None:
        """Make all fixes, or all safe ones, until there are none left."""
        self.unsafe = self.judge.unsafe_edits = unsafe
        self.start = self.vault
        self.made: dict[str, Counter[tuple[str, str]]] = {}
        self.groups: list[frozenset[str]] = []
        self.barred: dict[tuple[object, ...], str] = {}  # by a candidate's key, or by path and rule: why
        self.before = {path: seen.errors for path, seen in self.seen.items()}
        self.harmful: dict[tuple[object, ...], int] = {}  # keys among the barred for what a round showed, and when
        self._settle([p for p in self.paths if p not in self.seen or self.seen[p].has_fixes])
        self._undo_harm()
        self._try_again()
        for path, counts in self.made.items():
            self.fixed.setdefault(path, Counter()).update(counts)
        self.together += self.groups

    # Rounds

    def _settle(self, queue: Collection[str], *, everywhere: bool = True) -> None:
        """Go round until no fix is left; `everywhere`: nor in notes that were judged before others changed."""
        rounds = 0
        while queue:
            found = self._round(queue, MOST_ROUNDS - rounds)
            if found.notes and rounds == MOST_ROUNDS:
                self._give_up(found)
                queue, rounds = self._reset(found.notes), 0
            elif found.notes:
                rounds += found.steps
                self._enter(found)
                # what is quiet is judged again with all others, once these are quiet too
                later = found.quiet if everywhere and self.told else set()
                queue = self.named & ((found.notes.keys() - later) | found.again)
            else:
                queue = self.named & found.again
            if not queue and everywhere and self.told:
                queue = self._stale()
            self.rounds = max(self.rounds, rounds)

    def _stale(self) -> list[str]:
        """The notes that were judged before the vault became what it is."""
        return [p for p in self.paths if self.seen[p].state != self.state]

    def _enter(self, found: Round) -> None:
        if not self.told:
            old = self.vault.notes
            self.told = bool(found.fixes) or any(tells(old[p]) != tells(n) for p, n in found.notes.items())
        self._change(found.notes.values())
        for path, counts in found.counts.items():
            self.made.setdefault(path, Counter()).update(counts)
        for fix in found.fixes:
            if fix.edits.keys() != {fix.finding.path}:
                self.groups.append(touched(fix))

    def _change(self, notes: Iterable[Note]) -> None:
        self.vault = self.vault.with_notes(notes)
        self.state += 1

    def _round(self, queue: Collection[str], most_steps: int) -> Round:
        found = Round()
        several: list[Candidate] = []  # fixes of more than one note, or of another one
        for outcome in self._outcomes(sorted(queue), most_steps):
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
        self._keep_links(found)
        return found

    def _outcomes(self, paths: Sequence[str], most_steps: int) -> Iterator[Outcome]:
        """What each of some notes comes to by itself, as the vault is now. Where it pays several processes work that out,
        all but what is hard to tell across."""
        look = Look(self.vault, self.judge, self.barred, self.named, unsafe=self.unsafe, titles=self.titles)
        processes = processes_for(len(paths)) if self.processes is None else self.processes
        if self.trace is not None:
            for path in paths:
                yield look.at(path, self._known(path), in_bulk=False)
            return
        if processes == 1 and len(paths) <= FEWEST:
            for path in paths:
                yield look.along(path, self._known(path), most_steps)
            return
        notes = self.vault.notes

        def share(mine: Sequence[str]) -> bytes:
            outcomes = (look.along(path, self._known(path), most_steps) for path in mine)
            return written(outcomes, notes)

        look.learn(paths)
        for data in streamed(share, paths, processes, short=_SHORT):
            for path, outcome in read(data, notes):
                yield look.at(path, self._known(path)) if outcome is None else outcome

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
            found.steps = max(found.steps, outcome.steps)
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
            self._bar(fix, reason)
            found.again.add(outcome.path)

    def _make(self, chosen: Sequence[Candidate], found: Round) -> None:
        """Make fixes that touch several notes."""
        made, notes, harmful = sift(self.vault.notes, chosen)
        found.notes |= notes
        for fix in made:
            title = fix.title if self.titles else ""
            found.counts.setdefault(fix.finding.path, Counter())[fix.finding.rule, title] += 1
        found.fixes += made
        if self.trace is not None:
            self.trace += made
        for fix, reason in harmful:
            self._bar(fix, reason)
            found.again.add(fix.finding.path)

    # Fixes that must not be made

    def _bar(self, fix: Candidate, reason: str) -> None:
        self.barred[fix.key] = reason
        self.harmful[fix.key] = self.state

    def _try_again(self) -> None:
        """What did harm once may do none when others have been made: a second run must find nothing that this one left."""
        for _ in range(MOST_ROUNDS):
            state = self.state
            keys = [key for key, when in self.harmful.items() if when != state]
            if not keys:
                return
            for key in keys:
                self.barred.pop(key, None)
                del self.harmful[key]
            self._settle({str(key[0]) for key in keys})
            self._undo_harm()

    def _keep_links(self, found: Round) -> None:
        """Leave out the fixes after which a link elsewhere no longer finds its heading or block."""
        while True:
            moved = {p for f in found.fixes for p in f.edits if p in found.notes}
            after = self.vault.with_notes(found.notes.values()) if moved else self.vault
            for path in sorted(moved):
                if lost := next(lost_links(path, self.vault, after), None):
                    self._bar_anchors(path, found, f"the link [[{lost[1]}]] in {lost[0]} would not lead where it does")
                    break
            else:
                return

    def _bar_anchors(self, path: str, found: Round, reason: str) -> None:
        note = self.vault.notes[path]
        places = [h.span for h in note.headings] + [b.id_span for b in note.blocks]
        fixes = [f for f in found.fixes if path in f.edits]
        guilty = [f for f in fixes if any(e.start <= s.end and s.start <= e.end for e in f.edits[path] for s in places)]
        for fix in guilty or fixes:
            self._bar(fix, reason)
        found.drop({path})

    def _undo_harm(self) -> None:
        """Leave out the fixes after which a note has an error more."""
        hopeless: set[str] = set()
        while harmed := {p: e for p in self.paths if p not in hopeless and (e := self._new_error(p))}:
            worst = {path: self.seen[path].errors[rule] for path, (rule, *_) in harmed.items()}
            # again, to see which fixes were made; then without some of them, all notes at once
            self.trace = []
            self._settle(self._reset(harmed), everywhere=False)
            made, self.trace = self.trace, None
            searches = {path: self._search(path, made, harmed[path][2]) for path in harmed}
            barred = {path: next(search) for path, search in searches.items()}
            while searches:
                for path in searches:
                    self.barred |= dict.fromkeys(barred[path], f"it would bring an error: {harmed[path][1]}")
                self._settle(self._reset(searches), everywhere=False)
                for path, search in list(searches.items()):
                    helps = self.seen[path].errors[harmed[path][0]] < worst[path]
                    try:
                        following = search.send(helps)
                    except StopIteration:
                        del searches[path]
                        if not helps:
                            hopeless.add(path)
                        continue
                    for key in barred[path]:
                        self.barred.pop(key, None)
                    barred[path] = following
            self.told = True
            self._settle(self._stale())

    def _search(self, path: str, made: Sequence[Candidate], wrong: str) -> _Search:
        """The search for the fix that made `wrong`, the text that an error complains of."""
        group = closure({path}, self.groups)
        suspects = {f.key: f for f in made if f.finding.path in group}
        likely = [
            key
            for key, fix in suspects.items()
            if any(e.text and (e.text in wrong or wrong in e.text) for e in fix.edits.get(path, ()))
        ]
        return culprit(list(suspects), likely[:3], [(p, "") for p in sorted(group)])

    def _new_error(self, path: str) -> tuple[str, str, str] | None:
        """An error that a note we changed has now and had not when the course began: rule, words, and where: the text."""
        if self.vault.notes[path] is self.start.notes[path]:
            return None
        before, now = self.before[path], self.seen[path].errors
        more = {rule for rule in now if now[rule] > before[rule]}
        if not more:
            return None
        # what stood in code or in unreadable properties was as wrong before, only that nobody could see it
        unread = unread_text(self.start.notes[path])
        left = Counter(before)
        # of two faults of one link only one is reported: where it is mended, the other takes its place
        mended: Counter[str] = Counter()
        for rule, count in before.items():
            mended[_family(rule)] += max(0, count - now[rule])
        for found in opened(self.seen[path].findings):
            if found.severity == "error" and found.rule in more:
                wrong = self.vault.notes[path].quote(found.span)
                if not any(wrong in text for text in unread):
                    left[found.rule] -= 1
                    if left[found.rule] < 0:
                        mended[_family(found.rule)] -= 1
                        if mended[_family(found.rule)] < 0:
                            return found.rule, f"{found.message} [{found.rule}]", wrong
        return None

    def _give_up(self, found: Round) -> None:
        """Bar the rules whose fixes go on and on in a note."""
        for path, counts in found.counts.items():
            rules = frozenset(rule for rule, _ in counts)
            self.unsettled[path] = self.unsettled.get(path, frozenset()) | rules
            for rule in rules:
                names = " and ".join(sorted(rules))
                self.barred[path, rule] = f"the fixes of {names} do not come to an end here, which is a bug of ytvault"

    def _reset(self, paths: Iterable[str]) -> set[str] | frozenset[str]:
        """Make some notes, and those changed together with them, as they were when the course began."""
        group = closure(set(paths), self.groups)
        self._change([self.start.notes[p] for p in group])
        self.groups = [g for g in self.groups if not g & group]
        for path in group:
            self.made.pop(path, None)
        return self.named & group


def _family(rule: str) -> str:
    known = all_rules().get(rule)
    return known.family if known else rule
