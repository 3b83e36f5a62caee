"""A client of a language server, message by message, for what no library sends, and for what is to be timed."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from processor.server.documents import uri_of
from tests.server.editor import SECONDS, command, environment


class Wire:
    """The server's process, and what it sends, message by message."""

    def __init__(self, root: Path, *args: str, of: list[str] | None = None, env: dict[str, str] | None = None) -> None:
        """Start `ytvault server` with these arguments, or another server (`of`)."""
        self.process = subprocess.Popen(
            of or [*command(), *args],
            cwd=root,
            env=environment(**(env or {})),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.got: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        out = self.process.stdout
        assert out
        while line := out.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
                while out.readline().strip():
                    pass
                self._take(json.loads(out.read(length)))
            else:
                raise AssertionError(line)

    def _take(self, message: dict[str, Any]) -> None:
        """Keep a message; a question of the server's is answered with nothing."""
        if "id" in message and "method" in message:
            self.body(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode())
        else:
            self.got.put({**message, "at": time.perf_counter()})

    def raw(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def body(self, body: bytes) -> None:
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def send(self, method: str, params: Any = None, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method} | ({} if number is None else {"id": number})
        self.body(json.dumps(message | ({} if params is None else {"params": params})).encode())

    def until(self, is_it: Any, seconds: float = SECONDS) -> dict[str, Any]:
        """The first message from now on of which something is so. Raise TimeoutError where none comes."""
        end = time.monotonic() + seconds
        seen = []
        while True:
            try:
                seen.append(self.got.get(timeout=max(0.01, end - time.monotonic())))
            except queue.Empty:
                raise TimeoutError(f"did not come: {str(seen)[:2000]}") from None
            if is_it(seen[-1]):
                return seen[-1]

    def answer(self, number: int) -> dict[str, Any]:
        return self.until(lambda m: m.get("id") == number)

    def logged(self, text: str) -> str:
        found = self.until(lambda m: m.get("method") == "window/logMessage" and text in m["params"]["message"])
        return str(found["params"]["message"])

    def begin(self, root: Path) -> dict[str, Any]:
        self.send("initialize", {"processId": os.getpid(), "rootUri": uri_of(root), "capabilities": {}}, 1)
        found = self.answer(1)
        self.send("initialized", {})
        return found

    def open(self, uri: str, text: str, version: int = 1) -> None:
        item = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def works(self, root: Path, text: str = "[[nothing]]\n") -> None:
        """It still judges what is opened."""
        uri = uri_of(root / "works.md")
        self.open(uri, text)
        found = self.until(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri)
        assert [d["code"] for d in found["params"]["diagnostics"]] == ["missing-note"]

    def ended(self) -> tuple[int, str]:
        assert self.process.stderr
        status = self.process.wait(timeout=SECONDS)
        return status, self.process.stderr.read().decode()
