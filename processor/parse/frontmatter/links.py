"""The links of properties, as Obsidian follows them since version 1.11."""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.frontmatter.model import Properties, PropertyText
from processor.parse.grammar import DESTINATION, WIKILINK, markdown_link, wikilink
from processor.parse.nodes import Link

_WIKILINK = regex(WIKILINK)
_TEXT = regex(r"!?\[(?P<text>(?:[^\[\]\\\n]|\\.|\[(?:[^\[\]\\\n]|\\.)*+\])*+)\](?=\()")


def property_links(text: str, properties: Properties) -> Iterator[Link]:
    """Yield each property, list item or nested value that is one link and nothing else: a wikilink, or a Markdown link into the
    vault. `text` is the note's.
    """
    end = properties.body_start
    wiki, markdown = text.find("[[", 0, end) >= 0, text.find("](", 0, end) >= 0
    if not wiki and not markdown:
        return
    for found in properties.texts():
        link = _wikilink(text, found) if "[[" in found.value else None
        if link is None and markdown and "](" in found.value:
            link = _markdown_link(text, found)
        if link:
            yield link._replace(key=found.key)


def _wikilink(text: str, found: PropertyText) -> Link | None:
    m = _WIKILINK.fullmatch(text, found.span.start, found.span.end)
    if m is None:
        return None
    link = wikilink(m["inner"], m.start("inner"), found.span, embed=m[0][0] == "!", place="property")
    if link and m[0] != found.value and (said := _WIKILINK.fullmatch(found.value)):  # quotes in quotes
        meant = wikilink(said["inner"], 0, found.span, embed=link.embed, place="property")
        link = meant and link._replace(target=meant.target, display=meant.display)
    return link and link._replace(form="property")


def _markdown_link(text: str, found: PropertyText) -> Link | None:
    link = _markdown_at(text, *found.span, found.span)
    if link and text[found.span.start : found.span.end] != found.value:  # quotes in quotes
        meant = _markdown_at(found.value, 0, len(found.value), found.span)
        link = meant and link._replace(target=meant.target, display=meant.display)
    return link


def _markdown_at(text: str, start: int, end: int, span: Span) -> Link | None:
    """Return the Markdown link into the vault that `text[start:end]` is."""
    m = _TEXT.match(text, start, end)
    d = DESTINATION.fullmatch(text, m.end(), end) if m else None
    if m is None or d is None or "\n" in d[0]:
        return None
    group = "bare" if d["angle"] is None else "angle"
    where, shown = Span(*d.span(group)), Span(*m.span("text"))
    link = markdown_link(
        d[group], where, span, m["text"], shown, form="markdown", embed=m[0][0] == "!", place="property"
    )
    return link if isinstance(link, Link) else None
