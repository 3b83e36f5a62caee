"""What a note comes to by itself in a round of fixing: what is found in it, and what its own fixes make of it."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol, cast

from processor.fix.mend import Candidate, candidates, choose, sift, torn
from processor.fix.rounds import Kept, Outcome
from processor.fix.unchanged import anchors
from processor.lint.findings import NoteFindings, joined
from processor.lint.judging import learn
from processor.rules.base import Finding
from processor.vault.facts import channel_target, names, videos
from processor.vault.note import Note
from processor.vault.vault import Vault

_TORN = "it goes together with what a comment or a setting silences"


class Judge(Protocol):
    """What fixing needs of a linter, whose findings must hold the edits of their fixes.

    A judge may also have `check_in_bulk`: as `check_note`, but of findings that are alike one fix holds the edits of all,
    which is less work.
    """

    unsafe_edits: bool  # whether those of unsafe fixes are wanted

    def check_note(self, note: Note) -> Sequence[Finding]:
        """What the rules say that see one note only."""

    def vault_check(self, vault: Vault) -> Callable[[Note], list[Finding]]:
        """A function that gives what the rules say of a note that see the whole vault."""

    def kept(self, note: Note, findings: Sequence[Finding]) -> Sequence[Finding]:
        """What is left of all that was found in a note when that is gone which a person silenced."""


def tells(note: Note) -> object:
    """What links and their fixes in other notes depend on, besides headings and blocks."""
    return names(note), videos(note), channel_target(note)


Known = Mapping[str, tuple[Note, Kept]]
"""What `Judge.check_note` said of notes, by path: for the very note that is given with it, and without edits."""


class Look:
    """How one round looks at notes: it changes nothing, so several processes can do it at once.

    `barred` are the fixes that must not be made: by their key, or by path and rule, with the reason. `named` are the notes
    that may be changed.
    """

    def __init__(
        self,
        vault: Vault,
        judge: Judge,
        barred: Mapping[tuple[object, ...], str],
        named: Collection[str],
        *,
        unsafe: bool,
        titles: bool,
    ) -> None:
        self.vault = vault
        self.judge = judge
        self.barred = barred
        self.named = named
        self.unsafe = unsafe
        self.titles = titles
        self._check = judge.vault_check(vault)
        self._in_bulk: Callable[[Note], NoteFindings] | None = getattr(judge, "check_in_bulk", None)
        self._barred_in = {str(key[0]) for key in barred}

    def learn(self, paths: Sequence[str]) -> None:
        """See `judging.learn`."""
        learn(self.vault, self._check, paths)

    def along(self, path: str, known: NoteFindings | None, most_steps: int) -> Outcome:
        """Judge one note and make the fixes that touch no other, then judge what comes of that and mend it, and so on, as
        long as the note says nothing new to others, and so often at most. `known` is what `check_note` said of it already.

        The note that comes of it, if it is another, is to be judged again in the light of the vault as it then is.
        """
        outcome = self.at(path, known)
        # a suppression is idle only if no rule at all finds what it silences, and here not all are asked
        if outcome.note is None or not outcome.is_plain or outcome.note.suppressions:
            return outcome
        told = tells(self.vault.notes[path].anew())
        while outcome.note is not None and outcome.steps < most_steps and tells(outcome.note) == told:
            further = self._step(outcome.note, None, asks_vault=outcome.waits)
            if not further.is_plain:
                break  # it is to be told in a round of its own, by the vault as it then is
            if further.note is None:
                return outcome._replace(checked=further.of_note, is_quiet=True)
            counts = outcome.counts + further.counts
            outcome = further._replace(errors=outcome.errors, counts=counts, steps=outcome.steps + 1)
        return outcome

    def at(self, path: str, known: NoteFindings | None, *, in_bulk: bool = True) -> Outcome:
        """Judge one note, and make the fixes that touch no other."""
        note = self.vault.notes[path].anew()
        # of a note that stays as it is only the vault can say something new, or a fix whose edits are wanted
        if known is not None and not self._has_wanted(known):
            return self._step(note, known, in_bulk=in_bulk)
        return self._step(note.whole, None, in_bulk=in_bulk)

    def errors(self, path: str) -> Counter[str]:
        """How many errors there are in a note as it is, by rule."""
        note = self.vault.notes[path].whole
        found = joined(path, _of_one(path, self.judge.check_note(note)), self._check(note))
        return _errors(_of_one(path, self.judge.kept(note, found)))

    def _step(
        self, note: Note, known: NoteFindings | None, *, in_bulk: bool = True, asks_vault: bool = True
    ) -> Outcome:
        """As `at`, of a note in hand; without `asks_vault` as far as it can be judged without other notes."""
        path = note.path
        of_vault = self._check(note) if asks_vault else []
        of_note = known
        if known is None and in_bulk and self._in_bulk is not None and path not in self._barred_in:
            in_one = self._in_bulk(note)
            if not in_one.alike:
                of_note = in_one
            elif outcome := self._mended_in_bulk(note, in_one, of_vault):
                return outcome
        if of_note is None:
            of_note = _of_one(path, self.judge.check_note(note))
        found = joined(path, of_note, of_vault)
        findings = _of_one(path, self.judge.kept(note, found))
        errors = _errors(findings)
        seen = _bare(of_note) if known is None else None
        if not self._has_wanted(findings):
            return Outcome(path, seen, _bare(findings), errors, Counter())
        alone: list[Candidate] = []
        several: list[Candidate] = []
        left: Counter[tuple[str, str, str]] = Counter()
        notes, torn_ = self._with(note), torn(found.single, findings.single)
        for fix in candidates(findings, notes, unsafe=self.unsafe):
            if reason := self._reason_against(fix, notes) or (fix.finding.rule in torn_ and _TORN):
                left.update({(*what, reason): n for what, n in fix.counts(titles=True).items()})
            else:
                (alone if fix.edits.keys() == {path} else several).append(fix)
        outcome = Outcome(path, seen, _bare(findings), errors, left, several=several)
        if not alone:
            return outcome
        chosen = choose(alone)
        made, after, harmful = sift(notes, chosen)
        counts = self._counts(made)
        new = after.get(path)
        moved = new is not None and anchors(new) != anchors(note)
        waits = len(chosen) < len(alone)
        return outcome._replace(note=new, counts=counts, made=made, harmful=harmful, moved=moved, waits=waits)

    def _mended_in_bulk(self, note: Note, of_note: NoteFindings, of_vault: Sequence[Finding]) -> Outcome | None:
        """What the note comes to where its fixes do no harm and are in nobody's way, so that it makes no difference whether
        those of findings that are alike are told apart. None where they must be, and where there is nothing to mend."""
        found = joined(note.path, of_note, of_vault)
        kept = self.judge.kept(note, found)
        if not isinstance(kept, NoteFindings) or len(kept.alike) < len(of_note.alike):
            return None  # some were silenced, and their fixes with them
        if kept is not found and torn(found.single, kept.single):
            return None
        notes = self._with(note)
        fixes = list(candidates(kept.single, notes, unsafe=self.unsafe))
        counts = self._counts(fixes)
        for group in kept.alike:
            first = next(group.each(note.path))
            if not self._is_wanted(first):
                continue
            together = list(candidates([first], notes, unsafe=self.unsafe))
            if not together:
                return None
            fixes += together
            counts[group.rule, together[0].title if self.titles else ""] += len(group.starts)
        if not fixes or any(f.edits.keys() != {note.path} or self._reason_against(f, notes) for f in fixes):
            return None
        chosen = choose(fixes)
        if len(chosen) < len(fixes):
            return None
        made, after, harmful = sift(notes, chosen)
        new = after.get(note.path)
        if harmful or new is None or anchors(new) != anchors(note):
            return None
        nothing, errors = NoteFindings(note.path, ()), _errors(kept)
        return Outcome(note.path, nothing, nothing, errors, Counter(), note=new, counts=counts, made=made)

    def _with(self, note: Note) -> Mapping[str, Note]:
        """The vault's notes, of which this one is as it is in hand."""
        return ChainMap({note.path: note}, cast("dict[str, Note]", self.vault.notes))

    def _is_wanted(self, finding: Finding) -> bool:
        """Whether a finding has a fix that is to be made."""
        return finding.fix is not None and (finding.fix.safe or self.unsafe)

    def _has_wanted(self, found: NoteFindings) -> bool:
        return any(kind.safe is not None and (kind.safe or self.unsafe) for kind in found.kinds())

    def _counts(self, fixes: Iterable[Candidate]) -> Counter[tuple[str, str]]:
        counts: Counter[tuple[str, str]] = Counter()
        for fix in fixes:
            counts.update(fix.counts(titles=self.titles))
        return counts

    def _reason_against(self, fix: Candidate, notes: Mapping[str, Note]) -> str | None:
        path, rule = fix.finding.path, fix.finding.rule
        if others := sorted(fix.edits.keys() - self.named):
            return f"it also changes {others[0]}, which is not among the notes named"
        if any(notes[p].source.invalid is not None for p in fix.edits):
            return "it changes a note that is not valid UTF-8"
        return self.barred.get(fix.key) or self.barred.get((path, rule)) or self.barred.get((path, ""))


def _of_one(path: str, found: Sequence[Finding]) -> NoteFindings:
    return found if isinstance(found, NoteFindings) else NoteFindings(path, found)


def _errors(found: NoteFindings) -> Counter[str]:
    errors: Counter[str] = Counter()
    for kind in found.kinds():
        if kind.severity == "error":
            errors[kind.rule] += kind.number
    return errors


def _bare(found: NoteFindings) -> NoteFindings:
    """The findings without the edits of their fixes."""
    single = [
        f._replace(fix=f.fix._replace(edits=(), together=False)) if f.fix and f.fix.edits else f for f in found.single
    ]
    alike = [g._replace(fix=g.fix._replace(edits=())) if g.fix and g.fix.edits else g for g in found.alike]
    return NoteFindings(found.path, single, alike)
