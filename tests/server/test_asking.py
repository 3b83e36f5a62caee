"""Questions about a place, over the real process: see `test_places`, `test_hover` and `test_completion` for the answers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from tests.cli.running import put
from tests.server.editor import Editor, editing

pytestmark = pytest.mark.asyncio


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "b.md", "## 😀 Part\n")
    put(root, "c.md", "😀 [[b#Part]] [[b#😀 Part]]\n")
    return root


def at(line: int, character: int) -> types.Position:
    return types.Position(line, character)


def location(editor: Editor, name: str, *place: int) -> types.Location:
    return types.Location(editor.uri(name), types.Range(at(*place[:2]), at(*place[2:])))


async def test_each_question(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "😀 [[b#😀 Part]] [[b]]\n")
        document, place = editor.document("a.md"), at(0, 10)
        client = editor.client
        found = await client.text_document_definition_async(types.DefinitionParams(document, place))
        assert found == location(editor, "b.md", 0, 0, 0, 10)
        context = types.ReferenceContext(include_declaration=True)
        spoken = await client.text_document_references_async(types.ReferenceParams(context, document, place))
        assert list(spoken or ()) == [
            location(editor, "b.md", 0, 0, 0, 10),
            location(editor, "a.md", 0, 3, 0, 16),
            location(editor, "c.md", 0, 14, 0, 27),
        ]
        lit = await client.text_document_document_highlight_async(types.DocumentHighlightParams(document, place))
        assert [h.range for h in lit or ()] == [types.Range(at(0, 3), at(0, 16))]
        shown = await client.text_document_hover_async(types.HoverParams(document, place))
        assert shown
        assert isinstance(shown.contents, types.MarkupContent)
        assert "## 😀 Part" in shown.contents.value
        assert shown.range == types.Range(at(0, 3), at(0, 16))
        links = await client.text_document_document_link_async(types.DocumentLinkParams(document))
        assert [link.target for link in links or ()] == [editor.uri("b.md")] * 2


async def test_completion_as_it_is_typed(vault: Path) -> None:
    async with editing(vault) as editor:
        triggers = editor.server.capabilities.completion_provider
        assert triggers
        assert "[" in (triggers.trigger_characters or ())
        editor.open("a.md", "")
        for typed in ("😀 [[", "😀 [[b", "😀 [[b#", "😀 [[b#p"):
            editor.change("a.md", typed)  # and at once
            place = at(0, len(typed) + 1)
            found = await editor.client.text_document_completion_async(
                types.CompletionParams(editor.document("a.md"), place)
            )
            assert isinstance(found, types.CompletionList)
            wanted = "😀 Part" if "#" in typed else "b"
            item = next(item for item in found.items if item.label == wanted)
            assert isinstance(item.text_edit, types.TextEdit)
            assert item.text_edit.range.end == place
            assert item.text_edit.new_text == wanted + "]]"


async def test_what_is_asked_of_no_note(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("ytvault.toml", 'ignore = ["broken-link"]\n')
        hovered = types.HoverParams(editor.document("ytvault.toml"), at(0, 15))
        assert await editor.client.text_document_hover_async(hovered)
        for name in ("unknown.md", "ytvault.toml"):
            document = editor.document(name)
            params = types.DefinitionParams(document, at(9, 9))
            assert await editor.client.text_document_definition_async(params) is None
            links = await editor.client.text_document_document_link_async(types.DocumentLinkParams(document))
            assert list(links or ()) == []
            found = await editor.client.text_document_completion_async(types.CompletionParams(document, at(999, 0)))
            assert isinstance(found, types.CompletionList)
            assert list(found.items) == []


async def test_no_answer_is_about_a_text_that_is_gone(vault: Path) -> None:
    """Whatever comes between a question and its answer, the answer is about the last text, or there is none."""
    async with editing(vault) as editor:
        editor.open("a.md", "[[b]]\n")
        asked = []
        for i in range(30):
            params = types.HoverParams(editor.document("a.md"), at(0, 3))
            asked.append(editor.client.text_document_hover_async(params))
            editor.change("a.md", f"[[b]] {i}\n")
        answers = await asyncio.gather(*asked, return_exceptions=True)
        codes = {getattr(answer, "code", None) for answer in answers if isinstance(answer, Exception)}
        assert codes <= {-32801}
        assert await editor.rules("a.md") == []


async def test_a_question_can_be_taken_back(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "[[b]]\n")
        waiting = []
        for number in range(20):
            params = types.HoverParams(editor.document("a.md"), at(0, 3))
            waiting.append(editor.client.protocol.send_request_async("textDocument/hover", params, msg_id=f"q{number}"))
            editor.client.cancel_request(types.CancelParams(f"q{number}"))
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert {getattr(answer, "code", -32800) for answer in answers if isinstance(answer, Exception)} <= {-32800}
        assert await editor.rules("a.md") == []
