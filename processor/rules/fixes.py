"""Fixes that the families of rules share."""

from __future__ import annotations

from collections.abc import Callable

from processor.base.text import Edit, Span
from processor.rules.base import Fix, NoteEdit
from processor.vault.links.writing import heading_at, headings_taken_along
from processor.vault.note import Note
from processor.vault.vault import Vault


def fix_by(note: Note, title: str, *edits: Edit, safe: bool) -> Fix:
    """Return a fix by edits to the note itself."""
    return Fix(title, safe, lambda: [NoteEdit(note.path, edit) for edit in edits])


def with_quotes(note: Note, span: Span) -> Span:
    """Return a span with the quotes around it, if there are any."""
    before, after = note.text[span.start - 1 : span.start], note.text[span.end : span.end + 1]
    return Span(span.start - 1, span.end + 1) if before == after and before in ('"', "'") else span


def fix_with(note: Note, vault: Vault, edits: list[Edit], title: Callable[[], str], *, safe: bool) -> Fix | None:
    """Return a fix that makes these edits; inside a heading it takes the links to that heading along, or is None."""
    along: list[NoteEdit] = []
    if any(heading_at(note, e.start) for e in edits):
        taken = headings_taken_along(vault, note, edits)
        if taken is None:
            return None
        along = [NoteEdit(*t) for t in taken]
    return Fix(title(), safe, lambda: [NoteEdit(note.path, e) for e in edits] + along)
