"""The stamps beyond what the vault knows of their video's length, besides the note's own `duration` property."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from processor.captions.model import Length
from processor.parse.nodes import Timestamp
from processor.parse.youtube import MAX_CLOCK, write_clock
from processor.rules.base import Context
from processor.vault.note import Note
from processor.vault.said import is_anything_known, length_of
from processor.vault.videos import aim_of, own_video

from ._evidence import duration_of

_SLACK = {"property": 1, "details": 1, "list": 1, "captions": 10}
"""Seconds that a stamp may lie behind what is known of the end: captions end with the last word."""
_SAID_BY = {
    "property": "the properties of {} say so",
    "details": "{} says so",
    "list": "{} says so",
    "captions": "{} ends there",
}


class Beyond(NamedTuple):
    """A stamp behind the end of its video, its place among the note's, and how long the video is."""

    at: int
    stamp: Timestamp
    length: Length

    @property
    def message(self) -> str:
        end = write_clock(min(int(self.length.seconds), MAX_CLOCK))
        label = self.stamp.label or self.stamp.target
        return f"{label} lies beyond the end of the video at {end}: {_SAID_BY[self.length.source].format(self.length.path)}"


def beyond_end(note: Note, context: Context) -> Iterator[Beyond]:
    """Yield the stamps of a note that lie behind the end of their video, by what other notes and captions say of it."""
    stamps = note.timestamps
    if not len(stamps) or duration_of(note) is not None or not is_anything_known(context.vault):
        return
    lengths = _Lengths(context)
    own = own_video(note, context.video_properties)
    if not stamps.rest and not stamps.linked.clocks:  # as in most notes: anchors, which sort as their seconds do
        limit = lengths.limit(own.id) if own else None
        if limit is None or max(stamps.clocks) <= write_clock(min(limit, MAX_CLOCK)):
            return
    for at, stamp in enumerate(stamps):
        if stamp.fault or stamp.seconds is None or (stamp.form == "plain" and not stamp.certain):
            continue
        video_id = stamp.video_id or aim_of(note, stamp, context.video_properties).id
        limit = lengths.limit(video_id) if video_id else None
        if limit is not None and stamp.seconds > limit and (length := lengths[video_id]):
            yield Beyond(at, stamp, length)


class _Lengths(dict[str, Length | None]):
    """The lengths of videos, each asked for once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._vault = context.vault

    def __missing__(self, video_id: str) -> Length | None:
        self[video_id] = found = length_of(self._vault, video_id)
        return found

    def limit(self, video_id: str) -> int | None:
        """Return the last second that a stamp may name; None where nothing is known."""
        length = self[video_id]
        return None if length is None else int(length.seconds) + _SLACK[length.source]
