"""What a build adds to notes one by one: all of it to a note at once, so that it is read anew once, by several processes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Protocol

from processor.base.parallel import streamed
from processor.base.text import Edit
from processor.commands.build.stages import Stage
from processor.commands.build.work import Work, edited
from processor.vault.crossing import notes_as_bytes, notes_of_bytes
from processor.vault.facts import FACTS
from processor.vault.note import Note


class Addition(Protocol):
    """Something that a build adds to notes. `made` is what the report counts it as, `refused` why it could not be added."""

    made: str
    refused: str

    def concerns(self, path: str) -> bool:
        """Return whether the note at a path may have to be changed, without looking at it."""

    def edit(self, note: Note) -> Edit | None:
        """Return the edit that adds it, or that replaces what an earlier build added; None where nothing is to be done."""

    def added(self, old: Note, new: Note) -> int | None:
        """Return how much a note that was changed has of it; None where that is not as it should be."""


def add_to_notes(work: Work, additions: Sequence[tuple[Addition, Collection[str]]], stage: Stage) -> None:
    """Add to each note what is to be added; beside each addition stand the paths of the notes that it leaves alone."""
    vault = work.vault
    found: list[Note] = []

    def share(mine: Sequence[str]) -> bytes:
        """Return the notes that change, below a line that says of how many they are, how much was added, and what could not be."""
        changed: list[Note] = []
        times: Counter[str] = Counter()
        refused: list[tuple[str, str]] = []
        for path in mine:
            wanted = [add for add, untouched in additions if path not in untouched and add.concerns(path)]
            if wanted and work.may_edit(note := vault.notes[path].whole):
                new = _with(note, wanted, times, refused)
                if new is not note:
                    for ask in FACTS.values():
                        ask(new)
                    changed.append(new)
        return json.dumps((len(mine), times, refused)).encode() + b"\n" + notes_as_bytes(changed)

    paths = sorted(vault.notes)
    with stage("Adding", len(paths)) as advance:
        for part in streamed(share, paths):
            head, _, notes = part.partition(b"\n")
            number, times, refused = json.loads(head)
            work.made.update(times)
            for path, why in refused:
                work.remark(path, why)
            found += notes_of_bytes(notes)
            advance(number)
    work.change(found)


def _with(note: Note, wanted: Sequence[Addition], times: Counter[str], refused: list[tuple[str, str]]) -> Note:
    """Return the note with what is wanted, as far as that can be added: at once, else one after another."""
    edits = [(add, edit) for add in wanted if (edit := add.edit(note)) is not None]
    if len(edits) > 1:
        ordered = sorted(edit for _, edit in edits)
        apart = all(a.end < b.start for a, b in pairwise(ordered))
        new = edited(note, ordered) if apart else None
        counts = [add.added(note, new) for add, _ in edits] if new else [None]
        if new and None not in counts:
            for (add, _), number in zip(edits, counts, strict=True):
                times[add.made] += number or 0
            return new
    for add, _ in edits:
        edit = add.edit(note)
        new = edited(note, [edit]) if edit else None
        number = add.added(note, new) if new else None
        if new is None or number is None:
            refused.append((note.path, add.refused))
        else:
            times[add.made] += number
            note = new
    return note
