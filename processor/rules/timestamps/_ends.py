"""The stamps beyond the end of their video, by what their note and the vault know of its length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from processor.captions.model import Length
from processor.parse.nodes import Timestamp
from processor.parse.youtube import MAX_CLOCK, write_clock
from processor.rules.base import Context
from processor.vault.facts import own_fact
from processor.vault.note import Note
from processor.vault.said import captions_of, is_anything_known, length_of
from processor.vault.videos import aim_of, own_video

from ._evidence import duration_of, has_doubtful_stamps, judge
from ._heard import goes_on_until, has_own_captions, heard
from ._repairs import of_another_cut

_SLACK = {"property": 1, "details": 1, "list": 1, "captions": 10}
"""Seconds that a stamp may lie behind what is known of the end: captions end with the last word."""
_SAID_BY = {
    "property": "the properties of {} say so",
    "details": "{} says so",
    "list": "{} says so",
    "captions": "{} ends there",
}
_CONTRADICTED = 30
"""Seconds by which words are heard behind a length that somebody states, so that it is none."""


_NO_STAMPS = ["", "", ""]


class Beyond(NamedTuple):
    """A stamp behind the end of its video, its place among the note's, and how long the video is. Where `until` is a second,
    that is but the end of captions that were cut short: as far as that the video goes on."""

    at: int
    stamp: Timestamp
    length: Length
    until: float | None = None

    @property
    def message(self) -> str:
        label = self.stamp.label or self.stamp.target
        end = _clock(self.length.seconds)
        if self.until is not None:
            return (
                f"{label} lies far behind every other stamp of the video: {self.length.path} ends at {end}, "
                f"and the video may at {_clock(self.until)}"
            )
        return f"{label} lies beyond the end of the video at {end}: {_SAID_BY[self.length.source].format(self.length.path)}"


def _clock(seconds: float) -> str:
    return write_clock(min(int(seconds), MAX_CLOCK))


@own_fact
def last_clocks(note: Note) -> list[str] | None:
    """Return the last clock of a note's anchors, that of its links to a video, each empty where there is none, and this video;
    None of a note with other stamps. Clocks written in full sort as their seconds do.
    """
    stamps = note.timestamps
    if stamps.rest:
        return None
    return [max(stamps.clocks, default=""), max(stamps.linked.clocks, default=""), stamps.linked.video_id]


def beyond_end(note: Note, context: Context) -> Iterator[Beyond]:
    """Yield the stamps of a note that lie behind the end of their video, by what other notes and captions say of it: where their
    own note is silent."""
    last = last_clocks(note)  # by which most notes need no second look
    if last == _NO_STAMPS or duration_of(note) is not None or not is_anything_known(context.vault):
        return
    lengths = _Lengths(context)
    if last is not None and not (last[0] and last[1]):
        of_anchors, of_links, linked = last
        own = own_video(note, context.video_properties) if of_anchors else None
        if not (lengths.exceeds(own.id if own else "", of_anchors) or lengths.exceeds(linked, of_links)):
            return
    for at, stamp in enumerate(note.timestamps):
        if stamp.fault or stamp.seconds is None or (stamp.form == "plain" and not stamp.certain):
            continue
        video_id = stamp.video_id or aim_of(note, stamp, context.video_properties).id
        limit = lengths.limit(video_id) if video_id else None
        if limit is not None and stamp.seconds > limit and (length := lengths[video_id]):
            found = Beyond(at, stamp, length)
            if length.source == "captions":
                if by_captions := _by_captions(note, context, found, video_id):
                    yield by_captions
            elif not is_heard(note, context, at, length.seconds):
                yield found


def proven_beyond(note: Note, context: Context) -> Mapping[int, str]:
    """Return the stamps that lie behind the end of their video beyond doubt, by their index, and what there is to say of each."""
    found: dict[int, str] = {}
    verdicts = judge(note) if has_doubtful_stamps(note) else {}
    own_end, kinds = duration_of(note), {"beyond"}
    if verdicts and has_own_captions(note, context):  # then shifted-timestamp is silent, and all guesses are
        verdicts = {at: verdict for at, verdict in verdicts.items() if verdict.proven}
        kinds.add("shifted")
    for at, verdict in verdicts.items():
        if verdict.proven and verdict.kind in kinds and own_end and not is_heard(note, context, at, own_end):
            label = note.timestamps[at].label or note.timestamps[at].target
            found[at] = f"{label} lies beyond the end of the video at {_clock(own_end)}"
    every = [beyond for beyond in beyond_end(note, context) if beyond.until is None and beyond.at not in verdicts]
    cut = of_another_cut(note, context) if any(beyond.length.source == "captions" for beyond in every) else ()
    for beyond in every:
        if beyond.length.source != "captions" or beyond.at not in cut:  # of those misplaced-timestamp says it
            found[beyond.at] = beyond.message
    return {at: said for at, said in found.items() if is_shown(note.timestamps[at])}


def is_shown(stamp: Timestamp) -> bool:
    return stamp.place != "code" and not stamp.fault


def is_heard(note: Note, context: Context, at: int, end: float) -> bool:
    """Return whether the words of a video go on far behind its `end`, as somebody states it, and where a stamp stands, too:
    unless what the stamp stands for is said elsewhere, or the captions are foreign.
    """
    stamp = note.timestamps[at]
    video_id = stamp.video_id or aim_of(note, stamp, context.video_properties).id
    said = captions_of(context.vault, video_id, note.text) if video_id else None
    if said is None or not said.words or stamp.seconds is None or said.seconds[-1] <= end + _CONTRADICTED:
        return False
    of = heard(note, context.vault, context.video_properties).get(video_id)
    if of is None:  # of a language in which nothing can be compared
        return stamp.seconds <= said.length
    if not of.fit.is_told or of.speaks_against(at):
        return False
    return of.fit.timing.heard_at(stamp.seconds) <= said.length


def _by_captions(note: Note, context: Context, beyond: Beyond, video_id: str) -> Beyond | None:
    """Return what there is to say of a stamp behind the end of captions: these may be foreign, of another cut, or cut short."""
    length, second = beyond.length, beyond.stamp.seconds or 0
    of = heard(note, context.vault, context.video_properties).get(video_id)
    if of and not of.fit.is_told:
        return None
    if of and of.fit.kind == "recut":
        length = length._replace(seconds=of.fit.timing.stated_at(length.seconds))
        return beyond._replace(length=length) if second > length.seconds + _SLACK["captions"] else None
    until = goes_on_until(note, context.vault, video_id)
    if until is None or until <= length.seconds:
        return beyond
    return beyond._replace(until=until) if second > until else None


class _Lengths(dict[str, Length | None]):
    """The lengths of videos, each asked for once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._vault = context.vault

    def __missing__(self, video_id: str) -> Length | None:
        self[video_id] = found = length_of(self._vault, video_id)
        return found

    def exceeds(self, video_id: str, clock: str) -> bool:
        """Return whether a clock lies behind the end of a video, if that is known."""
        limit = self.limit(video_id) if video_id and clock else None
        return limit is not None and clock > write_clock(min(limit, MAX_CLOCK))

    def limit(self, video_id: str) -> int | None:
        """Return the last second that a stamp may name; None where nothing is known."""
        length = self[video_id]
        return None if length is None else int(length.seconds) + _SLACK[length.source]
