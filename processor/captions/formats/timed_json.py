"""Captions in JSON, told apart by their shape.

    {"wireMagic": "pb3", "events": [{"tStartMs": 160, "dDurationMs": 2229, "segs": [{"utf8": "hello"}, {"utf8": " all", "tOffsetMs": 400}]}]}
    {"language": "en", "segments": [{"start": 0.0, "end": 2.4, "text": " Hello all.", "words": [{"word": " Hello", "start": 0.0, "end": 0.3}]}]}
    {"result": {"language": "en"}, "transcription": [{"offsets": {"from": 0, "to": 2400}, "text": " Hello all."}]}
    [{"text": "hello all", "start": 0.16, "duration": 2.229}]

They are yt-dlp's json3, Whisper's and WhisperX's, whisper.cpp's, and youtube-transcript-api's, which also comes as `snippets` or
`transcript` in an object that names the video.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from processor.captions.cues import CaptionsError, Cue, Piece, Track, bare, plain_cue, track
from processor.captions.formats.decoding import json_of, number, text_of
from processor.captions.model import Kind
from processor.parse.youtube import is_video_id

_IDS = ("video_id", "videoId", "id")
_LISTS = ("segments", "snippets", "transcript", "captions", "subtitles", "transcription", "events", "word_segments")


def read(data: bytes) -> Track:
    """Return the words of captions in JSON. Raise CaptionsError."""
    found = json_of(data)
    about: Mapping[str, Any] = found if isinstance(found, dict) else {}
    rows: object = (
        found if isinstance(found, list) else next((about[k] for k in _LISTS if _is_rows(about.get(k))), None)
    )
    if not (isinstance(rows, list) and _is_rows(rows)):
        raise CaptionsError("holds no captions")
    language, is_generated = _language(about), about.get("is_generated")
    if "events" in about and rows is about["events"]:
        return track(_events(rows), _kind_of_events(rows), language, video_id_of(about))
    kind: Kind | None = None
    if "segments" in about or "transcription" in about:
        kind = "automatic"
    elif isinstance(is_generated, bool):
        kind = "automatic" if is_generated else "written"
    return track(_segments(rows), kind, language, video_id_of(about))


def video_id_of(about: Mapping[str, Any]) -> str:
    """Return the id of the video that an object says it is about, empty where it says none."""
    for name in _IDS:
        if is_video_id(found := text_of(about.get(name))):
            return found
    return ""


def _is_rows(found: object) -> bool:
    return isinstance(found, list) and any(isinstance(row, dict) for row in found[:10])


def _language(about: Mapping[str, Any]) -> str:
    result = about.get("result")
    inner: Mapping[str, Any] = result if isinstance(result, dict) else {}
    return text_of(about.get("language_code")) or text_of(about.get("language")) or text_of(inner.get("language"))


def _kind_of_events(events: Sequence[Any]) -> Kind:
    """Return who made them: a machine gives each word its time."""
    segs = [seg for event in events if isinstance(event, dict) for seg in _dicts(event.get("segs"))]
    return "automatic" if any("tOffsetMs" in seg or "acAsrConf" in seg for seg in segs) else "written"


def _dicts(found: object) -> list[dict[str, Any]]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _events(events: Sequence[Any]) -> Iterator[Cue]:
    for event in _dicts(events):
        start, length = number(event.get("tStartMs")), number(event.get("dDurationMs"))
        if start is None:
            continue
        pieces = []
        for seg in _dicts(event.get("segs")):
            offset = number(seg.get("tOffsetMs"))
            pieces.append(Piece(None if offset is None else (start + offset) / 1000, bare(text_of(seg.get("utf8")))))
        if any(piece.text.strip() for piece in pieces):  # an empty one only moves the lines up
            yield Cue(start / 1000, None if length is None else (start + length) / 1000, [pieces])


def _segments(rows: Sequence[Any]) -> Iterator[Cue]:
    for row in _dicts(rows):
        start, end = _times(row)
        if start is None:
            continue
        text = text_of(row.get("text")) or text_of(row.get("word"))
        words = [
            (text_of(w.get("word")) or text_of(w.get("text")), number(w.get("start"))) for w in _dicts(row.get("words"))
        ]
        said = "".join(word for word, _ in words)
        if words and "".join(said.split()) == "".join(text.split()):
            yield Cue(start, end, [[Piece(second, f" {word.strip()}") for word, second in _joined(words)]])
        else:
            yield plain_cue(start, end, bare(text))


def _joined(words: Sequence[tuple[str, float | None]]) -> Iterator[tuple[str, float | None]]:
    """Yield words as they are parted by white space: Whisper writes it before a word, and parts `3` from `.5`."""
    if not any(word[:1].isspace() for word, _ in words[1:]):
        yield from words
        return
    run, begin = "", None
    for word, second in words:
        if word[:1].isspace() and run:
            yield run, begin
            run = ""
        begin = begin if run else second
        run += word
    if run:
        yield run, begin


def _times(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return when a segment begins and ends."""
    offsets = row.get("offsets")
    if isinstance(offsets, dict):
        begin, end = number(offsets.get("from")), number(offsets.get("to"))
        return (None if begin is None else begin / 1000), (None if end is None else end / 1000)
    start, end = number(row.get("start")), number(row.get("end"))
    if end is None and start is not None:
        length = number(row.get("duration", row.get("dur")))
        end = None if length is None else start + length
    return start, None if start is None or end is None or not math.isfinite(end) else max(start, end)
