"""What Obsidian takes for a link, a heading, a tag: a row for each thing that is known of it."""

from __future__ import annotations

import pytest

from processor.vault.note import Note, parse_note


def links(note: Note) -> list[str]:
    return [note.quote(x.span) for x in note.links]


LIVE = {
    # id: (text, the links in it)
    "plain": ("a [[b]] c", ["[[b]]"]),
    "in code span": ("`[[a]]` [[b]]", ["[[b]]"]),
    "in a code span of two backticks": ("``[[a]] ` [[b]]`` [[c]]", ["[[c]]"]),
    "behind a backtick alone": ("a ` [[b]]", ["[[b]]"]),
    "in a fence": ("```\n[[a]]\n```\n[[b]]", ["[[b]]"]),
    "in an open fence": ("```\n[[a]]\n\n[[b]]", []),
    "in a tilde fence with backticks": ("~~~\n```\n[[a]]\n~~~\n[[b]]", ["[[b]]"]),
    "in indented code": ("a\n\n    [[b]]\n\n[[c]]", ["[[c]]"]),
    "indented, in a paragraph": ("a\n    [[b]]", ["[[b]]"]),
    "behind a tab in a quote": ("> \t[[a]]\n\n[[b]]", ["[[b]]"]),
    "in inline math": ("$[[a]]$ [[b]]", ["[[b]]"]),
    "between prices": ("$5 [[a]] and $6", ["[[a]]"]),
    "in a math block": ("$$\n[[a]]\n$$\n[[b]]", ["[[b]]"]),
    "in a math block inside a paragraph": ("text\n$$\n[[a]]\n\n[[b]] x$$\n[[c]]", ["[[c]]"]),
    "in an open math block": ("$$\n[[a]]\n\n[[b]]", []),
    "below math on one line": ("$$x$$\n[[a]]", ["[[a]]"]),
    "in an HTML block": ("<div>\n[[a]]\n</div>\n[[b]]\n\n[[c]]", ["[[c]]"]),
    "below a tag alone": ("<br>\n[[a]]\n\n[[b]]", ["[[b]]"]),
    "behind an inline element at a line's start": ("<a href='x'>y</a> [[a]]", ["[[a]]"]),
    "in an inline element": ("x <del>[[a]]</del>", ["[[a]]"]),
    "in an attribute": ('x <a title="[[a]]">[[b]]</a>', ["[[b]]"]),
    "in a tag that never ends": ('x <a title="[[a]] [[b]]', ["[[a]]", "[[b]]"]),
    "in an HTML comment": ("x <!-- [[a]] --> [[b]]", ["[[b]]"]),
    "in a block of HTML comment": ("<!--\n[[a]]\n\n[[b]]\n-->\n[[c]]", ["[[c]]"]),
    "in a comment": ("%% [[a]] %%", ["[[a]]"]),
    "in a block comment": ("%%\n[[a]]\n\n[[b]]\n%%", ["[[a]]", "[[b]]"]),
    "code in a comment": ("%%\n`[[a]]`\n\n```\n[[b]]\n```\n%%\n[[c]]", ["[[c]]"]),
    "in a callout and its title": ("> [!note] [[a]]\n> [[b]]", ["[[a]]", "[[b]]"]),
    "in a quote": ("> [[a]]\n[[b]]", ["[[a]]", "[[b]]"]),
    "in a list": ("- [[a]]\n  - [[b]]\n\n  [[c]]", ["[[a]]", "[[b]]", "[[c]]"]),
    "in a task": ("- [ ] [[a]]\n- [x] [[b]]", ["[[a]]", "[[b]]"]),
    "in a heading": ("# [[a]]", ["[[a]]"]),
    "in a footnote": ("x[^1]\n\n[^1]: [[a]]\n    [[b]]\n\n    [[c]]", ["[[a]]", "[[b]]", "[[c]]"]),
    "in a table": ("| a |\n|---|\n| [[b]] |", ["[[b]]"]),
    "in a table, with an escaped bar": ("| a |\n|---|\n| [[b\\|c]] |", ["[[b\\|c]]"]),
    "in a table, with a bar": ("| a |\n|---|\n| [[b|c]] |", []),
    "with a bar, where no table is": ("a | b\n[[c|d]]", ["[[c|d]]"]),
    "a fence in a list, closed at its start": ("- a\n  ```\n  [[b]]\n```\n[[c]]\n\n[[d]]", []),
    "a fence in a list, closed in it": ("- a\n  ```\n  [[b]]\n  ```\n[[c]]", ["[[c]]"]),
    "with a dollar": ("[[a $b$ c]]", ["[[a $b$ c]]"]),
    "with a backtick": ("[[a `b]] c`", ["[[a `b]]"]),
    "with emphasis": ("[[a *b]] c*", ["[[a *b]]"]),
    "with brackets": ("[[[Untitled] (Panic #5)]] [[1,3],[5]]", ["[[[Untitled] (Panic #5)]]", "[[1,3],[5]]"]),
    "escaped": ("\\[\\[x\\]\\]", []),
    "over two lines": ("[[a\nb]]", []),
    "nested": ("[[Nested [[Inner]] x]]", ["[[Inner]]"]),
    "before parentheses": ("[[x]](text)", ["[[x]]"]),
    "blank": ("[[]] [[ ]] [[ |x]]", []),
    "a Markdown link in brackets": ("[[3:32](https://youtu.be/ID?t=212)]", []),
    "a wikilink before parentheses with a URL": ("[[0:17]](https://a.example)", ["[[0:17]]"]),
    "in a Markdown link's text": ("[see [[a]] b](c.md)", ["[see [[a]] b](c.md)", "[[a]]"]),
    "behind a bare URL": ("https://a.example，[[x y]] [[z]]", ["[[z]]"]),
    "behind a bare URL and an angle bracket": ("https://a.example/<b>[[x]]</b>", ["[[x]]"]),
    "behind what only begins like a URL": ("https:// [[x]] http://localhost/[[y]]", ["[[x]]", "[[y]]"]),
    "Markdown": ("[a](b.md) [](c.md) [d](<e f.md>) [g](h%20i.md)", ["[a](b.md)", "[](c.md)", "[d](<e f.md>)", "[g](h%20i.md)"]),
    "Markdown with a title": ("[a](b.md \"c\") [d](e.md 'f') [g](h.md (i))", ['[a](b.md "c")', "[d](e.md 'f')", "[g](h.md (i))"]),
    "Markdown with parentheses": ("[a](b_(c).md)", ["[a](b_(c).md)"]),
    "Markdown without destination": ("[q]()", []),
    "Markdown with a space": ("[a](my note.md)", []),
    "Markdown with a space before its parenthesis": ("[a] (b.md)", []),
    "Markdown over two lines": ("[a\nb](c.md)", ["[a\nb](c.md)"]),
    "Markdown with a scheme": ("[a](https://b.example) [c](obsidian://open?x) [d](mailto:e@f.example)", []),
    "a domain without a scheme": ("[a](b.example/c)", ["[a](b.example/c)"]),
    "a link in a link": ("[a [b](c.md) d](e.md)", ["[a [b](c.md) d](e.md)"]),
    "an image in a link": ("[![a](b.png)](c.md)", ["[![a](b.png)](c.md)", "![a](b.png)"]),
    "by reference": ("[a][r] [r][] [r] [R]\n\n[r]: b.md", ["[a][r]", "[r][]", "[r]", "[R]"]),
    "by an undefined reference": ("[a][b] [c]", []),
    "in an inline footnote": ("x^[[[a]]] y^[see [[b]], [c](d.md)]", ["[[a]]", "[[b]]", "[c](d.md)"]),
    "in an inline footnote, with one bracket": ("x^[[a]] [[b]]", ["[[b]]"]),
    "behind an inline footnote": ("x^[a](b.md) ^[[c](d.md)](e.md)", ["[c](d.md)"]),
    "an inline footnote over two lines": ("x^[a\n[[b]]] [[c]]", ["[[b]]", "[[c]]"]),
    "an inline footnote that nothing closes": ("x^[[[a]] ^[[b]", ["[[[a]]"]),
    "an escaped caret before brackets": ("x\\^[[a]]", ["[[a]]"]),
    "an inline footnote in code": ("`x^[`[[a]]`]`", ["[[a]]"]),
    "an inline footnote in a table": ("| a |\n|---|\n| x^[[[b]]] ^[[c]] |", ["[[b]]"]),
    "embeds": ("![[a.png]] ![b](c.png)", ["![[a.png]]", "![b](c.png)"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "live"), LIVE.values(), ids=LIVE)
def test_which_links_live(text: str, live: list[str]) -> None:
    assert links(parse_note(text)) == live


@pytest.mark.parametrize(
    ("text", "target", "display"),
    [
        ("[[a]]", "a", None),
        ("[[a|b]]", "a", "b"),
        ("[[slug | Alias]]", "slug", "Alias"),
        ("[[a||b]]", "a", "|b"),
        ("[[|a]]", "|a", None),
        ("[[a#b#c]]", "a#b#c", None),
        ("[[#H]]", "#H", None),
        ("[[a\\|b]]", "a", "b"),
        ("[[ a ]]", "a", None),
        ("[[e\u0301]]", "é", None),
        ("[[a\xa0b]]", "a b", None),
        ("[[a.md]]", "a.md", None),
        ("![[x.png|640x480]]", "x.png", "640x480"),
        ("[[https://a.example|b]]", "https://a.example", "b"),
        ("[b](a%20c.md#d)", "a c.md#d", "b"),
        ("[ b ](a.md)", "a.md", "b"),
        ("[b](a\\_c.md)", "a_c.md", "b"),
        ("[b](<a c.md>)", "a c.md", "b"),
        ("[b](%E4%BD%A0.md)", "你.md", "b"),
        ("[b](100%.md)", "100%.md", "b"),
    ],
)  # fmt: skip
def test_what_a_link_says(text: str, target: str, display: str | None) -> None:
    (link,) = parse_note(text).links
    assert (link.target, link.display, link.embed) == (target, display, text[0] == "!")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("<https://a.example/b> <mailto:a@b.example>", ["https://a.example/b", "mailto:a@b.example"]),
        ("https://a.example/b?c=d&e#f.", ["https://a.example/b?c=d&e#f"]),
        ("(https://a.example/b_(c)) x", ["https://a.example/b_(c)"]),
        ("www.a.example/b", ["www.a.example/b"]),
        ("[x](https://a.example)", ["https://a.example"]),
        ("[https://a.example](https://b.example)", ["https://b.example"]),
        ("![https://a.example](https://b.example)", ["https://b.example"]),
        ("[https://a.example] x", ["https://a.example]"]),
        ("`https://a.example`", []),
        ('<a href="https://a.example">b</a>', []),
        ("[x][r]\n\n[r]: https://a.example", ["https://a.example"]),
        ("https://a", []),
    ],
)  # fmt: skip
def test_external_links(text: str, urls: list[str]) -> None:
    assert [x.url for x in parse_note(text).external_links] == urls


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("a [[b c", [("[[", "unclosed")]),
        ("[[a\nb]]", [("[[", "unclosed")]),
        ("[[a] b", [("[[", "unclosed")]),
        ("[[3:32](https://youtu.be/ID)]", []),
        ("[[Nested [[Inner]] x]]", []),
        ("`[[a`", []),
        ("[[]] ![[ ]] [[ |x]]", [("[[]]", "blank"), ("![[ ]]", "blank"), ("[[ |x]]", "blank")]),
        ("| a |\n|---|\n| [[b|c]] |", [("[[b|c]]", "table-bar")]),
        ("| a |\n|---|\n| ![[b|c]] [[d\\|e]] |", [("![[b|c]]", "table-bar")]),
        ("[a](my note.md) [b](my note.md#c d)", [("[a](my note.md)", "space"), ("[b](my note.md#c d)", "space")]),
        ("[a](my (own) note.md) [b](a (b)", [("[a](my (own) note.md)", "space")]),
        ("[00:01](some words)", [("[00:01](some words)", "space")]),  # the rule looks whether a file is called so
        ("[a](https://b.example/c d.md)", []),
    ],
)  # fmt: skip
def test_dead_links(text: str, dead: list[tuple[str, str]]) -> None:
    note = parse_note(text)
    assert [(note.quote(x.span), x.reason) for x in note.dead_links] == dead


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# a", [(1, "a", "# a")]),
        ("   ###### a", [(6, "a", "###### a")]),
        ("    # a", []),
        ("####### a", []),
        ("#a", []),
        ("##", [(2, "", "##")]),
        ("# a ##", [(1, "a", "# a ##")]),
        ("# a #b", [(1, "a #b", "# a #b")]),
        ("# a#", [(1, "a#", "# a#")]),
        ("# \xa0a b \xa0", [(1, "a b", "# \xa0a b \xa0")]),
        ("# *a* `b` [[c|d]] $e$ <!-- f --> #g ^h", [(1, "*a* `b` [[c|d]] $e$ <!-- f --> #g ^h", "# *a* `b` [[c|d]] $e$ <!-- f --> #g ^h")]),
        ("text\n# a", [(1, "a", "# a")]),
        ("a\n=", [(1, "a", "a\n=")]),
        ("a\n---", [(2, "a", "a\n---")]),
        ("a\nb\n---", []),
        ("a\nb\n===", []),
        ("> # a", []),
        ("> [!note] x\n> # a", []),
        ("- # a", []),
        ("- a\n# b", [(1, "b", "# b")]),
        ("> a\n# b", [(1, "b", "# b")]),
        ("%%\n# a\n%%\n# b", [(1, "b", "# b")]),
        ("%%\n# a", []),
        ("```\n# a\n```", []),
        ("<div>\n# a", []),
        ("$$\n# a\n$$", []),
    ],
)  # fmt: skip
def test_headings_that_count(text: str, headings: list[tuple[int, str, str]]) -> None:
    note = parse_note(text)
    assert [(h.level, h.text, note.quote(h.span)) for h in note.headings if h.outline] == headings


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a x #b\t#c\n#d", ["a", "b", "c", "d"]),
        ("a#b (#c) /#d", []),
        ("#a/b #c-d #e_f #1a #é #日本 #🎞", ["a/b", "c-d", "e_f", "1a", "é", "日本", "🎞"]),
        ("#1 #123", []),
        ("#a, #b. #c! #d: #e", ["a", "b", "c", "d", "e"]),
        ("#a\u2019b #c\u3000d", ["a", "c"]),
        ("*#a* **#b** ==#c== _#d_", ["a", "b", "c", "d"]),
        ("x*#a*", []),
        ("[#a](b.md) [#c] [x #d](e.md) [#e", ["a", "c", "d"]),
        ("`#a` <!-- #b --> $#c$", []),
        ("%% #a %% # #b", ["a", "b"]),
        ("# h #a", ["a"]),
        ("> #a\n>#b\n- #c", ["a", "b", "c"]),
        ("https://a.example/#b [[c#d]] [[#e]]", []),
        ("##a", []),
        ("\\[\\[#a b\\]\\] `c`#d [[e]]#f [g](h.md)#i <b>#j</b>", ["a", "d", "f", "i", "j"]),
    ],
)  # fmt: skip
def test_tags(text: str, tags: list[str]) -> None:
    assert [t.name for t in parse_note(text).tags] == tags


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("a b ^x-1", [("x-1", "a b ^x-1")]),
        ("a\nb ^x\n\nc", [("x", "a\nb ^x")]),
        ("a^x", []),
        ("a ^x y", []),
        ("a ^x_y", []),
        ("- a\n- b ^x\n  - c ^y", [("x", "- b ^x"), ("y", "- c ^y")]),
        ("| a |\n|---|\n| b |\n\n^x", [("x", "| a |\n|---|\n| b |\n\n^x")]),
        ("> a\n> b\n\n^x", [("x", "> a\n> b\n\n^x")]),
        ("> a ^x", [("x", "a ^x")]),
        ("`a ^x`", []),
        ("```\na ^x\n```", []),
    ],
)  # fmt: skip
def test_block_ids(text: str, blocks: list[tuple[str, str]]) -> None:
    note = parse_note(text)
    assert [(b.id, note.quote(b.span)) for b in note.blocks] == blocks


