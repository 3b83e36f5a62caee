"""Which videos a note names, which of them is its own, and which a place of it speaks of."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Literal, NamedTuple

from processor.base.text import Span
from processor.parse.frontmatter import video_ids_of
from processor.parse.nodes import ANCHORS, Timestamp
from processor.parse.timestamps.claims import SECTIONS, Claims, Scope, read_claims, read_scopes
from processor.parse.timestamps.plugins import may_hold_plugin_stamp, read_plugin_stamps
from processor.parse.youtube import is_video_id
from processor.vault.note import Note

_ENOUGH_STAMPS = 3

By = Scope | Literal["property", "stamps"]


class NamedVideo(NamedTuple):
    """A video that a note names, and where: by a property, a `heading`, an embed (`player`), a line that is nothing else
    (`alone`) or amid text (`mention`)."""

    id: str
    by: By
    span: Span
    key: str = ""
    seconds: int | None = None


class OwnVideo(NamedTuple):
    """The video that a note is about, and what says so."""

    id: str
    by: By
    key: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether nobody can doubt it: more than a mention says so."""
        return self.by != "mention"


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def named_videos(note: Note) -> tuple[NamedVideo, ...]:
    """Return all that a note names, in its order. A video that is not YouTube's has its address for an id."""
    found = [
        NamedVideo(video_id, "property", entry.value_span, entry.key)
        for entry in note.properties.by_key.values()
        for video_id in video_ids_of(entry)
    ]
    for mention, scope in read_scopes(note.text, note.body_start, note.headings, note.external_links):
        at, video_id, seconds = mention
        if note.place_at(at) == "code":
            fence = next((c for c in note.code if c.span.start <= at < c.span.end), None)
            if fence is None or fence.info != "timestamp-url":
                continue  # an example, a command
            scope = "player"  # noqa: PLW2901
        found.append(NamedVideo(video_id, scope, Span(at, at), seconds=seconds))
    return tuple(found)


@lru_cache(maxsize=4)
def own_video(note: Note, names: tuple[str, ...]) -> OwnVideo | None:
    """Return the video of a property; else the one that the note names, be it here and there; else the one that a heading, an
    embed or a line of its own names."""
    if video := note.video(names):
        return OwnVideo(video.id, "property", video.property.key) if is_video_id(video.id) else None
    named = named_videos(note)
    firm = {video.id: video.by for video in reversed(named) if video.by in SECTIONS}
    ids = {video.id for video in named}
    if len(ids) != 1:
        return OwnVideo(next(iter(firm)), "mention") if len(firm) == 1 and is_video_id(next(iter(firm))) else None
    (video_id,) = ids
    if not is_video_id(video_id):
        return None
    if video_id in firm:
        return OwnVideo(video_id, firm[video_id])
    led = Counter(video.id for video in named if video.seconds is not None)
    return OwnVideo(video_id, "stamps" if led[video_id] >= _ENOUGH_STAMPS else "mention")


def plugin_stamps(note: Note, own: str = "") -> list[Timestamp]:
    """Return the stamps of a note in the notations of plugins. `own` is the id of its video, of which its fences speak."""
    if not may_hold_plugin_stamp(note.text):
        return []
    return read_plugin_stamps(note.text, note.code, note.links, note.external_links, own)


@lru_cache(maxsize=4)
def claims_of(note: Note, video_id: str) -> Claims:
    """Return which videos the parts of a note speak of, where its own is the one of that id."""
    return read_claims(note.text, note.body_start, note.headings, note.external_links, video_id)


class Aim(NamedTuple):
    """The video that a place of a note speaks of: its id, empty where that cannot be told, and then what is `against` it, if the
    place may be of another. `why` is for people; `is_sure` says that nobody can doubt it."""

    id: str = ""
    why: str = ""
    is_sure: bool = False
    against: str = ""


_SAID_BY: dict[By, str] = {
    "property": "its property {} names it",
    "heading": "a heading names it",
    "player": "an embed shows it",
    "alone": "a line names it",
    "list": "what it is listed below names it",
    "stamps": "the other stamps lead to it",
    "mention": "the text mentions it",
}


def aim_of(note: Note, stamp: Timestamp, names: tuple[str, ...]) -> Aim:
    """Return which video a stamp is of. An anchor is for a player of the note's own, whatever a sentence mentions."""
    for_player = stamp.form in ANCHORS
    own = own_video(note, names)
    claims = claims_of(note, own.id if own else "")
    claim = (claims.firm if for_player else claims).at(stamp.span.start) if claims else None
    if claim is None:
        return Aim(own.id, f"{_SAID_BY[own.by].format(own.key)}", own.is_sure) if own else Aim()
    if own and claim.video_id == own.id:
        if own.by == "mention" and claim.scope in ("line", "mention"):
            return Aim(against="its line names the video, and it may say how long that is")
        return Aim(own.id, f"{_SAID_BY[own.by].format(own.key)}", own.is_sure)
    if is_video_id(claim.video_id) and claim.scope in SECTIONS and not (for_player and own):
        is_sure = claim.scope in ("heading", "player") or (claim.scope == "alone" and own is None)
        return Aim(claim.video_id, f"{_SAID_BY[claim.scope]} above", is_sure)
    where = "it stands below" if claim.scope in SECTIONS else "its line names"
    other = f"another video, {claim.video_id}" if claim.video_id else "several videos"
    return Aim(against=f"{where} {other}: link it to the one that is meant")
