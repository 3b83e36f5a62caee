"""The line that a finding is about, cut to what is near it, and what its fix would write there.

Offsets count UTF-16 units, as JavaScript does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from processor.base.text import Span
from processor.rules.base import Finding

BEFORE, BEHIND = 40, 80  # code points that are shown before the start of a finding's span, and from there on
_LONGEST = 160  # code points of what a fix would write that are shown
_LEAST = 8  # code points that it does not pay to leave out


class Excerpt(NamedTuple):
    """`line` is what is shown of the finding's line, from `start` to `end` the finding; `edits` are what its fix would write there:
    from, to and text, None where that does not lie on this piece of the line, or is long."""

    message: str
    line: str
    start: int
    end: int
    fix: str
    safe: bool
    edits: Sequence[tuple[int, int, str]] | None


def excerpt(f: Finding, text: str | None) -> Excerpt:
    """Return the excerpt of a finding in the note of that text; of one whose text is not to be had, without a line."""
    title, safe = (f.fix.title, f.fix.safe) if f.fix else ("", False)
    if text is None or f.span.start > len(text):
        return Excerpt(f.message, "", 0, 0, title, safe, None)
    window, opens, closes = _window(text, f.span)
    piece = text[window.start : window.end]
    line = ("" if opens else "…") + piece + ("" if closes else "…")
    shift = (0 if opens else 1) - window.start
    places = [(f.span.start, min(max(f.span.end, f.span.start), window.end))]
    edits = _edits(f, window)
    places += [(a, b) for a, b, _ in edits or ()]
    if piece.isascii():
        moved = [(a + shift, b + shift) for a, b in places]
    else:
        moved = [(_units(line[: a + shift]), _units(line[: b + shift])) for a, b in places]
    (start, end), *rest = moved
    made = None if edits is None else [(a, b, new) for (a, b), (_, _, new) in zip(rest, edits, strict=True)]
    return Excerpt(f.message, line, start, end, title, safe, made)


def _window(text: str, span: Span) -> tuple[Span, bool, bool]:
    """Return what is shown of the line on which a span begins, and whether that is its beginning, and its end."""
    start = span.start
    first = text.rfind("\n", max(0, start - BEFORE - _LEAST), start) + 1
    opens = bool(first) or start <= BEFORE + _LEAST
    if not opens:
        first = start - BEFORE
    last = text.find("\n", start, start + BEHIND + _LEAST)
    closes = last >= 0 or start + BEHIND + _LEAST >= len(text)
    if last < 0:
        last = len(text) if closes else start + BEHIND
    return Span(first, last), opens, closes


def _edits(f: Finding, window: Span) -> list[tuple[int, int, str]] | None:
    if not f.fix or not f.fix.edits:
        return None
    found = []
    for path, edit in f.fix.edits:
        if path != f.path or not window.start <= edit.start <= edit.end <= window.end or len(edit.text) > _LONGEST:
            return None
        found.append((edit.start, edit.end, edit.text))
    return sorted(found)


def _units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
