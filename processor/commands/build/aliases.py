"""A note's title as an alias, where its file is called otherwise: Obsidian's switcher and suggestions know notes by these alone."""

from __future__ import annotations

import re

from processor.base.text import Edit, line_end
from processor.parse.frontmatter import Property, quote_scalar
from processor.vault.facts import names
from processor.vault.naming import path_key
from processor.vault.note import Note
from processor.vault.vault import Vault

_ITEM = re.compile(r"[ \t]*-[ \t]+")
_NAMES = ("aliases", "alias")


class Aliases:
    """The title as an alias; nothing else of the properties changes."""

    made = "aliases"
    refused = "its title cannot be added to its aliases as these are written"

    def __init__(self, vault: Vault) -> None:
        self._names = vault.facts(names)

    def concerns(self, path: str) -> bool:
        return "title" in self._names[path][::2]

    def edit(self, note: Note) -> Edit | None:
        title = _title(note)
        if not title or any(isinstance(a, str) and path_key(a) == path_key(title) for a in _known(note)):
            return None
        return _edit(note, _entry(note), title)

    def added(self, old: Note, new: Note) -> int | None:
        entry = _entry(new)
        is_right = entry and not new.properties.fault and entry.value == [*_known(old), _title(old)]
        return 1 if is_right else None


def _title(note: Note) -> str:
    """Return the title of a note that is to be an alias; empty where its file is called so."""
    entry = note.properties.get("title")
    title = " ".join(entry.value.split()) if entry and isinstance(entry.value, str) else ""
    return "" if path_key(title) == path_key(note.name) else title


def _entry(note: Note) -> Property | None:
    return next((e for name in _NAMES if (e := note.properties.by_key.get(name))), None)


def _known(note: Note) -> list[object]:
    entry = _entry(note)
    return [item.value for item in entry.items] if entry else []


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
