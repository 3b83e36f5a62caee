"""The short way through a note: what blocks it holds, which of its lines are odd, and all wikilinks of the others."""

from __future__ import annotations

import re

from processor.base.text import Span, line_end
from processor.parse.fast.blocks import blot_blocks
from processor.parse.fast.inline import LineReader
from processor.parse.fast.links import BLOT, add_links, blot_links
from processor.parse.grammar import Body, heading_text, normal
from processor.parse.nodes import Heading, Link, Place, Region

# a wikilink as most are written; text in brackets that no destination follows; else it is for the `LineReader`
_BRACKET = re.compile(
    r"\[(?:\[ *+((?!\s)[^\[\]|\n\x01\x02]*[^\[\]|\s\x01\x02]) *+(?:\| *+((?!\s)[^\[\]\n\x02]*[^\[\]\s\x02]) *+)?+\]\]"
    r"|(?!\[)(!)?+[^\[\]\n\x02]*+\](?!\()|())"
)
_TARGET, _DISPLAY, _CALLOUT, _ODD = 1, 2, 3, 4
# behind a `#`: a heading; else what may be a tag by that which stands before it
_HASH = re.compile(r"(?:(?<![^\n]#)(#{0,5})(?=[ \n]|\Z)([^\n]*+)|(?<![^\s*_~=\])>\[]#)(?=[^\s#]))")
# what may be a tag, a comment or an autolink, but for tags that hold no mark
_TAG_LIKE = re.compile(
    r"<(?=[A-Za-z/!?])"
    r'(?![A-Za-z][A-Za-z0-9-]*+(?: ++[A-Za-z_:][A-Za-z0-9:._-]*+(?:="[^"\n<>\[\]`$\\%#]*+")?+)*+ *+/?>|/[A-Za-z][A-Za-z0-9-]*+>)'
)
# behind white space, or first behind the marks of a quote or callout
_BLOCK_ID = re.compile(r"(?<![^\s>\])])\^[A-Za-z0-9-]+[ ]*$", re.M)
_new = tuple.__new__  # a named tuple in half the time


def read_plain(text: str, start: int, blotted: str | None = None) -> Body | None:
    """Return all that a note says from `start` on; None where that takes the full parse.

    `blotted` is the same text with its well-formed anchors blotted out (see `timestamps.wellformed`): they say nothing
    here, and are half of all that the search would stop at.
    """
    if text.find("\t", start) >= 0:  # its width counts
        return None
    body = Body.empty()
    blotted = text if blotted is None else blotted
    look = blot_blocks(text, blotted, start, body)
    if look is None:
        return None
    if look.find("^", start) >= 0 and (
        look.find("^[", start) >= 0 or _BLOCK_ID.search(look, start)
    ):  # a footnote, an id
        return None
    reader = LineReader(text, look, start, body)
    whole, found = look, blot_links(look, start)
    look = found.look
    odd = _odd_lines(look, start)
    end = start
    for spoiled in found.spoiled:
        if spoiled >= end:  # the first of its line
            end = _add_line(look, start, spoiled, odd)
    linked = _add_headings(text, look, start, body, odd)
    if odd or linked:
        headings = {heading.span.start for heading in body.headings}
        at = start
        for line, end in sorted({**linked, **odd}.items()):
            alone = line in headings
            place: Place = "heading" if alone else "text"
            if not _read_between(text, look, at, line, body, reader):
                return None
            if line in odd:
                if not reader.read(line, end, place, alone=alone):
                    return None
            elif not _read_between(text, look, line, end, body, reader, place):
                return None
            at = end
    else:
        at = start
    if not _read_between(text, look, at, len(look), body, reader):
        return None
    add_links(found, start, body, reader.lines)
    if reader.lines or whole is not blotted:
        return body.ordered()
    body.regions.sort()  # none starts where another one does
    return body


def _odd_lines(look: str, start: int) -> dict[int, int]:
    """Return the lines that hold more than text and wikilinks: where each starts and ends."""
    odd: dict[int, int] = {}
    for mark in ("`", "\\", "$", "www."):
        at = look.find(mark, start)
        while at >= 0:
            at = look.find(mark, _add_line(look, start, at, odd))
    at = look.find("/", start)
    while at >= 0:
        at = look.find("/", _add_line(look, start, at, odd) if look.startswith("//", at) else at + 1)
    if look.find("%", start) >= 0:
        at = look.find("%%", start)
        while at >= 0:
            at = look.find("%%", _add_line(look, start, at, odd))
    end = start
    for m in _TAG_LIKE.finditer(look, start):
        if m.start() >= end:
            end = _add_line(look, start, m.start(), odd)
    return odd


def _add_line(look: str, start: int, at: int, odd: dict[int, int]) -> int:
    """Add the line on which `at` lies, and return its end."""
    end = line_end(look, at)
    odd[look.rfind("\n", start, at) + 1 or start] = end
    return end


def _add_headings(text: str, look: str, start: int, body: Body, odd: dict[int, int]) -> dict[int, int]:
    """Add the headings, and the lines that may hold a tag to those that are `odd`; return the headings with brackets."""
    linked: dict[int, int] = {}
    at = look.find("#", start)
    while at >= 0:
        m = _HASH.match(look, at + 1)
        if m is None:
            end = at + 1
        elif m.lastindex is None:
            end = _add_line(look, start, at, odd)
        else:
            begin, end = m.span(2)
            said = text[begin:end]
            title, title_span = heading_text(said, begin)
            body.headings.append(_new(Heading, (_new(Span, (at, end)), begin - at, title, title_span, True)))
            body.regions.append(_new(Region, (at, end, "heading")))
            if "#" in said or ("[" in said and BLOT in look[begin:end]):
                odd[at] = end
            elif "[" in said:
                linked[at] = end
        at = look.find("#", end)
    return linked


def _read_between(
    text: str, look: str, at: int, end: int, body: Body, reader: LineReader, place: Place = "text"
) -> bool:
    """Return the wikilinks of lines that hold nothing else; False where one of these lines takes the full parse."""
    links: list[Link] = []
    regions: list[Region] = []
    new = tuple.__new__  # a named tuple in half the time
    while at < end:
        for m in _BRACKET.finditer(look, at, end):
            kind = m.lastindex
            if kind is None:
                continue
            (opened, closed), where, shown, _, _ = m.regs
            display = display_span = None
            if kind == _DISPLAY:
                display, display_span = text[shown[0] : shown[1]], new(Span, shown)
            elif kind == _TARGET:
                pass
            elif kind == _ODD:
                break
            elif reader.read_callout(opened):
                continue
            else:
                return False
            target = text[where[0] : where[1]]
            if not target.isascii():
                target = normal(target)
            embed = look[opened - 1] == "!" and opened > at
            span = new(Span, (opened - embed, closed))
            links.append(
                new(Link, (span, "wikilink", embed, target, new(Span, where), display, display_span, place, ""))
            )
            regions.append(new(Region, (opened + 2, closed - 2, "display")))
        else:
            break
        line = look.rfind("\n", at, opened) + 1 or at
        at = line_end(look, opened)
        while links and links[-1].span.start >= line:
            links.pop()
            regions.pop()
        while body.callouts and body.callouts[-1].span.start >= line:
            body.callouts.pop()
        if not reader.read(line, at, place, alone=place == "heading"):
            return False
    body.links.extend(links)
    body.regions.extend(regions)
    return True
