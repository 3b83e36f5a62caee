"""Findings as one line of JSON: what crosses between processes and lies in the cache."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any

from processor.findings import AlikeFindings, Kind, NoteFindings
from processor.rule import Finding, FoundFix, NoteEdit, Severity
from processor.text import Edit, Position, Span

_DECODER = json.JSONDecoder()


def packed(findings: Sequence[Finding]) -> str:
    """The findings of one note. What many have in common (rule, severity, what the fix does) is written once."""
    kinds: dict[tuple[Any, ...], int] = {}
    counts: list[int] = []
    flat: list[Any] = []
    edits: dict[int, Any] = {}
    alike: list[Any] = []
    if isinstance(findings, NoteFindings):
        for group in findings.alike:
            rule, severity, message, fix, length, starts, words, lines, columns = group
            alike.append((rule, severity, message, fix and fix[:2], length, starts, "\n".join(words), lines, columns))
        findings = findings.single
    for n, (_, span, rule, severity, message, start, end, fix) in enumerate(findings):
        kind = (rule, severity, fix.title, fix.safe) if fix else (rule, severity)
        i = kinds.get(kind)
        if i is None:
            i = kinds[kind] = len(kinds)
            counts.append(0)
        counts[i] += 1
        flat += (i, *span, *start, *end, message)
        if fix and fix.edits:
            edits[n] = fix.edits
    head = [(n, *kind) for kind, n in zip(kinds, counts, strict=True)]
    # of groups only the number is told in front: see `kinds_in`
    head += [(len(g[5]), g[0], g[1], *(g[3] or ())) for g in alike]
    return json.dumps((head, flat, list(edits.items()), alike), separators=(",", ":"))


def kinds_in(data: bytes) -> list[Kind]:
    """How many findings of what were packed, told without unpacking them. Raises ValueError for what is no such thing."""
    try:
        head, _ = _DECODER.raw_decode(data.decode(), 1)
        return [Kind(str(k[1]), k[2], int(k[0]), bool(k[4]) if len(k) > 4 else None) for k in head]
    except (TypeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None


def unpacked(path: str, data: str | bytes) -> NoteFindings:
    """The findings that were packed, of the note at `path`. Raises ValueError for what is none."""
    try:
        kinds, flat, edits, alike = json.loads(data.decode() if isinstance(data, bytes) else data)
        known = [(str(k[1]), k[2], FoundFix(str(k[3]), bool(k[4])) if len(k) > 3 else None) for k in kinds]
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


class Checked:
    """Findings by the path of their note, unpacked when they are asked for."""

    def __init__(
        self,
        found: Callable[[str], Sequence[Finding] | bytes],
        known: Collection[str],
        fetch: Callable[[str], bytes] | None,
    ) -> None:
        """`found` gives those that were found, perhaps packed, or raises KeyError. `fetch` gives the packed ones of the
        notes that are `known` from before, or raises ValueError.
        """
        self._found = found
        self._known = known if fetch else ()
        self._fetch = fetch

    def _of(self, path: str) -> Sequence[Finding] | bytes:
        return self._fetch(path) if self._fetch and path in self._known else self._found(path)

    def get(self, path: str) -> Sequence[Finding] | None:
        """What was found in a note; None where that cannot be had."""
        try:
            found = self._of(path)
            return unpacked(path, found) if isinstance(found, bytes) else found
        except (ValueError, KeyError):
            return None

    def kinds(self, path: str) -> list[Kind] | None:
        """How many findings of what there are in a note; None where that cannot be had."""
        try:
            found = self._of(path)
            return kinds_in(found) if isinstance(found, bytes) else list(NoteFindings(path, found).kinds())
        except (ValueError, KeyError):
            return None
