"""Copies for other programs: what each construct of Obsidian's becomes for each of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from processor.commands.build.sites import SITES
from processor.commands.build.sites.anchors import github_ids, mkdocs_ids, quartz_ids
from processor.commands.build.sites.writing import written_for
from processor.commands.build.stages import unseen
from processor.config import Config
from processor.vault.links.writing import encode
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.cli.running import put, ytvault
from tests.commands.build.vaults import built, talk, texts, vault_of
from tests.soup import document

NOTES = {
    "a b/deep.md": "# Deep\n\n## What's new?\n\n## 00:06:10 Intro\n\n## Deep\n\nA block ^Ab1\n",
    "talks/talks.md": "Of a folder of its name.\n",
    "x/same.md": "One.\n",
    "y/same.md": "Two.\n",
    "c_sharp.md": "C.\n",
    "50% (a).md": "Half.\n",
    "a `b` c.md": "Signs that mean more than themselves.\n",
    "x &amp; y.md": "An entity.\n",
    "what, x&y?.md": "Signs of addresses.\n",
    "50%20c.md": "A percent sign.\n",
}
FILES = ("pics/a b.png", "doc.pdf")
DEEP = "../a%20b/deep.md"
SAME = None

# what is written → for Quartz, MkDocs and GitHub; None: as it is
ROWS = {
    "a name": ("[[deep]] [[deep|it]]", SAME, f"[deep]({DEEP}) [it]({DEEP})", f"[deep]({DEEP}) [it]({DEEP})"),
    "a note that is called as its folder": ("[[talks]]", "[[talks/talks|talks]]", "[talks](talks.md)", "[talks](talks.md)"),
    "an empty text": ("[[deep|]]", SAME, f"[deep]({DEEP})", f"[deep]({DEEP})"),
    "a name of two notes": ("[[same]]", "[[x/same|same]]", "[same](../x/same.md)", "[same](../x/same.md)"),
    "a part of a path": ("[[b/deep]]", "[[a b/deep|b/deep]]", f"[b/deep]({DEEP})", f"[b/deep]({DEEP})"),
    "a path from the note": (
        "[[../x/same|x]]", "[[x/same|x]]", "[x](../x/same.md)", "[x](../x/same.md)"),
    "signs in a name": ("[[50% (a)]]", SAME, "[50% (a)](../50%25%20%28a%29.md)", "[50% (a)](../50%25%20%28a%29.md)"),
    "code in a name": (
        "[[a `b` c|x]]", "[x](a%20%60b%60%20c.md)", "[x](../a%20%60b%60%20c.md)", "[x](../a%20%60b%60%20c.md)"),
    "an entity in a name": (
        "[[x &amp; y]] [x](x%20%26amp;%20y.md)", "[x \\&amp; y](x%20&amp;amp;%20y.md) [x](x%20&amp;amp;%20y.md)",
        "[x \\&amp; y](../x%20%26amp;%20y.md) [x](../x%20%26amp;%20y.md)",
        "[x \\&amp; y](../x%20%26amp;%20y.md) [x](../x%20%26amp;%20y.md)"),
    "signs that Quartz decodes in no address": (
        "[[what, x&y?|x]] [x](what%2C%20x%26y%3F.md) [x][1]\n\n[1]: <what%2C x\\&amp;y?.md>",
        "[[what, x&y?|x]] [x](what,%20x&y.md) [x][1]\n\n[1]: <what,%20x&y.md>",
        "[x](../what,%20x&y%3F.md) [x](../what,%20x&y%3F.md) [x][1]\n\n[1]: <../what,%20x&y%3F.md>",
        "[x](../what,%20x&y%3F.md) [x](../what,%20x&y%3F.md) [x][1]\n\n[1]: <../what,%20x&y%3F.md>"),
    "a name that looks encoded": (
        "[[50%20c|x]] [x](50%2520c.md)", "[x](50%2520c.md) [x](50%2520c.md)",
        "[x](../50%2520c.md) [x](../50%2520c.md)", "[x](../50%2520c.md) [x](../50%2520c.md)"),
    "a heading": (
        "[[deep#What's new?|x]]", SAME, f"[x]({DEEP}#whats-new)", f"[x]({DEEP}#whats-new)"),
    "a heading as Obsidian writes it": (
        "[[deep#00 06 10 Intro|x]]", "[[deep#000610-intro|x]]", f"[x]({DEEP}#000610-intro)", f"[x]({DEEP}#000610-intro)"),
    "a heading below another": (
        "[[deep#Deep#Deep|x]]", "[x](deep.md#deep-1)", f"[x]({DEEP}#deep_1)", f"[x]({DEEP}#deep-1)"),
    "a block": ("[[deep#^ab1|x]]", SAME, f"[x]({DEEP}#Ab1)", f"[x]({DEEP}#Ab1)"),
    "a block of its own": (
        "[[#^z|x]]\n\nWords. ^z", "[x](#z)\n\nWords. ^z", '[x](#z)\n\nWords. <a id="z"></a>', '[x](#z)\n\nWords. <a id="z"></a>'),
    "the id of a block in capitals": ("Words. ^Zz", "Words. ^zz", 'Words. <a id="Zz"></a>', 'Words. <a id="Zz"></a>'),
    "a heading of its own": ("[[#Own]]\n\n# Own", SAME, "[Own](#own)\n\n# Own", "[Own](#own)\n\n# Own"),
    "markup in a text": (
        "[[c_sharp|C#]] [[deep | `async` words]]", "[C#](c_sharp.md) [`async` words](deep.md)",
        f"[C#](../c_sharp.md) [`async` words]({DEEP})", f"[C#](../c_sharp.md) [`async` words]({DEEP})"),
    "a text in brackets": (
        "[[deep | [01:34:20]]]", r"[\[01:34:20\]](deep.md)", rf"[\[01:34:20\]]({DEEP})", rf"[\[01:34:20\]]({DEEP})"),
    "a text of signs": ("[[deep|<b> $1]]", r"[\<b> \$1](deep.md)", rf"[\<b> \$1]({DEEP})", rf"[\<b> \$1]({DEEP})"),
    "in a table": (
        "| a | b |\n|---|---|\n| [[deep\\|x]] | [[deep\\|C#]] |", "| a | b |\n|---|---|\n| [[deep\\|x]] | [C#](deep.md) |",
        f"| a | b |\n|---|---|\n| [x]({DEEP}) | [C#]({DEEP}) |", f"| a | b |\n|---|---|\n| [x]({DEEP}) | [C#]({DEEP}) |"),
    "Markdown links": (
        "[a](deep.md) [b](<../a b/deep.md#Deep>) [c][1]\n\n[1]: deep.md",
        "[a](deep.md) [b](<a b/deep.md#Deep>) [c][1]\n\n[1]: deep.md",
        f"[a]({DEEP}) [b](<{DEEP}#deep>) [c][1]\n\n[1]: {DEEP}", f"[a]({DEEP}) [b](<{DEEP}#deep>) [c][1]\n\n[1]: {DEEP}"),
    "to nothing, with an empty text": ("[[no body| ]]", SAME, "no body", "no body"),
    "to nothing": ("[[nobody]] [[nobody|C#]] [x](no.md)", "[[nobody]] [C#](nobody) [x](no.md)", r"nobody C\# x", r"nobody C\# x"),
    "pictures": (
        "![[a b.png]] ![[a b.png|100]] ![[a b.png|Alt]]", SAME,
        "![a b](../pics/a%20b.png) ![a b](../pics/a%20b.png) ![Alt](../pics/a%20b.png)",
        "![a b](../pics/a%20b.png) ![a b](../pics/a%20b.png) ![Alt](../pics/a%20b.png)"),
    "embeds of notes and files": (
        "![[deep]] ![t](deep.md#Deep) ![[doc.pdf]]", "![[deep]] ![[deep#deep]] ![[doc.pdf]]",
        f"[deep]({DEEP}) [t]({DEEP}#deep) [doc.pdf](../doc.pdf)", f"[deep]({DEEP}) [t]({DEEP}#deep) [doc.pdf](../doc.pdf)"),
    "embeds of videos": (
        "![A](https://youtu.be/dQw4w9WgXcQ) ![](https://youtu.be/dQw4w9WgXcQ)", SAME,
        "[A](https://youtu.be/dQw4w9WgXcQ) [Video](https://youtu.be/dQw4w9WgXcQ)",
        "[A](https://youtu.be/dQw4w9WgXcQ) [Video](https://youtu.be/dQw4w9WgXcQ)"),
    "dollars": (
        "Costs $5 and $6, not $x$ [t $8](deep.md) `$9` <b a='$1'> https://a.example/$x.\n\nOne $ alone.\n\n$$\n5 \\text{\\$} 6\n$$",
        "Costs \\$5 and \\$6, not $x$ [t \\$8](deep.md) `$9` <b a='$1'> https://a.example/$x.\n\nOne $ alone.\n\n$$\n5 \\text{\\$} 6\n$$",
        f"Costs $5 and $6, not $x$ [t $8]({DEEP}) `$9` <b a='$1'> https://a.example/$x.\n\nOne $ alone.\n\n$$\n5 \\text{{\\$}} 6\n$$",
        f"Costs $5 and $6, not $x$ [t $8]({DEEP}) `$9` <b a='$1'> https://a.example/$x.\n\nOne $ alone.\n\n$$\n5 \\text{{\\$}} 6\n$$"),
    "comments": ("a %%c [[deep]]%% b\n\n%%\nno one\n%%\n\nc", SAME, "a  b\n\n\nc", "a  b\n\n\nc"),
    "a comment at the start of an item": (
        "1.  %%b%% a %%c%% d %%e%%\n    > %%f%% g", SAME, "1.  a  d\n    > g", "1.  a  d\n    > g"),
    "a highlight behind code that holds its marks": (
        "`a==b` c ==d== e\\==f ==g==", SAME, "`a==b` c <mark>d</mark> e\\==f <mark>g</mark>", "`a==b` c <mark>d</mark> e\\==f <mark>g</mark>"),
    "a callout as an item whose lines are indented by four": (
        "- > [!tip] T\n    > a", SAME, "- > **T**\n    >\n    > a", "- > **T**\n    >\n    > a"),
    "highlights": (
        "==hi [[deep]]== `==x==` ==y== a == b == c", "<mark>hi [[deep]]</mark> `==x==` ==y== a == b == c",
        f"<mark>hi [deep]({DEEP})</mark> `==x==` <mark>y</mark> a == b == c", f"<mark>hi [deep]({DEEP})</mark> `==x==` <mark>y</mark> a == b == c"),
    "a callout": (
        "> [!info] Of [[deep]]\n> text", SAME, f'!!! info "Of [deep]({DEEP})"\n    text', f"> [!NOTE]\n> **Of [deep]({DEEP})**\n>\n> text"),
    "callouts without a title, and of a kind of one's own": (
        "> [!tip]\n> a\n\n> [!my-own]\n> b", SAME, "!!! tip\n    a\n\n!!! my-own\n    b", "> [!TIP]\n> a\n\n> **My own**\n>\n> b"),
    "callouts that fold": (
        "> [!warning]- W\n> a\n\n> [!bug]+ B\n> b", SAME, '??? warning "W"\n    a\n\n???+ bug "B"\n    b',
        "> [!WARNING]\n> **W**\n>\n> a\n\n> [!CAUTION]\n> **B**\n>\n> b"),
    "a callout in a callout, and below words": (
        "para\n> [!note] N\n> a\n> > [!tip] T\n> > b", SAME, 'para\n\n!!! note "N"\n    a\n\n    !!! tip "T"\n        b',
        "para\n> [!NOTE]\n> **N**\n>\n> a\n> > **T**\n> >\n> > b"),
    "a callout as an item of a list": (
        "- > [!tip] T\n  > a\n\n1. > [!tip]\n   > b", SAME,
        "- > **T**\n  >\n  > a\n\n1. > **Tip**\n   >\n   > b", "- > **T**\n  >\n  > a\n\n1. > **Tip**\n   >\n   > b"),
    "a callout whose title has a part in bold": (
        "- > [!my] **A** b\n  > c", SAME, "- > <strong>**A** b</strong>\n  >\n  > c", "- > <strong>**A** b</strong>\n  >\n  > c"),
    "an indented callout": (
        "   > [!tip] T\n   > a\n\n- b\n\n    > [!tip] U\n    > c", SAME,
        '   > **T**\n   >\n   > a\n\n- b\n\n    !!! tip "U"\n        c', "   > **T**\n   >\n   > a\n\n- b\n\n    > **U**\n    >\n    > c"),
    "a callout in a quote, without spaces": (
        ">> [!bug] T\n>> a", SAME, '>!!! bug "T"\n>     a', ">> **T**\n>>\n>> a"),
    "a comment above dashes": ("a\n%%b%%\n---\nc", SAME, "a\n\n---\nc", "a\n\n---\nc"),
    "a comment at the top, above dashes": ("%%a%%\n---\nb: c\n---", SAME, "\n---\nb: c\n---", "\n---\nb: c\n---"),
    "a tag at the start of a line": ("#tag here #too", SAME, "\\#tag here #too", SAME),
    "a tag at the start of an item": (
        "- #tag\n\n1. #tag\n\n> - #tag\n\n- [ ] #tag", SAME, "- \\#tag\n\n1. \\#tag\n\n> - \\#tag\n\n- [ ] #tag", SAME),
    "hash signs that make no heading": (
        "#1 a\n#!b\n\n# H\n\n```\n#c\n```\n\n[^1]: #d", SAME, "\\#1 a\n\\#!b\n\n# H\n\n```\n#c\n```\n\n[^1]: \\#d", SAME),
    "in an HTML block": (
        "<div>\n[[deep#Deep|a & b]] [[nobody]]\n</div>", '<div>\n<a href="a%20b/deep#deep">a &amp; b</a> [[nobody]]\n</div>',
        '<div>\n<a href="../../a%20b/deep/#deep">a &amp; b</a> [[nobody]]\n</div>',
        f'<div>\n<a href="{DEEP}#deep">a &amp; b</a> [[nobody]]\n</div>'),
    "a picture with a size in an HTML block": (
        "<div>\n![[a b.png|100]]\n</div>", '<div>\n<a href="pics/a%20b.png">a b.png</a>\n</div>',
        '<div>\n<a href="../../pics/a%20b.png">a b.png</a>\n</div>', '<div>\n<a href="../pics/a%20b.png">a b.png</a>\n</div>'),
    "into the note itself, where nothing is called so": (
        "[[#^none|x]] [[#none|`y`]]", "[x](#) [`y`](#)", "[x](n.md) [`y`](n.md)", "[x](n.md) [`y`](n.md)"),
    "what is no text": ('---\nrelated: "[[deep]]"\n---\n\n`[[deep]] $1 $2`\n\n    [[deep]]', SAME, SAME, SAME),
}  # fmt: skip


@pytest.mark.parametrize(("text", "quartz", "mkdocs", "plain"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["", "CRLF"])
def test_what_is_written(text: str, quartz: str | None, mkdocs: str | None, plain: str | None, ends: str) -> None:
    vault = vault_of({**NOTES, "talks/n.md": text.replace("\n", ends)}, others=FILES)
    for name, wanted in (("quartz", quartz), ("mkdocs", mkdocs), ("plain", plain)):
        written, _ = written_for(SITES[name], vault, (), unseen)
        found = written["talks/n.md"].raw if "talks/n.md" in written else None
        assert found == (None if wanted is None else wanted.replace("\n", ends)), name


def test_notes_that_are_left_alone_stay() -> None:
    vault = vault_of({**NOTES, "n.md": "[[deep]]"})
    assert "n.md" in written_for(SITES["plain"], vault, (), unseen)[0]
    assert written_for(SITES["plain"], vault, ("n.md", *NOTES), unseen) == ({}, 0)


def test_anchors_of_headings() -> None:
    note = parse_note(
        "# Ünïcode & *more* `code_x`\n\n## A -> B -- c\n\n## [[x|Shown]] ==y== ^id\n\n## 日本\n\n## A\n\n## A\n\n## a_1\n\n> ## A\n"
    )
    assert github_ids(note) == ["ünïcode--more-code_x", "a---b----c", "shown-y-id", "日本", "a", "a-1", "a_1", "a-2"]
    assert quartz_ids(note) == ["ünïcode--more-code_x", "a--b--c", "shown-y-id", "日本", "a", "a-1", "a_1", "a-2"]
    assert mkdocs_ids(note) == ["unicode-more-code_x", "a-b-c", "shown-y-id", "_1", "a", "a_1", "a_2", "a_3"]


# The whole copy


FILES_OF_A_VAULT = {"ow/a.md": talk("A", body="Costs $5 or $6. %% ytvault-disable %% [[nobody]]"), "ow/ow.md": "# Ow\n"}


def test_nothing_differs_for_obsidian() -> None:
    assert texts(FILES_OF_A_VAULT) == texts(FILES_OF_A_VAULT, for_="obsidian")
    assert not built(FILES_OF_A_VAULT, for_="obsidian").written


@pytest.mark.parametrize(("site", "home"), [("quartz", "index.md"), ("mkdocs", "index.md"), ("plain", "README.md")])
def test_the_start_note_is_what_is_opened_first(site: str, home: str) -> None:
    made = built(FILES_OF_A_VAULT, for_=site)
    assert (made.index, made.added) == (home, (home,))
    assert made.source(home).text.startswith("---\ntitle: Index\n---\n")
    assert "ow/a.md" in made.changed
    assert made.report.made[f"changes for {site}"] > 2
    assert built(FILES_OF_A_VAULT, for_=site, index="Start").index == "Start.md"


def test_the_settings_say_what_a_copy_is_for(vault: Path, out: Path) -> None:
    put(vault, "ytvault.toml", '[build]\nfor = "plain"\n')
    assert ytvault("build", vault, "--out", out, cwd=vault).status == 0
    assert "From: [ow](ow.md)" in (out / "ow/a.md").read_text(encoding="utf-8")
    assert "nothing was written" in ytvault("build", vault, "--out", out, "--for", "plain", cwd=vault).out
    assert ytvault("build", vault, "--out", out, "--check", cwd=vault).status == 0
    assert ytvault("build", vault, "--out", out, "--for", "obsidian", cwd=vault).status == 0
    assert "From: [[ow]]" in (out / "ow/a.md").read_text(encoding="utf-8")
    put(vault, "ytvault.toml", '[build]\nfor = "hugo"\n')
    assert '"build.for" must be "obsidian", "quartz", "mkdocs" or "plain"' in ytvault("lint", cwd=vault).err


def test_a_home_with_a_text_of_its_own_stays_what_it_is() -> None:
    empty = built({**FILES_OF_A_VAULT, "Index.md": "---\ntitle: Home\n---\n"}, for_="quartz")
    assert empty.index == "Index.md"
    full = built({**FILES_OF_A_VAULT, "index.md": "Welcome.\n"}, for_="quartz")
    assert full.index == "Contents.md"
    assert full.source("index.md").text == "Welcome.\n"
    assert [r.path for r in full.report.remarks] == ["index.md"]


def test_the_readme_of_a_vault_stays_what_mkdocs_opens_first() -> None:
    made = built({**FILES_OF_A_VAULT, "README.md": "Welcome.\n"}, for_="mkdocs")
    assert made.index == "Index.md"  # MkDocs leaves README.md out where there is index.md
    assert built({**FILES_OF_A_VAULT, "README.md": ""}, for_="mkdocs").index == "README.md"
    assert built({**FILES_OF_A_VAULT, "README.md": "Welcome.\n"}, for_="quartz").index == "index.md"


@pytest.mark.parametrize(("site", "home"), [("quartz", "index"), ("mkdocs", "index"), ("plain", "README")])
def test_a_home_of_a_folder_leaves_the_root_without_one(site: str, home: str) -> None:
    files = {**FILES_OF_A_VAULT, f"x/{home}.md": "Of a folder.\n", "n.md": f"[[x/{home}|by its path]]"}
    assert built(files, for_=site).index == f"{home}.md"
    files["n.md"] = f"[[{home}|by its name, which would lead to the root]]"
    assert built(files, for_=site).index in ("Contents.md", "Index.md")


def test_notes_that_mkdocs_cannot_show_are_named() -> None:
    files = {"x/index.md": "", "x/README.md": "", "x.md": "", "templates/t.md": "", "y.md": "", "y/z.md": ""}
    vault = vault_of(files)
    assert sorted(path for path, _ in SITES["mkdocs"].unseen(vault)) == ["templates/t.md", "x.md", "x/README.md"]
    assert not [*SITES["quartz"].unseen(vault)]
    assert {r.path for r in built(files, for_="mkdocs").report.remarks} >= {"templates/t.md", "x.md", "x/README.md"}


def test_an_excluded_note_is_not_written_anew() -> None:
    made = built(FILES_OF_A_VAULT, Config(exclude=("ow/a.md",)), for_="plain")
    assert "ow/a.md" not in made.changed
    assert made.source("ow/a.md").text == FILES_OF_A_VAULT["ow/a.md"]


def test_a_copy_of_a_copy_for_quartz_is_the_same() -> None:
    first = built({**NOTES, **FILES_OF_A_VAULT}, for_="quartz", missing="stub", related=True)
    files = {path: first.source(path).text for path in first.vault.notes}
    again = built(files, for_="quartz", missing="stub", related=True)
    assert {path: again.source(path).text for path in again.vault.notes} == files


def test_edits_never_overlap() -> None:
    text = "==a %%b [[deep]] $1== c%% [[deep|==x== $2]] > [!note] ^id\n\n> [!tip] ==[[deep]]== %%x%%\n> #t ^A\n"
    vault = vault_of({**NOTES, "n.md": text})
    for site in SITES.values():
        written_for(site, vault, (), unseen)  # which raises where two edits overlap


@pytest.mark.parametrize("some", range(4))
def test_whatever_a_note_holds(some: int) -> None:
    """No edits overlap; a note for Quartz says in Obsidian what it said, and its links lead where they led."""
    others = {"a b/link.md": "# part\n", "x/note.md": "a ^block-id\n", "y/note.md": "", "f.md": "", "md/c.md": ""}
    for seed in range(some * 60, some * 60 + 60):
        files = {**others, "talks/n.md": document(random.Random(seed), 12)}
        vault = vault_of(files, others=("image.png", "q/a.png"))
        written = {name: written_for(site, vault, (), unseen)[0].get("talks/n.md") for name, site in SITES.items()}
        if written["quartz"]:
            new = vault_of({**files, "talks/n.md": written["quartz"].text}, others=("image.png", "q/a.png"))
            assert _led(new) == _led(vault), seed


def _led(vault: Vault) -> list[str | None]:
    links = vault.notes["talks/n.md"].links
    return [vault.resolve(x.target, "talks/n.md").path for x in links if x.place != "comment"]


def test_what_looks_like_an_entity_in_a_name_is_encoded() -> None:
    assert encode("a &amp; b.md") == "a%20%26amp;%20b.md"
    assert encode("R&D.md") == "R&D.md"