@pytest.mark.parametrize(
    ("text", "callouts"),
    [
        ("> [!note] a\n> b", [("note", "[!note] a")]),
        (">[!Tip]-", [("Tip", "[!Tip]-")]),
        ("> [!note|wide]+ a", [("note|wide", "[!note|wide]+ a")]),
        ("> a\n> [!note]", []),
        ("[!note]", []),
        ("> > [!note] a", [("note", "[!note] a")]),
        ("> [!a]\n> > [!b] c", [("a", "[!a]"), ("b", "[!b] c")]),
        ("- > [!a] b", [("a", "[!a] b")]),
        ("text\n> [!a] b", [("a", "[!a] b")]),
        ("```\n> [!a]\n```", []),
    ],
)  # fmt: skip
def test_callouts(text: str, callouts: list[tuple[str, str]]) -> None:
    note = parse_note(text)
    assert [(c.type, note.quote(c.span)) for c in note.callouts] == callouts


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a %%b%% c", [("%%b%%", "obsidian", True)]),
        ("%%\na\n\nb\n%%\nc", [("%%\na\n\nb\n%%", "obsidian", True)]),
        ("%%\na\n\nb", [("%%\na\n\nb", "obsidian", False)]),
        ("a %% b", []),
        ("100%% a\n\n%% b %%", [("%% b %%", "obsidian", True)]),
        ("%% a %% b", [("%% a %%", "obsidian", True)]),
        ("`%% a %%`", []),
        ("x <!-- a --> y", [("<!-- a -->", "html", True)]),
        ("<!--\na\n\n-->", [("<!--\na\n\n-->", "html", True)]),
        ("<!-- a", [("<!-- a", "html", False)]),
        ("> %%\n> a\n> %%\n\nb", [("%%\n> a\n> %%", "obsidian", True)]),
    ],
)  # fmt: skip
def test_comments(text: str, comments: list[tuple[str, str, bool]]) -> None:
    note = parse_note(text)
    assert [(note.quote(c.span), c.form, c.closed) for c in note.comments] == comments


def test_links_in_headings_tables_and_comments_say_where_they_stand() -> None:
    note = parse_note("# [[a]]\n\n| [[b]] |\n|---|\n\n%% [[c]] %% [[d]] %% [[e]] %%\n\n%%\n[[f]]\n%%\n")
    assert [x.place for x in note.links] == ["heading", "table", "comment", "text", "comment", "comment"]
