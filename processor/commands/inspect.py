"""What a note says, in the shape of Obsidian's own `CachedMetadata`: the answer of `ytvault inspect`."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from processor.base.text import Span
from processor.parse.nodes import ExternalLink, Link, Timestamp
from processor.rules.timestamps.misplaced_timestamp import meanings
from processor.vault.links.writing import shown
from processor.vault.note import Note
from processor.vault.said import captions_of, length_of
from processor.vault.vault import Vault
from processor.vault.videos import Aim, NamedVideo, aim_of, named_videos, own_video, plugin_stamps

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class _Places:
    """Offsets of a note's text → Obsidian's positions: UTF-16 units of the file's content, its byte order mark not counted."""

    def __init__(self, note: Note) -> None:
        self._source = note.source
        self._lines = note.lines
        self._astral = [] if note.text.isascii() else [m.start() for m in _ASTRAL.finditer(note.text)]

    def _place(self, offset: int) -> dict[str, int]:
        line = self._lines.line(offset)
        start = self._lines.start(line)
        wide, wide_before = bisect_left(self._astral, offset), bisect_left(self._astral, start)
        return {
            "line": line,
            "col": offset - start + wide - wide_before,
            "offset": self._source.raw_offset(offset) + wide,
        }

    def of(self, span: Span) -> dict[str, dict[str, int]]:
        return {"start": self._place(span.start), "end": self._place(span.end)}

    def original(self, span: Span) -> str:
        """Return the file's own text at a span, with its own line ends."""
        return self._source.raw[self._source.raw_offset(span.start) : self._source.raw_offset(span.end)]


def _plain(value: object) -> Any:  # noqa: ANN401  what json.dumps takes
    """Return a property's value as JSON can hold it: keys are text, and what is no number there is null, as in JavaScript."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        return [_plain(v) for v in value]
    return str(value)


def _said(vault: Vault, video_id: str, note: Note) -> dict[str, Any]:
    """Return what is known of what is said in a video, and of its length; empty where nothing is."""
    found, length = captions_of(vault, video_id, note.text), length_of(vault, video_id)
    known: dict[str, Any] = {}
    if found:
        known["captions"] = {"path": found.path, "kind": found.kind, "language": found.language or None}
    if length:
        known["length"] = {"seconds": length.seconds, "source": length.source, "path": length.path}
    return known


def _supports(note: Note, vault: Vault) -> dict[Span, dict[str, Any]]:
    """Return what captions say of stamps: how probable each is, where its text is said, and how probable that is."""
    found: dict[Span, dict[str, Any]] = {}
    for span, meaning in meanings(note, vault):
        support = {"stated": meaning.stated, "second": meaning.second, "confidence": meaning.confidence}
        found[span] = {"support": {key: round(x, 3) for key, x in support.items()}}
    return found


def cached_metadata(note: Note, vault: Vault) -> dict[str, Any]:
    """Return all that `inspect` tells of a note; positions as Obsidian counts them, from 0 in UTF-16 units."""
    places = _Places(note)

    def internal(link: Link) -> dict[str, Any]:
        found = vault.resolve(link.target, note.path)
        entry: dict[str, Any] = {} if link.place != "property" else {"key": link.key}
        entry |= {"link": link.target, "original": places.original(link.span), "displayText": shown(link)}
        if link.place != "property":
            entry["position"] = places.of(link.span)
        return entry | {"resolved": found.path, "status": found.status}

    def external(link: ExternalLink) -> dict[str, Any]:
        return {
            "link": link.url,
            "original": places.original(link.span),
            "displayText": link.text,
            "position": places.of(link.span),
        }

    own = own_video(note, vault.video_properties)
    of_plugins = plugin_stamps(note, own.id if own else "")
    supports = _supports(note, vault)

    def stamp(found: Timestamp) -> dict[str, Any]:
        of_file = found.form == "plugin-link"  # or of another site
        is_led = found.video_id and found.form != "plugin-fence"
        aim = Aim() if of_file else aim_of(note, found, vault.video_properties)
        return {
            "form": found.form,
            "notation": found.notation or None,
            "original": places.original(found.span),
            "seconds": found.seconds,
            "label": found.label,
            "videoId": found.video_id or aim.id or None,
            "videoBecause": "its own link leads there" if is_led else aim.why or aim.against or None,
            "url": found.url or None,
            "position": places.of(found.span),
            **supports.get(found.span, {}),
        }

    def named(video: NamedVideo) -> dict[str, Any]:
        where = {"property": video.key} if video.key else {"position": places.of(video.span)}
        is_own = own is not None and own.id == video.id
        return {"videoId": video.id, "by": video.by, "own": is_own, **where, **_said(vault, video.id, note)}

    properties = note.properties
    result: dict[str, Any] = {"path": note.path, "kind": vault.kind(note.path)}
    if properties.span is not None and properties.fault is None:
        result["frontmatter"] = {p.key: _plain(p.value) for p in properties.entries}
        result["frontmatterPosition"] = places.of(properties.span)
    body = [x for x in note.links if x.form in ("wikilink", "markdown") and x.place != "property"]
    return result | {
        "headings": [
            {"heading": h.text, "level": h.level, "position": places.of(h.span)} for h in note.headings if h.outline
        ],
        # Obsidian records no links by reference
        "links": [internal(x) for x in body if not x.embed],
        "embeds": [internal(x) for x in body if x.embed],
        "frontmatterLinks": [internal(x) for x in note.links if x.place == "property"],
        "externalLinks": [external(x) for x in note.external_links],
        "tags": [{"tag": places.original(t.span), "position": places.of(t.span)} for t in note.tags],
        "blocks": {b.id: {"id": b.id, "position": places.of(b.span)} for b in note.blocks},
        "videos": [named(v) for v in named_videos(note)],
        "timestamps": [stamp(t) for t in sorted([*note.timestamps, *of_plugins], key=lambda t: t.span)],
    }
