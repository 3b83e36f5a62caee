"""`ytvault.report`: the page of a vault, written beside it and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from processor.server.documents import path_of
from tests.cli.running import put, ytvault
from tests.report.pages import block
from tests.server.editor import Editor, capabilities, editing

pytestmark = pytest.mark.asyncio


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "my vault"
    put(root, ".obsidian/app.json", "{}")
    put(root, "talks/a.md", "See [[nothing]].\n")
    put(root, "processor/__main__.py", "raise SystemExit('the vault ran')\n")
    return root


def shows(can: bool) -> types.ClientCapabilities:
    found = capabilities()
    found.window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(can))
    return found


def showing(editor: Editor, *, success: bool = True) -> list[types.ShowDocumentParams]:
    """What the editor is asked to show from now on."""
    found: list[types.ShowDocumentParams] = []
    editor.client.protocol.fm.features[types.WINDOW_SHOW_DOCUMENT] = lambda params: (
        found.append(params) or types.ShowDocumentResult(success)
    )
    return found


async def run(editor: Editor, *arguments: Any) -> Any:
    return await editor.client.workspace_execute_command_async(
        types.ExecuteCommandParams("ytvault.report", arguments=list(arguments))
    )


async def told(editor: Editor) -> types.ShowMessageParams:
    found: types.ShowMessageParams = await editor.until(lambda: editor.client.messages and editor.client.messages[-1])
    return found


def files(vault: Path) -> list[Path]:
    return sorted(vault.rglob("*"))


def check_page(page: Path, vault: Path) -> None:
    """It is what the command line writes."""
    own = page.with_name("own.html")
    ytvault("report", "--out", own, cwd=vault)
    assert page.read_bytes() == own.read_bytes()
    assert block(page.read_text(encoding="utf-8"), "head")["rules"][0]["rule"] == "missing-note"


async def test_the_page_is_written_outside_of_the_vault_and_shown(vault: Path, tmp_path: Path) -> None:
    before = files(vault)
    env = {"YTVAULT_CACHE_DIR": str(tmp_path / "cache")}
    async with editing(vault, shows(can=True), env=env) as editor:
        shown = showing(editor)
        editor.open("talks/a.md")
        page = Path(await run(editor, editor.uri("talks/a.md")))
        await editor.until(lambda: shown)
        assert (path_of(shown[0].uri), shown[0].external) == (page, True)
        assert page.is_relative_to(tmp_path / "cache" / "pages")
        assert await run(editor) == str(page)
    assert files(vault) == before
    check_page(page, vault)


@pytest.mark.parametrize(("can", "success"), [(False, True), (True, False)], ids=["cannot", "fails"])
async def test_an_editor_that_shows_nothing_tells_where_it_is(
    vault: Path, tmp_path: Path, can: bool, success: bool
) -> None:
    async with editing(vault, shows(can), env={"YTVAULT_CACHE_DIR": str(tmp_path / "cache")}) as editor:
        showing(editor, success=success)
        editor.open("talks/a.md")
        page = await run(editor)
        message = await told(editor)
        assert (message.type, message.message) == (types.MessageType.Info, f"The report is {page}")


async def test_what_cannot_be_told_of(vault: Path, tmp_path: Path) -> None:
    async with editing(vault, env={"YTVAULT_CACHE_DIR": str(tmp_path / "cache")}) as editor:
        assert await run(editor) is None
        assert "no vault is open" in (await told(editor)).message
        assert await run(editor, "file:///nowhere/x.md") is None
        assert "lies in no vault" in (await told(editor)).message
        assert await run(editor, editor.uri("talks/a.md")) is not None
        (vault / "ytvault.toml").write_text("no such setting = 1\n", encoding="utf-8")
        editor.tell("ytvault.toml")
        assert await run(editor, editor.uri("talks/a.md")) is None
        message = await told(editor)
        assert message.type == types.MessageType.Error
        assert "ytvault.toml" in message.message
