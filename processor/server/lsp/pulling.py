"""Findings that the editor asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from processor.server.diagnostics import diagnostics
from processor.server.documents import path_of, uri_of
from processor.server.home import Judged
from processor.server.lsp.serving import Serving, mark_of
from processor.server.session import Session
from processor.server.sweep import Place, Sweep


def offer(serving: Serving) -> None:
    """Offer them to an editor that asks, and can be told to ask again: to it nothing is told unasked."""
    if serving.is_pulled:
        whole = serving.options.workspace_diagnostics
        options = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=whole, identifier="ytvault"
        )
        serving.server.on(types.TEXT_DOCUMENT_DIAGNOSTIC, _Pulling(serving).document, options)
        if whole:
            serving.server.on(types.WORKSPACE_DIAGNOSTIC, _Sweeping(serving).workspace)


class _Pulling:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def document(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Return what there is to say of a document, or that it is what it was."""
        serving, uri = self._serving, params.text_document.uri
        serial = serving.documents.serial(uri)

        def judged(session: Session) -> tuple[Judged, list[types.Diagnostic]] | None:
            found = session.judged(uri)
            return None if found is None else (found, serving.items(found))

        answer = await asyncio.wrap_future(serving.worker.ask(judged))
        if serving.documents.serial(uri) != serial:
            raise JsonRpcContentModified("the text is another one by now")
        if answer is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        found, items = answer
        mark = mark_of(items)
        serving.pulled(found.document, mark)
        if params.previous_result_id == mark:
            return types.RelatedUnchangedDocumentDiagnosticReport(mark)
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=mark)


class _Sweeping:
    """The findings of all notes. A request is held until there is something that the editor does not know."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._news = asyncio.Event()
        self._sweep = Sweep(serving.session, lambda: serving.server.later(self._news.set))

    async def workspace(self, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        """Return what is new of all notes of the open vaults; to an editor that takes parts, part by part."""
        known, uris = await self._ask(lambda session: self._known(session, params.previous_result_ids))
        token, found, is_told = params.partial_result_token, [], False
        while True:
            self._news.clear()
            for lot in await self._ask(lambda _: self._sweep.left(known)):
                some: list[_Report] = await self._ask(partial(self._reports, lot, known, uris))
                if some and token is not None:
                    part = types.WorkspaceDiagnosticReportPartialResult(some)
                    self._serving.server.protocol.notify("$/progress", types.ProgressParams(token, part))
                    is_told = True
                else:
                    found += some
            if found or is_told:
                return types.WorkspaceDiagnosticReport(found)
            await self._news.wait()

    async def _ask(self, question: Callable[[Session], Any]) -> Any:  # noqa: ANN401  as the question has it
        return await asyncio.wrap_future(self._serving.worker.ask(question, patient=True))

    @staticmethod
    def _known(
        session: Session, previous: Sequence[types.PreviousResultId]
    ) -> tuple[dict[Place, str], dict[Place, str]]:
        """Return what the editor knows of notes, and by which URIs it calls them."""
        known, uris = {}, {}
        for one in previous:
            file = path_of(one.uri)
            vault = next((v for v in session.vaults if file and v.root in file.parents), None)
            path = vault.path_in(file) if vault and file else None
            if vault and path is not None:
                place = Place(vault.root, path)
                known[place], uris[place] = one.value, one.uri
        return known, uris

    def _reports(
        self, lot: Sequence[Place], known: dict[Place, str], uris: dict[Place, str], _session: Session
    ) -> list[_Report]:
        reports = []
        for place, mark, home, findings in self._sweep.judged(lot, known):
            uri, items, version = uris.get(place) or uri_of(place.root / place.path), [], None
            if home is not None:
                uri = self._serving.convert.uri(home.vault, place.path)
                items = self._serving.convert.diagnostics_at(home.vault, place.path, diagnostics(home, findings))
                version = home.document.version if home.document.uri else None
                known[place] = mark
            else:
                known.pop(place, None)
            reports.append(types.WorkspaceFullDocumentDiagnosticReport(uri, items, version, result_id=mark))
        return reports


_Report = types.WorkspaceFullDocumentDiagnosticReport
