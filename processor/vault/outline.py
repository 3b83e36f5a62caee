"""The outline of a note: what other notes and the rules of the vault need of it, as plain data.

A vault of 21,000 notes does not fit into memory, and is read by several processes. What is kept of a note, or crosses
between them, is its outline, never its text or its stamps; a `DeferredNote` is a `Note` that is known by its outline, or
by its facts alone, and reads its file again when more is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub
from typing import Any

from processor.base.compact import encode
from processor.base.text import Span
from processor.parse.frontmatter import Item, Properties, Property, PropertyText
from processor.parse.nodes import Link
from processor.vault.note import Note


def outline(note: Note) -> str:
    """Return what others need of a note, as JSON."""
    starts = note.lines.starts
    return encode(
        (
            note.properties.body_start,
            _properties(note.properties) if note.properties != Properties() else None,
            note.headings,
            [_brief(link) for link in note.links],
            note.links.index(note.channel) if note.channel is not None else -1,
            note.blocks,
            note.suppressions,
            note.has_anchor,
            list(map(sub, starts[1:], starts)),
            len(note.text),
            note.dead_links,
        )
    )


def _wikilink(start: int, target: str, display: str | None = None, gap: int = 0) -> Link:
    """Return the link that `[[target]]`, or `[[target|display]]` with so many characters between them, is amid text."""
    end = start + 2 + len(target)
    where = Span(start + 2, end)
    if display is None:
        return Link(Span(start, end + 2), "wikilink", False, target, where, None, None)
    shown = Span(end + gap, end + gap + len(display))
    return Link(Span(start, shown.end + 2), "wikilink", False, target, where, display, shown)


def _brief(link: Link) -> Sequence[Any]:
    """Return a link; of one of the commonest kind only what is needed to make it anew."""
    (start, end), form, embed, target, where, display, shown, place, key = link
    opened = start + 2
    if form == "wikilink" and place == "text" and not embed and not key and where == (opened, opened + len(target)):
        if display is None or shown is None:  # both, of a link that has no bar
            return (start, target) if end == where.end + 2 else link
        if end == shown.end + 2 and shown.end - shown.start == len(display):
            return (start, target, display, shown.start - where.end)
    return link


def link_of(x: Sequence[Any]) -> Link:
    if len(x) <= 4:
        return _wikilink(*x)
    a, b, c, d, e, f, g, h, i = x
    return Link(Span(*a), b, c, d, Span(*e), f, None if g is None else Span(*g), h, i)


def _properties(p: Properties) -> tuple[Any, ...]:
    return (
        p.span,
        p.yaml_span,
        p.entries,
        p.duplicates,
        p.fault,
        p.unclosed,
        p.misplaced,
        p.misplaced_prefix,
    )


def span_of(ends: Sequence[int] | None) -> Span | None:
    return None if ends is None else Span(ends[0], ends[1])


def property_of(x: Sequence[Any]) -> Property:
    return Property(
        x[0],
        x[1],
        x[2],
        x[3],
        Span(*x[4]),
        Span(*x[5]),
        Span(*x[6]),
        tuple([Item(value, Span(*ends), alias) for value, ends, alias in x[7]]),
        tuple([PropertyText(key, value, Span(*ends)) for key, value, ends in x[8]]),
    )
