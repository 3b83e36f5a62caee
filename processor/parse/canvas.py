"""Obsidian's canvases, as far as links go: JSON whose cards hold a file's path (`file`) or Markdown (`text`).

They are edited as text, so that all else stays byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Span

# the key itself: inside a string its quotes would be escaped
_PART = re.compile(r'"(?P<key>file|text)"\s*+:\s*+(?P<value>"(?:[^"\\]|\\.)*+")', re.S)


class CanvasText(NamedTuple):
    """The path of a card's file, or its Markdown; `span` covers the JSON string."""

    key: str
    text: str
    span: Span


def read_canvas(text: str) -> Iterator[CanvasText]:
    """Yield the files and texts of a canvas; nothing where it is no JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return
    for m in _PART.finditer(text):
        yield CanvasText(m["key"], json.loads(m["value"]), Span(*m.span("value")))


def write_canvas(text: str) -> str:
    """Return the JSON string for a text, as Obsidian writes it."""
    return json.dumps(text, ensure_ascii=False)
