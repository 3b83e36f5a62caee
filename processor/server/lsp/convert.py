"""Our data as the protocol has it, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lsprotocol import types

from processor.base.text import Edit, Source, Span
from processor.disk import read
from processor.rules.base import NoteEdit
from processor.server.configured import ConfigFault
from processor.server.diagnostics import Diagnostic
from processor.server.documents import TextChange, uri_of
from processor.server.home import Home
from processor.server.opened import OpenVault
from processor.server.positions import Encoding, Place, Places, Range
from processor.server.session import Session

SOURCE = "ytvault"
_KEPT = 16  # documents of which the positions are kept
_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
}


class Converter:
    """Offsets in the notes of the vaults ↔ positions of the editor. Asked by the thread that looks at vaults."""

    def __init__(self, session: Session, encoding: Encoding) -> None:
        self.session = session
        self.encoding: Encoding = encoding
        self._places: dict[str, tuple[int, Places]] = {}  # of open documents: the serial of the text, and its positions

    def places(self, home: Home) -> Places:
        """Return the positions of an open document."""
        document = home.document
        found = self._places.pop(document.uri, None)
        if found is None or found[0] != document.serial:
            found = document.serial, Places.of(document.text, self.encoding)
        self._places[document.uri] = found
        if len(self._places) > _KEPT:
            del self._places[next(iter(self._places))]
        return found[1]

    def places_at(self, vault: OpenVault, path: str) -> Places:
        """Return the positions of a note, open or not."""
        document = self.session.document_at(vault, path)
        if document is not None:
            return self.places(Home(document, vault, path))
        note = vault.note(path)
        if note is not None:
            return Places(note.source, self.encoding)
        data = read(vault.root, path) if path.endswith(".canvas") else b""
        return Places(Source.decode(data if isinstance(data, bytes) else b""), self.encoding)

    def uri(self, vault: OpenVault, path: str) -> str:
        """Return the URI of a file of a vault, as the editor has it where it is open."""
        document = self.session.document_at(vault, path)
        return document.uri if document else uri_of(vault.root / path)

    def location(self, vault: OpenVault, path: str, span: Span) -> types.Location:
        """Return a place in a file of a vault."""
        return types.Location(self.uri(vault, path), range_of(self.places_at(vault, path).range(span)))

    def workspace_edit(
        self,
        vault: OpenVault,
        edits: Sequence[NoteEdit],
        *,
        versioned: bool,
        creates: str = "",
        moves: Mapping[str, str] = MappingProxyType({}),
    ) -> types.WorkspaceEdit:
        """Return edits of notes as one edit of the editor; `versioned`: each of the texts that are there now, and of no other.
        The note that it `creates` is made first, and what it `moves` is moved last."""
        by_note: dict[str, list[Edit]] = {}
        for path, edit in edits:
            by_note.setdefault(path, []).append(edit)
        made = {path: edits_of(self.places_at(vault, path), some) for path, some in by_note.items()}
        if not versioned:
            return types.WorkspaceEdit(changes={self.uri(vault, path): some for path, some in made.items()})
        changes: list[Any] = []
        if creates:
            changes.append(types.CreateFile(uri_of(vault.root / creates)))
        for path, some in made.items():
            document = self.session.document_at(vault, path)
            version = document.version if document else None
            identifier = types.OptionalVersionedTextDocumentIdentifier(self.uri(vault, path), version)
            changes.append(types.TextDocumentEdit(identifier, some))
        changes += [types.RenameFile(self.uri(vault, old), uri_of(vault.root / new)) for old, new in moves.items()]
        return types.WorkspaceEdit(document_changes=changes)

    def diagnostics(self, home: Home, found: Iterable[Diagnostic]) -> list[types.Diagnostic]:
        """Return the findings of an open document."""
        places = self.places(home)
        return [self.diagnostic(home.vault, places, one) for one in found]

    def diagnostics_at(self, vault: OpenVault, path: str, found: Iterable[Diagnostic]) -> list[types.Diagnostic]:
        """Return the findings of a note, open or not."""
        places = self.places_at(vault, path)
        return [self.diagnostic(vault, places, one) for one in found]

    def diagnostic(self, vault: OpenVault, places: Places, one: Diagnostic) -> types.Diagnostic:
        """Return one finding of a note with these positions."""
        related = [
            types.DiagnosticRelatedInformation(self.location(vault, path, span), message)
            for path, span, message in one.related
        ]
        return types.Diagnostic(
            range=range_of(places.range(one.span)),
            message=one.message,
            severity=_SEVERITY[one.severity],
            code=one.rule,
            code_description=types.CodeDescription(uri_of(one.page)) if one.page else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if one.is_idle else None,
            related_information=related or None,
        )


def range_of(found: Range) -> types.Range:
    """Return a range as the protocol has it."""
    return types.Range(types.Position(*found.start), types.Position(*found.end))


def our_range(found: types.Range) -> Range:
    """Return a range of the protocol's as ours."""
    return Range(Place(found.start.line, found.start.character), Place(found.end.line, found.end.character))


def changes_of(changes: Sequence[types.TextDocumentContentChangeEvent]) -> list[TextChange]:
    """Return what has changed in a document."""
    return [TextChange(our_range(r) if (r := getattr(c, "range", None)) else None, c.text) for c in changes]


def edits_of(places: Places, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Return the edits of a text with these positions."""
    return [types.TextEdit(range_of(places.range(Span(e.start, e.end))), places.written(e.text)) for e in edits]


def faults_of(faults: Iterable[ConfigFault]) -> list[types.Diagnostic]:
    """Return what is wrong in a file of settings: each fault covers its line."""
    return [
        types.Diagnostic(
            types.Range(types.Position(max(0, line - 1), 0), types.Position(max(0, line - 1), 1000)),
            message,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for _, line, message in faults
    ]


def files_of(uris: Iterable[Path | None]) -> list[Path]:
    """Return the files that lie on this machine, but for those that no vault holds and that change all the time."""
    return [file for file in uris if file is not None and not _NOISE.intersection(file.parts)]


_NOISE = frozenset((".git", "node_modules"))
