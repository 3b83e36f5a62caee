"""A JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from processor.lint import LintResult
from processor.report import View
from processor.rule import Finding
from processor.text import LineTable, Position, Span

# JSON leaves these as they are; a terminal obeys some, and lone surrogates cannot be written as UTF-8
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


_encode = json.JSONEncoder(ensure_ascii=False).encode


def render(result: LintResult, view: View) -> Iterator[str]:
    """The findings, one a line; nothing at all where there are none."""
    places = Places(view)
    for finding in result.findings:
        yield as_json(finding, places) + "\n"


def dump(value: object) -> str:
    """JSON on one line, readable in every script, and safe on a terminal."""
    text = _encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


class Places:
    """Paths of a result as they are shown, and offsets in its notes as lines and columns."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._lines: tuple[str | None, LineTable | None] = (None, None)
        self._path = ("", "")

    def of(self, path: str, span: Span) -> tuple[Position, Position] | None:
        """Where a span of the note at `path` begins and ends; None where its text is not to be had."""
        known, lines = self._lines
        if known != path:
            text = self.view.text_of(path)
            lines = None if text is None else LineTable(text)
            self._lines = (path, lines)
        return None if lines is None else (lines.position(span.start), lines.position(span.end))

    def path(self, path: str) -> str:
        """A path as it is shown, as JSON."""
        known, shown = self._path
        if known != path or not shown:
            shown = dump(self.view.show_path(path))
            self._path = (path, shown)
        return shown


def position(place: Position) -> dict[str, int]:
    return {"line": place.line, "column": place.column}


def as_json(f: Finding, places: Places) -> str:
    """A finding as the JSON formats write it. Lines and columns count from 1, in code points; `end` is exclusive.

    Its members are always the same, so they are written here and not looked for by an encoder, which would take thrice as long.
    """
    fix = "null"
    if f.fix:
        edits = []
        for path, edit in f.fix.edits:
            if place := places.of(path, Span(edit.start, edit.end)):
                edits.append(f'{{"path": {places.path(path)}, {_ends(*place)}, "text": {dump(edit.text)}}}')
        safe = "true" if f.fix.safe else "false"
        fix = f'{{"title": {dump(f.fix.title)}, "safe": {safe}, "edits": [{", ".join(edits)}]}}'
    return (
        f'{{"path": {places.path(f.path)}, "rule": {dump(f.rule)}, "severity": "{f.severity}", '
        f'"message": {dump(f.message)}, {_ends(f.start, f.end)}, "fix": {fix}}}'
    )


def _ends(start: Position, end: Position) -> str:
    return (
        f'"start": {{"line": {start.line}, "column": {start.column}}}, '
        f'"end": {{"line": {end.line}, "column": {end.column}}}'
    )
