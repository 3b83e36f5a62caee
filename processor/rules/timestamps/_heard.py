"""What the captions of its videos say of the stamps of a note: the door through which the rules ask. What works it out is loaded
where there are captions, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from processor.parse.nodes import Timestamp
from processor.rules.base import Context
from processor.vault.facts import own_fact
from processor.vault.note import Note
from processor.vault.per_vault import per_note
from processor.vault.said import captions_of, is_anything_said
from processor.vault.vault import Vault

if TYPE_CHECKING:
    from processor.captions.decode import Meaning

    from ._hearing import Heard, Judgement


@per_note
def heard(note: Note, vault: Vault, names: tuple[str, ...]) -> Mapping[str, Heard]:
    """Return what is heard in the videos of a note that have captions, by their ids. `names` are the properties that name a
    video.
    """
    if not is_anything_said(vault):
        return {}
    from ._hearing import hear

    return dict(hear(note, vault, names))


@own_fact
def has_stamps(note: Note) -> bool:
    return bool(len(note.timestamps))


def goes_on_until(note: Note, vault: Vault, video_id: str) -> float | None:
    """Until which second a video goes on behind the end of its captions, by the notes on it; None where nothing shows that."""
    captions = captions_of(vault, video_id, note.text)
    if captions is None or not captions.words:
        return None
    from ._captioned import ends_before

    return ends_before(note, vault, captions)


def has_own_captions(note: Note, context: Context) -> bool:
    """Return whether captions say which stamps of a note are right, so that nothing need be guessed."""
    return any(of.fit.is_told for of in heard(note, context.vault, context.video_properties).values())


def judged(note: Note, context: Context) -> Iterator[tuple[Heard, int, Timestamp, Meaning, Judgement]]:
    """Yield the stamps of a note of which captions of their video tell anything."""
    every = heard(note, context.vault, context.video_properties)
    if not every:
        return
    from ._hearing import judgement

    for of in every.values():
        for index, meaning in of.meanings.items():
            yield of, index, note.timestamps[index], meaning, judgement(meaning, of.claims[index])
