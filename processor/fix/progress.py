"""What fixing is asked to do, and how far it has come, from pass to pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from processor.base.spool import Spool
from processor.fix.candidates import Barred
from processor.fix.mending import errors_of, seen_by_others
from processor.fix.outcome import Outcome
from processor.fix.rounds import Counts, Round
from processor.lint.checker import Checker
from processor.lint.findings import NoteFindings
from processor.lint.memory import Recalled
from processor.lint.packing import StoredFindings, opened
from processor.lint.touched import Change, Reads
from processor.vault.note import Note
from processor.vault.vault import Vault

CheckedNotes = Mapping[str, tuple[Note, StoredFindings]]
"""What `Checker.check_note` found in notes, by path: in the very note that stands with it. Fixes hold no edits."""


@dataclass(frozen=True)
class Task:
    """What fixing is asked to do: see `fix_vault`."""

    checker: Checker
    paths: Sequence[str]  # sorted
    titles: bool
    advance: Callable[[int], None]
    processes: int | None
    spool: Spool = field(default_factory=Spool)  # for what notes become

    @cached_property
    def named(self) -> frozenset[str]:
        """The notes that may be changed."""
        return frozenset(self.paths)


class Version(NamedTuple):
    """The vault with one text of each note; each version has a number of its own."""

    vault: Vault
    number: int


class Seen(NamedTuple):
    """A note as it was judged last; None where it was changed after that. Fixes hold no edits."""

    note: Note | None
    version: int  # of the vault
    checked: StoredFindings | None  # of the rules that see one note only, suppressed ones too
    findings: StoredFindings
    errors: Counter[str]  # by rule
    left_out: Counter[tuple[str, str, str]]  # rule, title, reason

    def has_fixes(self, *, unsafe: bool) -> bool:
        """Return whether something in it can be mended, by a safe fix or by any."""
        return any(kind.safe is not None and (kind.safe or unsafe) for kind in self.findings.kinds())


class Progress:
    """How far fixing has come: the vault as it is now, what was found in its notes, and which fixes were made."""

    def __init__(self, vault: Vault, checked: CheckedNotes, *, others_changed: bool) -> None:
        self.version = Version(vault, 0)
        self.seen: dict[str, Seen] = {}
        self.others_changed = others_changed
        """Whether notes may have changed in what the rules know of them in other notes."""
        self.fixed: Counts = {}
        self.together: list[frozenset[str]] = []  # notes that one fix changed
        self.unsettled: dict[str, frozenset[str]] = {}  # note → rules whose fixes do not come to an end
        self.endless: Barred = {}  # what is barred in all passes that follow
        self.passes: Counter[str] = Counter()  # how many changed each note
        self.rounds = 0
        self._versions = 0
        self._checked = dict(checked)
        self._start = vault
        self._recalled: dict[str, tuple[Seen, str]] = {}
        """What was taken up, see `recall`, and what the rules of these notes had read."""
        self._lasts = -1, frozenset[str]()

    def recall(self, known: Iterable[Recalled | None], *, unsafe: bool) -> int:
        """Take up what is known of notes in which nothing is to be mended; return of how many."""
        for found, reads in filter(None, known):
            note = self.version.vault.notes[found.path]
            seen = Seen(note, self.version.number, None, found, errors_of(found), Counter())
            if not seen.has_fixes(unsafe=unsafe):
                self.seen[found.path] = seen
                self._recalled[found.path] = seen, reads
        return len(self.seen)

    def _lasting(self) -> frozenset[str]:
        """Return the notes of which what was taken up is as true as it was, whatever has changed."""
        number, lasting = self._lasts
        if number != self.version.number:
            rows = {p: reads for p, (seen, reads) in self._recalled.items() if self.seen[p] is seen}
            notes, before = self.version.vault.notes, self._start.notes
            change = Change(self._start, self.version.vault, [p for p, note in notes.items() if note is not before[p]])
            lines = "\n".join(rows.values()).encode(errors="surrogatepass")
            touched = change.touched(Reads(rows, lines)) if rows else None
            lasting = frozenset() if touched is None else frozenset(rows.keys() - touched)
            self._lasts = self.version.number, lasting
        return lasting

    def next_version(self, notes: Mapping[str, Note]) -> Version:
        """Return a new version, with other texts of some notes."""
        self._versions += 1
        return Version(self.version.vault.with_notes(notes.values()), self._versions)

    def fixable(self, paths: Iterable[str], *, unsafe: bool) -> list[str]:
        """Return those of the paths at which a note was not judged yet, or has fixes: safe ones, or any."""
        return [p for p in paths if p not in self.seen or self.seen[p].has_fixes(unsafe=unsafe)]

    def stale(self, paths: Iterable[str]) -> list[str]:
        """Return those of the paths at which a note was judged before others changed."""
        if not self.others_changed:
            return []
        found = [p for p in paths if self.seen[p].version != self.version.number]
        lasting = self._lasting() if found and self._recalled else frozenset[str]()
        return [p for p in found if p not in lasting or self.seen[p] is not self._recalled[p][0]]

    def checked_in(self, path: str) -> NoteFindings | None:
        """Return what the rules that see one note only found in a note as it is now; None where they have to run."""
        found = self._stored(path)
        return None if found is None else opened(found)

    def _stored(self, path: str) -> StoredFindings | None:
        note, seen = self.version.vault.notes[path], self.seen.get(path)
        if seen is not None and seen.note is note:
            return seen.checked
        before, found = self._checked.get(path, (None, None))
        return found if before is note else None

    def checked(self, paths: Iterable[str]) -> CheckedNotes:
        """Return what is stored of the notes at some paths, for another time."""
        seen = [(path, self.seen[path]) for path in paths]
        return {p: (s.note, s.checked) for p, s in seen if s.note is not None and s.checked is not None}

    def store(self, outcome: Outcome) -> None:
        """Store what was found in a note, and what is known of the note that it becomes."""
        path, new = outcome.path, outcome.note
        checked = self._stored(path) if outcome.checked is None else outcome.checked
        judged = self.version.vault.notes[path] if new is None else None
        self.seen[path] = Seen(judged, self.version.number, checked, outcome.findings, outcome.errors, outcome.left_out)
        if new is not None and outcome.checked_after is not None:
            self._checked[path] = new, outcome.checked_after

    def look_for_change(self, found: Round) -> None:
        """See whether a round changes notes in what the rules know of them in other notes."""
        old = self.version.vault.notes
        self.others_changed = (
            self.others_changed
            or bool(found.fixes)
            or any(seen_by_others(old[p].anew()) != seen_by_others(n.anew()) for p, n in found.notes.items())
        )

    def give_up(self, paths: Iterable[str], made: Counts) -> Barred:
        """Return the rules to bar in some notes whose fixes, of which these were made last, do not come to an end."""
        barred: Barred = {}
        for path in paths:
            rules = frozenset(rule for rule, _ in made.get(path, ()))
            self.unsettled[path] = self.unsettled.get(path, frozenset()) | rules
            for rule in rules:
                names = " and ".join(sorted(rules))
                barred[path, rule] = f"the fixes of {names} do not come to an end here, which is a bug of ytvault"
        return barred

    def enter(self, made: Counts, groups: Iterable[frozenset[str]]) -> None:
        """Enter the fixes that a pass made, and the groups of notes that one of them changed."""
        for path, counts in made.items():
            self.fixed.setdefault(path, Counter()).update(counts)
        self.together += groups
