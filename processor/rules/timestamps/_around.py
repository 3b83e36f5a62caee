"""What stands around a stamp: another video that is spoken of there, and what would be left hanging behind its link."""

from __future__ import annotations

from processor.parse.nodes import Timestamp
from processor.parse.timestamps.tails import Tail, read_tail
from processor.parse.youtube import MAX_CLOCK, read_url, set_start, write_clock
from processor.vault.note import Note

_TOO_OFF = 1  # second: a start time with a fraction, rounded


def what_speaks_against(note: Note, stamp: Timestamp, video_id: str) -> str:
    """Why a stamp cannot be led to a video by what stands behind it; empty where it can."""
    tail = _tail_of(note, stamp)
    if tail and tail.kind == "url" and stamp.group is None:
        seconds = _seconds_of(tail, video_id)
        if seconds is not None and (stamp.seconds is None or abs(stamp.seconds - seconds) > _TOO_OFF):
            return f"the URL behind it leads to {write_clock(min(seconds, MAX_CLOCK))}: look which is right"
    return ""


def end_of(note: Note, stamp: Timestamp, video_id: str) -> int:
    """Return where the text ends that the link of a stamp, or of its list, takes the place of."""
    tail = _taken_in(note, stamp, video_id)
    return tail.span.end if tail else (stamp.group or stamp.span).end


def url_behind(note: Note, stamp: Timestamp, video_id: str) -> str:
    """Return the URL of the note's video that stands behind a stamp, with its second; empty where there is none."""
    tail = _taken_in(note, stamp, video_id)
    if tail is None or tail.kind != "url":
        return ""
    return tail.url if _seconds_of(tail, video_id) is not None else set_start(tail.url, stamp.seconds)


def leaves_something(note: Note, stamp: Timestamp, video_id: str) -> bool:
    """Return whether something may be left hanging behind a stamp once that is a link, or be taken in that was meant to stay."""
    tail = _tail_of(note, stamp)
    if tail is None or tail.kind == "empty":
        return False
    return _taken_in(note, stamp, video_id) is None or _seconds_of(tail, video_id) is None


def _tail_of(note: Note, stamp: Timestamp) -> Tail | None:
    return None if stamp.form == "link" else read_tail(note.text, stamp.group or stamp.span)


def _seconds_of(tail: Tail, video_id: str) -> int | None:
    """Return where the URL behind a stamp starts the note's video, None where it does not say or leads elsewhere."""
    url = read_url(tail.url)
    return url.seconds if url and url.video_id == video_id else None


def _taken_in(note: Note, stamp: Timestamp, video_id: str) -> Tail | None:
    """Return what stands behind a stamp and becomes a part of its link: brackets left empty, the URL of the note's video."""
    tail = _tail_of(note, stamp)
    if tail is None or tail.kind == "empty":
        return tail
    url = read_url(tail.url) if tail.kind == "url" and stamp.group is None else None
    return tail if url and url.video_id == video_id else None
