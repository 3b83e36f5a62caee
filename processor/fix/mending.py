"""What one note comes to by itself in a round of fixing: what is found in it, and what its own fixes make of it."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from processor.fix.applying import choose, sift
from processor.fix.candidates import Barred, Candidate, candidates, torn
from processor.fix.outcome import Outcome
from processor.fix.unchanged import anchors
from processor.lint.checker import Checker
from processor.lint.findings import NoteFindings, joined
from processor.lint.judging import learn
from processor.lint.packing import StoredFindings
from processor.rules.base import Finding
from processor.vault.facts import channel_target, names, videos
from processor.vault.note import Note
from processor.vault.vault import Vault

_TORN = "it goes together with what a comment or a setting silences"


def seen_by_others(note: Note) -> object:
    """Return what links and their fixes in other notes depend on, besides headings and blocks, to be compared."""
    return names(note), videos(note), channel_target(note)


class Mender:
    """Mends single notes of a vault as it is: it changes nothing, so several processes can do it at once.

    `barred` are the fixes that must not be made, `named` the notes that may be changed.
    """

    def __init__(
        self,
        vault: Vault,
        checker: Checker,
        barred: Barred,
        named: Collection[str],
        *,
        unsafe: bool,
        titles: bool,
    ) -> None:
        self.vault = vault
        self.checker = checker
        self.barred = barred
        self.named = named
        self.unsafe = unsafe
        self.titles = titles
        self._check_in_vault = checker.vault_check(vault, unsafe_edits=unsafe)
        self._barred_in = {str(key[0]) for key in barred}

    def learn(self, paths: Sequence[str]) -> None:
        """See `judging.learn`."""
        learn(self.vault, self._check_in_vault, paths)

    def mend_repeatedly(self, path: str, checked: NoteFindings | None, most_steps: int) -> Outcome:
        """Judge one note and make the fixes that touch no other, then the same with what comes of that, and so on, at most
        `most_steps` times and as long as nothing changes that other notes depend on.

        `checked` is what `Checker.check_note` found in it before. A note that comes of it is to be judged again in the light
        of the vault as it then is.
        """
        outcome = self.mend(path, checked)
        # whether a suppression is of use shows only where all rules have run, and the steps below leave some out
        if outcome.note is None or not outcome.concerns_one_note or outcome.note.suppressions:
            return outcome
        before = seen_by_others(self.vault.notes[path].anew())
        while outcome.note is not None and outcome.steps < most_steps and seen_by_others(outcome.note) == before:
            further = self._step(outcome.note, None, in_vault=outcome.is_partial)
            if not further.concerns_one_note:
                break  # it has a round of its own, in the vault as it then is
            if further.note is None:
                return outcome._replace(checked_after=further.checked, is_settled=True)
            counts = outcome.counts + further.counts
            outcome = further._replace(errors=outcome.errors, counts=counts, steps=outcome.steps + 1)
        return outcome

    def mend(self, path: str, checked: NoteFindings | None, *, in_bulk: bool = True) -> Outcome:
        """Judge one note, and make the fixes that touch no other. Without `in_bulk` each is told apart in `Outcome.made`."""
        note = self.vault.notes[path].anew()
        # what was found before lacks the edits; where none are wanted, only the rules that see the vault are run
        if checked is not None and not self._has_wanted(checked):
            return self._step(note, checked, in_bulk=in_bulk)
        return self._step(note.whole, None, in_bulk=in_bulk)

    def errors(self, path: str) -> Counter[str]:
        """Return how many errors there are in a note as it is, by rule."""
        note = self.vault.notes[path].whole
        found = joined(path, self.checker.check_note(note, unsafe_edits=self.unsafe), self._check_in_vault(note))
        return errors_of(self.checker.unsuppressed(note, found))

    def _step(
        self, note: Note, checked: NoteFindings | None, *, in_bulk: bool = True, in_vault: bool = True
    ) -> Outcome:
        """As `mend`, of a note that need not be as in the vault; without `in_vault` by the rules that see one note only."""
        path = note.path
        of_vault = self._check_in_vault(note) if in_vault else []
        of_note = checked
        if of_note is None and in_bulk and path not in self._barred_in:
            of_note = self.checker.check_note(note, unsafe_edits=self.unsafe, in_bulk=True)
            if of_note.alike:
                if outcome := self._mended_in_bulk(note, of_note, of_vault):
                    return outcome
                of_note = None
        if of_note is None:
            of_note = self.checker.check_note(note, unsafe_edits=self.unsafe)
        found = joined(path, of_note, of_vault)
        findings = self.checker.unsuppressed(note, found)
        outcome = Outcome(
            path, _bare(of_note) if checked is None else None, _bare(findings), errors_of(findings), Counter()
        )
        if not self._has_wanted(findings):
            return outcome
        return self._with_fixes(note, outcome, findings, torn(found.single, findings.single))

    def _with_fixes(self, note: Note, outcome: Outcome, findings: NoteFindings, torn_: Collection[str]) -> Outcome:
        """Return the outcome with the note as the fixes of its findings make it, but for those of the rules `torn_`."""
        alone: list[Candidate] = []
        several: list[Candidate] = []
        left_out: Counter[tuple[str, str, str]] = Counter()
        notes = self._with(note)
        for fix in candidates(findings, notes, unsafe=self.unsafe):
            if reason := self._reason_against(fix, notes) or (fix.finding.rule in torn_ and _TORN):
                left_out.update({(*what, reason): n for what, n in fix.counts(titles=True).items()})
            else:
                (alone if fix.edits.keys() == {note.path} else several).append(fix)
        outcome = outcome._replace(left_out=left_out, several=several)
        if not alone:
            return outcome
        chosen = choose(alone)
        made, after, harmful = sift(notes, chosen)
        new = after.get(note.path)
        return outcome._replace(
            note=new,
            counts=self._counts(made),
            made=made,
            harmful=harmful,
            moves_anchors=new is not None and anchors(new) != anchors(note),
            is_partial=len(chosen) < len(alone),
        )

    def _mended_in_bulk(self, note: Note, of_note: NoteFindings, of_vault: Sequence[Finding]) -> Outcome | None:
        """Return what the note comes to by fixes in bulk, where each of them can be made. None where fixes of findings that are
        alike must be told apart, and where there is nothing to mend."""
        found = joined(note.path, of_note, of_vault)
        left = self.checker.unsuppressed(note, found)
        if len(left.alike) < len(of_note.alike):
            return None  # some are suppressed, and their fixes with them
        if left is not found and torn(found.single, left.single):
            return None
        notes = self._with(note)
        fixes = list(candidates(left.single, notes, unsafe=self.unsafe))
        counts = self._counts(fixes)
        for group in left.alike:
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
        nothing, errors = NoteFindings(note.path, ()), errors_of(left)
        return Outcome(note.path, nothing, nothing, errors, Counter(), note=new, counts=counts, made=made)

    def _with(self, note: Note) -> Mapping[str, Note]:
        """Return the notes of the vault, with this one in the place of its own."""
        return ChainMap({note.path: note}, cast("dict[str, Note]", self.vault.notes))

    def _is_wanted(self, finding: Finding) -> bool:
        """Return whether a finding has a fix that is to be made."""
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


def errors_of(found: StoredFindings) -> Counter[str]:
    """Return how many errors there are, by rule."""
    errors: Counter[str] = Counter()
    for kind in found.kinds():
        if kind.severity == "error":
            errors[kind.rule] += kind.number
    return errors


def _bare(found: NoteFindings) -> NoteFindings:
    """Return the findings without the edits of their fixes."""
    single = [
        f._replace(fix=f.fix._replace(edits=(), together=False)) if f.fix and f.fix.edits else f for f in found.single
    ]
    alike = [g._replace(fix=g.fix._replace(edits=())) if g.fix and g.fix.edits else g for g in found.alike]
    return NoteFindings(found.path, single, alike)
