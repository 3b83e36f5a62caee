"""The fixes that do harm beyond their own text: a link elsewhere that is lost, evidence that is, an error more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from processor.fix.candidates import Key
from processor.fix.rounds import Round
from processor.fix.unchanged import lost_links, unread_text
from processor.lint.findings import NoteFindings
from processor.rules.base import all_rules
from processor.vault.note import Note
from processor.vault.vault import Vault


def bar_lost_links(vault: Vault, found: Round) -> None:
    """Bar the fixes of a round after which a link elsewhere no longer finds its heading or block."""
    while True:
        moved = {p for f in found.fixes for p in f.edits if p in found.notes}
        after = vault.with_notes(found.notes.values()) if moved else vault
        for path in sorted(moved):
            if lost := next(lost_links(path, vault, after), None):
                reason = f"the link [[{lost[1]}]] in {lost[0]} would not lead where it does"
                found.bar(_on_anchors(vault.notes[path], found), reason, {path})
                break
        else:
            return


def _on_anchors(note: Note, found: Round) -> list[Key]:
    """Return the fixes of a round that touch what links to a note can lead to; all that touch the note, where none does."""
    places = [h.span for h in note.headings] + [b.id_span for b in note.blocks]
    fixes = [(f.key, f.edits[note.path]) for f in found.fixes if note.path in f.edits]
    on_anchors = [
        key for key, edits in fixes if any(e.start <= s.end and s.start <= e.end for e in edits for s in places)
    ]
    return on_anchors or [key for key, _ in fixes]


def bar_objected(vault: Vault, found: Round) -> None:
    """Bar the fixes of a round to which their own rule objects, in the light of what the round makes of the vault."""
    for rule in all_rules().values():
        if rule.objections is None:
            continue
        while mended := [p for p in found.notes if any(name == rule.id for name, _ in found.counts.get(p, ()))]:
            after = vault.with_notes(found.notes.values())
            objections = list(rule.objections(vault, after, mended))
            for paths, reason in objections:
                found.bar([(path, rule.id) for path in paths], reason, set(paths))
            if not objections:
                break


class NewError(NamedTuple):
    """An error that a note has now and had not before: its rule, what it says, and the text that it complains of."""

    rule: str
    message: str
    text: str


def new_error(
    before: Counter[str], was: Note, now: Counter[str], note: Note, findings: NoteFindings
) -> NewError | None:
    """Return an error that a note has now, with those `findings`, and had not as it `was`; both counts are by rule."""
    more = {rule for rule in now if now[rule] > before[rule]}
    if not more:
        return None
    # what stood in code or in unreadable properties was as wrong before, only that nobody could see it
    unread = unread_text(was)
    left = Counter(before)
    # of two faults of one link only one is reported: where it is mended, the other takes its place
    mended = _mended(before, now)
    for found in findings:
        if found.severity == "error" and found.rule in more:
            wrong = note.quote(found.span)
            if not any(wrong in text for text in unread):
                family = _family(found.rule)
                left[found.rule] -= 1
                if left[found.rule] < 0:
                    mended[family] -= 1
                    if mended[family] < 0:
                        return NewError(found.rule, f"{found.message} [{found.rule}]", wrong)
    return None


def _mended(before: Mapping[str, int], now: Counter[str]) -> Counter[str]:
    """Return how many errors of each family are gone."""
    mended: Counter[str] = Counter()
    for rule, count in before.items():
        mended[_family(rule)] += max(0, count - now[rule])
    return mended


def _family(name: str) -> str:
    rule = all_rules().get(name)
    return rule.family if rule else name
