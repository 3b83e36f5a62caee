"""The parts of a note, what is told beside it, and the notes of the vaults by what they are called."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from processor.parse.nodes import Link
from processor.server.hints import counted, hints, lenses
from processor.server.symbols import Part, folds, parts, selections, symbols
from processor.vault.backlinks import backlinks
from processor.vault.note import parse_note
from tests.cli.running import put
from tests.server.desk import Desk, at
from tests.server.editor import capabilities, editing

TEXT = """---
title: T
---

> [!note]- A callout
> goes on

# One

## Two

text

### Three

> [!tip]
> x

```py
code
```

# Four
"""


def outline(some: Any) -> list[Any]:
    def one(part: Part) -> Any:
        return (part.name, outline(part.parts)) if part.parts else part.name

    return [one(part) for part in some]


def test_parts() -> None:
    note = parse_note(TEXT)
    assert outline(parts(note)) == ["properties", "A callout", ("One", [("Two", [("Three", ["tip"])])]), "Four"]

    def within(outer: Part) -> None:
        for part in outer.parts:
            assert outer.span.start <= part.span.start <= part.span.end <= outer.span.end
            assert part.span.start <= part.title.start <= part.title.end <= part.span.end
            within(part)

    for part in parts(note):
        within(part)


@pytest.mark.parametrize("text", ["", "#\n", "### a\n# b\n#### c\n## d", "---\n", "---\na: 1\n---", "> [!x", "text"])
def test_parts_of_odd_notes(text: str) -> None:
    note = parse_note(text)
    names = [h.text or "#" for h in note.headings]

    def flat(some: Any) -> list[str]:
        return [name for p in some for name in ([p.name] if p.sort == "section" else []) + flat(p.parts)]

    assert sorted(flat(parts(note))) == sorted(names)
    folds(note)


def test_folds() -> None:
    assert folds(parse_note(TEXT)) == [(0, 2), (4, 5), (7, 20), (9, 20), (13, 20), (15, 16), (18, 20)]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "b.md", "---\ntitle: The bees\naliases: [Wasps]\nvideoId: n3Vq8ZtKp0A\n---\n\n## Part\n\n## Other part\n")
    put(root, "c.md", "[[b]] [[b#Part]]\n")
    put(root, "one/same.md", "")
    put(root, "two/same.md", "")
    return root


def test_selections(vault: Path) -> None:
    text = "# One\n\nA lo‸ng [[b]] line\nand more.\n\n# Two\n"
    home, offset = at(Desk(), vault / "a.md", text)
    assert [home.note.quote(span) for span in selections(home, offset)] == [
        "long",
        "A long [[b]] line",
        "A long [[b]] line\nand more.",
        "# One\n\nA long [[b]] line\nand more.",
        home.note.text,
    ]
    home, offset = at(Desk(), vault / "a.md", "A [[b‸]]")
    assert [home.note.quote(s) for s in selections(home, offset)][:2] == ["b", "[[b]]"]
    for marked in ("‸", "a‸", "‸\n", "\n\n‸"):
        home, offset = at(Desk(), vault / "a.md", marked)
        spans = selections(home, offset)
        assert all(b.start <= a.start and a.end <= b.end for a, b in pairwise(spans))


def test_notes_by_what_they_are_called(vault: Path) -> None:
    desk = Desk()
    home, _ = at(desk, vault / "a.md", "‸")

    def found(query: str) -> list[tuple[str, str, str]]:
        return [(one.name, one.sort, one.path) for one in symbols(home.vault, query)]

    assert found("wasp") == [("Wasps", "alias", "b.md")]
    assert ("The bees", "note", "b.md") in found("bees")
    assert found("n3Vq8ZtKp0A") == [("b", "video", "b.md")]
    assert found("#part") == [("Part", "heading", "b.md"), ("Other part", "heading", "b.md")]
    assert found("#pa") == []
    assert len(found("")) > 3
    desk.put(vault / "b.md", "## Parting\n")
    assert found("#part") == [("Parting", "heading", "b.md")]


def test_links_are_counted(vault: Path) -> None:
    desk = Desk()
    home, _ = at(desk, vault / "b.md", "## Part\n\n## Other part\n\n[[nothing]] [[#None]]‸\n")
    told = [(lens.heading, counted(home, lens.span)) for lens in lenses(home)]
    assert told == [(None, "3 backlinks · 2 broken"), ("Part", "1 link"), ("Other part", "0 links")]
    desk.put(vault / "a.md", "[[b#Part]] [[b#Other part]]\n")
    home = desk.home(home.document.uri)
    assert [counted(home, lens.span) for lens in lenses(home)] == ["5 backlinks · 2 broken", "2 links", "1 link"]


def test_what_leads_to_a_file_is_kept_up_to_date(vault: Path) -> None:
    desk = Desk()
    home, _ = at(desk, vault / "a.md", "‸")

    def known() -> list[tuple[str, Link]]:
        found = [(one.path, one.link) for one in home.vault.backlinks("b.md")]
        vault = home.vault.vault
        assert found == [tuple(one) for one in backlinks(vault, "b.md") if one.link.path or one.path == "b.md"]
        return found

    assert len(known()) == 2
    for text, number in (("[[b]]", 3), ("[[b]] [[b#Part]]", 4), ("", 2)):
        desk.put(vault / "a.md", text)
        assert len(known()) == number
    (vault / "c.md").unlink()
    desk.tell(vault / "c.md")
    assert known() == []


def test_where_ambiguous_links_lead(vault: Path) -> None:
    home, _ = at(Desk(), vault / "a.md", "[[same]] [[b]] [[one/same]]‸\n")
    (hint,) = hints(home, home.note.links[0].span._replace(end=99))
    assert (hint.at, hint.text) == (8, "→ one/same.md")
    assert "two/same.md" in hint.told
    assert list(hints(home, home.note.links[1].span)) == []


@pytest.mark.asyncio
async def test_each_question(vault: Path) -> None:
    async with editing(vault) as editor:
        editor.open("a.md", "# 😀 One\n\n> [!note]\n> x\n\n[[same]]\n")
        document, client = editor.document("a.md"), editor.client
        (part,) = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document)) or ()
        assert isinstance(part, types.DocumentSymbol)
        assert part.name == "😀 One"
        assert [p.name for p in part.children or ()] == ["note"]
        found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("wasp"))
        assert [s.name for s in found or ()] == ["Wasps"]
        folded = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
        assert [(f.start_line, f.end_line) for f in folded or ()] == [(0, 5), (2, 3)]
        params = types.SelectionRangeParams(document, [types.Position(0, 6), types.Position(99, 0)])
        selected = await client.text_document_selection_range_async(params)
        assert selected
        assert selected[0].range == types.Range(types.Position(0, 5), types.Position(0, 8))
        first, second = await client.text_document_code_lens_async(types.CodeLensParams(document)) or ()
        assert first.command is None
        resolved = await client.code_lens_resolve_async(first)
        assert resolved.command
        assert resolved.command.title == "0 backlinks"
        editor.change("a.md", "other\n")
        stale = await client.code_lens_resolve_async(second)
        assert stale.command
        assert stale.command.title == "…"
        editor.change("a.md", "[[same]]\n")
        whole = types.Range(types.Position(0, 0), types.Position(9, 0))
        (hint,) = await client.text_document_inlay_hint_async(types.InlayHintParams(document, whole)) or ()
        assert (hint.label, hint.position) == ("→ one/same.md", types.Position(0, 8))


@pytest.mark.asyncio
async def test_what_is_told_beside_the_text_can_be_turned_off(vault: Path) -> None:
    can = capabilities()
    assert can.text_document
    can.text_document.document_symbol = None
    async with editing(vault, can, {"codeLens": False, "inlayHints": False}) as editor:
        assert editor.server.capabilities.code_lens_provider is None
        assert editor.server.capabilities.inlay_hint_provider is None
        editor.open("a.md", "# One\n\n## Two\n")
        params = types.DocumentSymbolParams(editor.document("a.md"))
        found = await editor.client.text_document_document_symbol_async(params)
        assert [(s.name, s.container_name) for s in found or () if isinstance(s, types.SymbolInformation)] == [
            ("One", None),
            ("Two", "One"),
        ]
