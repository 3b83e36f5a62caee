"""What misplaced-timestamp has to say of a note, for the rule itself and for timestamp-past-end, whose fixes are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from processor.parse.nodes import Timestamp
from processor.parse.youtube import MAX_CLOCK, write_clock
from processor.rules.base import Context, Fix, NoteEdit, Problem
from processor.vault.links.writing import headings_taken_along
from processor.vault.note import Note

from ._heard import judged
from ._mending import has_several_clocks, is_where_a_link_leads, stamp_edits
from ._off_alike import off_alike
from ._words import how_sure

if TYPE_CHECKING:
    from processor.captions.claims import Claim
    from processor.captions.decode import Meaning
    from processor.captions.readings import Kind

LEAST = 0.5
"""How probable the place must be that a fix writes, where no setting says so."""
_SAFE = 0.97
_CUT = 3  # stamps off by the same interval, and most that are: then the captions are of another cut, and nothing is certain
_TOLD_BY_DIGITS: frozenset[Kind] = frozenset(("minutes and seconds", "hour too many"))
"""Readings that leave one second open; which of several is meant only the text can tell."""
_ENOUGH = 4  # terms of a text that tells it


def repairs(note: Note, context: Context, least: float) -> Iterator[tuple[int, Problem]]:
    """Yield the stamps whose text is said elsewhere, by their index, with a fix where that is `least` as probable."""
    found = [*_misplaced(note, context)]
    alike = off_alike([(stamp.seconds or 0, meaning) for _, stamp, meaning, _ in found])
    drifting = {index for (index, *_), is_alike in zip(found, alike, strict=True) if is_alike}
    is_recut = len(drifting) >= max(_CUT, len(found) / 2)
    certain = {index for index, _, meaning, _ in found if meaning.beyond or meaning.confidence >= _SAFE}
    for index, stamp, meaning, claim in found:
        second, confidence = meaning.second, meaning.confidence
        label = stamp.label or stamp.target
        if not 0 <= second <= MAX_CLOCK:
            continue
        clock = write_clock(second, like=_like(stamp))
        if confidence < min(least, LEAST):
            message = f"what {label} stands for is not said there: look near {clock}"
            yield index, Problem(stamp.span, message, None, None, confidence)
            continue
        message = f"{label} {how_sure(confidence)} means {clock}: there it is said"
        if index in drifting:
            message += ", as others are about as much off, perhaps as the captions are of another cut"
        if confidence < least:
            yield index, Problem(stamp.span, message, None, None, confidence)
            continue
        edits = _edits(note, stamp, second, context)
        if edits is None:
            message += "; mend it by hand, as the links to its heading cannot be changed along"
            yield index, Problem(stamp.span, message, None, None, confidence)
            continue
        is_told = meaning.kind in _TOLD_BY_DIGITS or len(set(claim.terms)) >= _ENOUGH
        is_amid_others = index not in drifting and not is_recut and (meaning.beyond or bool(certain - {index}))
        has_other_clocks = has_several_clocks(
            note.quote(stamp.label_span)
        )  # of which nobody has heard where they are said
        safe = confidence >= max(_SAFE, least) and is_told and is_amid_others and not has_other_clocks
        yield index, Problem(stamp.span, message, Fix(f"write {clock}", safe, partial(iter, edits)), None, confidence)


def of_another_cut(note: Note, context: Context) -> set[int]:
    """Return the stamps, by their index, that are off by the same interval as others are, and may be right in another cut of the
    video.
    """
    found = [*_misplaced(note, context)]
    alike = off_alike([(stamp.seconds or 0, meaning) for _, stamp, meaning, _ in found], as_stated=True)
    return {index for (index, *_), is_alike in zip(found, alike, strict=True) if is_alike}


def _misplaced(note: Note, context: Context) -> Iterator[tuple[int, Timestamp, Meaning, Claim]]:
    for of, index, stamp, meaning, judgement in judged(note, context):
        if judgement == "misplaced" and not stamp.fault and not is_where_a_link_leads(note, stamp):
            yield index, stamp, meaning, of.claims[index]


def _like(stamp: Timestamp) -> str:
    return stamp.label if stamp.label_seconds is not None else "00:00:00"


def _edits(note: Note, stamp: Timestamp, second: int, context: Context) -> Sequence[NoteEdit] | None:
    """Return the edits that lead a stamp to a second; None where links to its heading stand against it."""
    edits = list(stamp_edits(note, stamp, second, _like(stamp)))
    made = [NoteEdit(note.path, edit) for edit in edits]
    if stamp.place != "heading":
        return made
    along = headings_taken_along(context.vault, note, edits, as_shown=False)
    return None if along is None else [*made, *(NoteEdit(*edit) for edit in along)]
