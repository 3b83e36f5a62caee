"""Findings as one line of JSON: what crosses between processes and lies in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from processor.base.compact import encode
from processor.base.spool import Content, content
from processor.base.text import Edit, Position, Span
from processor.lint.findings import AlikeFindings, Kind, NoteFindings
from processor.rules.base import Finding, FoundFix, NoteEdit, Severity


def packed(findings: Sequence[Finding], *, with_edits: bool = True) -> str:
    """Return the findings of one note as JSON. What many have in common (rule, severity, title of the fix) is written once."""
    kinds: dict[tuple[Any, ...], int] = {}
    counts: list[int] = []
    flat: list[Any] = []
    edits: dict[int, Any] = {}
    sure: dict[int, float] = {}
    alike: list[Any] = []
    if isinstance(findings, NoteFindings):
        for group in findings.alike:
            rule, severity, message, fix, length, starts, words, lines, columns = group
            alike.append((rule, severity, message, fix and fix[:2], length, starts, "\n".join(words), lines, columns))
        findings = findings.single
    for n, (_, span, rule, severity, message, start, end, fix, confidence) in enumerate(findings):
        if confidence is not None:
            sure[n] = confidence
        kind = (rule, severity, fix.title, fix.safe) if fix else (rule, severity)
        i = kinds.get(kind)
        if i is None:
            i = kinds[kind] = len(kinds)
            counts.append(0)
        counts[i] += 1
        flat += (i, *span, *start, *end, message)
        if with_edits and fix and fix.edits:
            edits[n] = (fix.edits, fix.together)
    head = [(n, *kind) for kind, n in zip(kinds, counts, strict=True)]
    return encode((head, flat, list(edits.items()), alike, list(sure.items())))


def unpacked(path: str, data: str | bytes) -> NoteFindings:
    """Return the packed findings of the note at `path`. Raise ValueError for what is none."""
    try:
        kinds, flat, edits, alike, sure = json.loads(data.decode() if isinstance(data, bytes) else data)
        known = [(str(k[1]), k[2], FoundFix(str(k[3]), bool(k[4])) if len(k) > 3 else None) for k in kinds]
        numbers = iter(flat)
        findings = []
        for i, a, b, line, column, end_line, end_column, message in zip(*[numbers] * 8, strict=True):
            rule, severity, fix = known[i]
            place, end = Position(line, column), Position(end_line, end_column)
            findings.append(Finding(path, Span(a, b), rule, severity, message, place, end, fix))
        for n, (edited, together) in edits:
            fix = findings[n].fix
            made = tuple([NoteEdit(where, Edit(*edit)) for where, edit in edited])
            findings[n] = findings[n]._replace(fix=fix and fix._replace(edits=made, together=bool(together)))
        for n, confidence in sure:
            findings[n] = findings[n]._replace(confidence=float(confidence))
        groups = [_group(*parts) for parts in alike]
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return NoteFindings(path, findings, groups)


def _group(
    rule: str,
    severity: Severity,
    message: str,
    fix: Sequence[Any] | None,
    length: int,
    starts: Sequence[int],
    words: str,
    lines: Sequence[int],
    columns: Sequence[int],
) -> AlikeFindings:
    each = words.split("\n")
    if not len(starts) == len(each) == len(lines) == len(columns):
        raise ValueError("findings in part")
    found = FoundFix(str(fix[0]), bool(fix[1])) if fix else None
    return AlikeFindings(rule, severity, message, found, length, starts, each, lines, columns)


class PackedFindings(NamedTuple):
    """The findings of one note that stay packed until they are wanted, and how many there are of what."""

    path: str
    data: Content
    counted: bytes  # the kinds, as JSON

    @classmethod
    def of(cls, found: StoredFindings) -> PackedFindings:
        if isinstance(found, PackedFindings):
            return found
        return cls(found.path, packed(found).encode(), encode(found.kinds()).encode())

    def kinds(self) -> Iterable[Kind]:
        return starmap(Kind, json.loads(self.counted))


StoredFindings = NoteFindings | PackedFindings
"""The findings of one note, packed or not: both have `path` and `kinds()`."""


def opened(found: StoredFindings) -> NoteFindings:
    """Return the findings, unpacked."""
    return unpacked(found.path, content(found.data)) if isinstance(found, PackedFindings) else found
