"""Renaming from the editor: what stands at a place, or files that it is about to move; by the code of `ytvault rename`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from processor.base.diff import edits_between
from processor.base.text import Source, Span
from processor.commands.rename import RenameError, Renaming, moves_of, name_fault, rename
from processor.commands.rename_parts import rename_alias, rename_block, rename_heading, rename_tag
from processor.disk import read
from processor.parse.frontmatter import Item
from processor.rules.base import NoteEdit
from processor.server.home import Home
from processor.server.opened import OpenVault
from processor.server.places import tagged
from processor.server.targets import NAMES, Target, target_at
from processor.vault.links.parts import parts_of
from processor.vault.note import Note
from processor.vault.vault import Vault


class Renameable(NamedTuple):
    """What can be renamed at a place: where its name stands there, and the name."""

    target: Target
    span: Span
    name: str


def renameable(home: Home, offset: int) -> Renameable | None:
    """Return what can be renamed at a place of an open note; None where nothing can."""
    note = home.note
    if (item := _item_at(note, offset)) is not None:
        return Renameable(Target("alias", item.span, home.path, str(item.value)), item.span, str(item.value))
    target = target_at(home, offset)
    if target is None or target.kind == "video":
        return None
    if target.kind == "tag":
        start = target.span.start + note.quote(target.span).startswith("#")
        return Renameable(target, _around(Span(start, target.span.end), offset, target), target.text)
    if target.link is not None:
        path, fragment = parts_of(note, target.link)
        place = path if target.kind == "note" else fragment
        if not place.start <= offset <= place.end:
            return None
        if target.kind == "block":
            name = Span(place.start + note.quote(place).rfind("^") + 1, place.end)
            place = name if name.start <= offset else place
    elif target.kind == "heading":
        place = _around(next(h.text_span for h in note.headings if h.span == target.span), offset, target)
    else:  # behind the ^ of a block's id
        place = _around(Span(target.span.start + 1, target.span.end), offset, target)
    return Renameable(target, place, _stem(target.path) if target.kind == "note" else target.text)


def _around(name: Span, offset: int, target: Target) -> Span:
    """Return where a name stands; where the place is beside it, at the marks before it, all of what is called so."""
    return name if name.start <= offset <= name.end else target.span


def _item_at(note: Note, offset: int) -> Item | None:
    """Return the title or alias at a place."""
    for entry in note.properties.entries:
        if entry.key.lower() in NAMES and entry.value_span.start <= offset <= entry.value_span.end:
            for item in entry.items:
                if item.span.start <= offset <= item.span.end and isinstance(item.value, str) and not item.alias:
                    return item
    return None


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.removesuffix(".md")


def renamed(home: Home, offset: int, new: str) -> Renaming | None:
    """Return what changes when what stands at a place is called otherwise; None where nothing can be. Raise RenameError."""
    found = renameable(home, offset)
    if found is None:
        return None
    vault, target = home.vault.vault, found.target
    if target.kind == "alias":
        item = _item_at(home.note, offset)
        assert item is not None
        return rename_alias(vault, home.path, item, new, _canvases(home.vault))
    if target.kind == "tag":
        places = [(spot.path, spot.span) for spot in tagged(home.vault, target)]
        return rename_tag(vault, target.text, new, places)
    if target.kind == "note":
        return moved(home.vault, {target.path: _path(vault, target.path, new)})
    there = vault.notes[target.path].whole
    if target.kind == "heading":
        heading = next(h for h in there.headings if h.span == target.at)
        return rename_heading(vault, target.path, heading, new, _canvases(home.vault))
    block = next(b for b in there.blocks if b.id_span == target.at)
    return rename_block(vault, target.path, block, new, _canvases(home.vault))


def _path(vault: Vault, path: str, new: str) -> str:
    """Return the path of a file by its new name: in its folder, or from the vault's root where the name has a `/`. Raise
    RenameError."""
    new = new.strip()
    if not new.strip("/"):
        raise RenameError("a name must have a letter")
    folder, _, old = path.rpartition("/")
    suffix = "" if "." not in old else "." + old.rpartition(".")[2]
    if not new.endswith(suffix):
        new += suffix
    to = new.strip("/") if "/" in new else f"{folder}/{new}".lstrip("/")
    for part in to.split("/"):
        if not part or (why := name_fault(part)):
            raise RenameError(f'the name "{part}" {why}' if part else "a name must have a letter")
    if to == path:
        raise RenameError(f"{path} is called so already")
    if to in vault.notes or to in vault.files:
        raise RenameError(f"there is {to} already")
    return to


def moved(vault: OpenVault, places: Mapping[str, str]) -> Renaming:
    """Return what changes when files or folders of a vault are moved. Raise RenameError."""
    real = os.path.realpath(vault.root)
    moves: dict[str, str] = {}
    for path, to in places.items():
        if os.path.realpath(f"{real}/{path}") != f"{real}/{path}":
            raise RenameError(f"{path} is reached by a symbolic link; rename what it leads to")
        moves |= moves_of(vault.vault, path, to)
    return rename(vault.vault, moves, _canvases(vault)) if moves else Renaming({}, ())


def _canvases(vault: OpenVault) -> Iterator[tuple[str, Source]]:
    for path in sorted(vault.vault.files):
        if path.endswith(".canvas") and isinstance(data := read(vault.root, path), bytes):
            yield path, Source.decode(data)


def edits_of(renaming: Renaming) -> Iterable[NoteEdit]:
    """Yield the edits of a renaming, by the paths of the files before it."""
    for changed in renaming.changed:
        for edit in edits_between(changed.old.text, changed.new.text):
            yield NoteEdit(changed.path, edit)
