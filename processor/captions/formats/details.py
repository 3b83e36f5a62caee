"""yt-dlp's `.info.json`: what its publisher says of a video."""

from __future__ import annotations

from processor.captions.cues import CaptionsError
from processor.captions.formats.decoding import json_of, number, text_of
from processor.captions.formats.timed_json import video_id_of
from processor.captions.model import Chapter, Details


def read(data: bytes, path: str) -> Details:
    """Return the details of a video. Raise CaptionsError."""
    found = json_of(data)
    if not isinstance(found, dict):
        raise CaptionsError("holds no details of a video")
    rows = found.get("chapters")
    chapters = [
        Chapter(start, text_of(row.get("title")))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and (start := number(row.get("start_time"))) is not None
    ]
    channel = text_of(found.get("channel")) or text_of(found.get("uploader"))
    length = number(found.get("duration")) or None
    return Details(video_id_of(found), path, length, text_of(found.get("title")), channel, tuple(chapters))
