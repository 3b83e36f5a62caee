"""Stamps between two notations: anchors for a site's player, links for Obsidian. There and back gives the same bytes.

Only what comes back as it was is converted: an anchor as the format has it, with one clock in `data-t` and label (and, in the
style `html`, the `href` that this gives it), and a link byte for byte as we would write it. All else is `lint`'s to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from processor.base.text import Edit
from processor.config import Config
from processor.parse.nodes import Timestamp
from processor.parse.timestamps.claims import read_claims
from processor.parse.timestamps.plugins import plugin_fences, rows
from processor.parse.timestamps.writing import guard, write_anchor
from processor.parse.youtube import MAX_CLOCK, find_video_id, is_video_id, read_clock, write_clock, write_url
from processor.vault.note import Note
from processor.vault.videos import own_video, plugin_stamps

_RENDERED = ("text", "table", "heading")


def to_links(note: Note, config: Config) -> list[Edit]:
    """Return the edits that make links of a note's well-formed anchors, none where the note has no valid video.

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


def from_plugins(note: Note, config: Config) -> list[Edit]:
    """Return the edits that make plain links of what only a plugin opens, where it leads to a video of YouTube's: the fences of
    Timestamp Notes, `obsidian://mx-open…` and clips (`#t=06:10,06:20`) of Media Extended. What they become is not told from other
    links, so there is no way back but to undo it."""
    own = own_video(note, config.video_property)
    stamps = plugin_stamps(note, own.id if own else "")
    edits = list(_from_fences(note, {t.span.start: t for t in stamps if t.form == "plugin-fence"}, config))
    for stamp in (*stamps, *note.timestamps.rest):
        clip = stamp.form == "link" and "," in stamp.url.partition("#t=")[2]
        if (clip or stamp.form == "plugin-link") and stamp.url_span and (url := _url(stamp, config)):
            edits.append(Edit(*stamp.url_span, url))
    return edits


def _from_fences(note: Note, stamps: Mapping[int, Timestamp], config: Config) -> Iterator[Edit]:
    """Return the edits that make of each fence with nothing but stamps, or the URL of a video, a paragraph of as many lines."""
    text = note.text
    for fence, name in plugin_fences(note.code):
        lines: list[str] = []
        for at, row in rows(text, fence.span):
            stamp = stamps.get(at)
            if name == "timestamp-url":
                line = row if find_video_id(row) and not row.count(" ") else ""
            else:
                url = _url(stamp, config) if stamp else ""
                line = f"[{stamp.label}]({url}){row[len(stamp.label) :]}" if stamp and url else ""
            before = text[text.rfind("\n", 0, at) + 1 : at] if lines else ""
            lines.append(line and before + line)
        if lines and all(lines):
            start = text.rfind("\n", 0, fence.span.start) + 1
            before = text[start : fence.span.start]
            above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start] if start > note.body_start else ""
            apart = "\n" + before if "|" in above and not before.strip(" \t>") else ""  # it is no row of a table
            yield Edit(*fence.span, apart + "\n".join(lines))


def _url(stamp: Timestamp, config: Config) -> str:
    """Return the URL of a stamp's video and second, empty where one is not known."""
    if not stamp.video_id or stamp.seconds is None or not 0 <= stamp.seconds <= MAX_CLOCK:
        return ""
    return write_url(stamp.video_id, stamp.seconds, config.url_style, media=config.stamp_style == "media")


def to_anchors(note: Note, config: Config) -> list[Edit]:
    """Return the edits that make anchors of the links that `to_links` would have written."""
    as_html = config.stamp_style == "html"  # in which a heading has links
    return [
        Edit(*stamp.span, anchor)
        for stamp, anchor, link in _pairs(note, config)
        if note.quote(stamp.span) == link and not (as_html and stamp.place == "heading")
    ]


def _pairs(note: Note, config: Config) -> Iterator[tuple[Timestamp, str, str]]:
    """Return each stamp that both notations can hold, as anchor and as link."""
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
        if config.stamp_style == "html":  # as lint writes it
            anchor = write_anchor(write_clock(seconds), stamp.label, url)
        else:
            anchor = write_anchor(stamp.label, stamp.label)
        yield stamp, anchor, f"[{stamp.label}]({url})"
