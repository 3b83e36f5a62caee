"""The documents that are open in the editor: each text as it is there now, whatever the disk holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from processor.base.text import apply_edits
from processor.server.positions import Encoding, Places, Range


class Document(NamedTuple):
    """A text that is open in the editor.

    `serial` tells each text from all others that were there before or come after, which the editor's own `version` does
    not where a document is closed and opened again.
    """

    uri: str
    path: Path | None  # None: no file of this machine
    text: str
    version: int
    serial: int


class TextChange(NamedTuple):
    """A new text for a range, or, without one, for the whole document."""

    range: Range | None
    text: str


class Documents:
    """All open documents, by their URIs."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._serial = 0

    def get(self, uri: str) -> Document | None:
        """Return the document as it is now; None where it is not open."""
        return self._open.get(uri)

    def serial(self, uri: str) -> int:
        """Return the serial of the document as it is now; 0 where it is not open."""
        found = self._open.get(uri)
        return 0 if found is None else found.serial

    def put(self, uri: str, version: int, text: str) -> Document:
        """Take in a document that was opened, or has another text."""
        self._serial += 1
        document = Document(uri, path_of(uri), storable(text), version, self._serial)
        self._open[uri] = document
        return document

    def change(self, uri: str, version: int, changes: Sequence[TextChange], encoding: Encoding) -> Document | None:
        """Make changes one after another; None where no such document is open."""
        document = self._open.get(uri)
        if document is None:
            return None
        return self.put(uri, version, changed(document.text, changes, encoding))

    def close(self, uri: str) -> Document | None:
        """Forget a document; return it as it was, None where it was not open."""
        return self._open.pop(uri, None)


def changed(text: str, changes: Iterable[TextChange], encoding: Encoding) -> str:
    """Return the text after changes, each of which counts in the text that the one before it left."""
    for change in changes:
        if change.range is None:
            text = storable(change.text)
        else:
            text = storable(apply_edits(text, [Places.of(text, encoding).edit(change.range, change.text)]))
    return text


def storable(text: str) -> str:
    """Return the text as a file can hold it: half a surrogate pair, which is no character, becomes U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def path_of(uri: str) -> Path | None:
    """Return the file that a URI names, absolute; None where it names none of this machine's."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path or "\0" in unquote(parts.path):
        return None
    return Path(os.path.abspath(url2pathname(parts.path)))


def uri_of(path: Path) -> str:
    """Return the URI of a file, given by its absolute path."""
    return path.as_uri()
