"""Renaming in memory: what becomes of each kind of link, and that each leads where it led."""

from __future__ import annotations

import json
import unicodedata
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from processor.base.text import Source
from processor.commands.rename import RenameError, moves_of, name_fault, rename
from processor.parse.grammar import normal
from processor.vault.links.writing import encode
from processor.vault.naming import nfc, path_key
from processor.vault.note import parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault
from tests.examples import examples
from tests.growth import LINEAR, growth

Files = dict[str, str]


def vault_of(files: Files, style: LinkStyle = LinkStyle()) -> Vault:
    notes = [parse_note(text, path) for path, text in files.items() if path.endswith(".md")]
    return Vault(notes, [p for p in files if not p.endswith(".md")], style=style)


def renamed(files: Files, old: str, new: str, style: LinkStyle = LinkStyle()) -> Files:
    vault = vault_of(files, style)
    canvases = [(p, Source(text)) for p, text in files.items() if p.endswith(".canvas")]
    found = rename(vault, moves_of(vault, old, new), canvases)
    changed = {c.path: c.new.raw for c in found.changed}
    return {found.moves.get(path, path): changed.get(path, text) for path, text in files.items()}


class Row(NamedTuple):
    """What stands in `hub.md` before and after; `talks/old.md` becomes `talks/new.md` unless something else is said."""

    id: str
    before: str
    after: str
    old: str = "talks/old.md"
    new: str = "talks/new.md"
    more: Files = {}  # noqa: RUF012
    form: str = "shortest"
    path: str = "hub.md"


