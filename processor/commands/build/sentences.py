"""The sentence that a link stands in, as words on one line."""

from __future__ import annotations

import re

from processor.base.text import line_end
from processor.parse.nodes import Link
from processor.vault.links.writing import shown_target
from processor.vault.note import Note

IN_SENTENCES = ("text", "heading")
"""Where a link stands in running text."""
_LONGEST = 240  # characters of a sentence
_SHORTENED = "Dr Mr Mrs Ms Prof St Jr Sr vs No Nr etc ca cf e.g i.e z.B d.h".split()
_END = re.compile(
    r"""(?<![A-Z])"""
    + "".join(rf"(?<!\b{re.escape(word)})" for word in _SHORTENED)
    + r"""[.!?]["”')\]*_]*[ \t]+(?=["“'(\[*_]*(?:<a|[A-Z0-9]|\[\[))"""
)
_LEAD = re.compile(r"[ \t>]*(?:\[![\w-]+\][+-]?[ \t]+)?(?:#{1,6}[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?)?")
_STAMPS = re.compile(r"<a\b[^>\n]*>[^<\n]*</a>|\[\[?[\d:.,\u2013 -]*\d:\d\d[\d:.,\u2013 -]*\]\]?(?:\([^)\n]*\))?")
_WIKI = re.compile(r"!?\[\[(?![\d:.,\u2013 -]*\]\])(?:([^\[\]|\n]*?)\\?\|)?((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\]")
_MARKDOWN = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_MARKS = re.compile(
    r"<[^<>\n]*>|<a\b[^<>\n]*\Z|\A[^<>\n]{0,80}[\"”]>|\*+|==|`+|~~|(?<!\w)_+|_+(?!\w)|%%.*?(?:%%|$)|\s\^[\w-]+$"
)
_BEFORE_END = re.compile(r"\s+(?=[.,;:!?)])")
_EMPTY = re.compile(r"\(\s*[,;]?\s*\)")


def sentence_around(note: Note, link: Link) -> str:
    """Return the sentence that a link stands in as words on one line; empty where it stands in no running text."""
    if link.place not in IN_SENTENCES:
        return ""
    text = note.text
    first = note.lines.start(note.lines.line(link.span.start))
    line = text[first : line_end(text, link.span.start)]
    lead = _LEAD.match(line)
    start, end = lead.end() if lead else 0, len(line)
    here, behind = link.span.start - first, link.span.end - first
    for m in _END.finditer(line):
        if start < m.end() <= here:
            start = m.end()
        elif m.start() >= behind:
            end = m.end()
            break
    # what is left of the sentence is cut around the link, at words
    if end - start > 3 * _LONGEST:
        start, end = max(start, here - _LONGEST), min(end, behind + _LONGEST)
    words = _as_words(line[start:end])
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"


def _as_words(text: str) -> str:
    """Return Markdown of one line as the words that a reader sees, without stamps."""
    text = _WIKI.sub(_shown, text)
    text = _STAMPS.sub("", text)  # some are the text of a link
    text = _MARKS.sub("", _MARKDOWN.sub(r"\1", text))
    return _BEFORE_END.sub("", " ".join(_EMPTY.sub("", text).split()))


def _shown(link: re.Match[str]) -> str:
    target, text = link[1], link[2].strip()
    return text if target and text else shown_target(target or text).strip()
