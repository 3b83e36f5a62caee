"""What a build wants to know of every note, worked out where the note is parsed."""

from __future__ import annotations

from processor.commands.build.region import regions
from processor.vault.facts import fact
from processor.vault.note import Note


@fact
def stamp_count(note: Note) -> int:
    return len(note.timestamps)


@fact
def clickable(note: Note) -> int:
    """How many stamps of a note start their video."""
    return sum(bool(t.url and t.video_id) and t.seconds is not None for t in note.timestamps.odd)


@fact
def region_names(note: Note) -> list[str]:
    """The names of the generated regions that it holds."""
    return [name for name, _ in regions(note)] if "ytvault:" in note.text else []
