"""Edits that set, rename, add or remove a property: to the text, so that all else in the block stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from processor.properties.blocks import read_properties
from processor.properties.model import Properties, Property
from processor.properties.scalars import is_plain, quote_scalar
from processor.regex import regex
from processor.text import Edit, Span, apply_edits


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
    """Whether the property stands in a flow mapping: its span then ends within a line, at its value."""
    return not text.startswith("\n", entry.span.end) and entry.span.end < len(text)


_COMMENT = regex(r"[ \t]*(#[^\n]*)")


def comment_behind(text: str, end: int) -> Span | None:
    """The comment that follows a value that ends at `end`, on its line."""
    m = _COMMENT.match(text, end)
    return Span(*m.span(1)) if m else None


_LINE = regex(r"(?P<head>[ ]*(?:-[ ]+)*(?:[^\s\-#\[\]{},\"'&*!|>%@`?:][^:\n]*:[ ]+)?)(?P<value>\S[^\n]*)")
_LONGEST = 20_000  # characters of a block that is read again after each try
_MOST = 20  # values that are put in quotes


def mend_by_quoting(text: str, properties: Properties) -> tuple[Edit, ...] | None:
    """Edits that put values in quotes so that a faulty block becomes valid YAML; None where that does not mend it.

    Only where it is certain that the value was meant as text: something follows a closed bracket or quote, a colon and
    a space stand inside, the first character is one that no value may begin with.
    """
    block = properties.yaml_span
    if block is None or properties.fault is None or block.end - block.start > _LONGEST:
        return None
    edits: dict[int, Edit] = {}
    fault = properties.fault
    mended = text[: properties.span.end] if properties.span else text
    while len(edits) < _MOST:
        line = mended.count("\n", 0, fault.span.start)
        for number in (line, line - 1):
            edit = None if number in edits else _quote_line(text, block, number)
            if edit is not None:
                edits[number] = edit
                break
        else:
            return None
        mended = apply_edits(text[: properties.span.end] if properties.span else text, edits.values())
        reading = read_properties(mended)
        if reading.fault is None:
            return tuple(edits[n] for n in sorted(edits)) if reading.entries else None
        fault = reading.fault
    return None


def _quote_line(text: str, block: Span, number: int) -> Edit | None:
    """The edit that quotes the value on a line of the text (counted from 0), if it needs quotes."""
    lines = text[: block.end].split("\n")
    if not 1 <= number < len(lines):
        return None
    start = sum(len(x) + 1 for x in lines[:number])
    m = _LINE.fullmatch(lines[number])
    if m is None:
        return None
    value = m["value"].rstrip()
    quoted = _quoted(value)
    at = start + m.start("value")
    return None if quoted is None else Edit(at, at + len(value), quoted)


_WIKILINKS = regex(r"\[\[[^\[\]\n]+\]\](?:[ ]*,[ ]*\[\[[^\[\]\n]+\]\])+")


def _quoted(value: str) -> str | None:
    """A value in quotes, if it is certain that it was meant as text and cannot stand without them."""
    first = value[0]
    if first in "\"'":
        second = value.find(first, 1)
        if second < 0 or "\\" in value or len(value) < 3:
            return None
        if value[-1] == first and second < len(value) - 1 and value[second + 1].isalnum():
            return quote_scalar(value[1:-1], quotes=True)  # quotes around all, the same ones inside: "Foo "bar" baz"
        return quote_scalar(value, quotes=True) if value[second + 1 :].strip() else None
    if first in "[{":
        if _WIKILINKS.fullmatch(value):
            return "[" + ", ".join(f'"{link.strip()}"' for link in value.split(",")) + "]"
        closing = value.rfind("]" if first == "[" else "}")
        return quote_scalar(value, quotes=True) if 0 < closing < len(value) - 1 else None
    if first in "@%`*&!|>":
        return quote_scalar(value, quotes=True)
    text = value.partition(" #")[0].rstrip()
    if not text or is_plain(text) or not (": " in text or text[-1] == ":"):
        return None
    return quote_scalar(text, quotes=True) + value[len(text) :]
