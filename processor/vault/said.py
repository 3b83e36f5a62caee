"""What a vault knows of what is said in its videos, and of how long they are: by files of captions, and by its own notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from processor.base.regex import regex
from processor.base.text import Span
from processor.captions.model import Captions, Length
from processor.parse.youtube import is_video_id, read_duration
from processor.vault.facts import fact, videos
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault


def captions_of(vault: Vault, video_id: str, text: str = "") -> Captions | None:
    """Return the captions of a video: of files, else of the note with the longest transcript. Where they are to be had in several
    languages, it is the one in which a text is written."""
    found = vault.captions.captions(video_id, text)
    if found is not None:
        return found
    paths = transcripts(vault).get(video_id, ())
    with vault.trace.paused():
        return _captions_in(vault.notes[paths[0][0]], video_id) if paths else None


def length_of(vault: Vault, video_id: str) -> Length | None:
    """Return how long a video is: what somebody says of it comes before the end of its captions."""
    found = vault.captions.length(video_id)
    if found is not None and found.source != "captions":
        return found
    return durations(vault).get(video_id) or found or _end_of_transcript(vault, video_id)


def is_anything_known(vault: Vault) -> bool:
    """Return whether there are captions of any video, or anything says how long one is; where not, nothing need be asked of each."""
    return vault.has_captions or _do_notes_tell(vault)


def is_anything_said(vault: Vault) -> bool:
    """Return whether there are captions of any video, or a note with a transcript; where not, nothing need be asked of each."""
    return vault.has_captions or _do_notes_speak(vault)


# Notes that hold a transcript


_FEWEST = 8
_CLOCK = r"(?:\[|<a [^<>\n]*>\[?)?[0-9]{1,3}:[0-5][0-9]"  # as it stands, or as a link
_CLOCKS = regex(  # first on its line, or behind a name
    rf"\n(?:[>\s*_#\[(（-]{{0,8}}+{_CLOCK}|[^\n()\[\]:（]{{1,60}}+(?:[(（]{_CLOCK}|:[ \t]+{_CLOCK}\S*[ \t]*$))", re.M
)


@fact
def transcript(note: Note) -> str:
    """Return what tells the transcript that a note holds from others, with its number of words; empty where it holds none."""
    text = note.text
    if not videos(note) or len(_CLOCKS.findall(text)) < _FEWEST:
        return ""
    from processor.captions.formats.transcript import transcript_in, words_in

    turns = transcript_in(text, in_note=True)
    if not turns:
        return ""
    words = round(sum(words_in(turn.text) for turn in turns))
    said = "\n".join(f"{turn.second} {turn.text}" for turn in turns)
    return f"{words:08} {blake2b(said.encode(errors='surrogatepass'), digest_size=16).hexdigest()}"


@per_vault(videos, transcript)
def transcripts(vault: Vault) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the notes with a transcript by the ids of their videos, the longest first, and what tells each from others."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, known in vault.facts(transcript).items():
        if known and (video_id := vault.video_id(path)):
            found[video_id].append((path, known))
    return {video_id: sorted(of, key=lambda one: (one[1], one[0]), reverse=True) for video_id, of in found.items()}


@per_vault(videos, transcript)
def _do_notes_speak(vault: Vault) -> bool:
    return any(vault.facts(transcript).values())


def transcript_span(note: Note) -> Span | None:
    """Return the part of a note that is itself a transcript, whose clocks claim nothing; None where there is none."""
    if not transcript(note):
        return None
    from processor.captions.formats.transcript import transcript_in

    turns = transcript_in(note.text, in_note=True)
    return Span(turns[0].span.start, turns[-1].span.end) if turns else None


@lru_cache(maxsize=4)
def _captions_in(note: Note, video_id: str) -> Captions | None:
    from processor.captions.cues import CaptionsError, track
    from processor.captions.formats.transcript import cues_of, transcript_in

    try:
        found = track(cues_of(transcript_in(note.text, in_note=True)), "transcript")
    except CaptionsError:
        return None
    return Captions(video_id, note.path, "transcript", "", found.seconds, found.words, found.length)


_BEGINS = 60  # seconds: what begins later is a passage that somebody has quoted


def _end_of_transcript(vault: Vault, video_id: str) -> Length | None:
    """Return where the transcript of a note ends, if it is that of the whole video."""
    said = captions_of(vault, video_id)
    return Length(said.length, "captions", said.path) if said and said.seconds[0] <= _BEGINS else None


# Notes that say how long their video is


@fact
def duration(note: Note) -> int:
    """Return the seconds of the note's `duration` property, 0 where it has none that can be read."""
    entry = note.properties.get("duration")
    return (read_duration(entry.written) if entry else None) or 0


@per_vault(videos, duration)
def durations(vault: Vault) -> Mapping[str, Length]:
    """Return how long videos are by a property of one of their notes. Where notes differ, none of them is believed."""
    found: dict[str, set[int]] = defaultdict(set)
    paths: dict[str, str] = {}
    for path, seconds in vault.facts(duration).items():
        if seconds and is_video_id(video_id := vault.video_id(path) or ""):
            found[video_id].add(seconds)
            paths.setdefault(video_id, path)
    return {
        video_id: Length(max(seconds), "property", paths[video_id])
        for video_id, seconds in found.items()
        if max(seconds) - min(seconds) <= 1
    }


@per_vault(videos, transcript, duration)
def _do_notes_tell(vault: Vault) -> bool:
    """Return whether any note holds a transcript, or says how long its video is."""
    return any(vault.facts(transcript).values()) or any(vault.facts(duration).values())
