"""Renaming from the editor: what stands at a place, and files that it moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from processor.server.documents import path_of
from tests.cli.running import put
from tests.server.editor import Editor, capabilities, editing
from tests.server.test_acting import after

pytestmark = pytest.mark.asyncio
VIDEO = "n3Vq8ZtKp0A"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "talks/b.md", "---\naliases: [Bee]\n---\n\n## Part\n\nBlock. ^x1\n\nA #tag.\n")
    put(root, "c.md", "[[b#Part]] [[b|Bee]] [[b#^x1]] #tag\n")
    put(root, "d.canvas", '{"nodes": [{"id": "1", "type": "file", "file": "talks/b.md"}]}')
    return root


async def test_the_links_of_canvases_follow_what_a_note_holds(vault: Path) -> None:
    board = '{"nodes": [{"file": "talks/b.md", "subpath": "#Part"}, {"text": "😀 [[b#Part]] [[b#^x1]] [[b|Bee]]"}]}'
    put(vault, "d.canvas", board)
    b = (vault / "talks/b.md").read_text(encoding="utf-8")
    async with editing(vault) as editor:
        for marked, old, new in (("Pa‸rt", "#Part", "#New"), ("^x‸1", "^x1", "^New"), ("[Be‸e", "|Bee", "|New")):
            edit = await renamed(editor, "talks/b.md", b.replace(marked.replace("‸", ""), marked), "New")
            assert after(editor, edit)["d.canvas"] == board.replace(old, new)


def place(marked: str) -> types.Position:
    before = marked[: marked.index("‸")]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)


async def prepared(editor: Editor, name: str, marked: str) -> tuple[str, str] | None:
    """What stands at a place as the editor would show it to be changed, and the name that it begins with."""
    text = marked.replace("‸", "")
    editor.open(name, text)
    params = types.PrepareRenameParams(editor.document(name), place(marked))
    found = await editor.client.text_document_prepare_rename_async(params)
    editor.close(name)
    if found is None:
        return None
    assert isinstance(found, types.PrepareRenamePlaceholder)
    line = text.split("\n")[found.range.start.line]
    return line[found.range.start.character : found.range.end.character], found.placeholder


async def renamed(editor: Editor, name: str, marked: str, new: str) -> types.WorkspaceEdit | None:
    editor.open(name, marked.replace("‸", ""))
    return await editor.client.text_document_rename_async(types.RenameParams(editor.document(name), place(marked), new))


async def test_what_can_be_renamed(vault: Path) -> None:
    b = (vault / "talks/b.md").read_text(encoding="utf-8")
    async with editing(vault) as editor:
        for name, marked, found in (
            ("a.md", "[[b‸#Part]]", ("b", "b")),
            ("a.md", "[[talks/b‸]]", ("talks/b", "b")),
            ("a.md", "[[b#Pa‸rt|x]]", ("Part", "Part")),
            ("a.md", "[[b#^x‸1]]", ("x1", "x1")),
            ("a.md", "A #ta‸g.", ("tag", "tag")),
            ("a.md", "[[b|sho‸wn]]", None),
            ("a.md", "[[nothing‸]]", None),
            ("a.md", "plain‸", None),
            ("a.md", f"[06:1‸0](https://youtu.be/{VIDEO}?t=370)", None),
            ("talks/b.md", b.replace("Part", "Pa‸rt"), ("Part", "Part")),
            ("talks/b.md", b.replace("^x1", "^x‸1"), ("x1", "x1")),
            ("talks/b.md", b.replace("Bee", "Be‸e"), ("Bee", "Bee")),
        ):
            assert await prepared(editor, name, marked) == found, marked


async def test_a_heading_a_block_a_tag_an_alias(vault: Path) -> None:
    b = (vault / "talks/b.md").read_text(encoding="utf-8")
    async with editing(vault) as editor:
        edit = await renamed(editor, "talks/b.md", b.replace("Part", "Pa‸rt"), "New part")
        assert after(editor, edit) == {
            "c.md": "[[b#New part]] [[b|Bee]] [[b#^x1]] #tag\n",
            "talks/b.md": b.replace("Part", "New part"),
        }
        edit = await renamed(editor, "a.md", "[[b#^x‸1]]", "y2")
        assert after(editor, edit)["c.md"] == "[[b#Part]] [[b|Bee]] [[b#^y2]] #tag\n"
        assert after(editor, edit)["a.md"] == "[[b#^y2]]"
        edit = await renamed(editor, "a.md", "#ta‸g", "topic/x")
        assert set(after(editor, edit)) == {"a.md", "c.md", "talks/b.md"}
        edit = await renamed(editor, "talks/b.md", b.replace("Bee", "Be‸e"), "Wasp")
        assert after(editor, edit)["c.md"] == "[[b#Part]] [[b|Wasp]] [[b#^x1]] #tag\n"


async def test_a_note_with_its_file(vault: Path) -> None:
    async with editing(vault) as editor:
        edit = await renamed(editor, "a.md", "See [[b‸#Part]].", "new_b")
        assert edit
        *changes, move = edit.document_changes or ()
        assert isinstance(move, types.RenameFile)
        assert (path_of(move.old_uri), path_of(move.new_uri)) == (vault / "talks/b.md", vault / "talks/new_b.md")
        edit.document_changes = changes
        assert after(editor, edit) == {
            "a.md": "See [[new_b#Part]].",
            "c.md": "[[new_b#Part]] [[new_b|Bee]] [[new_b#^x1]] #tag\n",
            "d.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "talks/new_b.md"}]}',
        }


@pytest.mark.parametrize(
    ("marked", "new", "why"),
    [
        ("[[b‸]]", "c#d", "The name"),
        ("[[b‸]]", " ", "A name must have a letter"),
        ("[[b‸]]", "/", "A name must have a letter"),
        ("[[b‸]]", "/c", "There is c.md already"),
        ("[[b‸]]", "b", "is called so already"),
        ("[[b#Pa‸rt]]", "", "No link could lead"),
        ("#ta‸g", "a b", "is no name of a tag"),
    ],
)
async def test_what_is_refused_is_said(marked: str, new: str, why: str, vault: Path) -> None:
    async with editing(vault) as editor:
        with pytest.raises(Exception, match=why):
            await renamed(editor, "a.md", marked, new)
        assert await renamed(editor, "a.md", "plain‸", "x") is None


async def test_an_editor_that_cannot_rename_files(vault: Path) -> None:
    can = capabilities()
    assert can.workspace
    assert can.workspace.workspace_edit
    can.workspace.workspace_edit.resource_operations = []
    async with editing(vault, can) as editor:
        assert await prepared(editor, "a.md", "[[b‸]]") is None
        with pytest.raises(Exception, match="cannot rename files"):
            await renamed(editor, "a.md", "[[b‸]]", "new")


async def moves(editor: Editor, *places: tuple[str, str]) -> types.RenameFilesParams:
    return types.RenameFilesParams([types.FileRename(editor.uri(old), editor.uri(new)) for old, new in places])


async def test_files_that_the_editor_moves(vault: Path) -> None:
    async with editing(vault) as editor:
        offered: Any = editor.server.capabilities.workspace
        assert offered.file_operations.will_rename.filters[0].pattern.glob == "**/*"
        # before any note is open
        edit = await editor.client.workspace_will_rename_files_async(await moves(editor, ("talks/b.md", "deep/e.md")))
        assert after(editor, edit)["c.md"] == "[[e#Part]] [[e|Bee]] [[e#^x1]] #tag\n"
        edit = await editor.client.workspace_will_rename_files_async(await moves(editor, ("talks", "papers")))
        assert after(editor, edit) == {"d.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "papers/b.md"}]}'}
        assert await editor.client.workspace_will_rename_files_async(await moves(editor, ("x.txt", "y.txt"))) is None
        assert await editor.client.workspace_will_rename_files_async(await moves(editor, ("c.md", "../c.md"))) is None


async def test_after_a_move_answers_are_about_the_new_name(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "[[e]]\n")
        await editor.shows("a.md", "missing-note")
        (vault / "talks/b.md").rename(vault / "talks/e.md")
        editor.client.workspace_did_rename_files(await moves(editor, ("talks/b.md", "talks/e.md")))
        await editor.shows("a.md")
        params = types.DefinitionParams(editor.document("a.md"), types.Position(0, 3))
        found = await editor.client.text_document_definition_async(params)
        assert isinstance(found, types.Location)
        assert path_of(found.uri) == vault / "talks/e.md"


async def test_a_move_that_links_cannot_follow_is_said(vault: Path) -> None:
    async with editing(vault) as editor:
        params = await moves(editor, ("talks/b.md", "c.md"))
        assert await editor.client.workspace_will_rename_files_async(params) is None
        await editor.until(lambda: editor.client.messages)
        assert editor.client.messages[0].message == "The links were left as they are: there is c.md already"
