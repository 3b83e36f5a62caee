"""Stamps between two notations: anchors for a site's player, links for Obsidian. There and back gives the same bytes.

Only what comes back as it was is converted: an anchor as the format has it, with one clock in `data-t` and label (and, in the
style `html`, the `href` that this gives it), and a link byte for byte as we would write it. All else is `lint`'s to mend.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Edit
from processor.config import Config
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.claims import read_claims
from processor.parse.timestamps.writing import guard, write_anchor
from processor.parse.youtube import is_video_id, read_clock, write_url
from processor.vault.note import Note

_RENDERED = ("text", "table", "heading")


def to_links(note: Note, config: Config) -> list[Edit]:
    """The edits that make links of a note's well-formed anchors, none where the note has no valid video.

    An edit in a heading changes what links to the heading must name (see `linktext.headings_taken_along`). Where the note
    speaks of another video there is none.
    """
    video = note.video(config.video_property)
    own = video.id if video else ""
    claims = read_claims(note.text, note.body_start, note.headings, note.external_links, own).firm
    return [
        Edit(*stamp.span, link)
        for stamp, anchor, link in _pairs(note, config)
        if note.quote(stamp.span) == anchor and not claims.by_other(stamp.span.start, own)
    ]


def to_anchors(note: Note, config: Config) -> list[Edit]:
    """The edits that make anchors of the links that `to_links` would have written."""
    return [Edit(*stamp.span, anchor) for stamp, anchor, link in _pairs(note, config) if note.quote(stamp.span) == link]


def _pairs(note: Note, config: Config) -> Iterator[tuple[Timestamp, str, str]]:
    """Each stamp that both notations can hold, as anchor and as link."""
    video = note.video(config.video_property)
    if video is None or not is_video_id(video.id):
        return
    for stamp in note.timestamps:
        if stamp.form not in ("anchor", "link") or stamp.fault or stamp.place not in _RENDERED:
            continue
        seconds = read_clock(stamp.label)
        if seconds is None or guard(note.text, stamp.span):
            continue
        url = write_url(video.id, seconds, config.url_style, media=config.stamp_style == "media")
        anchor = write_anchor(stamp.label, stamp.label, url if config.stamp_style == "html" else "")
        yield stamp, anchor, f"[{stamp.label}]({url})"
