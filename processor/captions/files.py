"""The files in the folders of captions. Loaded for a remembered answer, so it loads next to nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

ENDINGS = (
    *(".vtt", ".srt", ".json3", ".json", ".srv1", ".srv2", ".srv3", ".ttml", ".tsv", ".txt", ".md"),
)  # fmt: skip
"""The endings of names of the formats that are read."""


def seen_from(root: str, path: str) -> str:
    """Return the path of a file for people, from a vault's root, as it is the same on every machine; the whole of it where that
    cannot be."""
    try:
        return readable(os.path.relpath(path, root).replace(os.sep, "/") if root else path)
    except ValueError:  # on another drive
        return readable(path)


def readable(path: str) -> str:
    """Return a path that every report can show, alike: `T\\xe4lk` for what is no UTF-8."""
    return path if path.isascii() else os.fsencode(path).decode(errors="backslashreplace")


def caption_files(folders: Sequence[str], told: Callable[[OSError], None] | None = None) -> list[str]:
    """Return the files in some folders, and in those below, that may hold captions: each once, sorted by folder and name.

    What cannot be listed is `told` and passed over; a folder that is not there holds none. Names that begin with a dot are hidden.
    """
    found: dict[str, None] = {}
    for folder in folders:
        for place, below, names in os.walk(folder, onerror=told):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(ENDINGS) and not name.startswith("."):
                    path = os.path.join(place, name)
                    if os.path.isfile(path):  # and no pipe, which nobody may ever write to
                        found[path] = None
    return list(found)
