"""The common kind of fix."""

from __future__ import annotations

from processor.note import Note
from processor.rule import Fix, NoteEdit
from processor.text import Edit


def fix_by(note: Note, title: str, *edits: Edit, safe: bool) -> Fix:
    """A fix by edits to the note itself."""
    return Fix(title, safe, lambda: [NoteEdit(note.path, edit) for edit in edits])
