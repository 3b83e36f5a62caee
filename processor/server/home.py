"""A document in its vault, what there is to say of it, and what happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from processor.rules.base import Finding
from processor.server.documents import Document
from processor.server.opened import OpenVault
from processor.vault.note import Note


class Events(NamedTuple):
    """What happened since the last time: documents that were opened or changed (as they are now) or closed, and files at
    which something happened on the disk."""

    documents: Mapping[str, Document]
    closed: Mapping[str, Document]
    files: frozenset[Path] = frozenset()


class Home(NamedTuple):
    """A document in its vault: the note that it is a text of."""

    document: Document
    vault: OpenVault
    path: str

    @property
    def note(self) -> Note:
        note = self.vault.note(self.path)
        assert note is not None
        return note


class Judged(NamedTuple):
    """What there is to say of a document; nothing of one that is no note of a vault (`home` None)."""

    document: Document
    home: Home | None
    findings: tuple[Finding, ...]
