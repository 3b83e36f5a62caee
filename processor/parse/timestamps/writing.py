"""What a stamp needs around it to be written as an anchor or a link."""

from __future__ import annotations

import re

from processor.base.text import Edit, Span
from processor.parse.grammar import is_escaped

_PLAIN = re.compile(r"[^\[\]<>\\`$|\n]*")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.S)


def is_plain(label: str) -> bool:
    """Whether a label can stand in a link's brackets as it is."""
    return _PLAIN.fullmatch(label) is not None


def write_anchor(clock: str, label: str, href: str = "") -> str:
    """The well-formed anchor: `<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>`."""
    link = f' href="{href}"' if href else ""
    return f'<a class="yt-timestamp" data-t="{clock}"{link}>[{label}]</a>'


def guard(text: str, span: Span) -> list[Edit]:
    """A backslash where the character before a new link would make something else of it.

    That is `!` an embed, `^` a footnote, `](` the target of a link, and `[` a wikilink where `]]` follows on the line.
    """
    start = span.start
    before = text[start - 1 : start] if start else ""
    if before == "(" and text[start - 2 : start - 1] == "]" and not _closes_wikilink(text, start - 2):
        return [Edit(start - 1, start - 1, "\\")]
    if before not in ("!", "^", "["):
        return []
    if before == "[":
        if text[start - 2 : start - 1] == "^" and not is_escaped(text, start - 2) and _is_closed(text, start - 1):
            return []
        line_end = text.find("\n", span.end)
        line_end = line_end if line_end >= 0 else len(text)
        close = text.find("]]", span.end, line_end)
        if close < 0 or text.find("[[", span.end, close) >= 0:
            return []
    return [Edit(start - 1, start - 1, "\\")] if not is_escaped(text, start - 1) else []


def _is_closed(text: str, at: int) -> bool:
    """Whether the `[` at `at` has its `]`, not far behind it."""
    depth = 0
    for m in _BRACKET.finditer(text, at, at + 2000):
        if m[0][0] == "\n":
            break
        depth += (m[0] == "[") - (m[0] == "]")
        if not depth:
            return True
    return False


def _closes_wikilink(text: str, close: int) -> bool:
    """Whether the `]` at `close` is the last of a wikilink."""
    opening = text.rfind("[[", max(0, close - 500), close)
    return (
        opening >= 0 and text[opening : close + 1].find("]]") == close - 1 - opening and "\n" not in text[opening:close]
    )
