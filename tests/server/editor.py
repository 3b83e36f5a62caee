"""An editor for tests: pytest-lsp's client of the real server."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.io_ import run_async
from pytest_lsp import LanguageClient
from pytest_lsp.client import make_test_lsp_client

from processor.server.documents import uri_of
from processor.server.lsp.main import serve

HERE = str(Path(__file__).parents[2])
SECONDS = 60  # in which whatever is waited for must come


def command() -> list[str]:
    return [sys.executable, "-m", "processor", "server"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": HERE, **more}


def capabilities(
    *,
    pulls: bool = False,
    watches: bool = True,
    encodings: tuple[str, ...] = (),
    files: bool = True,
) -> types.ClientCapabilities:
    """What an editor can that can nearly all."""
    kinds = [types.PositionEncodingKind(encoding) for encoding in encodings]
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=kinds or None),
        text_document=types.TextDocumentClientCapabilities(
            synchronization=types.TextDocumentSyncClientCapabilities(did_save=True),
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                version_support=True, related_information=True
            ),
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.Source])
                ),
                is_preferred_support=True,
                data_support=True,
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]),
            ),
            rename=types.RenameClientCapabilities(prepare_support=True),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
        ),
        workspace=types.WorkspaceClientCapabilities(
            apply_edit=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True,
                resource_operations=[types.ResourceOperationKind.Create, types.ResourceOperationKind.Rename],
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watches),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True) if pulls else None,
            file_operations=types.FileOperationClientCapabilities(will_rename=files, did_rename=files),
        ),
    )


class Editor:
    """An editor on a vault: it opens notes, types in them, saves them, and holds what it is shown."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.shown: dict[str, types.PublishDiagnosticsParams] = {}
        self.server: types.InitializeResult
        self.registered: list[types.Registration] = []
        self._news = asyncio.Event()

        def shown(params: types.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = params
            self._news.set()

        def registered(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = shown  # in the place of the client's own
        client.protocol.fm.features[types.CLIENT_REGISTER_CAPABILITY] = registered

    def uri(self, name: str) -> str:
        return uri_of(self.root / name)

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str | None = None) -> str:
        uri = self.uri(name)
        if text is None:
            text = (self.root / name).read_text(encoding="utf-8")
        self.versions[uri], self.texts[uri] = self.versions.get(uri, 0) + 1, text
        item = types.TextDocumentItem(uri, "markdown", self.versions[uri], text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, name: str, text: str) -> int:
        """Put another text in the place of all; the new version."""
        return self.change_parts(name, types.TextDocumentContentChangeWholeDocument(text), then=text)

    def change_parts(self, name: str, *changes: types.TextDocumentContentChangeEvent, then: str) -> int:
        uri = self.uri(name)
        self.versions[uri] += 1
        self.texts[uri] = then
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))
        return self.versions[uri]

    def save(self, name: str) -> None:
        uri = self.uri(name)
        (self.root / name).write_text(self.texts[uri], encoding="utf-8")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, name: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    def tell(self, *names: str, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
        """Tell the server that something happened on the disk."""
        events = [types.FileEvent(self.uri(name), kind) for name in names]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def until(self, is_so: Callable[[], Any], what: str = "") -> Any:
        """Wait until something is so; what that is."""
        end = asyncio.get_running_loop().time() + SECONDS
        while not (found := is_so()):
            self._news.clear()
            left = end - asyncio.get_running_loop().time()
            log = [m.message for m in self.client.log_messages]
            assert left > 0, f"{what or 'it'} did not come: {self.shown}, {log}"
            try:
                await asyncio.wait_for(self._news.wait(), min(left, 0.1))
            except TimeoutError:
                continue
        return found

    async def diagnostics(self, name: str, version: int | None = None) -> list[types.Diagnostic]:
        """What is shown of a text, of this version or the last one."""
        uri = self.uri(name)
        wanted = self.versions.get(uri) if version is None else version
        shown = await self.until(lambda: (s := self.shown.get(uri)) and s.version == wanted and s, f"{name} {wanted}")
        return list(shown.diagnostics)

    async def rules(self, name: str) -> list[str]:
        """The rules that are shown to be broken, each as often as it is."""
        return sorted(str(d.code) for d in await self.diagnostics(name))

    async def shows(self, name: str, *rules: str) -> None:
        """Wait until just these rules are shown, of whatever version."""
        uri, wanted = self.uri(name), sorted(rules)
        await self.until(
            lambda: (s := self.shown.get(uri)) and sorted(str(d.code) for d in s.diagnostics) == wanted,
            f"{name} with {wanted}",
        )

    async def logged(self, text: str) -> str:
        """Wait for a line of the log."""
        return await self.until(
            lambda: next((m.message for m in self.client.log_messages if text in m.message), None), text
        )


@asynccontextmanager
async def editing(
    root: Path,
    can: types.ClientCapabilities | None = None,
    options: dict[str, Any] | None = None,
    env: dict[str, str] | None = None,
) -> AsyncIterator[Editor]:
    """An editor with a server of its own, in a thread of this process; where it has an environment of its own (`env`), in a process.
    What goes wrong in the server is shown with the test that fails."""
    client = make_test_lsp_client()
    thread = None if env else await _connected(client)
    if env:
        program, *args = command()
        await client.start_io(program, *args, env=environment(**env))
    editor = Editor(client, root)
    try:
        editor.server = await asyncio.wait_for(
            client.initialize_session(
                types.InitializeParams(
                    capabilities=can or capabilities(),
                    root_uri=uri_of(root),
                    workspace_folders=[types.WorkspaceFolder(uri_of(root), root.name)],
                    initialization_options=options,
                )
            ),
            SECONDS,
        )
        yield editor
        await asyncio.wait_for(client.shutdown_session(), SECONDS)
        if thread:
            await asyncio.to_thread(thread.join, SECONDS)
            assert not thread.is_alive(), "the server did not end"
    except BaseException:
        if (process := client._server) and process.returncode is None:
            process.kill()
        raise
    finally:
        await asyncio.wait_for(client.stop(), SECONDS)
    logged = "\n".join(m.message for m in client.log_messages)
    assert "Traceback" not in logged, logged


async def _connected(client: LanguageClient) -> threading.Thread:
    """Connect an editor with a server in a thread, as a process takes a second to start; the thread."""
    ours, theirs = socket.socketpair()

    @contextmanager
    def connection() -> Iterator[tuple[BinaryIO, BinaryIO]]:
        with theirs, theirs.makefile("rb") as from_editor, theirs.makefile("wb") as to_editor:
            yield from_editor, to_editor

    thread = threading.Thread(target=serve, args=(connection(),), daemon=True)
    thread.start()
    reader, writer = await asyncio.open_connection(sock=ours)
    client.protocol.set_writer(writer)
    listening = run_async(
        stop_event=client._stop_event, reader=reader, protocol=client.protocol, error_handler=client.report_server_error
    )
    client._async_tasks.append(asyncio.create_task(listening))
    return thread
