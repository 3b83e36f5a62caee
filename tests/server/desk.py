"""A session without an editor: what the server says, asked in this process."""

from __future__ import annotations

from pathlib import Path

from processor.rules.base import Finding
from processor.server.configured import ConfigFault
from processor.server.documents import Document, Documents, uri_of
from processor.server.home import Events, Home
from processor.server.session import Session


class Desk:
    """A session, and the documents that a person opens, changes, saves and closes in it."""

    def __init__(self) -> None:
        self.documents = Documents()
        self.open: dict[str, Document] = {}
        self.lines: list[str] = []
        self.faults: tuple[ConfigFault, ...] = ()
        self.session = Session(self.lines.append, self._say)

    def _say(self, faults: tuple[ConfigFault, ...]) -> None:
        self.faults = faults

    def put(self, path: Path, text: str) -> str:
        uri = uri_of(path)
        self.open[uri] = self.documents.put(uri, 1, text)
        self.session.take_in(Events({uri: self.open[uri]}, {}))
        return uri

    def close(self, uri: str) -> None:
        self.session.take_in(Events({}, {uri: self.open.pop(uri)}))

    def tell(self, *files: Path) -> None:
        self.session.take_in(Events({}, {}, frozenset(files)))

    def home(self, uri: str) -> Home:
        home = self.session.known_home(uri)
        assert home
        return home

    def found(self, uri: str) -> list[Finding]:
        judged = self.session.judged(uri)
        assert judged is not None
        return list(judged.findings)


def at(desk: Desk, file: Path, marked: str) -> tuple[Home, int]:
    """An open note, and the place in it that `‸` marks."""
    home = desk.home(desk.put(file, marked.replace("‸", "")))
    return home, marked.index("‸")
