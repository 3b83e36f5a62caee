"""A note's title as an alias, where its file is called otherwise: Obsidian's switcher and suggestions know notes by these alone."""

from __future__ import annotations

import re
from collections.abc import Collection

from processor.base.text import Edit, line_end
from processor.commands.build.work import Work, edited
from processor.parse.frontmatter import Property, quote_scalar
from processor.vault.naming import path_key
from processor.vault.note import Note

_ITEM = re.compile(r"[ \t]*-[ \t]+")
_NAMES = ("aliases", "alias")


def add_aliases(work: Work, untouched: Collection[str]) -> None:
    """Make of each title that its file's name is not an alias; nothing else of the properties changes."""
    changed = []
    for path, note in sorted(work.vault.notes.items()):
        if path in untouched or not work.may_edit(note):
            continue
        title = _title(note)
        if not title:
            continue
        new = _with_alias(note, title)
        if new is None:
            work.remark(path, "its title cannot be added to its aliases as these are written")
        elif new is not note:
            changed.append(new)
    work.made["aliases"] += len(changed)
    work.change(changed)


def _title(note: Note) -> str:
    """Return the title of a note that is to be an alias; empty where its file is called so."""
    entry = note.properties.get("title")
    title = " ".join(entry.value.split()) if entry and isinstance(entry.value, str) else ""
    return "" if path_key(title) == path_key(note.name) else title


def _with_alias(note: Note, title: str) -> Note | None:
    """Return the note with an alias, itself where it has that already; None where it cannot be added."""
    entry = next((e for name in _NAMES if (e := note.properties.by_key.get(name))), None)
    known = [item.value for item in entry.items] if entry else []
    if any(isinstance(alias, str) and path_key(alias) == path_key(title) for alias in known):
        return note
    edit = _edit(note, entry, title)
    new = edited(note, [edit]) if edit else None
    if new is None or new.properties.fault:
        return None
    added = next((e for name in _NAMES if (e := new.properties.by_key.get(name))), None)
    return new if added and added.value == [*known, title] else None


def _edit(note: Note, entry: Property | None, title: str) -> Edit | None:
    """Return the edit that adds an alias; None where the list is written in a way that it cannot be added to."""
    if entry is None:
        head = note.properties.get("title")
        assert head is not None
        at = line_end(note.text, head.span.end)
        return Edit(at, at, f"\naliases:\n  - {quote_scalar(title)}")
    start, end = entry.value_span
    item = _ITEM.match(note.text, note.text.rfind("\n", 0, start) + 1)
    if entry.style == "empty":
        added = f"\n  - {quote_scalar(title)}"
    elif entry.style == "list" and note.text[end - 1] == "]":
        end -= 1
        added = f"{', ' if entry.items else ''}{quote_scalar(title, flow=True)}"
    elif entry.style == "list" and item:
        added = f"\n{item[0]}{quote_scalar(title)}"
    else:
        return None
    return Edit(entry.span.start, end, note.text[entry.span.start : end] + added)
