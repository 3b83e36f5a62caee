"""Which videos of a vault have captions, and which stretches of them no note speaks of."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from processor.captions.files import caption_files
from processor.captions.model import Captions, Length, Summary
from processor.captions.names import named
from processor.captions.reading import CAPTIONS_ONLY, DETAILS, ending_of
from processor.parse.youtube import is_video_id
from processor.vault.note import Note
from processor.vault.said import captions_of, length_of, transcript_span, transcripts
from processor.vault.vault import Vault
from processor.vault.videos import aim_of

NEAR = 60
"""Seconds: so far from a stamp a note is taken to speak of what is said."""
SHORTEST = 120
"""Seconds of a stretch that is worth telling."""
_FIRST_WORDS = 12


class Video(NamedTuple):
    """A video, its notes, and what is known of it. Its captions may be those of a note, a transcript."""

    video_id: str
    title: str
    notes: tuple[str, ...]
    captions: Summary | None
    length: Length | None


_FOLDERS = ("captions", "subtitles", "subs", "transcripts")
"""What people call a folder of captions that lies beside their vault."""


def caption_folders(root: Path, files: Iterable[str]) -> dict[str, int]:
    """Return the folders that hold captions, from the vault's root, and of how many videos: in the vault, whose `files` are
    those that are no notes, and beside it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in files:
        if video_id := _captioned(path):
            found[path.partition("/")[0] if "/" in path else "."].add(video_id)
    for name in _FOLDERS:
        ids = {video_id for path in caption_files([str(root.parent / name)]) if (video_id := _captioned(path))}
        if ids and root.name != name:
            found[f"../{name}"] = ids
    return {folder: len(ids) for folder, ids in sorted(found.items())}


def _captioned(path: str) -> str:
    """Return the id of the video of which a file is the captions, by its name alone; empty where it is none."""
    name = path.replace(os.sep, "/").rpartition("/")[2]
    ending = ending_of(name)
    return named(name[: -len(ending)]).video_id if ending in CAPTIONS_ONLY or ending == DETAILS else ""


class Stretch(NamedTuple):
    """A part of a video that no note speaks of, in seconds, and the first words that are said there."""

    start: int
    end: int
    text: str


class Coverage(NamedTuple):
    """How much of a video its notes speak of, as a share of its length, and what they leave out."""

    share: float
    stretches: tuple[Stretch, ...]


def videos_of(vault: Vault) -> list[Video]:
    """Return the videos that the notes of a vault are about, and those that there are captions of, by their ids."""
    notes: dict[str, list[str]] = defaultdict(list)
    for path, video_id in vault.video_ids.items():
        if video_id and is_video_id(video_id):
            notes[video_id].append(path)
    return [_video(vault, video_id, notes.get(video_id, ())) for video_id in sorted({*notes, *vault.captions.ids()})]


def _video(vault: Vault, video_id: str, notes: Sequence[str]) -> Video:
    found = vault.captions.summary(video_id)
    if found is None and video_id in transcripts(vault) and (said := captions_of(vault, video_id)):
        found = Summary(said.path, said.kind, (said.language,), said.length)
    details = vault.captions.details(video_id)
    title = details.title if details else ""
    return Video(video_id, title, tuple(notes), found, length_of(vault, video_id))


def languages_of(videos: Sequence[Video]) -> list[str]:
    """Return the languages of the captions at hand, the commonest first, without regions."""
    counts: dict[str, int] = defaultdict(int)
    for video in videos:
        if video.captions and (language := video.captions.languages[0].partition("-")[0]):
            counts[language] += 1
    return sorted(counts, key=lambda language: (-counts[language], language))


def coverage(vault: Vault, video: Video) -> Coverage | None:
    """Return which stretches of a video its notes leave out; None where nothing is known of its length."""
    if video.length is None:
        return None
    end = int(video.length.seconds)
    spans = sorted(span for path in video.notes for span in _spoken_of(vault.notes[path], video.video_id, vault, end))
    text = "\n".join(vault.notes[path].text for path in video.notes)
    said = captions_of(vault, video.video_id, text)
    left, at = list[tuple[int, int]](), 0
    for start, stop in (*spans, (end, end)):
        if start > at:
            left.append((at, start))
        at = max(at, stop)
    spoken = end - sum(stop - start for start, stop in left)
    stretches = tuple(Stretch(a, b, _words_at(said, a, b)) for a, b in left if b - a >= SHORTEST)
    return Coverage(spoken / end if end else 1.0, stretches)


def _spoken_of(note: Note, video_id: str, vault: Vault, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a video around the stamps of a note, but for those of a transcript in it."""
    span = transcript_span(note)
    for stamp in note.timestamps:
        if stamp.fault or stamp.seconds is None or stamp.seconds > end:
            continue
        if span and span.start <= stamp.span.start < span.end:
            continue
        if (stamp.video_id or aim_of(note, stamp, vault.video_properties).id) == video_id:
            last = max(stamp.seconds, stamp.end_seconds or 0)
            yield max(0, stamp.seconds - NEAR), min(end, last + NEAR)


def _words_at(said: Captions | None, start: int, end: int) -> str:
    if said is None:
        return ""
    first = bisect_left(said.seconds, start)
    last = min(first + _FIRST_WORDS, bisect_left(said.seconds, end))
    return " ".join(said.words[first:last])


def plain(video: Video) -> Mapping[str, object]:
    """Return what is known of a video, as JSON has it."""
    found, length = video.captions, video.length
    return {
        "videoId": video.video_id,
        "title": video.title or None,
        "notes": list(video.notes),
        "captions": found
        and {"path": found.path, "kind": found.kind, "languages": list(found.languages), "end": found.length},
        "length": length and {"seconds": length.seconds, "source": length.source, "path": length.path},
    }
