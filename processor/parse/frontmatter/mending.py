"""Edits that make a faulty block valid YAML where it is certain what was meant."""

from __future__ import annotations

from processor.base.regex import regex
from processor.base.text import Edit, Span, apply_edits
from processor.parse.frontmatter.blocks import read_properties
from processor.parse.frontmatter.model import Properties
from processor.parse.frontmatter.scalars import is_plain, quote_scalar

_LINE = regex(r"(?P<head>[ ]*(?:-[ ]+)*(?:[^\s\-#\[\]{},\"'&*!|>%@`?:][^:\n]*:[ \t]+)?)(?P<value>\S[^\n]*)")
_LONGEST = 20_000  # characters of a block that is read again after each try
_MOST = 20  # values that are put in quotes


def mend_by_quoting(text: str, properties: Properties) -> tuple[Edit, ...] | None:
    """Edits that put values in quotes so that a faulty block becomes valid YAML; None where that does not mend it.

    Only where it is certain that the value was meant as text: something follows a closed bracket or quote, a colon and
    a space stand inside, the first character is one that no value may begin with. White space that YAML does not take for
    such becomes plain spaces, and a tab goes that stands alone on a line.
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
            edit = None if number in edits else _mended_line(text, block, number, is_faulty=number == line)
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


_ALIAS = regex(r"(?<![^\s\[{,])\*([^\s,\[\]{}]+)")
_ODD_INDENT = regex(r"[^\S\n\t\r]*[^\S\n\t\r ][^\S\n\t\r]*(?=\S)")
_ODD_GAP = regex(r"[ ]*(?:-[ ]+)*\w[\w -]*:(?P<gap>[^\S\n\t\r ][^\S\n\t\r]*)(?=\S)")


def _mended_line(text: str, block: Span, number: int, *, is_faulty: bool) -> Edit | None:
    """Return the edit that mends a line of the text (counted from 0): its white space where it is the faulty one, else its value."""
    lines = text[: block.end].split("\n")
    if not 1 <= number < len(lines):
        return None
    start = sum(len(x) + 1 for x in lines[:number])
    if is_faulty:
        if "\t" in lines[number] and not lines[number].strip(" \t"):
            return Edit(start, start + len(lines[number]), "")
        if odd := _ODD_INDENT.match(lines[number]):
            return Edit(start, start + odd.end(), " " * odd.end())
        if odd := _ODD_GAP.match(lines[number]):
            return Edit(start + odd.start("gap"), start + odd.end(), " ")
    m = _LINE.fullmatch(lines[number])
    if m is None:
        return None
    value = m["value"].rstrip()
    if any(f"&{name}" in text[block.start : block.end] for name in _ALIAS.findall(value)):
        return None  # an alias that stands for something
    quoted = _quoted(value, m["head"].strip().removesuffix(":").casefold())
    at = start + m.start("value")
    return None if quoted is None else Edit(at, at + len(value), quoted)


_LISTS = frozenset(("tags", "aliases", "cssclasses"))
_QUOTED_ENTRIES = regex(r"(?:'[^'\n]*'|\"[^\"\\\n]*\")(?:[ ]*,[ ]*(?:'[^'\n]*'|\"[^\"\\\n]*\"))+")
_WIKILINKS = regex(r"\[\[[^\[\]\n]+\]\](?:[ ]*,[ ]*\[\[[^\[\]\n]+\]\])+")


def _quoted(value: str, name: str) -> str | None:
    """Return the value of the property `name` in quotes, if it is certain that it was meant as text and cannot stand without them;
    in brackets, where it was meant for a list.
    """
    first = value[0]
    if "\r" in value:  # two lines, perhaps, that a program of old has parted so
        return None
    if name in _LISTS and _QUOTED_ENTRIES.fullmatch(value):
        return f"[{value}]"
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
        if first == "[" and value[-1] == "]" and (entries := _quoted_entries(value[1:-1], is_tags=name == "tags")):
            return entries
        closing = value.rfind("]" if first == "[" else "}")
        return quote_scalar(value, quotes=True) if 0 < closing < len(value) - 1 else None
    if first in "@%`*&!|>" or value == "?" or value.startswith("? "):
        return quote_scalar(value, quotes=True)
    text = value.partition(" #")[0].rstrip()
    if not text or is_plain(text) or not (": " in text or text[-1] == ":"):
        return None
    return quote_scalar(text, quotes=True) + value[len(text) :]


_NO_ENTRY = frozenset("@%`*|>#")


def _quoted_entries(inside: str, *, is_tags: bool) -> str | None:
    """Return a list in brackets with those of its entries in quotes that cannot stand without; None where there is none such, or
    where it is not plain what its entries are. Of tags each `#` begins one.
    """
    if any(c in inside for c in "[]{}\"'"):
        return None
    entries = [entry.strip() for entry in (inside.replace(" #", ", #") if is_tags else inside).split(",")]
    if is_tags:
        entries = [entry for entry in entries if entry]
    odd = [entry for entry in entries if entry[:1] in _NO_ENTRY or " #" in entry]
    if not odd or not all(entries):
        return None
    return "[" + ", ".join(quote_scalar(e, quotes=True) if e in odd else e for e in entries) + "]"
