"""The stamps that must not be linked before somebody has decided, and the clocks that are no stamps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from processor.parse.nodes import Timestamp
from processor.parse.timestamps.notations import TRANSCRIPTS
from processor.parse.youtube import read_url
from processor.vault.note import Note

from ._evidence import Verdict, duration_of, judge

_TOO_OFF = 1  # second: a start time with a fraction, rounded


def is_mismatched(stamp: Timestamp) -> bool:
    """Return whether a stamp's label and its target name different seconds, or an anchor's two targets do."""
    if stamp.fault or stamp.seconds is None:
        return False
    if differing_href(stamp) is not None:
        return True
    if stamp.label_seconds is None:
        return False
    off = abs(stamp.label_seconds - stamp.seconds)
    return off > (_TOO_OFF if stamp.url else 0)


def differing_href(stamp: Timestamp) -> int | None:
    """Return the second to which an anchor's `href` leads where its `data-t` names another; else None."""
    if stamp.form != "anchor" or not stamp.url or stamp.target_span is None or stamp.seconds is None:
        return None
    url = read_url(stamp.url)
    second = url and (url.seconds if url.start_span else 0)
    return None if second is None or abs(second - stamp.seconds) <= _TOO_OFF else second


@lru_cache(maxsize=4)
def disputed(note: Note) -> Mapping[int, Verdict | str]:
    """Return the stamps that must not be linked before a person or another rule has decided, by their index."""
    found: dict[int, Verdict | str] = {i: v for i, v in judge(note).items() if not _runs_on(note, i, v)}
    for index, stamp in note.timestamps.rest_ones():
        if stamp.fault:
            found[index] = "malformed"
        elif (stamp.url or stamp.label_seconds != stamp.seconds) and is_mismatched(stamp):
            verdict = found.get(index)
            if not isinstance(verdict, Verdict) or verdict.kind == "open":  # which no rule speaks of
                found[index] = "mismatched"
    return found


@lru_cache(maxsize=4)
def disputed_starts(note: Note) -> frozenset[int]:
    """Return where those stamps start."""
    return frozenset(note.timestamps[i].span.start for i in disputed(note))


_WHOLE_TRANSCRIPT = 10


def _runs_on(note: Note, index: int, verdict: Verdict) -> bool:
    """Return whether a stamp beyond the length that a property tells is one of a whole transcript: then the property is not of
    what was transcribed, and the stamp means the second that it says.
    """
    if verdict.kind != "beyond":
        return False
    stamp = note.timestamps[index]
    return stamp.certain and stamp.notation in TRANSCRIPTS and _in_transcript(note) >= _WHOLE_TRANSCRIPT


@lru_cache(maxsize=4)
def _in_transcript(note: Note) -> int:
    """Return how many stamps of a note are surely those of a transcript."""
    return sum(stamp.certain and stamp.notation in TRANSCRIPTS for stamp in note.timestamps.rest)


def is_of_other_things(note: Note, stamp: Timestamp) -> bool:
    """Return whether a clock is no stamp, as those like it go on beyond the end of the video."""
    return stamp.form == "plain" and stamp.notation not in TRANSCRIPTS and stamp.notation in _beyond_end(note)


@lru_cache(maxsize=4)
def _beyond_end(note: Note) -> Collection[str]:
    """Return the notations of those clocks without brackets that are beyond the end of the video, where that is known."""
    length = duration_of(note)
    plain = [t for t in note.timestamps.rest if t.form == "plain"] if length is not None else ()
    return {t.notation for t in plain if (t.seconds or 0) > (length or 0)}
