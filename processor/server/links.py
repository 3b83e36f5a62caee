"""The links of a note that an editor can open: to files of the vault, and stamps to their second of the video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Span
from processor.server.documents import uri_of
from processor.server.home import Home
from processor.server.stamps import aimed


class Leading(NamedTuple):
    """A place, and the address that it leads to."""

    span: Span
    uri: str
    told: str


def leading(home: Home) -> Iterator[Leading]:
    """Yield the links and stamps of an open note that lead somewhere."""
    stamps = {one.stamp.span: one for one in aimed(home)}
    for span, one in stamps.items():
        yield Leading(span, one.url, one.stamp.label)
    vault = home.vault.vault
    for link in home.note.links:
        if link.span in stamps:
            continue
        found = vault.resolve(link.target, home.path)
        if found.path is not None:
            yield Leading(link.span, uri_of(home.vault.root / found.path), found.path)
