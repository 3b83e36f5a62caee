"""What a stamp needs around it to be written as an anchor or a link."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from processor.base.text import Edit, Span
from processor.parse.grammar import is_escaped

_PLAIN = re.compile(r"[^\[\]<>\\`$|\n]*")
_SIGN = re.compile(r"\n|\[\[|\]\]")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.S)


def is_plain(label: str) -> bool:
    """Return whether a label can stand in a link's brackets as it is."""
    return _PLAIN.fullmatch(label) is not None


def write_anchor(clock: str, label: str, href: str = "", *, in_brackets: bool = False) -> str:
    """Return the well-formed anchor: `<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>`. Where it stands `in_brackets` its label
    has none of its own."""
    link = f' href="{href}"' if href else ""
    shown = label if in_brackets else f"[{label}]"
    return f'<a class="yt-timestamp" data-t="{clock}"{link}>{shown}</a>'


def stands_in_brackets(text: str, start: int, end: int) -> bool:
    """Return whether a reader sees square brackets right around a piece of a text: not those of a link or of a footnote."""
    if text[start - 1 : start] != "[" or text[end : end + 1] != "]":
        return False
    return text[start - 2 : start - 1] not in ("[", "!", "^") and text[end + 1 : end + 2] not in ("]", "(", "[", ":")


def guard(text: str, span: Span) -> list[Edit]:
    """Return the edit that puts a backslash where the character before a new link would make something else of it.

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
        if not _closes_behind(text, span.end):
            return []
    return [Edit(start - 1, start - 1, "\\")] if not is_escaped(text, start - 1) else []


def _closes_behind(text: str, at: int) -> bool:
    """Return whether `]]` follows on the line, with no `[[` before it."""
    signs, starts = _wikilink_signs(text)
    i = bisect_left(starts, at)
    return i < len(signs) and signs[i] == "]]"


@lru_cache(maxsize=1)  # a line may have thousands of stamps
def _wikilink_signs(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """Return all that begins or ends a wikilink, ends of lines among it, and where each stands."""
    found = list(_SIGN.finditer(text))
    return [m[0] for m in found], [m.start() for m in found]


def _is_closed(text: str, at: int) -> bool:
    """Return whether the `[` at `at` has its `]`, not far behind it."""
    depth = 0
    for m in _BRACKET.finditer(text, at, at + 2000):
        if m[0][0] == "\n":
            break
        depth += (m[0] == "[") - (m[0] == "]")
        if not depth:
            return True
    return False


def _closes_wikilink(text: str, close: int) -> bool:
    """Return whether the `]` at `close` is the last of a wikilink."""
    opening = text.rfind("[[", max(0, close - 500), close)
    return (
        opening >= 0 and text[opening : close + 1].find("]]") == close - 1 - opening and "\n" not in text[opening:close]
    )
