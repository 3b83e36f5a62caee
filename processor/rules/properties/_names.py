"""Which property a name is probably meant for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from processor.parse.frontmatter import Property, is_for_video
from processor.vault.note import Note

_SHORTEST = 5  # letters of a name from which one slip is no other word
_SEPARATORS = str.maketrans("", "", "_- \u00a0")


def visible(name: str) -> str:
    """Return a name without invisible characters, and without white space around it."""
    if name.isascii() and name == name.strip():
        return name
    return "".join([c for c in name if unicodedata.category(c) != "Cf"]).strip()


def meant_for(key: str, names: Iterable[str], others: Collection[str] = ()) -> str | None:
    """Return which of some names a name is probably meant for: one that is the same but for `_` and `-`, or but for one slip.
    None where it is one itself, in any case, or one of `others`, which no slip leads to.
    """
    names = tuple(names)
    right = {_folded(name): name for name in reversed(names)}
    folded = _folded(key)
    meant = right.get(folded)
    if meant is None and key.casefold() not in map(str.casefold, (*names, *others)):
        meant = next((name for known, name in right.items() if _one_slip(folded, known)), None)
    return None if meant is None or meant.casefold() == key.casefold() else meant


def misspelt(note: Note, name: str, others: Collection[str] = ()) -> Property | None:
    """Return the property of a note that is probably meant for one of this name, which the note has in no case."""
    return next((e for e in note.properties.entries if meant_for(e.key, (name,), others)), None)


def may_be(entry: Property, video: bool) -> bool:
    """Return whether a property can be meant for the one that names the `video`, by what it holds."""
    if not video or entry.style == "empty" or entry.value is None:
        return True
    return entry.style not in ("list", "mapping") and is_for_video("video", entry.written.strip())


def _folded(name: str) -> str:
    return visible(name).casefold().translate(_SEPARATORS)


def _one_slip(written: str, name: str) -> bool:
    """Return whether one letter too many, missing or wrong, or two exchanged, is all that parts two names."""
    if len(name) < _SHORTEST or abs(len(written) - len(name)) > 1 or written == name:
        return False
    at = next((i for i, (a, b) in enumerate(zip(written, name, strict=False)) if a != b), min(len(written), len(name)))
    a, b = written[at:], name[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
