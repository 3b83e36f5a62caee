"""The plain kind of front matter, read without a YAML parser: nearly all notes have no other.

Whatever YAML might take for anything else than what it looks like is left to `full`: this reader returns
either exactly what that one returns or None.
"""

from __future__ import annotations

import re

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.frontmatter.model import Item, Property, Style
from processor.parse.frontmatter.scalars import resolve_plain

_ODD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\U00100000-\U0010ffff"  # see `full._FOREIGN`
_PLAIN = (
    rf"(?:[^ ?:,\[\]{{}}\#&*!|>'\"%@`\xa0{_ODD}-]|-(?=[\w-]))[^{_ODD}]*"  # `: ` and ` #` in it are looked for apart
)
_QUOTED = rf""" "[^"\\{_ODD}]*" | '[^'{_ODD}]*' """
_ENTRY = regex(
    rf"(\w[\w-]*+(?:[ ][\w-]++)*+): (?:[ ]+(?: ({_PLAIN}) | ({_QUOTED}) | \[([\w ,/.-]*)\] ))? [ ]*\n (?:[ ]*\n)*", re.X
)
_ENTRY_OF_LIST = regex(rf"([ ]*)-[ ]+(?: ({_PLAIN}) | ({_QUOTED}) )[ ]*\n", re.X)
_ENTRY_IN_BRACKETS = regex(r"[ ]*(\w(?:[\w /.-]*[\w/.-])?)[ ]*(?:,|\Z)")
_new = tuple.__new__  # makes a named tuple in half the time of calling it; this is done some 200,000 times a vault
_BLANK = regex(r"(?:[ ]*\n)*")
_NO_KEYS = frozenset(("null", "Null", "NULL"))
_LONGEST_KEY = 81


def read_simple(text: str, start: int, end: int) -> tuple[Property, ...] | None:
    """Return the properties of the YAML in `text[start:end]`, which ends with a line end; None: `full` must read it."""
    entries: list[Property] = []
    match = _ENTRY.match
    at = _BLANK.match(text, start, end).end()  # type: ignore[union-attr]  # it matches anywhere
    while at < end:
        m = match(text, at, end)
        if m is None or (key := m[1]) in _NO_KEYS or len(key) > _LONGEST_KEY:
            return None
        begin, colon = m.span(1)
        at = m.end()
        value: object = None
        written = ""
        style: Style
        if m[2] is not None:
            style = "plain"
            written = m[2].rstrip(" ")
            if ": " in written or " #" in written or written[-1] == ":":
                return None
            first = m.start(2)
            place = _new(Span, (first, first + len(written)))
            value = resolve_plain(written)
            items: tuple[Item, ...] = (_new(Item, (value, place, False)),)
        elif m[3] is not None:
            first, last = m.span(3)
            place = _new(Span, (first, last))
            style = "single" if text[first] == "'" else "double"
            value = written = text[first + 1 : last - 1]
            items = (_new(Item, (value, _new(Span, (first + 1, last - 1)), False)),)
        elif m[4] is not None:
            first, last = m.span(4)
            place = _new(Span, (first - 1, last + 1))
            style = "list"
            if (found := _in_brackets(m[4], first)) is None:
                return None
            items = found
            value = [item.value for item in items]
        else:
            place = _new(Span, (colon + 1, colon + 1))
            items = _listed(text, at, end)
            style = "empty"
            if items:
                style = "list"
                value = [item.value for item in items]
                place = _new(Span, (text.index("-", at), _end(text, items[-1])))
                at = text.index("\n", place.end) + 1
                at = _BLANK.match(text, at, end).end()  # type: ignore[union-attr]
        span = _new(Span, (begin, text.index("\n", place.end)))
        entries.append(_new(Property, (key, value, written, style, span, _new(Span, (begin, colon)), place, items, ())))
    return tuple(entries)


def _in_brackets(inside: str, start: int) -> tuple[Item, ...] | None:
    items = []
    at = 0
    stop = len(inside.rstrip(" "))
    while at < stop:
        m = _ENTRY_IN_BRACKETS.match(inside, at)
        if m is None:
            return None
        items.append(Item(resolve_plain(m[1]), Span(start + m.start(1), start + m.end(1))))
        at = m.end()
    return tuple(items)


def _listed(text: str, at: int, end: int) -> tuple[Item, ...]:
    """Return the entries of the list that begins at `at`; none where there is no list. What else stands in it, `full` will see."""
    items: list[Item] = []
    indent = None
    while (m := _ENTRY_OF_LIST.match(text, at, end)) and indent in (None, m[1]):
        indent = m[1]
        if m[2] is not None:
            written = m[2].rstrip(" ")
            if ": " in written or " #" in written or written[-1] == ":":
                break
            items.append(Item(resolve_plain(written), Span(m.start(2), m.start(2) + len(written))))
        else:
            first, last = m.span(3)
            items.append(Item(text[first + 1 : last - 1], Span(first + 1, last - 1)))
        at = m.end()
    return tuple(items)


def _end(text: str, item: Item) -> int:
    """Return where an entry's value ends, its closing quote included."""
    return item.span.end + (text[item.span.end] in "'\"" and text[item.span.start - 1] == text[item.span.end])
