"""The short way to read a note: for one in which nothing hides a link or changes what a line is.

Most notes made from transcripts are such: paragraphs, headings, quotes and lists of plain text, links and HTML tags.
One pass of one regular expression finds all there is, without a Markdown parser. `read_plain` gives exactly what
`obsidian.read_body` would, or None where the text holds anything that it does not understand; it never guesses.
"""

from __future__ import annotations

import re

from processor.syntax import Callout, ExternalLink, Heading, Place, Region, Tag
from processor.text import Span
from processor.wikitext import (
    AUTOLINK,
    BARE_URL,
    CALLOUT,
    CLOSE_TAG,
    HTML_BLOCKS,
    OPEN_TAG,
    TAG,
    TAG_NUMBER,
    WIKILINK,
    Body,
    bare_url_end,
    before_tag,
    heading_text,
    markdown_link,
    wikilink,
)

# code, blocks of math, comments, escapes, HTML that is no tag; tabs, whose width counts
_SHIELDS = ("`", "$$", "\\", "\t", "~~~", "%%", "<!", "<?")
# what may close math: behind no space, before no digit; without it dollars are prices
_MATH_END = re.compile(r"(?<!\s)\$(?![0-9])")
_BULLET = r"(?:[*+-]|[0-9]+[.)])"
_PREFIX = rf"(?:[ >]|{_BULLET}[ ])*+(?:\[[^\]\n]\][ ]++)?"  # whatever quotes, lists and tasks put before a line's text
# by its beginning: HTML blocks; tables; underlined headings; definitions and footnotes; empty items, code in an item;
# headings and quotes in a list, headings in a quote; code in a quote; indented headings; callouts within callouts
_LINE = (
    rf"{_PREFIX}(?:</?(?i:{HTML_BLOCKS})(?=[\s/>]|\Z)|(?:{OPEN_TAG}|{CLOSE_TAG})[ ]*(?:\n|\Z)|\[[^\]\n]*\]:)"
    r"|[ >:-]*\|[ |:-]*(?:\n|\Z)"
    r"|(?<=[^\n]\n)[ >]*(?:-+|=+)[ ]*(?:\n|\Z)"
    rf"|[ >]*{_BULLET}(?:[ ]*(?:\n|\Z)|[ ]{{5}}|[ ]+\[[^\]\n]\][ ]{{5}}|[ ]+(?:\[[^\]\n]\][ ])?(?:[#>]|{_BULLET}(?:[ \n]|\Z)))"
    r"|[ >]*>[ ]*\#{1,6}(?:[ \n]|\Z)|[ ]+\#{1,6}(?:[ \n]|\Z)|[ >]*>[ ]{5}"
    rf"|(?![ ]{{0,3}}>[ ]?\[!){_PREFIX}\[!"
)
_COMPLEX_LINE = re.compile(rf"\n(?={_LINE})")
_COMPLEX_FIRST = re.compile(_LINE)
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+[ ]*$", re.M)
_INDENTED = re.compile(r"\n {4,}(?=[^ \n])")
# the line before one that is indented and no code: indented itself, or an item whose text begins no further in
_UNDER_ITEM = re.compile(r" {4,}(?=[^ ])| *(?:[*+-] {1,3}|[0-9][.)] {1,2}|[0-9]{2}[.)] )(?!\[.\] *\Z)[^ ]")
_CALLOUT = re.compile(r"^ {0,3}> ?(?=\[!)", re.M)

# every alternative begins with a plain character: so the search skips all others fast
_TOKEN = re.compile(
    rf"{WIKILINK.removeprefix('!?')}"
    r"|\[(?P<text>[^\[\]\n<]*+)\]\((?P<destination>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)\)"
    r"|\[(?P<unread>\[)|\](?P<undone>\()"
    rf"|{OPEN_TAG}|{CLOSE_TAG}|{AUTOLINK}|<(?P<open>[A-Za-z/])"
    r"|:(?:(?<=http:)|(?<=https:))(?P<url>//[^\s<]++)"
    rf"|{TAG}|\#(?P<marks>\#{{0,5}})(?=[ \n]|\Z)"
)
_INNER, _DESTINATION, _AUTOLINK, _URL, _NAME, _MARKS = (
    _TOKEN.groupindex[name] for name in ("inner", "destination", "autolink", "url", "name", "marks")
)
_BARE_URL = re.compile(BARE_URL)
_TAG = re.compile(TAG)
_WWW = re.compile(r"(?<!//)www\.")


