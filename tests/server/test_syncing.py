"""Documents over the disk: what is shown is what `lint` says of the text in the editor, in its vault."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from processor.server.documents import path_of
from tests.cli.running import put, ytvault
from tests.server.editor import capabilities, editing

pytestmark = pytest.mark.asyncio


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, ".obsidian/app.json", "{}")
    put(root, "a.md", "# A\n\nSee [[b#Part]] and [[open source platfrms]].\n")
    put(root, "b.md", "## Part\n\n[[c]]\n")
    put(root, "c.md", "text\n")
    put(root, "open_source_platforms.md", "Platforms.\n")
    return root


async def test_a_note_is_judged_when_it_is_opened_and_as_it_is_typed(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md")
        assert await editor.rules("a.md") == ["broken-link"]
        editor.change("a.md", "# A\n\nSee [[b#Prt]].\n")
        assert await editor.rules("a.md") == ["broken-heading"]
        editor.change("a.md", "# A\n")
        assert await editor.rules("a.md") == []


async def test_what_is_shown_is_what_lint_says(vault: Path) -> None:
    said = ytvault("lint", "a.md", "--output-format", "json", cwd=vault).out
    found = json.loads(said)
    async with editing(vault) as editor:
        editor.open("a.md")
        (shown,) = await editor.diagnostics("a.md")
    (finding,) = found
    assert (shown.code, shown.message, shown.source) == (finding["rule"], finding["message"], "ytvault")
    assert shown.severity == types.DiagnosticSeverity.Error
    assert shown.range == types.Range(types.Position(2, 19), types.Position(2, 43))
    (related,) = shown.related_information or []
    assert related.location.uri == editor.uri("open_source_platforms.md")
    assert shown.code_description
    page = path_of(shown.code_description.href)
    assert page
    assert page.name == "broken_link.py"


async def test_a_suppression_without_use_is_shown_as_such(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "%% ytvault-disable broken-link %%\n\ntext\n")
        (shown,) = await editor.diagnostics("a.md")
    assert (shown.code, shown.tags) == ("unused-suppression", (types.DiagnosticTag.Unnecessary,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_positions_are_those_that_were_agreed_on(encoding: str, vault: Path) -> None:
    async with editing(vault, capabilities(encodings=(encoding,)), {"incremental": True}) as editor:
        assert editor.server.capabilities.position_encoding == encoding
        sync = editor.server.capabilities.text_document_sync
        assert isinstance(sync, types.TextDocumentSyncOptions)
        assert sync.change == types.TextDocumentSyncKind.Incremental
        editor.open("a.md", "😀 [[c]]\r\n")
        assert await editor.diagnostics("a.md") == []
        width = {"utf-8": 4, "utf-16": 2, "utf-32": 1}[encoding]
        at = types.Position(0, width + 3)
        change = types.TextDocumentContentChangePartial(types.Range(at, types.Position(0, width + 4)), "nothing")
        editor.change_parts("a.md", change, then="😀 [[nothing]]\r\n")
        (shown,) = await editor.diagnostics("a.md")
        assert shown.range == types.Range(types.Position(0, width + 1), types.Position(0, width + 12))


async def test_a_burst_is_answered_once(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "")
        assert await editor.diagnostics("a.md") == []
        seen: list[int | None] = []
        shown = editor.client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

        def note(params: types.PublishDiagnosticsParams) -> None:
            seen.append(params.version)
            shown(params)

        editor.client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = note
        for i in range(100):
            last = editor.change("a.md", f"[[nothing {i}]]\n")
        (found,) = await editor.diagnostics("a.md", last)
        assert found.message == 'no note is called "nothing 99"'
        assert seen == sorted(seen)
        assert len(seen) < 60  # one or two, on a machine with nothing else to do


async def test_other_open_notes_are_judged_again(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "[[b#Part]]\n")
        editor.open("b.md")
        await editor.shows("a.md")
        editor.change("b.md", "## Other\n")
        await editor.shows("a.md", "broken-heading")
        editor.close("b.md")
        await editor.shows("a.md")
        assert editor.shown[editor.uri("b.md")].diagnostics == ()


async def probe(vault: Path) -> None:
    """Write a note again and again."""
    for i in range(1000):
        put(vault, "probe.md", f"{i}\n")
        await asyncio.sleep(0.3)


@pytest.mark.parametrize("watches", [True, False])
async def test_what_happens_on_the_disk(watches: bool, vault: Path) -> None:
    if not watches:
        pytest.importorskip("watchfiles")
    async with editing(vault, capabilities(watches=watches)) as editor:
        editor.open("a.md", "[[b#Part]]\n")
        await editor.shows("a.md")
        if watches:
            await editor.until(lambda: editor.registered)
            assert editor.registered[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        else:
            editor.open("w.md", "[[probe]]\n")
            await editor.shows("w.md", "missing-note")
            probing = asyncio.ensure_future(probe(vault))  # until the files are watched
            await editor.shows("w.md")
            probing.cancel()
        (vault / "b.md").rename(vault / "d.md")
        if watches:
            editor.tell("b.md", kind=types.FileChangeType.Deleted)
            editor.tell("d.md", kind=types.FileChangeType.Created)
        await editor.shows("a.md", "missing-note")
        put(vault, "ytvault.toml", 'ignore = ["missing-note"]\n')
        if watches:
            editor.tell("ytvault.toml", kind=types.FileChangeType.Created)
        await editor.shows("a.md")


async def test_settings_are_shown_to_be_wrong_where_they_are(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "[[nothing]]\n")
        await editor.shows("a.md", "missing-note")
        editor.open("ytvault.toml", "")
        editor.change("ytvault.toml", '\nignore = ["mising-note"]\n')
        uri = editor.uri("ytvault.toml")
        await editor.until(lambda: uri in editor.shown and editor.shown[uri].diagnostics)
        (shown,) = editor.shown[uri].diagnostics
        assert shown.range.start.line == 1
        assert "missing-note" in shown.message
        editor.change("ytvault.toml", '\nignore = ["missing-note"]\n')
        await editor.until(lambda: not editor.shown[uri].diagnostics)
        assert len(editor.shown[editor.uri("a.md")].diagnostics) == 1  # which is not saved yet
        editor.save("ytvault.toml")
        await editor.shows("a.md")


async def test_findings_are_given_to_editors_that_ask(vault: Path) -> None:
    async with editing(vault, capabilities(pulls=True)) as editor:
        provided = editor.server.capabilities.diagnostic_provider
        assert provided
        assert provided.inter_file_dependencies
        editor.open("a.md")

        async def asked(name: str, before: str | None = None) -> types.DocumentDiagnosticReport:
            params = types.DocumentDiagnosticParams(editor.document(name), previous_result_id=before)
            return await editor.client.text_document_diagnostic_async(params)

        first = await asked("a.md")
        assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
        assert [d.code for d in first.items] == ["broken-link"]
        second = await asked("a.md", first.result_id)
        assert isinstance(second, types.RelatedUnchangedDocumentDiagnosticReport)
        editor.open("b.md", "## Prt\n")
        await editor.until(lambda: editor.client.diagnostic_refresh_count)
        third = await asked("a.md", first.result_id)
        assert isinstance(third, types.RelatedFullDocumentDiagnosticReport)
        assert [d.code for d in third.items] == ["broken-heading", "broken-link"]
        assert await asked("unknown.md") == types.RelatedFullDocumentDiagnosticReport(())
        assert editor.shown == {}


@pytest.mark.parametrize("name", ["visual-studio-code", "neovim@v0.7", "neovim@v0.11", "emacs"])
async def test_what_editors_say_of_themselves(name: str, vault: Path) -> None:
    can = client_capabilities(name)
    async with editing(vault, can) as editor:
        editor.open("a.md")
        if editor.server.capabilities.diagnostic_provider:
            params = types.DocumentDiagnosticParams(editor.document("a.md"))
            report = await editor.client.text_document_diagnostic_async(params)
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            assert [d.code for d in report.items] == ["broken-link"]
        else:
            assert await editor.rules("a.md") == ["broken-link"]


async def test_unknown_options_are_said(vault: Path) -> None:
    async with editing(vault, options={"codeLens": "no", "lens": True}) as editor:
        await editor.logged('the option "codeLens" must be true or false')
        await editor.logged('no option of the server is called "lens"')


async def test_the_findings_of_all_notes(vault: Path) -> None:
    can = capabilities(pulls=True)
    async with editing(vault, can, {"workspaceDiagnostics": True}) as editor:
        provided = editor.server.capabilities.diagnostic_provider
        assert provided
        assert provided.workspace_diagnostics
        known: dict[str, str] = {}

        async def asked() -> dict[str, list[Any]]:
            previous = [types.PreviousResultId(uri, mark) for uri, mark in known.items()]
            params = types.WorkspaceDiagnosticParams(previous)
            report = await editor.client.workspace_diagnostic_async(params)
            found: dict[str, list[Any]] = {}
            for item in report.items:
                assert isinstance(item, types.WorkspaceFullDocumentDiagnosticReport)
                assert item.result_id
                known[item.uri] = item.result_id
                path = path_of(item.uri)
                assert path
                found[path.relative_to(vault).as_posix()] = [d.code for d in item.items]
            return found

        waiting = asyncio.ensure_future(asked())  # before any vault is open
        await asyncio.sleep(0.2)
        assert not waiting.done()
        editor.open("c.md")
        assert await waiting == {"a.md": ["broken-link"]}
        waiting = asyncio.ensure_future(asked())
        editor.open("b.md", "## Other\n")
        assert await waiting == {"a.md": ["broken-heading", "broken-link"]}
        (vault / "a.md").unlink()
        waiting = asyncio.ensure_future(asked())
        editor.tell("a.md", kind=types.FileChangeType.Deleted)
        assert await waiting == {"a.md": []}
        waiting = asyncio.ensure_future(asked())
        put(vault, "a.md", "[[x]]\n")
        editor.tell("a.md", kind=types.FileChangeType.Created)
        assert await waiting == {"a.md": ["missing-note"]}
        waiting = asyncio.ensure_future(asked())
        put(vault, "ytvault.toml", 'ignore = ["missing-note"]\n')
        editor.tell("ytvault.toml", kind=types.FileChangeType.Created)
        assert await waiting == {"a.md": []}


async def test_the_findings_of_all_notes_part_by_part(vault: Path) -> None:
    for i in range(60):
        put(vault, f"n{i:02}.md", "[[nothing]]\n")
    async with editing(vault, capabilities(pulls=True), {"workspaceDiagnostics": True}) as editor:
        parts: list[int] = []
        token = "t"
        editor.client.protocol.fm.features["$/progress"] = lambda params: parts.append(
            len(params.value["items"] if isinstance(params.value, dict) else params.value.items)
        )
        editor.open("c.md")
        params = types.WorkspaceDiagnosticParams([], partial_result_token=token)
        report = await editor.client.workspace_diagnostic_async(params)
        assert list(report.items) == []
        assert sum(parts) == 61
        assert len(parts) > 3


def children(pid: int) -> str:
    """The processes that a process has started and that are still there, where the system tells."""
    return "".join(file.read_text(encoding="ascii") for file in Path(f"/proc/{pid}/task").glob("*/children"))


async def test_a_large_vault_that_nobody_has_looked_at(vault: Path, tmp_path: Path) -> None:
    """It is read by several processes, none of which is left behind."""
    for i in range(1000):
        put(vault, f"many/n{i:04}.md", f"# N\n\n[[n{i + 1:04}#N]]\n")
    env = {"YTVAULT_CACHE_DIR": str(tmp_path / "cache")}
    async with editing(vault, env=env) as editor:
        editor.open("many/n0999.md")
        assert await editor.rules("many/n0999.md") == ["missing-note"]
        editor.change("many/n0999.md", "# M\n\n[[n0001]]\n")
        assert await editor.rules("many/n0999.md") == []
        editor.open("many/n0998.md")
        assert await editor.rules("many/n0998.md") == ["broken-heading"]
        process = editor.client._server
        assert process
        assert children(process.pid) == ""


async def test_what_editors_say_now_and_then_is_no_noise(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        editor.client.cancel_request(types.CancelParams(12345))
        editor.open("a.md", "")
        assert await editor.rules("a.md") == []
        assert editor.client.log_messages == []
