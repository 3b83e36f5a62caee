"""Notes that are made when somebody asks for them."""

from __future__ import annotations

from typing import cast

import pytest

from processor.vault.deferred import DeferredNote, DeferredNotes, Shelf
from processor.vault.note import parse_note


def test_they_are_as_in_a_dict() -> None:
    kept = parse_note("Text.\n", "b.md")
    notes = DeferredNotes(["c.md", "b.md", "a.md"], cast("Shelf", None), {"b.md": kept})
    assert list(notes) == [*notes.keys()] == ["c.md", "b.md", "a.md"]
    assert notes["b.md"] is kept
    assert isinstance(notes["a.md"], DeferredNote)
    assert notes["a.md"] is notes["a.md"]
    assert [note.path for note in notes.values()] == [*notes]
    assert {**notes}.keys() == notes.keys() >= {"a.md"}
    assert "d.md" not in notes
    assert notes.get("d.md") is None
    with pytest.raises(KeyError):
        notes["d.md"]
    assert len(notes) == 3
