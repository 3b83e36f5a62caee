"""Findings as one line of JSON: what crosses between processes and lies in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from processor.rule import Finding, FoundFix, NoteEdit
from processor.text import Edit, Position, Span


def packed(findings: Iterable[Finding]) -> str:
    """The findings of one note. What many have in common (rule, severity, what the fix does) is written once."""
    kinds: dict[tuple[Any, ...], int] = {}
    flat: list[Any] = []
    edits: dict[int, Any] = {}
    for n, (_, span, rule, severity, message, start, end, fix) in enumerate(findings):
        kind = (rule, severity, fix.title, fix.safe) if fix else (rule, severity)
        i = kinds.setdefault(kind, len(kinds))
        flat += (i, *span, *start, *end, message)
        if fix and fix.edits:
            edits[n] = fix.edits
    return json.dumps((list(kinds), flat, list(edits.items())), separators=(",", ":"))


def unpacked(path: str, data: str | bytes) -> list[Finding]:
    """The findings that were packed, of the note at `path`. Raises ValueError for what is none."""
    try:
        kinds, flat, edits = json.loads(data)
        known = [(str(k[0]), k[1], FoundFix(str(k[2]), bool(k[3])) if len(k) > 2 else None) for k in kinds]
        numbers = iter(flat)
        findings = []
        for i, a, b, line, column, end_line, end_column, message in zip(*[numbers] * 8, strict=True):
            rule, severity, fix = known[i]
            place, end = Position(line, column), Position(end_line, end_column)
            findings.append(Finding(path, Span(a, b), rule, severity, message, place, end, fix))
        for n, edited in edits:
            fix = findings[n].fix
            made = tuple([NoteEdit(where, Edit(*edit)) for where, edit in edited])
            findings[n] = findings[n]._replace(fix=fix and fix._replace(edits=made))
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return findings
