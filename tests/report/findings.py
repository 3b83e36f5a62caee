"""Findings made by hand: a note with its spans marked, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterable

from processor.base.text import Edit, LineTable, Span
from processor.lint.linter import LintResult
from processor.report import View, render
from processor.rules.base import Finding, FoundFix, NoteEdit, Severity
from tests.tables import spans_of


def finding(
    text: str,
    span: tuple[int, int],
    rule: str = "broken-link",
    severity: Severity = "error",
    message: str = "it leads nowhere",
    *,
    path: str = "note.md",
    fix: FoundFix | None = None,
) -> Finding:
    lines = LineTable(text)
    return Finding(path, Span(*span), rule, severity, message, lines.position(span[0]), lines.position(span[1]), fix)


def replaced(path: str, span: tuple[int, int], text: str, *, safe: bool = True) -> FoundFix:
    """A fix that puts a text in the place of a span."""
    return FoundFix(f"write {text}", safe, (NoteEdit(path, Edit(*span, text)),))


NOTE = """\
---
title: Who owns the weights?
«videoID»: Ff4fRgnuFgQ
---

As «[[Meta Platforms]]» says, a 程度 word: see «[[Llama]]».
"""
TEXT, SPANS = spans_of(NOTE)
THREE = [
    finding(TEXT, SPANS[0], "misspelled-property", "warning", "most of this vault writes videoId", path="In box/a.md",
            fix=replaced("In box/a.md", SPANS[0], "videoId", safe=False)),
    finding(TEXT, SPANS[1], "broken-link", "error", "no note is called <Meta Platforms>", path="In box/a.md",
            fix=replaced("In box/a.md", SPANS[1], "[[meta_platforms|Meta Platforms]]")),
    finding(TEXT, SPANS[2], "missing-note", "information", 'no note is called "Llama"', path="In box/a.md"),
]  # fmt: skip


def text_of(path: str) -> str | None:
    return TEXT if path == "In box/a.md" else None


def report(name: str, findings: Iterable[Finding], view: View | None = None, *, notes: int = 21, **more) -> str:
    return "".join(render(name, LintResult(list(findings), notes, **more), view or View(text_of=text_of)))
