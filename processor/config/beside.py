"""The files beside a vault that its settings name: folders of captions, a table of durations."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from processor.config.settings import Found, Settings


class Beside(NamedTuple):
    """Their absolute paths, and what a person should know of them."""

    captions: tuple[str, ...] = ()
    durations: str | None = None
    remarks: tuple[str, ...] = ()


def files_beside(found: Found, settings: Settings) -> Beside:
    """Return the files that settings name, from the folder of their file. What is not there stops nothing, an empty name is none."""
    folder = os.path.abspath(found.path.parent)
    captions = [_path(folder, name) for name in settings.captions]
    durations = _path(folder, settings.durations or "")
    remarks = tuple(_missing(found, captions, durations))
    return Beside(tuple(filter(None, captions)), durations or None, remarks)


def _path(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, os.path.expanduser(name))) if name else ""


def _missing(found: Found, captions: Sequence[str], durations: str) -> Iterator[str]:
    for i, path in enumerate(captions):
        if path and not os.path.isdir(path):
            line = found.document.line((*found.prefix, "captions", i))
            what = f"{path} is a file, not a folder" if os.path.exists(path) else f"there is no folder {path}"
            yield f"{found.path}:{line}: captions: {what}"
    if durations and not os.path.isfile(durations):
        line = found.document.line((*found.prefix, "durations"))
        what = f"{durations} is no file" if os.path.exists(durations) else f"there is no file {durations}"
        yield f"{found.path}:{line}: durations: {what}"
