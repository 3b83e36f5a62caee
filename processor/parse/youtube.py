"""Video ids, the shapes of YouTube's URLs, and clock notations ↔ seconds.

Pure functions on short strings. None of the readers raises: what they cannot read is None (or a `VideoUrl` with empty
parts), and all of them take time linear in their input. Seconds are whole; fractions are cut off.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span

UrlStyle = str
"""A name of URL_STYLES, or a template like those that it names."""

URL_STYLES: Mapping[UrlStyle, str] = {
    "watch": "https://www.youtube.com/watch?v={id}&t={seconds}s",
    "short": "https://youtu.be/{id}?t={seconds}s",
}

MAX_CLOCK = 99 * 3600 + 59 * 60 + 59
"""The last second that `HH:MM:SS` can write."""

LONGEST_VIDEO = 12 * 3600
"""YouTube takes and keeps no video of more than twelve hours (support.google.com/youtube/answer/71673), in seconds."""


# ---- video ids ------------------------------------------------------------------------------------------------------

_VIDEO_ID = regex(r"[A-Za-z0-9_-]{11}")
_LAST_CHARACTERS = frozenset("AEIMQUYcgkosw048")
_NO_VIDEOS = frozenset(("videoseries", "live_stream"))  # stand in the place of an id in `/embed/…`


def is_video_id(text: str) -> bool:
    """Return whether a text has the form of a video id: 11 characters of base64url."""
    return len(text) == 11 and _VIDEO_ID.fullmatch(text) is not None


def is_possible_video_id(text: str) -> bool:
    """Return whether a text is a video id that can exist: 11 characters hold 66 bits and an id has 64, so its last character is
    one of sixteen. All of 15,000 real ids are so, yet Google does not promise it.
    """
    return is_video_id(text) and text[-1] in _LAST_CHARACTERS


# ---- clocks ---------------------------------------------------------------------------------------------------------

CLOCK = r"(?:[0-9]{1,2}:[0-5][0-9]:[0-5][0-9]|[0-9]{1,3}:[0-5][0-9])"
"""A well-formed clock as a regular expression without groups: `H:MM:SS`, `HH:MM:SS`, `M:SS`, `MM:SS`, `MMM:SS`."""

_CLOCK = regex(CLOCK)


def read_clock(text: str) -> int | None:
    """Return the seconds of a well-formed clock: two or three fields, all but the first of two digits below 60. Else None."""
    if _CLOCK.fullmatch(text) is None:
        return None
    if len(text) > 6:  # three fields; the last two have two digits
        return int(text[:-6]) * 3600 + int(text[-5:-3]) * 60 + int(text[-2:])
    return int(text[:-3]) * 60 + int(text[-2:])


def write_clock(seconds: int, like: str = "00:00:00") -> str:
    """Return a clock in the manner of another one: `HH:MM:SS` like `00:06:10`, `H:MM:SS` like `1:06:10`, `MM:SS` like `06:10`,
    `M:SS` like `6:10`. From an hour on, `MM:SS` becomes `H:MM:SS`, as YouTube itself writes.

    Raises ValueError for seconds below 0 or beyond MAX_CLOCK.
    """
    if not 0 <= seconds <= MAX_CLOCK:
        raise ValueError(f"no clock shows {seconds} seconds")
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    first = like.partition(":")[0]
    if like.count(":") >= 2:
        return f"{hour:02}:{minute:02}:{second:02}" if len(first) > 1 else f"{hour}:{minute:02}:{second:02}"
    if hour:
        return f"{hour}:{minute:02}:{second:02}"
    return f"{minute:02}:{second:02}" if len(first) > 1 else f"{minute}:{second:02}"


# ---- start times ----------------------------------------------------------------------------------------------------

_N = r"([0-9]{1,9})"
_SECONDS = regex(rf"{_N}(?:\.[0-9]*)?(?:s|secs?|seconds?)?", re.IGNORECASE)
_UNITS = regex(
    rf"(?=[0-9])(?:{_N}h(?:rs?|ours?)?)?(?:{_N}m(?:ins?|inutes?)?)?(?:{_N}(?:\.[0-9]*)?(?:s(?:ecs?|econds?)?)?)?",
    re.IGNORECASE,
)
_LOOSE_CLOCK = regex(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:\.[0-9]*)?")


def read_start(text: str) -> int | None:
    """Return the seconds of a start time as URLs have it: `370`, `370s`, `5.07`, `6m10s`, `1h2m3s`, `28min40s`, `9:9`,
    `00:24:20`. None for what YouTube does not read: an empty value, `s`, `55t`.
    """
    if m := _SECONDS.fullmatch(text):
        return int(m[1])
    m = _UNITS.fullmatch(text) or _LOOSE_CLOCK.fullmatch(text)
    return int(m[1] or 0) * 3600 + int(m[2] or 0) * 60 + int(m[3] or 0) if m else None


def _read_end(text: str) -> int | None:
    """Return the last second of a clip, `#t=370,380`; `e` is the video's end."""
    return sys.maxsize if text == "e" else read_start(text)


