"""Whisper's `.tsv`: `start`, `end`, `text`, parted by tabs; times are milliseconds."""

from __future__ import annotations

from processor.captions.cues import CaptionsError, Track, bare, plain_cue, track
from processor.captions.formats.decoding import decoded, number


def read(data: bytes) -> Track:
    """Return the words of a table. Raise CaptionsError."""
    head, *rows = decoded(data).split("\n")
    if head.strip().lower().split("\t")[:3] != ["start", "end", "text"]:
        raise CaptionsError("holds no captions")
    cues = []
    for row in rows:
        cells = row.split("\t", 2)
        start, end = (number(cells[0]), number(cells[1])) if len(cells) == 3 else (None, None)
        if start is not None and end is not None:
            cues.append(plain_cue(start / 1000, max(start, end) / 1000, bare(cells[2])))
    return track(cues, "automatic")
