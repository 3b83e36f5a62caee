"""From a file to what it holds, by the ending of its name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from processor.captions.cues import CaptionsError, Track
from processor.captions.formats import details, subtitles, timed_json, timed_xml, transcript, tsv
from processor.captions.model import Details
from processor.disk import reason

LARGEST = 64_000_000
"""Bytes of a file that is read: the captions of a week, with the time of each word."""
DETAILS = ".info.json"
READERS: dict[str, Callable[[bytes], Track]] = {
    ".vtt": subtitles.read,
    ".srt": subtitles.read,
    ".json3": timed_json.read,
    ".json": timed_json.read,
    ".srv1": timed_xml.read,
    ".srv2": timed_xml.read,
    ".srv3": timed_xml.read,
    ".ttml": timed_xml.read,
    ".tsv": tsv.read,
    ".txt": transcript.read,
    ".md": transcript.read,
}
"""The reader of each format, by the ending of its name."""
CAPTIONS_ONLY = frozenset((".vtt", ".srt", ".json3", ".srv1", ".srv2", ".srv3", ".ttml"))
"""The endings that promise captions; a file with another one may hold anything else."""
_OTHERS = (".live_chat.json", ".comments.json")


def ending_of(name: str) -> str:
    """Return the ending of a name by which its format is known, empty where it is none of ours."""
    folded = name.lower()
    if folded.endswith(DETAILS):
        return DETAILS
    ending = os.path.splitext(folded)[1]
    return ending if ending in READERS and not folded.endswith(_OTHERS) else ""


def read_track(path: Path | str) -> Track:
    """Return what a file of captions holds. Raise CaptionsError, also where the system refuses it."""
    data = bytes_of(path)
    try:
        return READERS[ending_of(os.path.basename(path))](data)
    except (OverflowError, RecursionError, MemoryError):
        raise CaptionsError("cannot be read") from None


def read_details(path: Path | str) -> Details:
    """Return what an `.info.json` says. Raise CaptionsError, also where the system refuses it."""
    return details.read(bytes_of(path), str(path))


def bytes_of(path: Path | str) -> bytes:
    """Return what a file holds. Raise CaptionsError where it is empty, too large, or the system refuses it."""
    try:
        if os.path.getsize(path) > LARGEST:
            raise CaptionsError(f"is larger than {LARGEST // 1_000_000} MB")
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CaptionsError(f"cannot be read: {reason(error)}") from None
    if len(data) > LARGEST:
        raise CaptionsError(f"is larger than {LARGEST // 1_000_000} MB")
    if not data.strip():
        raise CaptionsError("is empty")
    return data
