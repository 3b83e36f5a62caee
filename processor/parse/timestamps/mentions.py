"""Where a text names videos, and whether a line that does is about that video."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from processor.base.regex import regex
from processor.parse.nodes import ExternalLink
from processor.parse.youtube import read_url

_HOST = regex(r"[Yy][Oo][Uu][Tt][Uu](?:\.[Bb][Ee]|[Bb][Ee](?:-nocookie)?\.[Cc][Oo][Mm])/[^\s<>\"'()\[\]|]+")
_BEFORE_HOST = regex(r"(?:https?://)?(?:[a-z]{1,20}\.)?\Z", re.IGNORECASE)
_LONGEST_BEFORE = len("https://") + 21
_URL = regex(rf"(?:https?://)?(?:[a-z]{{1,20}}\.)?{_HOST.pattern}", re.IGNORECASE)
# a video that no stamp can be led into by a YouTube URL, and so its address stands for it
_ELSEWHERE = regex(
    r"(?:https?://)?(?:www\.|player\.|m\.)?(?:vimeo\.com/(?:video/|channels/\w+/)?[0-9]+|twitch\.tv/videos/[0-9]+|dai\.ly/\w+"
    r"|dailymotion\.com/(?:embed/)?video/\w+|bilibili\.com/video/\w+|b23\.tv/\w+|rumble\.com/(?:embed/)?v\w+"
    r"|ted\.com/talks/\w+|loom\.com/share/\w+|nebula\.tv/videos/[\w-]+|odysee\.com/@)[^\s<>\"'()\[\]|]*",
    re.IGNORECASE,
)
_SITES = (
    "vimeo",
    "twitch",
    "dai.ly",
    "dailymotion",
    "bilibili",
    "b23.tv",
    "rumble",
    "ted.com",
    "loom.com",
    "nebula",
    "odysee",
)
_THUMBNAIL = regex(r"(?:img\.youtube|\bi[0-9]?\.ytimg)\.com/vi(?:_webp)?/([A-Za-z0-9_-]{11})/", re.IGNORECASE)
_ENCODED = regex(r"youtu(?:\.be|be(?:-nocookie)?\.com)%2F[^\s<>\"'()\[\]|&]+", re.IGNORECASE)
# what a line may hold besides a video and be nothing but that: the link's text, unless that is a clock; a word and a colon
_IMAGE = regex(r"!\[[^\[\]]*\]\([^\s()]*\)")
_CALLOUT = regex(r"^[ \t>]*>[ \t]*\[![\w-]+\][+-]?")
_LINK = regex(r"\[(?![0-9:\[\]\s~≈–—-]{1,80}\])[^\[\]]*\](?:\([^\s()]*(?:[ \t]+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_STAMP_LINK = regex(r"\[[0-9:\[\]\s~≈–—-]{1,80}\]\([^\s()]*\)")
_ELEMENT = regex(r"<(a|iframe)\b[^<>]*>(?![0-9:\[\]\s~≈–—-]+<)[^<>]*</\1>|</?[A-Za-z][^<>]*>", re.IGNORECASE)
_ALONE = regex(r"(?:[^\w\0]|_)*(?:[^\W\d_][\w -]{0,30}[:：](?:[^\w\0]|_)*)?\0[\W_]*")
_PLAYER = regex(r"!\[|<iframe\b", re.IGNORECASE)
_LONGEST_ALONE = 500
_LONGEST_PROSE = 20_000
_WORD = regex(r"[^\W\d_]{2,}")
_MANY_WORDS = 20
_VIDEO = "\0"


class Mention(NamedTuple):
    """Where a text names a video: by its id, or its address where it is not YouTube's; `seconds` where from on, if it says."""

    offset: int
    video_id: str
    seconds: int | None = None


def read_mentions(text: str, start: int, external_links: Sequence[ExternalLink]) -> Iterator[Mention]:
    """Return all mentions of videos from `start` on, where the text's body begins."""
    if text.find("youtu", start) < 0 and text.find("://", start) < 0:
        return  # as in most notes
    urls = list(_urls(text, start))
    lowered = text.lower()  # to see in one step what there is none of
    if "%2f" in lowered:
        urls += [(m.start(), unquote(m[0])) for m in _ENCODED.finditer(text, start)]
    urls += [(link.span.start, link.url) for link in external_links if link.form == "reference"]
    for at, written in urls:
        url = read_url(written)
        if url and url.video_id:
            yield Mention(at, url.video_id, (url.seconds or 0) if url.start_span else None)
    if "/vi" in lowered:
        for m in _THUMBNAIL.finditer(text, start):
            yield Mention(m.start(), m[1])
    if any(site in lowered for site in _SITES):
        for m in _ELSEWHERE.finditer(text, start):
            yield Mention(m.start(), m[0])


def _urls(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Return where each URL of YouTube's begins from `start` on, and the URL."""
    for m in _HOST.finditer(text, start):
        before = _BEFORE_HOST.search(text, max(start, m.start() - _LONGEST_BEFORE), m.start())
        at = before.start() if before else m.start()
        yield at, text[at : m.end()]


def is_player(line: str) -> bool:
    """Return whether a line with a video shows it."""
    return _PLAYER.search(line) is not None


def is_nothing_else(line: str) -> bool:
    """Return whether a line with a video is nothing but its URL, link or embed."""
    if len(line) > _LONGEST_ALONE:
        return False
    line = _IMAGE.sub(_shown, _CALLOUT.sub("", line))
    if "|" in line:
        return False
    for pattern in (_LINK, _ELEMENT, _URL, _ELSEWHERE):
        line = pattern.sub(_shown, line)
    return _ALONE.fullmatch(line) is not None


def is_prose(line: str) -> bool:
    """Return whether a line with a video speaks of it amid a sentence: with words on both sides of it, or with many."""
    if len(line) > _LONGEST_PROSE:
        return True
    line = _ELEMENT.sub(_shown, _STAMP_LINK.sub("", line))
    for pattern in (_LINK, _URL, _ELSEWHERE):
        line = pattern.sub(_shown, line)
    parts = line.split(_VIDEO)
    words = [len(_WORD.findall(part)) for part in parts]
    return (words[0] > 0 and words[-1] > 0) or sum(words) >= _MANY_WORDS


def _shown(m: re.Match[str]) -> str:
    """Return what stands for a link, an element or a URL where the words of a line count."""
    shows_video = m[0].endswith("]") or re.search("youtu|ytimg", m[0], re.IGNORECASE) or _ELSEWHERE.search(m[0])
    return _VIDEO if shows_video else " "
