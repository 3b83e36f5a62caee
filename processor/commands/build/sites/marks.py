"""What only Obsidian reads, written as others read it: each function yields the edits to one note for one such mark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Edit, Span
from processor.parse.grammar import CLOSE_TAG, OPEN_TAG, is_escaped
from processor.parse.nodes import Place
from processor.parse.youtube import read_url
from processor.vault.note import Note

_RENDERED: frozenset[Place] = frozenset(("text", "heading", "table", "link"))
_UNDERLINE = regex(r"\n(?:-+|=+)[ \t]*(?:\n|\Z)")
_HASH_SIGNS = regex(r"^[ \t>]*(?:(?:[-*+]|\d+[.)]|\[\^[^\]\s]+\]:)[ \t]+)*(#+)(?![#\s])", re.M)
_APART = regex(r"\n[ \t>]*\n")
_DOLLAR = regex(rf"{OPEN_TAG}|{CLOSE_TAG}|\$")  # a tag is passed over
_MARKED = regex(r"(?<![=\\])==(?=[^\s=])([^\n]*?[^\s=\\])==(?!=)")


class Shielded:
    """The parts of a note that are no words: links but for their texts, and URLs."""

    def __init__(self, note: Note) -> None:
        found = [x.span if x.form in ("wikilink", "property") else x.target_span for x in note.links]
        found += [x.span if x.form in ("bare", "autolink") else x.url_span for x in note.external_links]
        self._spans = sorted(found)
        self._starts = [span.start for span in self._spans]

    def __contains__(self, offset: object) -> bool:
        assert isinstance(offset, int)
        i = bisect_right(self._starts, offset) - 1
        return i >= 0 and offset < self._spans[i].end


def dollars(note: Note) -> Iterator[Edit]:
    """Write `\\$` where Obsidian sees no formula and another program would: wherever two signs stand in one paragraph."""
    text = note.text
    if text.find("$", note.body_start) < 0:
        return
    shielded = Shielded(note)
    for start, end in _paragraphs(text, note.body_start):
        if text.count("$", start, end) > 1:
            for m in _DOLLAR.finditer(text, start, end):
                at = m.end() - 1
                if m[0] == "$" and note.place_at(at) in _RENDERED and at not in shielded and not is_escaped(text, at):
                    yield Edit(at, at, "\\")


def _paragraphs(text: str, start: int) -> Iterator[Span]:
    """Yield the stretches between blank lines."""
    for m in _APART.finditer(text, start):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, len(text))


def comments(note: Note) -> Iterator[Edit]:
    """Leave out what no reader is to see: `%% … %%`. One that stands alone goes with its line."""
    text = note.text
    for comment in note.comments:
        if comment.form == "obsidian":
            start, end = comment.span
            is_alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
            if is_alone and _UNDERLINE.match(
                text, end
            ):  # what is above it would be a heading, or it would open properties
                is_alone = False
            yield Edit(start, min(end + is_alone, len(text)), "")


def highlights(note: Note) -> Iterator[Edit]:
    """Write `==words==` as HTML."""
    if "==" not in note.text:
        return
    shielded = Shielded(note)
    for m in _MARKED.finditer(note.text, note.body_start):
        places = (m.start(), m.start() + 1, m.end() - 2)
        if all(note.place_at(at) in _RENDERED and at not in shielded for at in places):
            yield Edit(m.start(), m.start() + 2, "<mark>")
            yield Edit(m.end() - 2, m.end(), "</mark>")


def blocks(note: Note) -> Iterator[Edit]:
    """Write the id of a block as an anchor, which is not seen."""
    for block in note.blocks:
        yield Edit(*block.id_span, f'<a id="{block.id}"></a>')


def small_blocks(note: Note) -> Iterator[Edit]:
    """Write the id of a block in small letters, as Quartz looks for it."""
    for block in note.blocks:
        if block.id != block.id.lower():
            yield Edit(*block.id_span, f"^{block.id.lower()}")


def videos(note: Note) -> Iterator[Edit]:
    """Write embeds of videos as links: elsewhere they are broken pictures."""
    for x in note.external_links:
        led = read_url(x.url) if x.embed and x.place in _RENDERED else None
        if led is not None and led.video_id and x.form == "markdown" and x.text_span:
            yield Edit(x.span.start, x.span.start + 1, "")
            if not x.text.strip():
                yield Edit(*x.text_span, "Video")


def hash_signs(note: Note) -> Iterator[Edit]:
    """Write `\\#tag` where a block or line begins with it: Python-Markdown sees a heading without a space."""
    for m in _HASH_SIGNS.finditer(note.text, note.body_start):
        if note.place_at(m.start(1)) == "text":
            yield Edit(m.start(1), m.start(1), "\\")
