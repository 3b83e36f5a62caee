"""What stands around the target of a link and does not belong there: another link, brackets, quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span, line_end
from processor.parse.grammar import is_escaped, wikilink
from processor.parse.nodes import Link
from processor.vault.note import Note

WEB_ADDRESS = regex(r"(?:[a-z][a-z0-9+.-]*://|mailto:)\S", re.I)
AROUND_LINK = regex(r"\[?(?P<text>[^\[\]]*)\]\((?P<url><[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
MARKS = frozenset("([\"'\u201c\u2018<")
_WRAPPED = regex(r"[(\[\"'\u201c\u2018<]+(?P<inner>[^()\[\]\"'<>\s\u201c\u201d\u2018\u2019]+)[)\]\"'\u201d\u2019>]+")


def unwrapped(target: str) -> str:
    """Return a Markdown link's target without the marks around it; empty where there are none on both sides."""
    m = _WRAPPED.fullmatch(target)
    return m["inner"] if m else ""


class Surplus(NamedTuple):
    """A wikilink with more brackets than it has: all that stands there, and what is between them.

    `safe` says that as many open it as close it; `lonely` that one which opens it is closed further on in the line.
    """

    span: Span
    inner: str
    target: str
    path: str
    safe: bool
    lonely: bool


def surplus(note: Note, link: Link) -> Surplus | None:
    """Return the brackets around a wikilink, where there are more than two."""
    text = note.text
    line = note.lines.line(link.span.start)
    begin, stop = note.lines.start(line), line_end(text, link.span.end)
    start, end = link.span.start + link.embed, link.span.end
    while start > begin and text[start - 1] == "[":
        start -= 1
    if start > begin and text[start - 1] in "\\^" and not is_escaped(text, start - 1):
        start += 1  # it is text, or opens a footnote
    while end < stop and text[end] == "]":
        end += 1
    opened = len(text[start:end]) - len(text[start:end].lstrip("["))
    closed = len(text[start:end]) - len(text[start:end].rstrip("]"))
    inner = text[start + opened : end - closed]
    if opened < 3 or closed < 2 or "[" in inner or "]" in inner:
        return None
    more = (closed - 2) - (opened - 2)
    if more > 0:  # a bracket of the sentence may end there
        of_sentence = min(more, _open(text[begin:start]))
        end, more = end - of_sentence, more - of_sentence
    made = wikilink(inner, 0, Span(0, 0), embed=False, place=link.place)
    if made is None or text[end : end + 1] == "(":
        return None
    lonely = more < 0 and _open(text[end:stop][::-1].translate(_MIRRORED)) > 0
    span = Span(start - (link.embed and start == link.span.start + 1), end)
    return Surplus(span, inner, made.target, made.path, more == 0, lonely)


_MIRRORED = str.maketrans("[]", "][")


def _open(text: str) -> int:
    """Return how many brackets are open at the end of a text."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]" and depth > 0)
    return depth
