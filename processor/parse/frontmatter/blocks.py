"""Finding the front matter in a note's text."""

from __future__ import annotations

import re

from processor.base.regex import regex
from processor.base.text import Span, line_end
from processor.parse.frontmatter.model import Properties, Reading
from processor.parse.frontmatter.simple import read_simple

_OPEN = regex(r"---[ \t]*\n")
_PROPERTY_LINE = regex(r"[^\W\d][\w -]{0,80}:(?:[ \t]|$)", re.M)
_LINES = regex(r"(?:[^\W\d][\w -]{0,80}:(?:[ \t][^\n]*)?\n?|[ \t]*-[ ][^\n]*\n?|[ ]{2,}\S[^\n]*\n?)+")
_BLANK = regex(r"[\s\ufeff\u200b]*")
_OPEN_BELOW = regex(r"^---[ \t]*\n(?=[^\W\d][\w -]{0,80}:(?:[ \t]|$))", re.M)
_SHIELD = regex(r"```|~~~|%%|<!--|\$\$|^(?: {4}|\t| *>)", re.M)
_MOST_LINES_BEFORE = 5
_FAMILIAR = frozenset(
    (
        "title",
        "tags",
        "aliases",
        "cssclasses",
        "tag",
        "alias",
        "cssclass",
        "videoid",
        "video_id",
        "video-id",
        "youtube_url",
    )
)


def read_properties(text: str) -> Properties:
    """Find and read the front matter of a note's text (line ends `\\n`, no byte order mark). Never raises.

    It begins with `---` on the first line and ends at the next line that begins with `---`. It is read as Obsidian does,
    as YAML 1.2.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return _misplaced(text)
    start = opening.end()
    close = text.find("\n---", start - 1)
    if close < 0:
        unclosed = Span(0, 3) if _PROPERTY_LINE.match(text, start) else None
        return Properties(unclosed=unclosed)
    body_start = min(line_end(text, close + 4) + 1, len(text))
    span = Span(0, close + 4)
    yaml_span = Span(start, close + 1)
    reading = _read(text, start, close + 1)
    return Properties(span, yaml_span, reading.entries, reading.duplicates, reading.fault, body_start=body_start)


def _read(text: str, start: int, end: int) -> Reading:
    entries = read_simple(text, start, end)
    if entries is None:
        from processor.parse.frontmatter.full import read_full

        return read_full(text, start, end)
    first = {entry.key: entry for entry in reversed(entries)}
    again = [entry for entry in entries if entry is not first[entry.key]] if len(first) < len(entries) else ()
    return Reading(entries, tuple(again))


def end_of_unclosed(text: str) -> int | None:
    """Return where the properties end whose closing `---` is missing: behind the last line that looks like one of theirs.

    None where text follows at once, so that no end is certain: only a blank line or the end of the note is one.
    """
    opening = _OPEN.match(text)
    lines = _LINES.match(text, opening.end()) if opening else None
    if lines is None or (lines.end() < len(text) and text[lines.end()] != "\n"):
        return None
    return lines.end()


def _misplaced(text: str) -> Properties:
    """Return the block that is no front matter only because something stands before it.

    Below blank lines any property will do. Below other text `---` may be a rule or the underline of a heading: there
    the text must be short and plain, the block without blank lines, and one of its keys a familiar one.
    """
    blank = _BLANK.match(text)
    assert blank is not None
    before = blank.end()
    m = _OPEN_BELOW.match(text[before : before + 200]) if before else None
    if m is not None:
        start = before
    else:
        m = _OPEN_BELOW.search(text)
        if m is None:
            return Properties()
        start = m.start()
        prefix = text[:start]
        if sum(map(bool, map(str.strip, prefix.split("\n")))) > _MOST_LINES_BEFORE or _SHIELD.search(prefix):
            return Properties()
    inside = text.index("\n", start) + 1
    close = text.find("\n---", inside)
    if close < 0:
        return Properties()
    reading = _read(text, inside, close + 1)
    if not reading.entries:
        return Properties()
    if start != before:
        keys = {entry.key.casefold() for entry in reading.entries}
        if keys.isdisjoint(_FAMILIAR) or "\n\n" in text[inside:close]:
            return Properties()
    return Properties(misplaced=Span(start, close + 4), misplaced_prefix=Span(0, start))
