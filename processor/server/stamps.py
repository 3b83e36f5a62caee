"""The stamps of a note, and where in which video each leads."""

from __future__ import annotations

from typing import NamedTuple

from processor.parse.nodes import Timestamp
from processor.parse.youtube import MAX_CLOCK, is_video_id, write_url
from processor.server.home import Home
from processor.vault.note import Note
from processor.vault.videos import aim_of, own_video, plugin_stamps


class Aimed(NamedTuple):
    """A stamp, and the video and second that it leads to."""

    stamp: Timestamp
    video_id: str
    seconds: int

    @property
    def url(self) -> str:
        """Return the address of that second."""
        return write_url(self.video_id, self.seconds, "watch")


def aimed(home: Home) -> list[Aimed]:
    """Return the stamps of an open note of which the video and the second are known, in its order."""
    note, names = home.note, home.vault.config.video_property
    own = own_video(note, names)
    stamps = sorted([*note.timestamps, *plugin_stamps(note, own.id if own else "")], key=lambda t: t.span)
    return [one for one in (_aimed(note, stamp, names) for stamp in stamps) if one is not None]


def stamp_at(home: Home, offset: int) -> Aimed | None:
    """Return the stamp at a place of an open note."""
    return next((one for one in aimed(home) if one.stamp.span.start <= offset <= one.stamp.span.end), None)


def video_at(home: Home, offset: int | None) -> str | None:
    """Return the address of the stamp at a place, or of the note's own video; None where there is neither."""
    found = None if offset is None else stamp_at(home, offset)
    if found is not None:
        return found.url
    own = own_video(home.note, home.vault.config.video_property)
    return write_url(own.id, None, "watch") if own else None


def _aimed(note: Note, stamp: Timestamp, names: tuple[str, ...]) -> Aimed | None:
    seconds = stamp.label_seconds if stamp.seconds is None else stamp.seconds
    if seconds is None or not 0 <= seconds <= MAX_CLOCK:
        return None
    of_file = stamp.form == "plugin-link" and not stamp.video_id
    video_id = stamp.video_id or ("" if of_file else aim_of(note, stamp, names).id)
    return Aimed(stamp, video_id, seconds) if is_video_id(video_id) else None
