"""Stamps between two notations: anchors for a site's player, links for Obsidian. There and back gives the same bytes.

Only what comes back as it was is converted: an anchor as the format has it, with one clock in `data-t` and label, and a
link byte for byte as we would write it. All else is `lint`'s to mend.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Edit
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.claims import read_claims
from processor.parse.timestamps.writing import guard, write_anchor
from processor.parse.youtube import UrlStyle, is_video_id, read_clock, write_url
from processor.vault.note import Note

_RENDERED = ("text", "table", "heading")


def to_links(note: Note, video_properties: tuple[str, ...], url: UrlStyle = "watch") -> list[Edit]:
    """The edits that make links of a note's well-formed anchors, none where the note has no valid video.

    An edit in a heading changes what links to the heading must name (see `linktext.headings_taken_along`). Where the note
    speaks of another video there is none.
    """
    video = note.video(video_properties)
    own = video.id if video else ""
    claims = read_claims(note.text, note.body_start, note.headings, note.external_links, own).firm
    return [
        Edit(*stamp.span, link)
        for stamp, anchor, link in _pairs(note, video_properties, url)
        if note.quote(stamp.span) == anchor and not claims.by_other(stamp.span.start, own)
    ]


def to_anchors(note: Note, video_properties: tuple[str, ...], url: UrlStyle = "watch") -> list[Edit]:
    """The edits that make anchors of the links that `to_links` would have written."""
    return [
        Edit(*stamp.span, anchor)
        for stamp, anchor, link in _pairs(note, video_properties, url)
        if note.quote(stamp.span) == link
    ]


def _pairs(note: Note, video_properties: tuple[str, ...], url: UrlStyle) -> Iterator[tuple[Timestamp, str, str]]:
    """Each stamp that both notations can hold, as anchor and as link."""
    video = note.video(video_properties)
    if video is None or not is_video_id(video.id):
        return
    for stamp in note.timestamps:
        if stamp.form not in ("anchor", "link") or stamp.fault or stamp.place not in _RENDERED:
            continue
        seconds = read_clock(stamp.label)
        if seconds is None or guard(note.text, stamp.span):
            continue
        yield stamp, write_anchor(stamp.label, stamp.label), f"[{stamp.label}]({write_url(video.id, seconds, url)})"
