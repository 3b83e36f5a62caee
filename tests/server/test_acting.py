"""What can be done at a place, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from processor.base.text import apply_edits
from processor.server.documents import path_of
from processor.server.lsp.convert import our_range
from processor.server.positions import Places
from tests.cli.running import put, ytvault
from tests.server.editor import Editor, capabilities, editing

pytestmark = pytest.mark.asyncio


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, ".obsidian/app.json", "{}")
    put(root, "talks/talks.md", "# Talks\n")
    put(root, "talks/open_source_platforms.md", "## Overview\n\nPlatforms.\n")
    put(root, "talks/open_weights.md", "---\ntitle: Open weights\n---\n\nWeights.\n")
    return root


def ranged(text: str, part: str) -> types.Range:
    at = text.index(part)
    before = text[:at]
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    return types.Range(types.Position(line, column), types.Position(line, column + len(part)))


async def offered(editor: Editor, name: str, part: str, only: list[str] | None = None) -> dict[str, types.CodeAction]:
    """The actions at a part of a text, by their titles."""
    shown = list(editor.shown[editor.uri(name)].diagnostics) if editor.uri(name) in editor.shown else []
    params = types.CodeActionParams(
        editor.document(name), ranged(editor.texts[editor.uri(name)], part), types.CodeActionContext(shown, only=only)
    )
    found = await editor.client.text_document_code_action_async(params)
    assert all(isinstance(action, types.CodeAction) for action in found or ())
    return {action.title: action for action in found or () if isinstance(action, types.CodeAction)}


async def done(editor: Editor, action: types.CodeAction) -> dict[str, str]:
    """The texts of the notes that an action changes, as they are then."""
    if action.edit is None:
        action = await editor.client.code_action_resolve_async(action)
    return after(editor, action.edit)


def after(editor: Editor, edit: types.WorkspaceEdit | None) -> dict[str, str]:
    assert edit
    found: dict[str, str] = {}
    edits: dict[str, Any] = dict(edit.changes or {})
    for change in edit.document_changes or ():
        if isinstance(change, types.CreateFile):
            found[change.uri] = ""
        else:
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            assert change.text_document.version == (editor.versions[uri] if uri in editor.texts else None)
            edits[uri] = change.edits
    for uri, some in edits.items():
        path = path_of(uri)
        assert path
        text = found.get(uri, editor.texts.get(uri))
        if text is None:
            text = path.read_text(encoding="utf-8")
        places = Places.of(text, "utf-16")
        found[uri] = apply_edits(text, [places.edit(our_range(e.range), e.new_text) for e in some])
    return {path.relative_to(editor.root).as_posix(): text for uri, text in found.items() if (path := path_of(uri))}


async def test_a_fix_that_is_certain(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("talks/a.md", "See [[Open Weights]].\n")
        (shown,) = await editor.diagnostics("talks/a.md")
        found = await offered(editor, "talks/a.md", "Weights")
        action = found["Write [[open_weights|Open Weights]]"]
        assert (action.is_preferred, action.kind) == (True, types.CodeActionKind.QuickFix)
        assert action.diagnostics == (shown,)
        assert await done(editor, action) == {"talks/a.md": "See [[open_weights|Open Weights]].\n"}
        assert next(iter(found)) == action.title
        assert await offered(editor, "talks/a.md", "See") == {
            title: a for title, a in (await offered(editor, "talks/a.md", "See")).items() if a.kind != "quickfix"
        }


async def test_a_fix_that_is_probably_right(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("talks/a.md", "See [[open_source_platfrms]].\n")
        found = await offered(editor, "talks/a.md", "open_source")
        action = found["Write [[open_source_platforms]] (probably right)"]
        assert action.is_preferred is None
        assert await done(editor, action) == {"talks/a.md": "See [[open_source_platforms]].\n"}


async def test_all_of_a_rule_and_all_that_is_certain(vault: Path) -> None:
    text = "---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\nOne [00:00:10], two [00:00:20].\r\n\r\n[[Open Weights]]\r\n"
    put(vault, "talks/a.md", text)
    async with editing(vault) as editor:
        editor.open("talks/a.md", text)
        found = await offered(editor, "talks/a.md", "00:00:10")
        (made,) = (await done(editor, found["Fix all 2 of unlinked-timestamp in this note"])).values()
        assert made.count("watch?v=n3Vq8ZtKp0A") == 2
        assert "[[Open Weights]]\r\n" in made
        (everything,) = (await done(editor, found["Fix all that is certain in this note"])).values()
        ytvault("lint", "--fix", "talks/a.md", cwd=vault)
        assert everything.encode() == (vault / "talks/a.md").read_bytes()
        source = await offered(editor, "talks/a.md", "One", only=["source"])
        assert list(source) == ["Fix all that is certain in this note"]
        assert list(await offered(editor, "talks/a.md", "One", only=["source.fixAll.ytvault"])) == list(source)
        assert await offered(editor, "talks/a.md", "One", only=["refactor"]) == {}
        slow = source["Fix all that is certain in this note"]
        assert slow.edit is None
        editor.change("talks/a.md", "text\n")
        assert (await editor.client.code_action_resolve_async(slow)).edit is None  # of a text that is no longer there


async def test_an_editor_that_resolves_nothing_gets_all_edits_at_once(vault: Path) -> None:
    can = capabilities()
    assert can.text_document
    assert can.text_document.code_action
    assert can.workspace
    can.text_document.code_action.resolve_support = None
    can.workspace.workspace_edit = None
    async with editing(vault, can) as editor:
        editor.open("talks/a.md", "[[Open Weights]] [[open_nothing]]\n")
        found = await offered(editor, "talks/a.md", "Weights")
        edit = found["Fix all that is certain in this note"].edit
        assert edit
        assert edit.changes
        assert not edit.document_changes
        assert not [t for t in await offered(editor, "talks/a.md", "open_nothing") if t.startswith("Create")]


async def test_to_silence_a_finding(vault: Path) -> None:
    text = "---\ntitle: T\n---\n\n- See [[nothing]].\n"
    async with editing(vault) as editor:
        editor.open("talks/a.md", text)
        found = await offered(editor, "talks/a.md", "nothing")
        line = await done(editor, found["Suppress missing-note on this line"])
        assert line["talks/a.md"].splitlines()[4] == "%% ytvault-disable-next-line missing-note %%"
        note = await done(editor, found["Suppress missing-note in this note"])
        assert note["talks/a.md"].splitlines()[2] == "ytvault-disable: [missing-note]"
        for made in (line, note):
            editor.change("talks/a.md", made["talks/a.md"])
            assert await editor.rules("talks/a.md") == []


async def test_what_may_have_been_meant(vault: Path) -> None:
    put(vault, "one/part.md", "")
    put(vault, "two/part.md", "")
    put(vault, "talks/sections.md", "## Introduction\n\n## Intermission\n")
    async with editing(vault) as editor:
        editor.open("talks/a.md", "[[part]] [[sections#Intro|x]]\n")
        titles = list(await offered(editor, "talks/a.md", "part"))
        assert "Write [[one/part|part]]" in titles
        assert "Write [[two/part|part]]" in titles
        found = await offered(editor, "talks/a.md", "Intro")
        made = await done(editor, found["Write [[sections#Introduction|x]]"])
        assert made == {"talks/a.md": "[[part]] [[sections#Introduction|x]]\n"}


async def test_a_note_that_is_asked_for_is_made(vault: Path) -> None:
    put(vault, "talks/b.md", "From: [[talks]]\n\nText.\n")
    text = (
        "---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[talks]]\n\nSee [[yes]], [[topics/new_topic]], [[a.png]].\n"
    )
    async with editing(vault) as editor:
        editor.open("talks/a.md", text)
        found = await offered(editor, "talks/a.md", "yes")
        made = await done(editor, found["Create talks/yes.md"])
        assert made == {"talks/yes.md": '---\ntitle: "yes"\n---\n\nFrom: [[talks]]\n'}
        found = await offered(editor, "talks/a.md", "new_topic")
        made = await done(editor, found["Create topics/new_topic.md"])
        assert made == {"topics/new_topic.md": "---\ntitle: new topic\n---\n\nFrom: [[talks]]\n"}
        assert not [t for t in await offered(editor, "talks/a.md", "a.png") if t.startswith("Create")]


async def test_a_heading_that_is_asked_for_is_made(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("talks/a.md", "[[open_weights#History]] [[#Own]]\n")
        found = await offered(editor, "talks/a.md", "History")
        made = await done(editor, found['Create the heading "History" in talks/open_weights.md'])
        assert made["talks/open_weights.md"].endswith("Weights.\n\n## History\n")
        editor.open("talks/open_weights.md", made["talks/open_weights.md"])
        await editor.shows("talks/a.md", "broken-heading")


async def test_a_mention_becomes_a_link(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("talks/a.md", "Of open weights and [[open_weights]].\n")
        found = await offered(editor, "talks/a.md", "open weights")
        made = await done(editor, found["Write [[open_weights|open weights]]"])
        assert made == {"talks/a.md": "Of [[open_weights|open weights]] and [[open_weights]].\n"}
        for part in ("Of open", "open_weights", "Of"):
            assert not [t for t in await offered(editor, "talks/a.md", part) if t.startswith("Write")]


async def test_commands(vault: Path) -> None:
    text = "---\nvideoId: n3Vq8ZtKp0A\n---\n\nAt [00:00:10] see [[Open Weights]].\n"
    async with editing(vault) as editor:
        applied: list[types.ApplyWorkspaceEditParams] = []
        editor.client.protocol.fm.features[types.WORKSPACE_APPLY_EDIT] = lambda params: (
            applied.append(params) or types.ApplyWorkspaceEditResult(True)
        )
        editor.open("talks/a.md", text)
        uri = editor.uri("talks/a.md")

        async def run(command: str, *arguments: Any) -> Any:
            return await editor.client.workspace_execute_command_async(
                types.ExecuteCommandParams(command, arguments=list(arguments))
            )

        await run("ytvault.fixAll", uri)
        await editor.until(lambda: applied)
        assert "[[open_weights|Open Weights]]" in after(editor, applied[0].edit)["talks/a.md"]
        assert await run("ytvault.openVideo", uri) == "https://www.youtube.com/watch?v=n3Vq8ZtKp0A"
        assert await run("ytvault.openVideo", uri, 4, 6) == "https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=10s"
        assert await run("ytvault.openVideo", editor.uri("unknown.md")) is None
        with pytest.raises(Exception, match="not defined"):
            await run("ytvault.none")
        with pytest.raises(Exception, match="arguments"):
            await run("ytvault.fixAll")


async def test_what_is_no_note_has_no_actions(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("x.txt", "[[nothing]]")
        assert await offered(editor, "x.txt", "nothing") == {}
        editor.open("../out.md", "[[nothing]]")
        assert await offered(editor, "../out.md", "nothing") == {}
