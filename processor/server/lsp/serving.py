"""The server: what the editor says reaches the worker, and what the worker says the editor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import JsonRpcContentModified

from processor import __version__
from processor.server.configured import ConfigFault
from processor.server.diagnostics import diagnostics, of_faults
from processor.server.documents import Document, Documents, path_of, uri_of
from processor.server.home import Home, Judged
from processor.server.lsp.convert import Converter, changes_of, faults_of, files_of
from processor.server.lsp.options import Options, options_of
from processor.server.lsp.transport import Connection, Server, run
from processor.server.positions import Encoding
from processor.server.session import Session
from processor.server.watching import Watching
from processor.server.worker import Worker

_ENCODINGS: Mapping[types.PositionEncodingKind, Encoding] = {
    types.PositionEncodingKind.Utf8: "utf-8",
    types.PositionEncodingKind.Utf16: "utf-16",
    types.PositionEncodingKind.Utf32: "utf-32",
}


class Serving:
    """One server with its documents and its worker. All of it is called by the thread that talks to the editor, but for what
    is said to be called by the worker."""

    def __init__(self, offers: Sequence[Callable[[Serving], None]]) -> None:
        """`offers` add the methods that answer questions, once it is known what the editor can."""
        self._offers = offers
        self.server = Server(__version__)
        self.documents = Documents()
        self.options = Options()
        self.session = Session(self.server.log, self._say_faults, self._follow)
        self.worker = Worker(self.session, self._said, self.server.log)
        self.convert = Converter(self.session, "utf-16")
        self.client = types.ClientCapabilities()
        self.is_pulled = False
        self._faulty: set[str] = set()  # files of settings of which something is shown
        self._watching: Watching | None = None
        self._tasks: set[asyncio.Task[Any]] = set()  # that nothing else holds
        self._shown: dict[str, tuple[int, str]] = {}  # of what was pulled: the text's serial, and what tells the answer
        self.server.prepare = self._prepare
        for method, handler in (
            (types.INITIALIZED, self._initialized),
            (types.SHUTDOWN, self._shut_down),
            (types.TEXT_DOCUMENT_DID_OPEN, self._opened),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._changed),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._closed),
            (types.TEXT_DOCUMENT_DID_SAVE, self._saved),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._happened),
            (types.WORKSPACE_DID_CHANGE_CONFIGURATION, lambda _params: None),  # what is judged says `ytvault.toml`
        ):
            self.server.feature(method)(partial(handler))  # pygls marks what it is given

    def run(self, connection: Connection) -> int:
        """Serve until the editor ends; return the exit status."""
        try:
            return run(self.server, connection)
        finally:
            if self._watching:
                self._watching.end()
            self.worker.end()

    # Beginning and end

    def _prepare(self, params: types.InitializeParams) -> None:
        """Offer what the editor can make use of."""
        self.server.begin()
        self.client = params.capabilities
        self.options = options_of(params.initialization_options)
        self.server.set_sync(incremental=self.options.incremental)
        found = types.PositionEncodingKind(ServerCapabilitiesBuilder.choose_position_encoding(self.client))
        self.convert.encoding = _ENCODINGS[found]
        self.is_pulled = _can_pull(self.client)
        for offer in self._offers:
            offer(self)
        self.worker.start()

    def _initialized(self, _params: types.InitializedParams) -> None:
        for remark in self.options.remarks:
            self.server.log(remark)
        self.keep(self.server.follow_parent())
        if _can_watch(self.client):
            self.keep(self._watch())
        else:
            self._watching = Watching(self.worker.happened, self.server.log)
            for vault in self.session.vaults:
                self._watching.follow(vault.root)

    async def _watch(self) -> None:
        """Ask the editor to tell what happens on the disk."""
        watchers = [types.FileSystemWatcher("**/*")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self.server.client_register_capability_async(types.RegistrationParams([registration]))

    def _follow(self, root: Path) -> None:
        """Watch a vault that was opened, where the editor does not; called by the worker."""

        def follow() -> None:
            if self._watching:
                self._watching.follow(root)

        self.server.later(follow)

    def _shut_down(self, _params: None) -> None:
        self.worker.end()

    def keep(self, work: Any) -> None:  # noqa: ANN401  a coroutine
        """Do something beside, to its end."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)

        def done(task: asyncio.Task[Any]) -> None:
            self._tasks.discard(task)
            if not task.cancelled() and (error := task.exception()):
                self.server.log(f"{type(error).__name__}: {error}")

        task.add_done_callback(done)

    # What the editor tells

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        found = params.text_document
        self.worker.opened(self.documents.put(found.uri, found.version, found.text))

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        found = params.text_document
        changes = changes_of(params.content_changes)
        document = self.documents.change(found.uri, found.version, changes, self.convert.encoding)
        if document is None:
            self.server.log(f"{found.uri} was changed, and is not open")
        else:
            self.worker.opened(document)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        document = self.documents.close(params.text_document.uri)
        if document is not None:
            self.worker.closed(document)
            self._shown.pop(document.uri, None)
            if document.path and document.path.name.endswith(".md") and not self.is_pulled:
                self._publish(document.uri, [], None)

    def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        self.worker.happened(*files_of([path_of(params.text_document.uri)]))

    def _happened(self, params: types.DidChangeWatchedFilesParams) -> None:
        files = files_of(path_of(change.uri) for change in params.changes)
        if files:
            self.worker.happened(*files)

    # What the editor is told

    def _said(self, judged: Judged) -> None:
        """Show what there is to say of a document; called by the worker."""
        document, home, _ = judged
        if home is None and not self.is_note(document):
            return
        items = self.items(judged)
        self.server.later(self._show, document, items)

    def items(self, judged: Judged) -> list[types.Diagnostic]:
        """Return the findings of a document; called by the worker."""
        home = judged.home
        return self.convert.diagnostics(home, diagnostics(home, judged.findings)) if home else []

    @staticmethod
    def is_note(document: Document) -> bool:
        """Return whether a document may be a note."""
        return document.path is not None and document.path.name.endswith(".md")

    def _show(self, document: Document, items: list[types.Diagnostic]) -> None:
        """Show findings, unless the text is another one by now."""
        if self.documents.serial(document.uri) != document.serial:
            return
        if not self.is_pulled:
            self._publish(document.uri, items, document.version)
        elif self._shown.get(document.uri, (document.serial,))[0] == document.serial:
            shown = self._shown.get(document.uri)
            if shown and shown[1] != mark_of(items):
                self.keep(self.server.workspace_diagnostic_refresh_async(None))

    def pulled(self, document: Document, mark: str) -> None:
        """Remember what the editor was told of a text when it asked."""
        self._shown[document.uri] = document.serial, mark

    def _publish(self, uri: str, items: list[types.Diagnostic], version: int | None) -> None:
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))

    def _say_faults(self, faults: tuple[ConfigFault, ...]) -> None:
        """Show what is wrong in the settings; called by the worker."""
        self.server.later(self._show_faults, {uri_of(file): faults_of(f) for file, f in of_faults(faults).items()})

    def _show_faults(self, found: dict[str, list[types.Diagnostic]]) -> None:
        for uri in self._faulty - found.keys():
            self._publish(uri, [], None)
        for uri, items in found.items():
            self._publish(uri, items, None)
        self._faulty = set(found)

    # Questions

    async def about(self, uri: str, question: Callable[[Home], Any]) -> Any:  # noqa: ANN401  as the question has it
        """Return the answer to a question about an open note; None of what is none. Raise JsonRpcContentModified where its text
        is another one by now."""
        serial = self.documents.serial(uri)

        def asked(session: Session) -> Any:  # noqa: ANN401
            home = session.known_home(uri)
            return None if home is None else question(home)

        answer = await asyncio.wrap_future(self.worker.ask(asked))
        if self.documents.serial(uri) != serial:
            raise JsonRpcContentModified("the text is another one by now")
        return answer


def mark_of(items: list[types.Diagnostic]) -> str:
    """Return what tells an answer from others."""
    return blake2b(repr(items).encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _can_pull(client: types.ClientCapabilities) -> bool:
    """Return whether the editor asks for findings, and can be told to ask again."""
    pulls = client.text_document and client.text_document.diagnostic
    diagnostics = client.workspace.diagnostics if client.workspace else None
    return bool(pulls and diagnostics and diagnostics.refresh_support)


def _can_watch(client: types.ClientCapabilities) -> bool:
    files = client.workspace.did_change_watched_files if client.workspace else None
    return bool(files and files.dynamic_registration)
