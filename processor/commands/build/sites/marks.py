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
_RICH = regex(r"[\[\]*`<~]|(?<!\w)_|_(?!\w)")
_MARK = regex(r"(?<!=)==(?!=)|\n")
_LINE_BEGIN = regex(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?[ \t>]*)*")


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
    """Leave out what no reader is to see: `%% … %%`. One that stands alone goes with its line, one at an end of a line with the space
    that parts it from the rest, which might make code of a line, or break it.
    """
    text = note.text
    for comment in note.comments:
        if comment.form != "obsidian":
            continue
        start, end = comment.span
        is_alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        if is_alone:
            # what is above dashes would be a heading, and dashes at the top would open properties
            stays = _UNDERLINE.match(text, end) is not None
            yield Edit(start, min(end + (not stays), len(text)), "")
            continue
        first = note.lines.start(note.lines.line(start))
        if _LINE_BEGIN.fullmatch(text, first, start):
            end = _next_word(text, end)
        elif text[(behind := _next_word(text, end)) : behind + 1] in ("", "\n"):
            start, end = first + len(text[first:start].rstrip(" \t")), behind
        yield Edit(start, end, "")


def _next_word(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t") and at < len(text):
        at += 1
    return at


def highlights(note: Note, *, everywhere: bool = True) -> Iterator[Edit]:
    """Write `==words==` as HTML: `everywhere`, or only where there is more than words in it."""
    if "==" not in note.text:
        return
    text, shielded, opened = note.text, Shielded(note), -1
    for m in _MARK.finditer(text, note.body_start):
        if m[0] == "\n":
            opened = -1
            continue
        at = m.start()
        if note.place_at(at) not in _RENDERED or at in shielded or is_escaped(text, at):
            continue
        if opened >= 0 and not text[at - 1].isspace():
            if everywhere or _RICH.search(text, opened + 2, at):
                yield Edit(opened, opened + 2, "<mark>")
                yield Edit(at, at + 2, "</mark>")
            opened = -1
        elif not text[at + 2 : at + 3].isspace():
            opened = at


def rich_highlights(note: Note) -> Iterator[Edit]:
    """Write those as HTML in which there is more than words, which Quartz shows as it is written."""
    yield from highlights(note, everywhere=False)


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