def read_plain(text: str, start: int, blotted: str | None = None) -> Body | None:
    """All that a note says from `start` on; None where that takes the full parse.

    `blotted` is the same text with its well-formed anchors blotted out (see `timestamps.wellformed`): they say nothing
    here, and are half of all that the search would stop at.
    """
    blotted = text if blotted is None else blotted
    if not _is_plain(blotted, start):
        return None
    body = Body.empty()
    links, external, regions = body.links, body.external, body.regions
    place: Place = "text"
    place_end = before = start
    for m in _TOKEN.finditer(blotted, start):
        kind = m.lastindex
        at, end = m.span()
        if kind is None:  # an HTML tag
            if text.find("\n", at, end) >= 0:
                return None
            before = end
            continue
        if at >= place_end:
            place = "text"
        if kind == _INNER:
            inner = at + 2
            embed = at > before and text[at - 1] == "!"
            link = wikilink(text[inner : end - 2], inner, Span(at - embed, end), embed=embed, place=place)
            if link is None:
                return None
            links.append(link)
            regions.append(Region(inner, end - 2, "display"))
        elif kind == _DESTINATION:
            embed = at > before and text[at - 1] == "!"
            where, text_span = Span(*m.span(_DESTINATION)), Span(*m.span("text"))
            found = markdown_link(
                m[_DESTINATION],
                where,
                Span(at - embed, end),
                m["text"],
                text_span,
                form="markdown",
                embed=embed,
                place=place,
            )
            if isinstance(found, ExternalLink):
                external.append(found)
            elif found:
                links.append(found)
            if text_span.start < text_span.end:
                regions.append(Region(*text_span, "link"))
            for tag in _TAG.finditer(text, *text_span) if "#" in m["text"] else ():
                if tag.start() == text_span.start or text[tag.start() - 1] in "[>_#$":
                    return None
                if before_tag(text, tag.start(), start) and not TAG_NUMBER.fullmatch(tag["name"]):
                    body.tags.append(Tag(Span(*tag.span()), tag["name"]))
        elif kind == _MARKS:
            if at == start or text[at - 1] == "\n":
                place_end = text.find("\n", end)
                place_end = len(text) if place_end < 0 else place_end
                title, title_span = heading_text(text[end:place_end], end)
                body.headings.append(Heading(Span(at, place_end), end - at, title, title_span))
                regions.append(Region(at, place_end, "heading"))
                place = "heading"
        elif kind == _URL:
            url = _BARE_URL.match(text, at - 4 - (text[at - 1] in "sS"))
            if url is None or url.start() < before or text.find("](", at, end) >= 0:
                return None
            where = Span(url.start(), url.start() + bare_url_end(url[0]))
            if _MARK.search(text, where.end, end):
                return None
            external.append(ExternalLink(where, "bare", False, text[where.start : where.end], where, "", None, place))
        elif kind == _NAME:
            if (at == before != start) or text[at - 1 : at] in ("[", ">", "_", "$"):  # behind a link, in emphasis, …
                return None
            if before_tag(text, at, start) and not TAG_NUMBER.fullmatch(m[_NAME]):
                body.tags.append(Tag(Span(at, end), m[_NAME]))
        elif kind == _AUTOLINK:
            where = Span(at + 1, end - 1)
            external.append(
                ExternalLink(Span(at, end), "autolink", False, m[_AUTOLINK], where, m[_AUTOLINK], where, place)
            )
        else:  # a bracket or a tag that only the parser tells the end of
            return None
        before = end
    return body if _add_callouts(text, start, body) else None


_MARK = re.compile(r"[\[\]!#:]")


def _is_plain(text: str, start: int) -> bool:
    for shield in _SHIELDS:
        if text.find(shield, start) >= 0:
            return False
    if text.find("$", start) >= 0 and _MATH_END.search(text, start):
        return False
    if _COMPLEX_FIRST.match(text, start) or _COMPLEX_LINE.search(text, start):
        return False
    if _BLOCK_ID.search(text, start) or text.startswith("    ", start):
        return False
    if text.find("www.", start) >= 0 and _WWW.search(text, start):
        return False
    quoted = None
    for m in _INDENTED.finditer(text, start):
        before = text.rfind("\n", start, m.start()) + 1 or start
        if quoted is None:
            quoted = _QUOTE.search(text, start) is not None
        if quoted or not _UNDER_ITEM.match(text, before, m.start()):
            return False
    return True


_QUOTE = re.compile(r"^ {0,3}>", re.M)


def _add_callouts(text: str, start: int, body: Body) -> bool:
    """Whether all callouts are certain to be such: each on the first line of its quote."""
    if text.find("[!", start) < 0:
        return True
    for m in _CALLOUT.finditer(text, start):
        callout = CALLOUT.match(text, m.end())
        if callout is None:
            continue
        before = text.rfind("\n", start, max(start, m.start() - 1)) + 1 or start
        if text[before : m.start()].strip(" \n") or text[callout.end() : callout.end() + 1] not in " \n":
            return False
        end = text.find("\n", m.end())
        end = len(text) if end < 0 else end
        body.callouts.append(Callout(Span(m.end(), end), callout["type"], Span(*callout.span("type"))))
    return True
