"""What stands right behind a stamp and would be left hanging there once that is a link."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.grammar import bare_url_end
from processor.parse.youtube import read_url

_EMPTY = regex(r"\([ \t]*(?:<[ \t]*>)?[ \t]*\)|\[\]")
_URL = regex(
    r"[ \t]*(?:\([ \t]*<?(https?://[^\s()<>]+)>?[ \t]*\)|<(https?://[^\s<>]+)>|(https?://[^\s<>()\[\]]+))",
)
_HALF = regex(
    r"[ \t]*\([ \t]*<?(?:https?://)?(?:[a-z]+\.)?youtu(?:\.be|be\.com)/", re.I
)  # with a title, or with no scheme
_CLOCKS = r"[0-9:~≈ \t,;/&–—-]{0,200}[0-9]:[0-9][0-9:~≈ \t,;/&–—-]{0,200}"
_LOOSE = regex(rf"\(|\[(?!\^|{_CLOCKS}\])[^\[\]\n]*\](?!\()")
_BARE_COLON = regex(r":[ \t]*(?=\n[ \t>]*(?:\n|\Z)|\Z)")
_LINE_BEGINNING = regex(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?")
MAY_BE_TAIL = regex(r"\([ \t]*[<)]|\[\]|[ \t]*[(<]?[ \t]*<?https?://")
"""Of what stands behind an anchor, all that may be a tail."""


class Tail(NamedTuple):
    """What stands behind a stamp at `span`.

    `empty`: brackets that were to hold the link's target, or a reference's name; `url`: the URL of a video, a target in the
    wrong place; `loose`: anything else that looks like the second half of a link, or of a link's definition.
    """

    kind: Literal["empty", "url", "loose"]
    span: Span
    url: str = ""


def read_tail(text: str, stamp: Span) -> Tail | None:
    """Return what stands behind a stamp; `loose` only behind one in square brackets."""
    end = stamp.end
    if m := _EMPTY.match(text, end):
        return Tail("empty", Span(*m.span()))
    if m := _URL.match(text, end):
        url = m[1] or m[2] or m[3]
        last = m.end()
        if m[3]:
            url = url[: bare_url_end(url)]
            last = m.start(3) + len(url)
        if read_url(url) is not None:
            return Tail("url", Span(end, last), url)
    if _HALF.match(text, end):
        return Tail("loose", Span(end, end + 1))
    if text.startswith("](", end):  # the bracket is a footnote's
        return Tail("loose", Span(end + 1, end + 2))
    if text[end - 1] != "]":
        return None
    if m := _LOOSE.match(text, end):
        return Tail("loose", Span(*m.span()))
    if m := _BARE_COLON.match(text, end):
        line = text.rfind("\n", 0, stamp.start) + 1
        if _LINE_BEGINNING.fullmatch(text, line, stamp.start):
            return Tail("loose", Span(*m.span()))
    return None
