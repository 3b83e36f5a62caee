"""What changes when a heading, a block, a tag or an alias is called otherwise."""

from __future__ import annotations

import json

import pytest

from processor.base.text import Source
from processor.commands.rename import RenameError, Renaming
from processor.commands.rename_parts import rename_alias, rename_heading, rename_part, rename_tag
from processor.vault.note import parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault


def vault(**texts: str) -> Vault:
    return Vault([parse_note(text, f"{name.replace('__', '/')}.md") for name, text in texts.items()])


def texts(renaming: Renaming) -> dict[str, str]:
    return {c.path: c.new.text for c in renaming.changed}


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("[[b#Old]]", "[[b#New one]]"),
        ("[[b#old|shown]] [[b]]", "[[b#New one|shown]] [[b]]"),
        ("[[b#Top#Old]]", "[[b#Top#New one]]"),
        ("[[b#Old#Deep]]", "[[b#New one#Deep]]"),
        ("![[b#Old]]", "![[b#New one]]"),
        ("[x](b.md#Old)", "[x](b.md#New%20one)"),
        ("---\nr: '[[b#Old]]'\n---\n", "---\nr: '[[b#New one]]'\n---\n"),
        ("| a |\n| - |\n| [[b#Old\\|x]] |\n", "| a |\n| - |\n| [[b#New one\\|x]] |\n"),
        ("[[b#Old]]\r\n", "[[b#New one]]\r\n"),
    ],
)
def test_a_heading_with_its_links(source: str, after: str) -> None:
    found = vault(a=source, b="# Top\n\n## Old\n\n### Deep\n\n[[#Old]]\n")
    renaming = rename_part(found, "b.md", "Old", "New  one ")
    assert {c.path: c.new.raw for c in renaming.changed} == {
        "a.md": after,
        "b.md": "# Top\n\n## New one\n\n### Deep\n\n[[#New one]]\n",
    }
    assert [(c.path, c.links) for c in renaming.changed] == [("a.md", 1), ("b.md", 1)]


def test_the_links_of_canvases_follow() -> None:
    cards = [
        {"id": "1", "type": "file", "subpath": "#Old", "file": "t/b.md"},
        {"id": "2", "type": "file", "file": "t/b.md", "subpath": "#^x1"},
        {"id": "3", "type": "file", "file": "a.md", "subpath": "#Old"},
        {"id": "4", "type": "file", "file": "t/b.md"},
        {
            "id": "5",
            "type": "text",
            "text": 'a {"file": "a.md"} [[b#Old]]\n[[b#^x1|"}"]] [[b|Bee]] [[a#Old]] ![[pic.png]]',
        },
        {"id": "6", "type": "text", "text": "Old, #Old"},
    ]
    board = json.dumps({"nodes": cards, "edges": []}, indent="\t")
    found = Vault(
        [parse_note("# Old\n", "a.md"), parse_note("---\naliases: [Bee]\n---\n# Old\n\nText. ^x1\n", "t/b.md")],
        ["d/x.canvas", "pic.png"],
    )
    canvases = [("d/x.canvas", Source(board)), ("d/y.canvas", Source("{")), ("d/z.canvas", Source('{"nodes":[]}'))]
    heading = rename_part(found, "t/b.md", "Old", 'New "ä"', canvases)
    after = board.replace("[[b#Old]]", '[[b#New \\"ä\\"]]').replace(
        '#Old",\n\t\t\t"file": "t', '#New \\"ä\\"",\n\t\t\t"file": "t'
    )
    assert texts(heading)["d/x.canvas"] == after != board
    assert [(c.path, c.links) for c in heading.changed] == [("t/b.md", 0), ("d/x.canvas", 2)]
    block = rename_part(found, "t/b.md", "^x1", "y2", canvases)
    assert texts(block)["d/x.canvas"] == board.replace("^x1", "^y2")
    item = found.notes["t/b.md"].properties.entries[0].items[0]
    alias = rename_alias(found, "t/b.md", item, "Wasp", canvases)
    assert texts(alias)["d/x.canvas"] == board.replace("[[b|Bee]]", "[[b|Wasp]]")
    assert [c.path for c in rename_part(found, "a.md", "Old", "New", canvases[1:]).changed] == ["a.md"]
    broken = Source.decode(b'{"nodes": [{"file": "a.md", "subpath": "#Old", "note": "\xff"}]}')
    assert texts(rename_part(found, "t/b.md", "Old", "New", [("d/x.canvas", broken)])).keys() == {"t/b.md"}
    with pytest.raises(RenameError, match=r"d/x\.canvas is not valid UTF-8"):
        rename_part(found, "a.md", "Old", "New", [("d/x.canvas", broken)])


def test_a_heading_there_and_back() -> None:
    found = vault(a="[[b#Old]] [[b#Old|x]] ![[b#Top#Old]]", b="# Top\n\n## Old\n")
    there = rename_part(found, "b.md", "Old", "New")
    after = found.with_notes([parse_note(c.new, c.path) for c in there.changed])
    back = rename_part(after, "b.md", "Top#New", "Old")
    assert texts(back) == {path: found.notes[path].text for path in ("a.md", "b.md")}


