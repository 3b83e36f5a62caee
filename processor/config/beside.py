"""The files beside a vault that its settings name: folders of captions, a table of durations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from processor.config.settings import Found, Settings


class Beside(NamedTuple):
    """Their absolute paths, and what a person should know of them."""

    captions: tuple[str, ...] = ()
    durations: str | None = None
    remarks: tuple[str, ...] = ()


def files_beside(found: Found, settings: Settings) -> Beside:
    """Return the files that settings name, from the folder of their file. What is not there stops nothing."""
    folder = os.path.abspath(found.path.parent)
    captions = tuple(os.path.normpath(os.path.join(folder, os.path.expanduser(name))) for name in settings.captions)
    durations = settings.durations and os.path.normpath(os.path.join(folder, os.path.expanduser(settings.durations)))
    return Beside(captions, durations, tuple(_missing(found, captions, durations)))


def _missing(found: Found, captions: tuple[str, ...], durations: str | None) -> Iterator[str]:
    for i, path in enumerate(captions):
        if not os.path.isdir(path):
            line = found.document.line((*found.prefix, "captions", i))
            yield f"{found.path}:{line}: captions: there is no folder {path}"
    if durations and not os.path.isfile(durations):
        line = found.document.line((*found.prefix, "durations"))
        yield f"{found.path}:{line}: durations: there is no file {durations}"