ROWS = (
    Row("a bare name", "see [[old]].", "see [[new]]."),
    Row("display text", "[[old|Old news]]", "[[new|Old news]]"),
    Row("display text that is the old name", "[[old|old]]", "[[new|old]]"),
    Row("a heading", "[[old#Part one|x]]", "[[new#Part one|x]]"),
    Row("a block", "[[old#^abc]]", "[[new#^abc]]"),
    Row("space around it", "[[ old #Part| x ]]", "[[ new #Part| x ]]"),
    Row("an embed", "![[old]]", "![[new]]"),
    Row("a property", '---\nup: "[[old]]"\nlist:\n  - \'[[old|x]]\'\n---\n', '---\nup: "[[new]]"\nlist:\n  - \'[[new|x]]\'\n---\n'),
    Row("a quote in a property", "---\nup: '[[old]]'\n---\n", "---\nup: '[[it''s]]'\n---\n", new="talks/it's.md"),
    Row("a Markdown link in a property", '---\nup: "[T](old.md)"\nlist:\n  - \'[it\'\'s](<old.md#a b>)\'\n---\n', '---\nup: "[T](new%20one.md)"\nlist:\n  - \'[it\'\'s](<new one.md#a b>)\'\n---\n', new="talks/new one.md"),
    Row("a Markdown link in a property, and a quote", "---\na: '[T](old.md)'\nb: \"[T](old.md)\"\n---\n", "---\na: '[T](it''s.md)'\nb: \"[T](it's.md)\"\n---\n", new="talks/it's.md"),
    Row("a table", "| a |\n|---|\n| [[old\\|x]] |", "| a |\n|---|\n| [[new\\|x]] |"),
    Row("a comment", "%% [[old]] %%", "%% [[new]] %%"),
    Row("code is no link", "`[[old]]`\n\n```\n[[old]]\n```", "`[[old]]`\n\n```\n[[old]]\n```"),
    Row("a Markdown link", "[x](old.md#Part)", "[x](new.md#Part)"),
    Row("a Markdown link without an ending", "[x](old)", "[x](new)"),
    Row("percent-encoded", "[x](old.md)", "[x](new%20%28one%29.md)", new="talks/new (one).md"),
    Row("decoded", "[x](old%20one.md#a%20b)", "[x](new.md#a%20b)", old="talks/old one.md"),
    Row("angle brackets", "[x](<old.md#a b>)", "[x](<new one.md#a b>)", new="talks/new one.md"),
    Row("a title", '[x](old.md "t")', '[x](new.md "t")'),
    Row("by reference", "[x][o] and ![o]\n\n[o]: old.md 'T'", "[x][o] and ![o]\n\n[o]: new.md 'T'"),
    Row("an image in a link", "[![p](talks/p.png)](old.md)", "[![p](talks/p.png)](new.md)", more={"talks/p.png": ""}),
    Row("a size", "![[p.png|100x200]] ![a|50](p.png)", "![[q.png|100x200]] ![a|50](q.png)", "talks/p.png", "talks/q.png", {"talks/p.png": ""}),
    Row("another case still leads there", "[[OLD]]", "[[OLD]]", new="papers/old.md"),
    Row("a path that is not in the style", "[[talks/old]]", "[[new]]"),
    Row("a partial path that still leads there", "[[talks/old]]", "[[talks/old]]", new="deep/talks/old.md"),
    Row("an absolute path", "[[talks/old]]", "[[talks/new]]", form="absolute"),
    Row("a relative path", "[[talks/old]]", "[[papers/new]]", new="papers/new.md", form="relative"),
    Row("a name that is taken elsewhere", "[[old]]", "[[talks/new]]", more={"papers/new.md": ""}),
    Row("a link to the other one of that name", "[[new]]", "[[papers/new]]", more={"papers/new.md": ""}),
    Row("a name that is free again", "[[talks/old]] [[papers/old]]", "[[new]] [[old]]", more={"papers/old.md": ""}),
    Row("a missing note stays missing", "[[nobody]]", "[[nobody]]"),
    Row("a link to nowhere finds the new name", "[[new]]", "[[new]]"),
    Row("a folder", "[[talks/old]] [[old]]", "[[papers/old]] [[old]]", "talks", "papers", form="absolute"),
    Row("the links of the note that moves", "[[../hub]] [[./b]] [[#h]] [[b]]", "[[../hub]] [[b]] [[#h]] [[b]]", "talks/x.md", "papers/x.md", {"talks/b.md": "", "hub.md": ""}, path="talks/x.md"),
    Row("relative links of the note that moves", "[h](../hub.md) [b](b.md)", "[h](../../hub.md) [b](../../talks/b.md)", "talks/x.md", "papers/q/x.md", {"talks/b.md": "", "hub.md": ""}, "relative", "talks/x.md"),
    Row("a link to itself by name", "[[old]] [[old#H]]\n# H", "[[new]] [[new#H]]\n# H", path="talks/old.md"),
    Row("a note that looks like a file", "[[old]]", "[[talks/x.png]]", new="talks/x.png.md", more={"x.png": ""}),
    Row("dots", "[[old]] [x](old.md)", "[[v1.2]] [x](v1.2.md)", new="talks/v1.2.md"),
    Row("only the case", "[[old]] [[OLD]]", "[[Old]] [[OLD]]", new="talks/Old.md"),
    Row("decomposed letters", "[[old]]", "[[\u00e9t\u00e9]]", new="talks/e\u0301te\u0301.md"),
    Row("line ends", "[[old]]\r\n\r\n[[old]]", "[[new]]\r\n\r\n[[new]]"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[r.id for r in ROWS])
def test_links_follow(row: Row) -> None:
    files = {"talks/old.md": "", **row.more, row.path: row.before}
    if row.old not in files and row.old != "talks":
        files[row.old] = ""
    style = LinkStyle(row.form)  # type: ignore[arg-type]
    after = renamed(files, row.old, row.new, style)
    assert after[row.new if row.path == row.old else row.path] == row.after


def test_links_to_a_heading_follow_the_link_in_it() -> None:
    files = {
        "old.md": "",
        "hub.md": "# See [[old]] now\n[[#See old now]]",
        "c.md": "[x](hub.md#See%20old%20now) [[hub#See old now|y]]",
    }
    after = renamed(files, "old.md", "new one.md")
    assert after["hub.md"] == "# See [[new one]] now\n[[#See new one now]]"
    assert after["c.md"] == "[x](hub.md#See%20new%20one%20now) [[hub#See new one now|y]]"
    assert renamed(after, "new one.md", "old.md") == files


def test_a_heading_whose_link_shows_something_else_keeps_its_links_when_they_still_find_it() -> None:
    files = {"a-b.md": "", "hub.md": "# See [[a-b]]", "c.md": "[[hub#See a-b]]"}
    assert renamed(files, "a-b.md", "A-B.md")["c.md"] == "[[hub#See a-b]]"


def test_a_link_in_a_heading_to_a_heading_with_a_link() -> None:
    files = {
        "old.md": "",
        "a.md": "# On [[old]]",
        "b.md": "# From [[a#On old]]",
        "c.md": "[[b#From a On old|x]] [[old]]",
    }
    after = renamed(files, "old.md", "new.md")
    assert after["b.md"] == "# From [[a#On new]]"
    assert after["c.md"] == "[[b#From a On new|x]] [[new]]"
    assert renamed(after, "new.md", "old.md") == files


def test_a_canvas() -> None:
    board = {
        "nodes": [{"type": "file", "file": "talks/old.md"}, {"type": "text", "text": 'the "file": [[old|x]]\n[[b]]'}],
        "edges": [],
    }
    files = {"talks/old.md": "", "b.md": "", "x.canvas": json.dumps(board, indent="\t")}
    after = renamed(files, "talks/old.md", "talks/new.md")
    board["nodes"][0]["file"] = "talks/new.md"
    board["nodes"][1]["text"] = 'the "file": [[new|x]]\n[[b]]'
    assert after["x.canvas"] == json.dumps(board, indent="\t")
    assert renamed(files | {"x.canvas": "{"}, "talks/old.md", "talks/new.md")["x.canvas"] == "{"


@pytest.mark.parametrize(("old", "new", "why"), [
    ("a.md", "b.md", "there is b.md already"),
    ("a.md", "B.md", "no link could tell B.md from it"),
    ("a.md", "\u00c9.md", "no link could tell"),
    ("talks", "papers", "there is papers already"),
])  # fmt: skip
def test_refused(old: str, new: str, why: str) -> None:
    vault = vault_of({"a.md": "", "b.md": "", "E\u0301.md": "", "talks/x.md": "", "papers/x.md": ""})
    with pytest.raises(RenameError, match=why):
        moves_of(vault, old, new)


def test_a_note_that_is_not_utf8_cannot_follow() -> None:
    bad = parse_note(Source.decode(b"[[a]] \xff"), "b.md")
    vault = Vault([parse_note("", "a.md"), bad])
    with pytest.raises(RenameError, match=r"b\.md is not valid UTF-8"):
        rename(vault, {"a.md": "c.md"})
    assert rename(vault, {"b.md": "c.md"}).changed == ()
    board = Source.decode(b'{"nodes": [{"file": "a.md", "x": "\xff"}]}')
    with pytest.raises(RenameError, match=r"x\.canvas is not valid UTF-8"):
        rename(Vault([parse_note("", "a.md")], ["x.canvas"]), {"a.md": "c.md"}, [("x.canvas", board)])


@pytest.mark.parametrize("name", ["a#b", "a^b", "a|b", "[x", "x]", "a:b", "a\\b", "100%%", ".x", " x", "x ", "a\nb"])
def test_names_that_harm(name: str) -> None:
    assert name_fault(name)


@pytest.mark.parametrize("name", ["a", "v1.2", "100%", "C++", "it's", "(1)", "\u00e9", "x y", "a&b"])
def test_names_that_do_not(name: str) -> None:
    assert name_fault(name) is None


# Random vaults

FOLDERS = ("", "a", "b", "a/b", "aa", "B/c", "v1.2", "\u00e9", "e\u0301e\u0301")
NAMES = ("x", "X", "y", "xx", "v1.2", "x.png", "\u00e9", "e\u0301", "z (1)", "100%", "it's", "q&a")
TARGETS = (
    "x",
    "X",
    "./x",
    "../x",
    "a/x",
    "/a/x",
    "b/y",
    "v1.2",
    "x.png",
    "x.png.md",
    "p.png",
    "\u00e9",
    "nobody",
    "y#H",
    "#H",
    "x.md",
)


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


NOTE_PATHS = st.builds(joined, st.sampled_from(FOLDERS), st.sampled_from([n + ".md" for n in NAMES]))
FILE_PATHS = st.builds(joined, st.sampled_from(FOLDERS), st.sampled_from(["p.png", "x.png", "P.png"]))
STYLES = st.builds(LinkStyle, st.sampled_from(["shortest", "relative", "absolute"]))
SHAPES = (
    "[[{0}]]", "[[{0}|shown]]", "![[{0}]]", "![[{0}|100]]", "[t]({1})", "![t]({1})", "[t](<{0}>)", "| a |\n|---|\n| [[{0}\\|x]] |",
    "[r{2}]\n\n[r{2}]: {1}", "> - [[{0}]]", "# head [[{0}]]", "%% [[{0}]] %%",
)  # fmt: skip


@st.composite
def vaults(draw: st.DrawFn) -> tuple[Files, str, str]:
    """Paths with no text yet, and a file or folder of them with a new path."""
    paths = draw(st.lists(NOTE_PATHS, min_size=1, max_size=6, unique=True))
    paths += draw(st.lists(FILE_PATHS, max_size=2, unique=True))
    old = draw(st.sampled_from(paths))
    if old.endswith(".md") and draw(st.integers(0, 3)) == 0 and "/" in old:
        old = old.rpartition("/")[0]
        new = draw(st.sampled_from([*FOLDERS[1:], "new/deep"]))
    else:
        new = draw(NOTE_PATHS if old.endswith(".md") else FILE_PATHS)
    assume(new != old and not (new + "/").startswith(old + "/") and not (old + "/").startswith(new + "/"))
    return dict.fromkeys(paths, ""), old, new


def leads(vault: Vault) -> dict[str, list[str | None]]:
    """Where each link of each note leads, in its order."""
    return {p: [vault.resolve(x.path, p).path if x.path else p for x in n.links] for p, n in vault.notes.items()}


def no_twins(paths: Files) -> bool:
    return len({path_key(p) for p in paths}) == len(paths)


def taken(files: Files, old: str, new: str) -> bool:
    """Whether another file (or folder) has the new path, or one that differs in case or Unicode form."""
    key = path_key(new)
    others = [path_key(p) for p in files if p != old and not p.startswith(old + "/")]
    return any(p == key or p.startswith(key + "/") for p in others)


@examples(200)
@given(vaults(), STYLES, st.data())
def test_every_link_leads_where_it_led(made: tuple[Files, str, str], style: LinkStyle, data: st.DataObject) -> None:
    files, old, new = made
    links = st.lists(st.tuples(st.sampled_from(SHAPES), st.sampled_from(TARGETS)), max_size=4)
    for path in files:
        if path.endswith(".md"):
            drawn = enumerate(data.draw(links))
            files[path] = "\n\n".join(shape.format(t, encode(t), i) for i, (shape, t) in drawn)
    before = vault_of(files, style)
    try:
        moves = moves_of(before, old, new)
    except RenameError:
        assert taken(files, old, new)
        return
    try:
        after = renamed(files, old, new, style)
    except RenameError:
        assert not no_twins(files)  # of twins only one can be named
        return
    was, now = leads(before), leads(vault_of(after, style))
    for path, found in was.items():
        then = [to if to is None else moves.get(to, to) for to in found]
        shown = [n if t is None else t for n, t in zip(now[moves.get(path, path)], then, strict=True)]
        assert now[moves.get(path, path)] == shown


@examples(200)
@given(vaults(), STYLES, st.data())
def test_there_and_back(made: tuple[Files, str, str], style: LinkStyle, data: st.DataObject) -> None:
    files, old, new = made
    assume(no_twins(files))
    bare = vault_of(files, style)
    for path in files:
        if path.endswith(".md"):
            drawn = data.draw(st.lists(st.tuples(st.sampled_from(SHAPES), st.sampled_from(sorted(files))), max_size=4))
            texts = []
            for i, (shape, to) in enumerate(drawn):
                target = nfc(bare.path_to(to, path))
                suffixed = target + ".md"
                if ("{1}" in shape or "<" in shape) and bare.resolve(normal(suffixed), path).path == to:
                    target = suffixed
                texts.append(shape.format(target, encode(target), i))
            text = "\n\n".join(texts)
            assume("%" not in text or "<" not in text)  # in angle brackets a `%` is written as `%25`
            files[path] = unicodedata.normalize("NFC", text)
    try:
        there = renamed(files, old, new, style)
    except RenameError:
        assert taken(files, old, new)
        return
    try:
        assert renamed(there, new, old, style) == files
    except RenameError:
        assert taken(there, new, old)  # a folder stood there that only case told apart


@pytest.mark.slow
def test_time_grows_with_the_number_of_links() -> None:
    def work(n: int) -> None:
        files = {
            "old.md": "",
            "hub.md": "[[old#H|x]] and [y](old.md)\n" * n,
            "p.md": "[r][o] [[old]]\n" * n + "\n[o]: old.md",
        }
        renamed(files, "old.md", "new.md")

    assert growth(work, 1000) < 2 * LINEAR


def test_an_anchor_of_github_goes_along_with_its_heading() -> None:
    files = {
        "talks/old.md": "x\n",
        "hub.md": "# On [[old]]\n\n[a](#on-old) [b](#On%20old) [c](#other)\n\n# Other\n",
        "b.md": "[a](hub.md#on-old)\n",
    }
    after = renamed(files, "talks/old.md", "talks/new.md", LinkStyle(github_anchors=True))
    assert after["hub.md"] == "# On [[new]]\n\n[a](#on-new) [b](#On%20new) [c](#other)\n\n# Other\n"
    assert after["b.md"] == "[a](hub.md#on-new)\n"
