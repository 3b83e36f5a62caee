"""Wikilinks in HTML blocks: no Markdown is rendered there, so they are none to any program, and were meant for some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.grammar import wikilink
from processor.parse.nodes import Link
from processor.parse.timestamps.clocks import read_label
from processor.vault.note import Note

_PASSED_OVER = r"<(?P<raw>script|style|pre|code|textarea)\b.*?(?:</(?P=raw)\s*>|\Z)|<!--.*?(?:-->|\Z)|<(?:\"[^\"]*\"|'[^']*'|[^'\">]){0,2000}>"
_WIKILINK = regex(rf"{_PASSED_OVER}|!?\[\[(?P<inner>[^\[\]\n]+)\]\]", re.I | re.S)


def links_in_html(note: Note) -> Iterator[Link]:
    """Yield the wikilinks that stand in the text of a note's HTML blocks, outside of scripts, code and tags; no stamps."""
    text = note.text
    if "[[" not in text or "<" not in text:
        return
    for start, end, place in note.regions:
        if place != "html" or text[start - 1 : start] == "<":  # which begins a tag amid text
            continue
        for m in _WIKILINK.finditer(text, start, end):
            if m["inner"] is None or read_label(m["inner"]).kind == "clock":
                continue
            link = wikilink(m["inner"], m.start("inner"), Span(*m.span()), embed=m[0][0] == "!", place="html")
            if link is not None:
                yield link
