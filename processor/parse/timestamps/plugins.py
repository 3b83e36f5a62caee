"""Stamps in the notations of plugins: those of Timestamp Notes and of Media Extended. Read to be listed and, where a person asks for
that, to be converted; no rule judges them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.nodes import Code, ExternalLink, Link, Timestamp
from processor.parse.timestamps.clocks import read_label
from processor.parse.youtube import VideoUrl, read_start, read_url

_CLOCK = regex(r"[0-9]{1,3}(?::[0-9]{1,3}){1,2}")
_ROW = regex(r"[ \t>]*([^\n]*)")
_MX_OPEN = regex(r"obsidian://mx-open(?:/?\?(?P<query>.+)|/(?P<url>.+))", re.IGNORECASE)
_LOCAL = regex(
    r"[^#]+\.(?:mp[34]|m4[av]|mkv|mov|og[gv]|opus|webm|wav|flac|3gp)#t=([0-9:.]+)(?:,[0-9:.e]*)?", re.IGNORECASE
)


def read_plugin_stamps(
    text: str, code: Sequence[Code], links: Sequence[Link], external_links: Sequence[ExternalLink], own: str
) -> list[Timestamp]:
    """Return all such stamps of a text, in its order. `own` is the id of the note's video, of which a fence speaks below no
    other's URL."""
    found = [*_fenced(text, code, own), *_opened(external_links), *_local(links)]
    return sorted(found, key=lambda stamp: stamp.span)


def may_hold_plugin_stamp(text: str) -> bool:
    """Return whether a glance does not rule it out."""
    may_be_fenced = ("```" in text or "~~~" in text) and "timestamp" in text
    return may_be_fenced or "mx-open" in text or "#t=" in text or "%23t=" in text


def rows(text: str, fence: Span) -> Iterator[tuple[int, str]]:
    """Return the lines within a fence but blank ones, and where each begins behind the signs of quotes and its indentation."""
    at = text.find("\n", fence.start, fence.end) + 1
    while 0 < at < fence.end and (m := _ROW.match(text, at, fence.end)):
        following = m.end() + 1
        if m[1].rstrip() and following <= fence.end:  # the last one closes it
            yield m.start(1), m[1].rstrip()
        at = following


def plugin_fences(code: Sequence[Code]) -> Iterator[tuple[Code, str]]:
    """Return the fences of Timestamp Notes, each with its name: `timestamp` or `timestamp-url`."""
    for block in code:
        name = block.info.strip() if block.form == "fence" and block.closed else ""
        if name in ("timestamp", "timestamp-url"):
            yield block, name


def _fenced(text: str, code: Sequence[Code], own: str) -> Iterator[Timestamp]:
    for fence, name in plugin_fences(code):
        for at, row in rows(text, fence.span):
            if name == "timestamp-url":
                url = read_url(row)
                own = url.video_id if url else ""
            elif m := _CLOCK.search(row):
                span, seconds = Span(at + m.start(), at + m.end()), read_start(m[0])
                yield Timestamp(span, "plugin-fence", m[0], span, seconds, "", None, seconds, None, own, place="code")


def _opened(external_links: Sequence[ExternalLink]) -> Iterator[Timestamp]:
    """Return the links that Media Extended opens: `obsidian://mx-open/https://…&t=370`, `obsidian://mx-open?url=…&t=370`."""
    for link in external_links:
        if m := _MX_OPEN.fullmatch(link.url):
            url = _inner(m["url"], m["query"])
            label = link.text_span or Span(link.span.start, link.span.start)
            seconds, start = (url.seconds, url.start) if url.start_span else (0, "")
            shown = read_label(link.text).seconds
            yield Timestamp(
                link.span,
                "plugin-link",
                link.text,
                label,
                shown,
                start,
                None,
                seconds,
                None,
                url.video_id,
                link.url,
                link.place,
                link.url_span,
            )


def _inner(url: str | None, query: str | None) -> VideoUrl:
    """Return the video that a link for Media Extended opens, and from where on."""
    start = None
    if query is not None:
        values = parse_qs(query)
        url, start = values.get("url", [""])[0], values.get("t", [None])[0]
    elif url and "://" not in url:
        url = unquote(url)
    found = read_url(url or "") or VideoUrl("", None)
    return found if start is None else found._replace(seconds=read_start(start), start=start, start_span=Span(0, 0))


def _local(links: Sequence[Link]) -> Iterator[Timestamp]:
    """Return the links to a moment of a file in the vault: `[[talk.mp4#t=06:10|06:10]]`."""
    for link in links:
        if not link.embed and link.place != "property" and (m := _LOCAL.fullmatch(link.target)):
            label = link.display or ""
            span = link.display_span or link.target_span
            shown = read_label(label).seconds
            yield Timestamp(
                link.span, "plugin-link", label, span, shown, m[1], None, read_start(m[1]), place=link.place
            )
