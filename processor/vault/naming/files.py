"""What a file can be called, on every system."""

from __future__ import annotations

import re

from processor.vault.naming import linkable

_UNSAFE = re.compile(r'[\x00-\x1f*"\\<>?:|#^\[\]]|%%')
_DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))))
"""Names that Windows keeps for itself."""


def is_file_name(path: str) -> bool:
    """Return whether a file can have this path (without `.md`) on every system, and a link name it."""
    return not _UNSAFE.search(path) and all(
        p
        and p.partition(".")[0].upper() not in _DEVICES
        and len(p.encode()) <= 200
        and not p.startswith(".")
        and not p.endswith(".")
        and p == p.strip()
        for p in path.split("/")
    )


def wrong_index(name: str | bool) -> str:
    """Return what is wrong with the name of a start note, as the end of a sentence; empty: nothing. No name is a yes or no."""
    if isinstance(name, bool) or (is_file_name(name) and linkable(name) and not name.lower().endswith(".md")):
        return ""
    return f'must be the name of a note, without .md, that a file can have and a link can name, not "{name}"'
