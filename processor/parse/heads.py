"""What stands at the head of a note and says what it is made from: its channel, and the video that an embed shows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from processor.base.regex import regex
from processor.parse.frontmatter import Properties
from processor.parse.nodes import Link
from processor.parse.youtube import find_video_id

_FROM = regex(r"^(?:[ \t>]*(?:[-*+][ \t]+)?)From:[ \t]*(?=\[)", re.M)
EARLY_FROM = regex(r"(?:[ \t]*\n)*From:[ \t]*\[\[(?P<inner>[^\[\]\n\\]+)\]\]")
"""A `From:` line at the top of the body, where nothing stands before the link that could make it dead."""


def from_line(text: str, start: int) -> int | None:
    """Return where the link of the first line begins that reads `From: [[channel]]`, from `start` on."""
    at, m = text.find("From:", start), None
    while at >= 0 and m is None:
        m = _FROM.match(text, text.rfind("\n", start, at) + 1 or start)
        end = text.find("\n", at)
        at = text.find("From:", end) if end >= 0 else -1
    return m.end() if m else None


_OF_CHANNELS = ("channel", "author")


def may_name_channel(properties: Properties) -> bool:
    """Return whether a property that may name a channel may hold a link."""
    entries = map(properties.get, _OF_CHANNELS)
    return any("[" in str(entry.value) for entry in entries if entry)


def property_channel(links: Iterable[Link]) -> Link | None:
    """Return the first link in a property `channel`, or else in `author`."""
    found: dict[str, Link] = {}
    for link in links:
        name, _, index = link.key.casefold().partition(".")
        if link.place == "property" and (not index or index.isdecimal()):
            found.setdefault(name, link)
    return next((found[name] for name in _OF_CHANNELS if name in found), None)


_AT_HEAD = regex(
    r"(?:[ \t>]*(?:#{1,6}[ \t][^\n]*|\[![^\n]*)?\n)*+[ \t>]*(?:!\[[^\[\]\n]*\]\(<?(?P<image>[^\s()<>]+)"
    r"|<iframe\b[^<>]*?\bsrc=[\"'](?P<frame>[^\"'\s<>]+)|`{3,}[ \t]*timestamp-url[ \t]*\n[ \t>]*(?P<fence>\S+))",
    re.IGNORECASE,
)


def video_at_head(text: str, start: int) -> str:
    """Return the id of the video that an embed shows before all text but headings, from `start` on; empty where there is none."""
    m = _AT_HEAD.match(text, start)
    return (m and find_video_id(m["image"] or m["frame"] or m["fence"])) or ""
