"""The connection to the editor: pygls's own, with documents of ours, and errors that are told in a line each."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidRequest,
    JsonRpcServerNotInitialized,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

_PARENT = 5.0  # seconds between two looks at whether the editor is still there


class Protocol(LanguageServerProtocol):
    """Pygls's own. The texts of documents are kept by us: pygls takes other signs than the protocol's for line ends."""

    _server: Server

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Answer with what can be done, once it is known what the editor can."""
        self._server.prepare(params)
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on a document that was opened."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on changes of a document."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand on a document that was closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def handle_message(self, message: Any) -> None:  # noqa: ANN401  pygls's own
        """Hand on a message; before the beginning, and after the end, nothing can be asked."""
        method, number = getattr(message, "method", None), getattr(message, "id", None)
        error: JsonRpcException | None = None
        if method and not self._server.has_begun and method not in (types.INITIALIZE, types.EXIT):
            error = JsonRpcServerNotInitialized("the server is not initialized yet")
        elif method == types.INITIALIZE and self._server.has_begun:
            error = JsonRpcInvalidRequest("the server is initialized already")
        elif method and self._shutdown and method != types.EXIT:
            error = JsonRpcInvalidRequest("the server is shut down")
        if error is None:
            super().handle_message(message)
        elif number is not None:
            self._send_response(number, error=error.to_response_error())

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401  pygls's own
        """Read a message. A request that cannot be read is answered, so that nobody waits for it."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """The server of one editor. `prepare` is called with what the editor says of itself, before anything is answered."""

    def __init__(self, version: str) -> None:
        super().__init__(
            "ytvault",
            version,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
            converter_factory=default_converter,
            max_workers=2,
        )
        self.prepare: Callable[[types.InitializeParams], None] = lambda _params: None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._unsaid: list[str] = []  # lines of the log from before the loop runs

    def set_sync(self, *, incremental: bool) -> None:
        """Ask the editor to send what has changed of a text, and not all of it."""
        kind = types.TextDocumentSyncKind
        self._text_document_sync_kind = kind.Incremental if incremental else kind.Full

    def later(self, call: Callable[..., object], *args: object) -> None:
        """Call something in the thread that talks to the editor; from any other one."""
        if self.loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self.loop.call_soon_threadsafe(call, *args)

    def log(self, line: str) -> None:
        """Say a line in the editor's log; from any thread."""
        if self.loop is None:
            self._unsaid.append(line)
        else:
            self.later(self._say, line)

    def _say(self, line: str) -> None:
        with suppress(OSError, ValueError):  # nobody listens any more
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, line))

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401, ARG002  pygls's own
        """Say an error in the log, without a trace of where it came up."""
        self.log(_line(error))

    @property
    def has_begun(self) -> bool:
        """Whether the editor has said what it can."""
        return self.loop is not None

    def shutdown(self) -> None:
        """End, without waiting for what the editor may still send."""
        if self._thread_pool:
            self._thread_pool.shutdown(wait=False, cancel_futures=True)
            self._thread_pool = None
        super().shutdown()  # type: ignore[no-untyped-call]

    @property
    def status(self) -> int:
        """The exit status: whether the editor asked for the end, as it should."""
        return 0 if self.protocol._shutdown else 1  # noqa: SLF001  pygls tells nobody else

    def begin(self) -> None:
        """Be told that the loop runs, in its thread."""
        self.loop = asyncio.get_running_loop()
        for line in self._unsaid:
            self._say(line)
        self._unsaid.clear()

    async def follow_parent(self) -> None:
        """End when the process that started this one is gone, whatever it left open."""
        if self.process_id is None or sys.platform == "win32":
            return
        while True:
            await asyncio.sleep(_PARENT)
            try:
                os.kill(self.process_id, 0)
            except ProcessLookupError:
                os._exit(1)
            except OSError:
                return

    def on(self, method: str, handler: Callable[[Any], Awaitable[Any]], options: object = None) -> None:
        """Answer requests of a method. What fails is said in a line."""

        async def answered(params: Any) -> Any:  # noqa: ANN401  as the method has them
            try:
                return await handler(params)
            except (JsonRpcException, asyncio.CancelledError):
                raise
            except Exception as error:  # noqa: BLE001  the one who asked is told
                self.log(f"{method}: {_line(error)}")
                raise JsonRpcInternalError(_line(error)) from None

        self.feature(method, options)(answered)


Connection = AbstractContextManager[tuple[BinaryIO, BinaryIO]]
"""What the editor sends, and where the server answers, for as long as they talk."""


def run(server: Server, connection: Connection) -> int:
    """Talk to the editor until it ends; return the exit status."""
    with connection as (from_editor, to_editor), _logging(server):
        server.start_io(from_editor, to_editor)
    return server.status


@contextmanager
def standard_streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Give standard input and output as files of their own: nothing else can write there, what is printed goes to standard error."""
    sys.stdout.flush()
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        yield stdin, stdout
    finally:
        with suppress(OSError, ValueError):
            stdout.close()


class _ToEditor(logging.Handler):
    """What pygls logs, as lines in the editor's log. What comes of saying them is not said."""

    def __init__(self, server: Server) -> None:
        super().__init__(logging.WARNING)
        self._server = server
        self._says = False

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        line = record.getMessage().split("\n", 1)[0]
        if self._says or line.startswith(_USUAL) or (isinstance(error, JsonRpcException) and error.code in _EXPECTED):
            return
        self._says = True
        try:
            self._server.log(f"{line}: {_line(error)}" if error else line)
        finally:
            self._says = False


_USUAL = ("Cancel notification for unknown message", "Ignoring notification for unknown method '$/")
_EXPECTED = (-32800, -32801, -32803)  # cancelled; about a text that is no longer there; told to the one who asked


@contextmanager
def _logging(server: Server) -> Iterator[None]:
    handler = _ToEditor(server)
    loggers = [logging.getLogger(name) for name in ("pygls", "asyncio")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
