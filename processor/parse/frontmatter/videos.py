"""Which properties name a video, by what they are called and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from processor.base.regex import regex
from processor.parse.frontmatter.model import Property
from processor.parse.youtube import find_video_id, is_possible_video_id, is_video_id, is_video_page, read_url

_UUID = regex(r"[{]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[}]?|[0-9a-f]{32}", re.I)
_IN_LINK = regex(r"!?\[[^\[\]]*\]\(<?([^\s()<>]+)>?\)")
_FOR_A_LINK = ("source", "url", "link", "media")


@lru_cache(256)
def says_video(name: str) -> bool:
    """Return whether a property of this name can hold nothing but a video."""
    folded = name.casefold()
    return "video" in folded or "youtube" in folded or "yt" in folded


@lru_cache(256)
def _says_id(name: str) -> bool:
    """Return whether a property of this name may hold a bare id."""
    folded = re.sub(r"[\W_]", "", name.casefold())
    return folded in ("video", "youtube", "yt") or (folded.endswith(("id", "ids")) and says_video(folded))


def may_name_video(text: str, entries: Iterable[Property]) -> bool:
    """Return whether a note may name a video: without one no clock in it is a stamp."""
    return "youtu" in text or any(is_video_id(value) for entry in entries for value in _values(entry))


def _values(entry: Property) -> list[str]:
    """Return the value of a property, or those of its items."""
    return [i.value for i in entry.items if isinstance(i.value, str)] if entry.style == "list" else [entry.written]


def may_be_for_video(name: str, value: str) -> bool:
    """Return whether it is worth asking if a property of this name and value is there to name a video, or is empty and might be."""
    return says_video(name) or "youtu" in value.lower() or is_video_id(value.strip())


def is_for_video(name: str, value: str) -> bool:
    """Return whether a property of this name with this value, which is not empty, is there to name a video of YouTube's.

    A property of a general name, such as `source`, may hold anything, a channel or a playlist too; and under `video_id`
    other programs keep the keys of their own records, which are UUIDs.
    """
    if is_video_id(value):
        return True
    if url := read_url(value):
        return bool(url.video_id) or says_video(name) or is_video_page(value)
    return says_video(name) and _UUID.fullmatch(value) is None


def video_ids_of(entry: Property) -> list[str]:
    """Return the ids of the videos that a property names, whatever it is called: by a URL, as an item or in a Markdown link, or
    by an id under a name for one. Each once.
    """
    found: list[str] = []
    for value in map(str.strip, _values(entry)):
        link = _IN_LINK.fullmatch(value) if "](" in value else None
        video_id = find_video_id(link[1] if link else value)
        if video_id is None and _says_id(entry.key) and is_possible_video_id(value):
            video_id = value
        if video_id and video_id not in found:
            found.append(video_id)
    return found


def video_of_all(entries: Iterable[Property]) -> tuple[str, Property] | None:
    """Return the one video that a note's properties name, and which does; None where they name none or several.

    Those whose name says a video count before those for a link, and these before all others (`related`, `next`).
    """
    best = 3
    ids: list[tuple[str, Property]] = []
    for entry in entries:
        named = video_ids_of(entry)
        if not named:
            continue
        folded = entry.key.casefold()
        rank = 0 if says_video(folded) else 1 if any(name in folded for name in _FOR_A_LINK) else 2
        if rank < best:
            best, ids = rank, []
        if rank == best:
            ids += [(video_id, entry) for video_id in named]
    return ids[0] if len({video_id for video_id, _ in ids}) == 1 else None
