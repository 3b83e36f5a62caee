"""The common kind of fix."""

from __future__ import annotations

from processor.base.text import Edit
from processor.rules.base import Fix, NoteEdit
from processor.vault.note import Note


def fix_by(note: Note, title: str, *edits: Edit, safe: bool) -> Fix:
    """A fix by edits to the note itself."""
    return Fix(title, safe, lambda: [NoteEdit(note.path, edit) for edit in edits])
