"""Edits that set, rename, add or remove a property: to the text, so that all else in the block stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from processor.base.regex import regex
from processor.base.text import Edit, Span
from processor.parse.frontmatter.model import Properties, Property
from processor.parse.frontmatter.scalars import quote_scalar


def edit_value(text: str, entry: Property, value: str | Sequence[str]) -> Edit:
    """Set a property to a text, or to a list of texts written in brackets. What was quoted stays quoted.

    `text` is the note's. Anchors, tags and a block's lines go with the old value; a comment behind it stays.
    """
    old = text[entry.value_span.start : entry.value_span.end]
    flow = _in_flow(text, entry)
    if isinstance(value, str):
        if entry.style == "single" and "'" not in value and value.isprintable():
            new = f"'{value}'"
        else:
            new = quote_scalar(value, flow=flow, quotes=entry.style in ("single", "double"))
    else:
        new = "[" + ", ".join(quote_scalar(v, flow=True) for v in value) + "]"
    start = entry.value_span.start
    if not old:
        return Edit(start, start, " " + new)
    between = text[entry.key_span.end : start]
    if "\n" in between and "#" not in between:  # a list below its key: the value moves up beside it
        colon = text.index(":", entry.key_span.end)
        return Edit(colon + 1, entry.value_span.end, " " + new)
    if "\n" in between and between.endswith("\n"):  # it must be indented to belong to its key
        new = "  " + new
    return Edit(start, entry.value_span.end, new)


def edit_key(entry: Property, key: str) -> Edit:
    """Rename a property."""
    return Edit(*entry.key_span, quote_scalar(key))


def remove_property(text: str, entry: Property) -> Edit | None:
    """Take a property out with its lines; None where it does not stand alone on them (`{a: b, c: d}`, `? a`)."""
    start = text.rfind("\n", 0, entry.span.start) + 1
    if _in_flow(text, entry) or text[start : entry.span.start].strip(" "):
        return None
    return Edit(start, min(entry.span.end + 1, len(text)), "")


def insert_property(
    text: str, properties: Properties, key: str, value: str | Sequence[str], *, first: bool = False
) -> Edit | None:
    """Add a property at the end of the front matter, or as its `first`; where there is no front matter, with a new one.

    None where the block cannot take a line: it is faulty, one flow mapping, or not closed.
    """
    written = (
        quote_scalar(value)
        if isinstance(value, str)
        else "[" + ", ".join(quote_scalar(v, flow=True) for v in value) + "]"
    )
    line = f"{quote_scalar(key)}: {written}\n"
    if properties.span is None or properties.yaml_span is None:
        if properties.unclosed or properties.misplaced:
            return None
        return Edit(0, 0, f"---\n{line}---\n" + ("\n" if text and not text.startswith("\n") else ""))
    if properties.fault or text[slice(*properties.yaml_span)].lstrip().startswith("{"):
        return None
    if not properties.entries:
        if any(line.strip() and line[0] != "#" for line in text[slice(*properties.yaml_span)].split("\n")):
            return None  # a lone `null`
        return Edit(properties.yaml_span.start, properties.yaml_span.start, line)
    begin = properties.entries[0].key_span.start
    line_start = text.rfind("\n", 0, begin) + 1
    indent = text[line_start:begin]
    if indent.strip(" "):  # an explicit `? key`
        return None
    at = line_start if first else properties.entries[-1].span.end + 1
    return Edit(at, at, indent + line)


def _in_flow(text: str, entry: Property) -> bool:
    """Return whether the property stands in a flow mapping: its span then ends within a line, at its value."""
    return not text.startswith("\n", entry.span.end) and entry.span.end < len(text)


_COMMENT = regex(r"[ \t]*(#[^\n]*)")


def comment_behind(text: str, end: int) -> Span | None:
    """Return the comment that follows a value that ends at `end`, on its line."""
    m = _COMMENT.match(text, end)
    return Span(*m.span(1)) if m else None
