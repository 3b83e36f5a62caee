"""Findings that the editor asks for."""

from __future__ import annotations

import asyncio

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from processor.server.lsp.serving import Serving, mark_of
from processor.server.session import Judged, Session


def offer(serving: Serving) -> None:
    """Offer them to an editor that asks, and can be told to ask again: to it nothing is told unasked."""
    if serving.is_pulled:
        options = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="ytvault"
        )
        serving.server.on(types.TEXT_DOCUMENT_DIAGNOSTIC, _Pulling(serving).document, options)


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
