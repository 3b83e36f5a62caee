"""A JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from processor.base.text import LineTable, Position, Span
from processor.lint.findings import NoteFindings, TextOf, by_note
from processor.lint.linter import LintResult
from processor.report import View
from processor.rules.base import Finding

# JSON leaves these as they are; a terminal obeys some, and lone surrogates cannot be written as UTF-8
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield the findings, one a line; nothing at all where there are none."""
    for piece in by_note(result.findings).made(NoteObjects(view.show_path), view.text_of, view.name_of("jsonl")):
        yield piece.decode()


class NoteObjects:
    """The findings of one note as JSON objects, a line each, `before` and `behind` each what is given."""

    def __init__(self, show_path: Callable[[str], str], before: str = "", behind: str = "\n") -> None:
        self._show_path = show_path
        self._before, self._behind = before, behind

    def __call__(self, found: NoteFindings, text_of: TextOf) -> bytes:
        places = Places(self._show_path, text_of)
        return "".join([f"{self._before}{dump(as_object(f, places))}{self._behind}" for f in found]).encode()


def dump(value: object) -> str:
    """JSON on one line, readable in every script, and safe on a terminal."""
    text = _encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


class Places:
    """Offsets in the notes of a result as lines and columns."""

    def __init__(self, show_path: Callable[[str], str], text_of: TextOf) -> None:
        self.show_path = show_path
        self._text_of = text_of
        self._lines: tuple[str | None, LineTable | None] = (None, None)

    def of(self, path: str, span: Span) -> tuple[Position, Position] | None:
        """Return where a span of the note at `path` begins and ends; None where its text is not to be had."""
        known, lines = self._lines
        if known != path:
            text = self._text_of(path)
            lines = None if text is None else LineTable(text)
            self._lines = (path, lines)
        return None if lines is None else (lines.position(span.start), lines.position(span.end))


def position(place: Position) -> dict[str, int]:
    return {"line": place.line, "column": place.column}


def as_object(f: Finding, places: Places) -> dict[str, Any]:
    """Return a finding as the JSON formats write it. Lines and columns count from 1, in code points; `end` is exclusive.
    `confidence` is told where it is known."""
    show = places.show_path
    fix = None
    if f.fix:
        edits = []
        for path, edit in f.fix.edits:
            if place := places.of(path, Span(edit.start, edit.end)):
                ends = {"start": position(place[0]), "end": position(place[1])}
                edits.append({"path": show(path), **ends, "text": edit.text})
        fix = {"title": f.fix.title, "safe": f.fix.safe, "edits": edits}
    sure = {} if f.confidence is None else {"confidence": f.confidence}
    return {
        "path": show(f.path),
        "rule": f.rule,
        "severity": f.severity,
        "message": f.message,
        "start": position(f.start),
        "end": position(f.end),
        "fix": fix,
        **sure,
    }