def test_links_that_still_lead_there_stay() -> None:
    assert texts(rename_part(vault(a="[[b#Old]]", b="## Old\n"), "b.md", "old", "OLD!")) == {"b.md": "## OLD!\n"}


def test_a_setext_heading() -> None:
    assert texts(rename_part(vault(b="Old\n===\n\n[[#Old]]\n"), "b.md", "Old", "New")) == {
        "b.md": "New\n===\n\n[[#New]]\n"
    }


def test_a_block_with_its_links() -> None:
    found = vault(a="[[b#^x1]] [[b#^X1|y]] [t](b.md#^x1) [[b]]", b="Text. ^x1\n\n- item ^x2\n\n[[#^x1]]\n")
    assert texts(rename_part(found, "b.md", "^x1", "new-1")) == {
        "a.md": "[[b#^new-1]] [[b#^new-1|y]] [t](b.md#^new-1) [[b]]",
        "b.md": "Text. ^new-1\n\n- item ^x2\n\n[[#^new-1]]\n",
    }


@pytest.mark.parametrize(
    ("fragment", "new", "why"),
    [
        ("Nowhere", "x", 'b.md has no heading "Nowhere"'),
        ("^nowhere", "x", "b.md has no block"),
        ("Old", "Other", 'b.md has a heading "Other" already'),
        ("Old", "other!", "already"),
        ("Old", "Old", 'the heading is "Old" already'),
        ("Old", "  ", "no link could lead"),
        ("Old", "###", "no link could lead"),
        ("^x1", "x2", "b.md has a block ^x2 already"),
        ("^x1", "a b", "is no id of a block"),
        ("^x1", "x1", "already"),
    ],
)
def test_what_is_refused(fragment: str, new: str, why: str) -> None:
    found = vault(a="[[b#Old]] [[b#^x1]]", b="## Old\n\n## Other\n\nT ^x1\n\nU ^x2\n")
    with pytest.raises(RenameError, match="(?i)" + why.replace("^", r"\^")):
        rename_part(found, "b.md", fragment, new)


def test_of_two_equal_headings_links_go_on_leading_to_the_first() -> None:
    found = vault(a="[[b#Old]]", b="## Old\n\n## Old\n")
    assert texts(rename_part(found, "b.md", "Old", "New")) == {"a.md": "[[b#New]]", "b.md": "## New\n\n## Old\n"}
    second = rename_heading(found, "b.md", found.notes["b.md"].headings[1], "New")
    assert texts(second) == {"b.md": "## Old\n\n## New\n"}


def alias(found: Vault, key: str, new: str) -> dict[str, str]:
    entry = found.notes["b.md"].properties.get(key)
    assert entry
    return texts(rename_alias(found, "b.md", entry.items[-1], new))


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[One, Two]", '[One, New: a "b"]'.replace('New: a "b"', '"New: a \\"b\\""')),
        ("['Two']", "['New: a \"b\"']"),
        ('["Two"]', '["New: a \\"b\\""]'),
        ("\n  - Two", '\n  - "New: a \\"b\\""'),
        ("Two", '"New: a \\"b\\""'),
    ],
)
def test_an_alias_in_each_form(written: str, after: str) -> None:
    found = vault(b=f"---\naliases: {written}\n---\n")
    assert alias(found, "aliases", 'New: a "b"') == {"b.md": f"---\naliases: {after}\n---\n"}


def test_links_that_show_an_alias_show_the_new_one() -> None:
    found = vault(a="[[b|Two]] [[b|Other]] [Two](b.md) [[c|Two]]", b="---\naliases: [Two]\n---\n", c="")
    assert alias(found, "aliases", "New") == {
        "a.md": "[[b|New]] [[b|Other]] [New](b.md) [[c|Two]]",
        "b.md": "---\naliases: [New]\n---\n",
    }
    with pytest.raises(RenameError, match="no link can show"):
        alias(found, "aliases", "a|b")
    with pytest.raises(RenameError, match="already"):
        alias(found, "aliases", "Two")


def test_a_tag_with_those_below_it() -> None:
    found = vault(a="A #one and #one/two.", b="---\ntags: [one]\n---\n")
    places = [("a.md", tag.span) for tag in found.notes["a.md"].tags]
    entry = found.notes["b.md"].properties.get("tags")
    assert entry
    places.append(("b.md", entry.items[0].span))
    assert texts(rename_tag(found, "one", "#new/x", places)) == {
        "a.md": "A #new/x and #new/x/two.",
        "b.md": "---\ntags: [new/x]\n---\n",
    }
    for wrong in ("a b", "12", "", "one"):
        with pytest.raises(RenameError):
            rename_tag(found, "one", wrong, places)


def test_anchors_of_github_follow() -> None:
    notes = [parse_note("[x](b.md#old-one)", "a.md"), parse_note("## Old one\n", "b.md")]
    found = Vault(notes, style=LinkStyle(github_anchors=True))
    assert texts(rename_part(found, "b.md", "Old one", "New one"))["a.md"] == "[x](b.md#new-one)"