_ISO = regex(rf"P(?:{_N}D)?T(?:{_N}H)?(?:{_N}M)?(?:{_N}(?:\.[0-9]*)?S)?", re.IGNORECASE)


def read_duration(text: str) -> int | None:
    """Return the seconds of a video's length as notes have it: `3723`, `1:02:03`, `62m3s`, `PT1H2M3S` (YouTube's own). Else None."""
    text = text.strip()
    if m := _ISO.fullmatch(text):
        return int(m[1] or 0) * 86400 + int(m[2] or 0) * 3600 + int(m[3] or 0) * 60 + int(m[4] or 0)
    return read_start(text.replace(" ", ""))


# ---- URLs -----------------------------------------------------------------------------------------------------------


class VideoUrl(NamedTuple):
    """What a YouTube URL says.

    `video_id` is empty where it names no video by a well-formed id. `seconds` is the start time, None where there is none
    or it cannot be read; `start` is that time as it is written and `start_span` its place in the URL (of several the
    first), None without one.
    """

    video_id: str
    seconds: int | None
    start: str = ""
    start_span: Span | None = None


_HOST = regex(
    r"(?:https?:)?(?://)?(?:(?:www|m|music|gaming|studio)\.)?(youtu\.be|youtube(?:-nocookie)?\.com)(?::[0-9]{1,5})?(?=[/?#]|$)",
    re.IGNORECASE,
)
USUAL_URL = r"https://(?:www\.youtube\.com/watch\?v=|youtu\.be/)(?!videoseries|live_stream)([A-Za-z0-9_-]{11})[&?]t=(([0-9]{1,6})s)"
"""URLs as the program writes them, as a regular expression; its groups are the id, the start time and its seconds."""
_USUAL = regex(USUAL_URL)  # read in one step, for a vault has a million
_PATH_ID = regex(r"/(?:watch|shorts|live|embed|v|e|video)/([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])", re.IGNORECASE)
_SHORT_ID = regex(r"/([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])")
_PARAMETER = regex(r"([?#]|&(?:amp;)?)([A-Za-z_]+)=([^&#?\s]*)")  # `?` parts parameters too: `v=ID?t=285`
_STARTS = frozenset(("t", "start", "time_continue"))


def read_url(url: str) -> VideoUrl | None:
    """Return what a URL says, in any of YouTube's shapes, with or without a scheme: `watch?v=`, `youtu.be/`, `/shorts/`,
    `/live/`, `/embed/`, `/v/`, YouTube Studio; also with a start time joined on wrongly, as `youtu.be/ID&t=70s`. None: not
    YouTube's.
    """
    if "youtu" not in url and "youtu" not in url.lower():
        return None
    if usual := _USUAL.fullmatch(url):
        return VideoUrl(usual[1], int(usual[3]), usual[2], Span(*usual.span(2)))
    host = _HOST.match(url)
    if host is None:
        return None
    by_path = (_SHORT_ID if host[1].lower() == "youtu.be" else _PATH_ID).match(url, host.end())
    video_id = by_path[1] if by_path and by_path[1] not in _NO_VIDEOS else ""
    seconds, start, span = None, "", None
    fragment = url.find("#")
    for m in _PARAMETER.finditer(url, host.end()):
        name = m[2].lower()
        if name == "v":
            if not video_id and m[1] != "#" and is_video_id(m[3]):
                video_id = m[3]
        elif name in _STARTS and span is None:
            start, span = m[3], Span(m.start(3), m.end(3))
            first, comma, last = start.partition(",") if 0 <= fragment <= m.start() else (start, "", "")
            seconds = read_start(first) if not comma or _read_end(last) is not None else None  # `#t=370,380`: a clip
    return VideoUrl(video_id, seconds, start, span)


_VIDEO_PAGE = regex(
    r"/(?:watch/?\?(?:[^#]*&)?v=|(?:shorts|live|embed|v|e|video)/(?!videoseries|live_stream)[^/?#\s])", re.IGNORECASE
)
_SHORT_PAGE = regex(r"/(?!playlist\b|channel/|user/|c/|@)[^/?#\s]", re.IGNORECASE)


