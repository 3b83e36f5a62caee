"""Start times of YouTube's URLs that YouTube itself does not read, and templates of such URLs."""

from __future__ import annotations

import re
from typing import NamedTuple

from processor.base.regex import regex
from processor.parse.youtube import Parameter, join_url, read_clock, read_start, read_url, split_url

_READ = regex(r"[0-9]+(?:\.[0-9]*)?s?|(?=[0-9])(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s?)?", re.IGNORECASE)
_TOO_OFF = 1  # second: of two of the same moment one may be rounded


class UnreadStart(NamedTuple):
    """Why YouTube does not read a URL's start time, and the URL as it was meant, empty where that is open. `certain`: nothing
    else can have been meant."""

    why: str
    url: str = ""
    certain: bool = True


def find_unread_start(url: str) -> UnreadStart | None:
    """Return what is wrong with the start time of a URL of YouTube's: we read it, and YouTube does not. None: it reads it as
    well, or there is none, or none that can be read.

    A clip in the fragment, `#t=370,380`, is for the Media Extended plugin, and no fault.
    """
    found = read_url(url)
    if found is None or found.seconds is None:
        return None
    path, parameters = split_url(url)
    seconds = [read_start(p.value.partition(",")[0]) for p in parameters if p.is_start]
    known = [x for x in seconds if x is not None]
    if max(known) - min(known) > _TOO_OFF:
        return UnreadStart(f"it names several start times, {' and '.join(map(str, dict.fromkeys(known)))} seconds")
    at = next(i for i, p in enumerate(parameters) if p.is_start)
    start, fragment = parameters[at], next((i for i, p in enumerate(parameters) if p.sign == "#"), len(parameters))
    meant, certain = found.seconds, read_clock(start.value) is not None or ":" not in start.value
    if at >= fragment:
        if ":" not in start.value or "," in start.value:
            return None
        added = Parameter("&", f"start={meant}" if _is_embed(path) else f"t={meant}s")
        mended = join_url(path, [*parameters[:fragment], added, *parameters[fragment:]])
        return UnreadStart("YouTube reads no clock behind `#t=`, and starts at 0", mended, certain)
    value = start.value if _READ.fullmatch(start.value) else f"{meant}s"
    why = "" if value == start.value else f"YouTube does not read `{start.text}`"
    if _is_embed(path) and start.name == "t":
        start = start._replace(text=f"start={meant}")
        why = "an embedded video reads `start=`, not `t=`"
    else:
        start = start.with_value(value)
    mended = join_url(path, [*parameters[:at], start, *parameters[at + 1 :]])
    if not why and mended != url:
        why = f"`{start.text}` is joined on by a wrong sign, and YouTube does not read it"
    return UnreadStart(why, mended, certain) if why else None


def _is_embed(path: str) -> bool:
    return "/embed/" in path.lower()


_TEMPLATE = regex(r"https?://[^\s()<>\[\]{}\"'`|\\*]+")
_ID = "aBcD_-12-4w"


def is_template(text: str) -> bool:
    """Return whether a text with `{id}` and `{seconds}` in it makes URLs that lead to a video, from a second on, as we and
    YouTube read them, and that can stand in a link.
    """

    def filled(seconds: int) -> str:
        return text.replace("{id}", _ID).replace("{seconds}", str(seconds))

    urls = [filled(n) for n in (62, 3723)]
    return (
        _TEMPLATE.fullmatch(urls[0]) is not None
        and [found and found[:2] for found in map(read_url, urls)] == [(_ID, 62), (_ID, 3723)]
        and find_unread_start(urls[0]) is None
    )
