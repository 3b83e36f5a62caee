"""Obsidian's canvases, as far as links go: JSON whose cards hold a file's path (`file`), with a place in it
(`subpath`), or Markdown (`text`).

They are edited as text, so that all else stays byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Span

# a key with the string it holds, another string, or where an object begins or ends
_PART = re.compile(r'"(?P<key>(?:[^"\\]|\\.)*+)"(?:\s*+:\s*+(?P<value>"(?:[^"\\]|\\.)*+"))?|(?P<brace>[{}])', re.S)


class CanvasText(NamedTuple):
    """The path of a card's file, where in it the card begins (`#Heading`, `#^block`), or its Markdown; `span` covers the JSON
    string. `file` is the card's file.
    """

    key: str
    text: str
    span: Span
    file: str = ""


def read_canvas(text: str) -> Iterator[CanvasText]:
    """Yield the files, places in files and texts of a canvas; nothing where it is no JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return
    card: list[CanvasText] = []
    for m in _PART.finditer(text):
        if m["brace"]:
            yield from _of_card(card)
            card = []
        elif m["value"] and m["key"] in ("file", "subpath", "text"):
            card.append(CanvasText(m["key"], json.loads(m["value"]), Span(*m.span("value"))))


def _of_card(parts: list[CanvasText]) -> Iterator[CanvasText]:
    file = next((part.text for part in parts if part.key == "file"), "")
    for part in parts:
        yield part._replace(file=file)


def write_canvas(text: str) -> str:
    """Return the JSON string for a text, as Obsidian writes it."""
    return json.dumps(text, ensure_ascii=False)
