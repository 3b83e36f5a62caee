"""The cards of canvases as notes of the vault, so that what is done to the links of its notes is done to theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from processor.base.text import Edit, Source
from processor.commands.rename import Changed, RenameError, Renaming
from processor.parse.canvas import CanvasText, read_canvas, write_canvas
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

_NO_LINK = re.compile(r"[\[\]|\n]")


class Cards:
    """The cards of canvases (`canvases`: path and text of each) that may hold a link to a heading, a block or an alias.

    Each is a note beside its canvas, by a name that no link can ask for; the place in a card's file is a link.
    """

    def __init__(self, canvases: Iterable[tuple[str, Source]]) -> None:
        self._sources: dict[str, Source] = {}
        self._parts: dict[
            str, tuple[str, CanvasText]
        ] = {}  # by the path of the note: the canvas, and what it has there
        self._notes: list[Note] = []
        for path, source in canvases:
            for part in read_canvas(source.text):
                if (text := _as_note(part)) is not None:
                    name = f"{path}#{len(self._notes)}"
                    self._sources[path], self._parts[name] = source, (path, part)
                    self._notes.append(parse_note(text, name))

    def within(self, vault: Vault) -> Vault:
        """Return the vault with the cards among its notes."""
        return vault.with_notes(self._notes) if self._notes else vault

    def gathered(self, changed: Iterable[Changed]) -> Renaming:
        """Return what changes, with each canvas in the place of its cards, behind the notes. Raise RenameError."""
        notes, edits, links = [], dict[str, list[Edit]](), dict[str, int]()
        for one in changed:
            if one.path not in self._parts:
                notes.append(one)
                continue
            path, part = self._parts[one.path]
            edits.setdefault(path, []).append(Edit(*part.span, write_canvas(_as_part(part, one.new.text))))
            links[path] = links.get(path, 0) + one.links
        for path, made in sorted(edits.items()):
            source = self._sources[path]
            if source.invalid is not None:
                raise RenameError(f"{path} is not valid UTF-8, so its links cannot be changed")
            notes.append(Changed(path, path, source, source.edited(made), links[path], 0))
        return Renaming({}, tuple(notes))


def _as_note(part: CanvasText) -> str | None:
    """Return a part of a canvas as the text of a note; None where it holds no link."""
    if part.key == "text":
        return part.text if "[" in part.text else None
    if part.key == "file" or not part.text.startswith("#") or "#" in part.file:
        return None
    if _NO_LINK.search(part.file + part.text):
        return None
    return f"[[/{part.file}{part.text}]]"


def _as_part(part: CanvasText, text: str) -> str:
    return text if part.key == "text" else "#" + text.removesuffix("]]").partition("#")[2]
