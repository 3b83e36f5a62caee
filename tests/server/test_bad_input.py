"""What no editor should send, and editors that go away: an error or a line of the log, and no process is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.server.documents import uri_of
from tests.cli.running import put
from tests.server.editor import command, environment
from tests.server.wire import Wire


def _vault_in(folder: Path) -> Path:
    put(folder / "vault", ".obsidian/app.json", "{}")
    put(folder / "vault", "a.md", "text\n")
    return folder / "vault"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return _vault_in(tmp_path)


def _process(vault: Path) -> Iterator[Wire]:
    started = Wire(vault)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()


@pytest.fixture
def wire(vault: Path) -> Iterator[Wire]:
    """A server of its own, for a test of how it begins or ends."""
    yield from _process(vault)


@pytest.fixture(scope="module")
def served_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _vault_in(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(served_vault: Path) -> Iterator[Wire]:
    """One server that is sent whatever should not be sent: after each of it, it still works."""
    for started in _process(served_vault):
        started.begin(served_vault)
        yield started


def test_broken_messages(served: Wire, served_vault: Path) -> None:
    served.body(b"{")
    served.logged("JSONDecodeError")
    served.body(b"[]")
    served.body(b'"text"')
    served.body(b'{"jsonrpc": "1.0", "method": "x"}')
    served.body(b"\xff\xfe")
    served.raw(b"Content-Length: many\r\n\r\n")
    served.raw(b"nonsense\r\n\r\n")
    served.send("textDocument/hover", {"textDocument": 3}, 7)
    assert served.answer(7)["error"]["code"] == -32602
    served.send("no/such/method", {}, 8)
    assert served.answer(8)["error"]["code"] == -32601
    served.send("textDocument/didOpen", {"textDocument": {"uri": 3}})
    served.send("$/cancelRequest", {"id": 99})
    served.send("$/setTrace", {"value": "verbose"})
    served.works(served_vault)


def test_questions_before_the_beginning_and_after_the_end(wire: Wire, vault: Path) -> None:
    wire.open(uri_of(vault / "a.md"), "[[nothing]]\n")
    wire.send("textDocument/hover", {"textDocument": {"uri": "x"}, "position": {"line": 0, "character": 0}}, 5)
    assert wire.answer(5)["error"]["code"] == -32002
    wire.begin(vault)
    wire.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 6)
    assert wire.answer(6)["error"]["code"] == -32600
    wire.works(vault)
    wire.send("shutdown", None, 7)
    wire.answer(7)
    wire.send("shutdown", None, 8)
    assert wire.answer(8)["error"]["code"] == -32600
    wire.send("exit")
    assert wire.ended() == (0, "")


def test_documents_that_are_not_open(served: Wire, served_vault: Path) -> None:
    uri = uri_of(served_vault / "a.md")
    document = {"uri": uri, "version": 2}
    served.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": "x"}]})
    served.logged("was changed, and is not open")
    served.send("textDocument/didClose", {"textDocument": {"uri": uri}})
    served.send("textDocument/didSave", {"textDocument": {"uri": uri}})
    served.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": "untitled:x", "type": 1}]})
    served.works(served_vault)


def test_ranges_that_are_out_of_the_text(served: Wire, served_vault: Path) -> None:
    uri = uri_of(served_vault / "a.md")
    served.open(uri, "one\n")
    for line, character in ((999, 0), (0, 999), (2**31 - 1, 2**31 - 1)):
        place = {"line": line, "character": character}
        part = {"range": {"start": place, "end": {"line": 0, "character": 0}}, "text": "[[nothing]]"}
        change = {"textDocument": {"uri": uri, "version": line}, "contentChanges": [part]}
        served.send("textDocument/didChange", change)
    found = served.until(
        lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"].get("version") == 2**31 - 1
    )
    assert len(found["params"]["diagnostics"]) == 3
    served.works(served_vault)


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "file:///nowhere/at/all/a.md", "vscode-notebook:/a.md", "", "//["]
)
def test_documents_of_no_vault(uri: str, served: Wire, served_vault: Path) -> None:
    served.open(uri, "[[nothing]]\n")
    served.works(served_vault)


def test_texts_that_no_file_holds(served: Wire, served_vault: Path) -> None:
    for i, text in enumerate(("\ud83d", "\x00" * 50, "---\na: [\n", "[[" * 5000, "\ufeff\ufeff")):
        served.open(uri_of(served_vault / f"odd{i}.md"), text)
    served.works(served_vault)


def test_nothing_is_written(served: Wire, served_vault: Path) -> None:
    before = sorted(served_vault.rglob("*"))
    served.works(served_vault)
    assert sorted(served_vault.rglob("*")) == before
    assert (served_vault / "a.md").read_text(encoding="utf-8") == "text\n"


def test_a_vault_that_is_not_there(wire: Wire, vault: Path) -> None:
    wire.begin(vault / "gone")
    wire.works(vault)


def test_the_end(wire: Wire, vault: Path) -> None:
    wire.begin(vault)
    wire.works(vault)
    wire.send("shutdown", None, 2)
    assert wire.answer(2).get("result", "") is None
    wire.send("exit")
    assert wire.ended() == (0, "")


@pytest.mark.parametrize("begins", [True, False])
def test_an_editor_that_goes_away(begins: bool, wire: Wire, vault: Path) -> None:
    if begins:
        wire.begin(vault)
        wire.works(vault)
    assert wire.process.stdin
    wire.process.stdin.close()
    status, err = wire.ended()
    assert (status in (0, 1), err) == (True, "")


@pytest.mark.skipif(os.name != "posix", reason="a process is interrupted in another way there")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_can_be_stopped(sign: signal.Signals, wire: Wire, vault: Path) -> None:
    wire.begin(vault)
    wire.works(vault)
    wire.process.send_signal(sign)
    _, err = wire.ended()
    assert "Traceback" not in err


def test_some_editors_say_how_they_talk_to_it(vault: Path) -> None:
    wire = Wire(vault, "--stdio")
    wire.begin(vault)
    wire.works(vault)
    assert wire.process.stdin
    wire.process.stdin.close()
    wire.ended()


@pytest.mark.skipif(os.name != "posix", reason="there is no such terminal there")
def test_a_person_is_told_that_it_is_for_editors(vault: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    ran = subprocess.run(command(), cwd=vault, env=environment(), stdin=theirs, capture_output=True, check=False)
    os.close(ours)
    os.close(theirs)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"an editor starts this" in ran.stderr


def test_it_takes_no_paths(vault: Path) -> None:
    status, err = Wire(vault, "a.md").ended()
    assert status == 2
    assert "unexpected extra argument" in err
