"""Links to the web as most are written, `[00:06:10](https://…)`, found in one step: a note whose stamps are linked holds
dozens."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from processor.base.text import Span
from processor.parse.grammar import Body
from processor.parse.nodes import ExternalLink, Region

_LINK = re.compile(r"\[([^\[\]\n`\\$<>%#!^/\x02]+)\]\((https?://[^\s()<>\[\]\\`$%\"'|\x02]+)\)")
BLOT = "\x02"
"""Stands for what a link holds; the last sign stays, as a tag may follow it."""
_SPOILING = frozenset("!\\^[]")  # before a link, what makes something else of it
_new = tuple.__new__  # a named tuple in half the time


class Found(NamedTuple):
    """The links: where each starts, its text and its URL. Those at the places `spoiled` may be something else."""

    look: str
    links: Sequence[tuple[int, str, str]]
    spoiled: Sequence[int]


def blot_links(look: str, start: int) -> Found:
    """Return the links from `start` on, and the text with each blotted out."""
    pieces = _LINK.split(look) if look.find("](http", start) >= 0 else ()
    if len(pieces) < 2:
        return Found(look, (), ())
    links: list[tuple[int, str, str]] = []
    spoiled: list[int] = []
    at = 0
    for i in range(0, len(pieces) - 1, 3):
        before, text, url = pieces[i : i + 3]
        at += len(before)
        if at >= start:
            links.append((at, text, url))
            if before[-1:] in _SPOILING:
                spoiled.append(at)
        length = len(text) + len(url) + 3
        pieces[i + 1] = BLOT * length
        pieces[i + 2] = ")"
        at += length + 1
    return Found("".join(pieces), links, spoiled)


def add_links(found: Found, start: int, body: Body, read: Collection[int]) -> None:
    """Add the links to the body, but for those on lines that were `read` otherwise, which begin there."""
    look, line, line_end = found.look, start, start
    for at, text, url in found.links:
        if at >= line_end:  # the first of its line
            line = look.rfind("\n", line_end, at) + 1 or line
            line_end = look.find("\n", at)
            line_end = len(look) if line_end < 0 else line_end
        if line in read:
            continue
        text_end = at + 1 + len(text)
        url_end = text_end + 2 + len(url)
        text_span = _new(Span, (at + 1, text_end))
        span, where = _new(Span, (at, url_end + 1)), _new(Span, (text_end + 2, url_end))
        body.external.append(_new(ExternalLink, (span, "markdown", False, url, where, text, text_span, "text")))
        body.regions.append(_new(Region, (at + 1, text_end, "link")))
