"""Which properties name a video, by what they are called and what they hold."""

from __future__ import annotations

import re

from processor.base.regex import regex
from processor.parse.youtube import is_video_id, is_video_page, read_url

_UUID = regex(r"[{]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[}]?|[0-9a-f]{32}", re.I)


def says_video(name: str) -> bool:
    """Whether a property of this name can hold nothing but a video."""
    folded = name.casefold()
    return "video" in folded or "youtube" in folded or "yt" in folded


def is_for_video(name: str, value: str) -> bool:
    """Whether a property of this name with this value, which is not empty, is there to name a video of YouTube's.

    A property of a general name, such as `source`, may hold anything, a channel or a playlist too; and under `video_id`
    other programs keep the keys of their own records, which are UUIDs.
    """
    if is_video_id(value):
        return True
    if url := read_url(value):
        return bool(url.video_id) or says_video(name) or is_video_page(value)
    return says_video(name) and _UUID.fullmatch(value) is None