def is_video_page(url: str) -> bool:
    """Return whether a URL of YouTube's has the shape of one that leads to a video, be its id well-formed or not. A channel, a
    playlist or a search has not."""
    host = _HOST.match(url)
    if host is None:
        return False
    return bool((_SHORT_PAGE if host[1].lower() == "youtu.be" else _VIDEO_PAGE).match(url, host.end()))


def find_video_id(url: str) -> str | None:
    """Return the id of the video that a YouTube URL leads to, None where it leads to none."""
    found = read_url(url)
    return found.video_id or None if found else None


def write_url(video_id: str, seconds: int | None = None, style: UrlStyle = "watch", *, media: bool = False) -> str:
    """Return a video's URL from a second on, or from its start where `seconds` is None.

    With `media` the second is written twice, `&t=370#t=06:10`: for YouTube, and as the Media Extended plugin reads it.
    Raises ValueError for what is no video id: nothing else ever comes into a URL.
    """
    if not is_video_id(video_id):
        raise ValueError(f"{video_id!r} is no video id")
    template = URL_STYLES.get(style, style)
    if media and style in URL_STYLES:
        template = template.removesuffix("s")
    url = template.replace("{id}", video_id).replace("{seconds}", str(seconds or 0))
    if seconds is None:
        return set_start(url, None)
    return f"{url}#t={write_clock(seconds, like='00:00')}" if media and "#" not in url else url


def set_start(url: str, seconds: int | None) -> str:
    """Return a YouTube URL with another start time, all else as it was; None takes it out.

    The first start time in the URL is replaced under its own name, others are dropped, but for those of the Media Extended
    plugin in the fragment: a clock, `#t=06:10`, is written anew too, and a clip, `#t=370,380`, keeps its end, as long as that
    lies behind. Where there is none, `&t=370s` is put at the query's end, or `?t=370s` where there is no query (`start=370` in
    an embedding URL, which knows no other).
    One that was joined on by the wrong sign is joined on rightly. A URL that is not YouTube's comes back as it is.
    """
    if _HOST.match(url) is None:
        return url
    path, parameters = split_url(url)
    kept: list[Parameter] = []
    replaced = seconds is None
    for parameter in parameters:
        if not parameter.is_start:
            kept.append(parameter)
        elif seconds is not None and (value := parameter.moved(seconds, first=not replaced)):
            kept.append(parameter.with_value(value))
            replaced = True
    if not replaced:
        at = next((i for i, p in enumerate(kept) if p.sign == "#"), len(kept))
        kept.insert(at, Parameter("&", f"start={seconds}" if "/embed/" in path.lower() else f"t={seconds}s"))
    return join_url(path, kept)


def split_url(url: str) -> tuple[str, list[Parameter]]:
    """Return what stands before the first sign of a query or a fragment, and each parameter with its sign."""
    path, *rest = _SEPARATOR.split(url)
    return path, [Parameter(*pair) for pair in zip(rest[::2], rest[1::2], strict=True)]


def join_url(path: str, parameters: Iterable[Parameter]) -> str:
    """Return a URL of its parts. A parameter that was joined on by the wrong sign is joined on rightly."""
    parts = [path]
    query = fragment = False
    for parameter in parameters:
        sign = parameter.sign
        if sign == "#":
            fragment = True
        elif not fragment:
            sign = "?" if not query else "&" if sign == "?" else sign
            query = True
        parts += (sign, parameter.text)
    return "".join(parts)


class Parameter(NamedTuple):
    sign: str  # `?`, `&`, `&amp;` or `#`
    text: str

    @property
    def name(self) -> str:
        return self.text.partition("=")[0].lower()

    @property
    def value(self) -> str:
        return self.text.partition("=")[2]

    @property
    def is_start(self) -> bool:
        return "=" in self.text and self.name in _STARTS

    def with_value(self, value: str) -> Parameter:
        return self._replace(text=self.text[: len(self.name) + 1] + value)

    def moved(self, seconds: int, *, first: bool) -> str:
        """Return the value with another second, in its own notation; empty for one that is to go: not the `first` of its URL, or
        a clip that ends before that.
        """
        start, comma, end = self.value.partition(",")
        is_clock = self.sign == "#" and ":" in start and seconds <= MAX_CLOCK
        last = _read_end(end) if comma and self.sign == "#" else None
        if last is not None and last > seconds:
            return f"{write_clock(seconds, like=start) if is_clock else seconds},{end}"
        if not first:
            return write_clock(seconds, like="00:00") if is_clock and not comma else ""
        return f"{seconds}s" if self.name == "t" and not self.value.isdecimal() else str(seconds)


_SEPARATOR = regex(r"([?#]|&(?:amp;)?)")
