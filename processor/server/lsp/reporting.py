"""The command that shows the state of a vault on one page."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from lsprotocol import types

from processor.server.documents import uri_of
from processor.server.lsp.serving import Serving
from processor.server.report import PageError, root_asked_for, written_page


def offer(serving: Serving) -> None:
    """Offer it."""
    serving.server.command("ytvault.report")(partial(_Reporting(serving).report))


class _Reporting:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._one_at_a_time = asyncio.Lock()

    async def report(self, *arguments: object) -> str | None:
        """Write the page of the vault in which a note lies (its URI; without, of the only one that is open), and show it in a browser;
        to an editor that shows nothing tell where it lies. Return its path; None where it could not be made, which is told."""
        uri = arguments[0] if arguments and isinstance(arguments[0], str) else None
        try:
            root = await asyncio.wrap_future(self._serving.worker.ask(partial(root_asked_for, uri=uri)))
            async with self._one_at_a_time:
                page = await asyncio.to_thread(written_page, root)
        except PageError as error:
            self._tell(f"There is no report: {error}", types.MessageType.Error)
            return None
        self._serving.keep(self._show(page))
        return str(page)

    async def _show(self, page: Path) -> None:
        can = self._serving.client.window.show_document if self._serving.client.window else None
        if can and can.support:
            params = types.ShowDocumentParams(uri_of(page), external=True)
            if (await self._serving.server.window_show_document_async(params)).success:
                return
        self._tell(f"The report is {page}", types.MessageType.Info)

    def _tell(self, text: str, kind: types.MessageType) -> None:
        self._serving.server.window_show_message(types.ShowMessageParams(kind, text))
