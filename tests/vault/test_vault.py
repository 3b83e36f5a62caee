"""The index of a vault, and where its links lead: one row for each clause of what Obsidian was seen to do."""

from __future__ import annotations

import random
import unicodedata
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processor.vault.backlinks import backlinks
from processor.vault.naming import path_key
from processor.vault.note import parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault


class Clause(NamedTuple):
    """A clause, a vault (paths; other text than a heading in `texts`), a link's target and the note it stands in, and the answer."""

    says: str
    recorded: (
        str  # how often Obsidian was seen to do so; `documented`, `not recorded`, or `follows` from another clause
    )
    paths: tuple[str, ...]
    target: str
    source: str
    leads_to: str | None
    decider: str = ""
    status: str = "ok"
    texts: dict[str, str] = {}  # noqa: RUF012


NOTE = "a/note.md"

CONFORMANCE = (
    # Which file a link leads to
    Clause("an empty path is the note itself", "recorded", (NOTE,), "#H", NOTE, NOTE, "self", texts={NOTE: "# H"}),
    Clause("case does not count", "recorded", (NOTE, "b/Foo Bar.md"), "foo bar", NOTE, "b/Foo Bar.md", "only"),
    Clause("nor does it in folders", "recorded", (NOTE, "B/Foo.md"), "b/foo", NOTE, "B/Foo.md", "exact"),
    Clause("nor does it in letters of other scripts", "documented", (NOTE, "b/ÉTÉ.md"), "été", NOTE, "b/ÉTÉ.md", "only"),
    Clause("a dot: a full file name", "recorded", (NOTE, "b/x.png", "b/x.png.md"), "x.png", NOTE, "b/x.png", "only"),
    Clause("failing that, with .md", "recorded", (NOTE, "b/v1.2 notes.md"), "v1.2 notes", NOTE, "b/v1.2 notes.md", "only"),
    Clause("with .md written", "recorded", (NOTE, "b/foo.md"), "foo.md", NOTE, "b/foo.md", "only"),
    Clause("an attachment needs its extension", "recorded", (NOTE, "b/x.png"), "x", NOTE, None, status="missing"),
    Clause("a bare name with one candidate", "recorded", (NOTE, "z/y/foo.md"), "foo", NOTE, "z/y/foo.md", "only"),
    Clause("./ starts at the note's folder", "recorded", (NOTE, "a/foo.md", "foo.md"), "./foo", NOTE, "a/foo.md", "relative"),
    Clause("../ starts above it", "recorded", (NOTE, "b/foo.md", "foo.md"), "../b/foo", NOTE, "b/foo.md", "relative"),
    Clause("and leads nowhere else", "recorded", (NOTE, "b/foo.md"), "./foo", NOTE, None, status="missing"),
    Clause("an exact path wins over one in the same folder", "recorded", (NOTE, "foo.md", "a/foo.md"), "foo", NOTE, "foo.md", "exact"),
    Clause("also with folders", "recorded", (NOTE, "b/foo.md", "a/b/foo.md"), "b/foo", NOTE, "b/foo.md", "exact"),
    Clause("with a leading / the exact path", "not recorded", (NOTE, "b/foo.md"), "/b/foo", NOTE, "b/foo.md", "root"),
    Clause("and nothing else counts", "not recorded", (NOTE, "b/foo.md"), "/foo", NOTE, None, status="missing"),
    Clause("the path may end so", "partial paths: not recorded", (NOTE, "x/b/foo.md", "y/foo.md"), "b/foo", NOTE, "x/b/foo.md", "only"),
    Clause("a folder that is not there leads nowhere", "recorded", (NOTE, "b/foo.md"), "c/foo", NOTE, None, status="missing"),
    Clause("under the note's own folder first", "17 of 17", (NOTE, "a/deep/er/foo.md", "b/foo.md"), "foo", NOTE, "a/deep/er/foo.md", "folder"),
    Clause("a folder that begins alike is another", "17 of 17", (NOTE, "ab/long/foo.md", "c/foo.md"), "foo", NOTE, "c/foo.md", "shortest"),
    Clause("then the shortest path", "38 of 38", (NOTE, "bbb/foo.md", "cc/foo.md"), "foo", NOTE, "cc/foo.md", "shortest"),
    Clause("of those under the folder too", "38 of 38", (NOTE, "a/bbb/foo.md", "a/cc/foo.md", "d/foo.md"), "foo", NOTE, "a/cc/foo.md", "folder"),
    Clause("the length is in UTF-16 units", "38 of 38", (NOTE, "b🎞/foo.md", "ccc/d/foo.md"), "foo", NOTE, "b🎞/foo.md", "shortest"),
    Clause("equally short: both", "not recorded", (NOTE, "b/foo.md", "c/foo.md"), "foo", NOTE, "b/foo.md", "tie", "ambiguous"),
    Clause("of names that differ in case the one written so, by a relative path too", "not recorded", (NOTE, "b/Foo.md", "b/foo.md"), "../b/foo", NOTE, "b/foo.md", "tie", "ambiguous"),
    Clause("names that differ in case are one name", "recorded", (NOTE, "b/Foo.md", "b/foo.md"), "foo", NOTE, "b/foo.md", "tie", "ambiguous"),
    Clause("what lies under a dot-folder is no part", "recorded", (NOTE, ".trash/foo.md", "b/.x/foo.md"), "foo", NOTE, None, status="missing"),
    Clause("nor is a file with a dot before it", "follows", (NOTE, ".foo.md"), ".foo", NOTE, None, status="missing"),
    Clause("a folder named x.md is no note", "follows", (NOTE, "x.md/foo.md"), "x", NOTE, None, status="missing"),
    Clause("but what is in it is one", "follows", (NOTE, "x.md/foo.md"), "x.md/foo", NOTE, "x.md/foo.md", "exact"),
    Clause(
        "a bare alias does not resolve", "0 of 36", (NOTE, "b/foo.md"), "Meta", NOTE, None, status="missing",
        texts={"b/foo.md": "---\naliases: [Meta]\n---\n"},
    ),
    Clause(
        "nor does a title", "follows", (NOTE, "b/foo.md"), "The Foo", NOTE, None, status="missing",
        texts={"b/foo.md": "---\ntitle: The Foo\n---\n"},
    ),
    Clause("path and fragment split at the first #", "recorded", (NOTE, "b/C# basics.md", "b/C.md"), "C# basics", NOTE, "b/C.md", "only", "missing-heading"),
    Clause("an address is a note that is not there", "recorded", (NOTE,), "https://example.com/x", NOTE, None, status="missing"),
    Clause("names are compared in NFC", "recorded", (NOTE, "b/Cafe\u0301.md"), "Caf\u00e9", NOTE, "b/Cafe\u0301.md", "only"),
    Clause("a no-break space is a space", "documented", (NOTE, "b/foo bar.md"), "foo\u00a0bar", NOTE, "b/foo bar.md", "only"),
    # Headings and blocks
    Clause("a heading, ignoring case", "recorded", (NOTE, "b.md"), "b#intro", NOTE, "b.md", "only", texts={"b.md": "# Intro"}),
    Clause("marks are spaces", "recorded", (NOTE, "b.md"), "b#00 06 10 Intro", NOTE, "b.md", "only", texts={"b.md": "## 00:06:10 Intro"}),
    Clause("on both sides", "recorded", (NOTE, "b.md"), "b#What, why?", NOTE, "b.md", "only", texts={"b.md": "## What; why!"}),
    Clause("spaces collapse", "recorded", (NOTE, "b.md"), "b#A B", NOTE, "b.md", "only", texts={"b.md": "## A - B".replace(" - ", " & ")}),
    Clause("hyphens do not count as spaces", "recorded", (NOTE, "b.md"), "b#my-heading", NOTE, "b.md", "only", "missing-heading", {"b.md": "# My heading"}),
    Clause("B after A and deeper than A", "recorded", (NOTE, "b.md"), "b#A#B", NOTE, "b.md", "only", texts={"b.md": "# A\n## B"}),
    Clause("not before A", "recorded", (NOTE, "b.md"), "b#A#B", NOTE, "b.md", "only", "missing-heading", {"b.md": "## B\n# A\n"}),
    Clause("not as high as A", "recorded", (NOTE, "b.md"), "b#A#B", NOTE, "b.md", "only", "missing-heading", {"b.md": "# A\n# B"}),
    Clause("only headings at the top level", "recorded", (NOTE, "b.md"), "b#A", NOTE, "b.md", "only", "missing-heading", {"b.md": "> # A"}),
    Clause("a block, ignoring case", "documented", (NOTE, "b.md"), "b#^ID-1", NOTE, "b.md", "only", texts={"b.md": "text ^id-1"}),
    Clause("a block that is not there", "recorded", (NOTE, "b.md"), "b#^x", NOTE, "b.md", "only", "missing-block", {"b.md": "text ^id-1"}),
    Clause("a footnote is none", "documented", (NOTE,), "#[^1]", NOTE, NOTE, "self"),
    Clause("a bare # names no heading", "recorded", (NOTE, "b.md"), "b#", NOTE, "b.md", "only"),
    Clause("a page of a PDF", "documented", (NOTE, "b/x.pdf"), "x.pdf#page=3", NOTE, "b/x.pdf", "only"),
    Clause("an unknown heading still opens the note", "recorded", (NOTE, "b.md"), "b#nope", NOTE, "b.md", "only", "missing-heading"),
)  # fmt: skip


def vault_of(paths: tuple[str, ...], texts: dict[str, str] | None = None, style: LinkStyle = LinkStyle()) -> Vault:
    notes = [parse_note((texts or {}).get(p, ""), p) for p in paths if p.endswith(".md")]
    return Vault(notes, [p for p in paths if not p.endswith(".md")], style=style)


@pytest.mark.parametrize("clause", CONFORMANCE, ids=[c.says for c in CONFORMANCE])
def test_a_link_leads_where_obsidian_leads_it(clause: Clause) -> None:
    found = vault_of(clause.paths, clause.texts).resolve(clause.target, clause.source)
    assert (found.path, found.decider, found.status) == (clause.leads_to, clause.decider, clause.status)
    assert found.reason
    assert found.path is None or found.candidates[0] == found.path


@pytest.mark.parametrize("clause", CONFORMANCE, ids=[c.says for c in CONFORMANCE])
def test_the_order_of_notes_makes_no_difference(clause: Clause) -> None:
    paths = clause.paths
    once = vault_of(paths, clause.texts).resolve(clause.target, clause.source)
    again = vault_of(paths[::-1], clause.texts).resolve(clause.target, clause.source)
    assert once[:4] == again[:4]


def test_the_first_of_equal_headings_wins() -> None:
    vault = vault_of(("b.md",), {"b.md": "# A\n\n# a\n\n## B\n"})
    headings = vault.notes["b.md"].headings
    assert vault.resolve("b#a", "b.md").heading == headings[0]
    assert vault.resolve("b#A#B", "b.md").heading == headings[2]


def test_a_block_is_told() -> None:
    vault = vault_of(("b.md",), {"b.md": "one ^x\n\ntwo ^y\n"})
    block = vault.resolve("#^Y", "b.md").block
    assert block is not None
    assert block.id == "y"


def test_all_files_that_fit_are_candidates_the_winner_first() -> None:
    vault = vault_of((NOTE, "bbb/foo.md", "cc/foo.md", "a/d/foo.md"))
    assert vault.resolve("foo", NOTE).candidates == ("a/d/foo.md", "cc/foo.md", "bbb/foo.md")
    assert vault.resolve("bbb/foo", NOTE).candidates == ("bbb/foo.md",)


def test_one_target_leads_elsewhere_from_another_folder() -> None:
    vault = vault_of((NOTE, "a/foo.md", "b/foo.md", "b/note.md"))
    assert [vault.resolve("foo", s).path for s in (NOTE, "b/note.md", NOTE)] == ["a/foo.md", "b/foo.md", "a/foo.md"]
    assert [vault.resolve("./note", s).path for s in ("note.md", NOTE, "b/foo.md")] == [None, NOTE, "b/note.md"]
    assert [vault.resolve("#", s).path for s in (NOTE, "a/foo.md")] == [NOTE, "a/foo.md"]


# The other way round, and the kind of a note


def test_backlinks_are_those_of_every_form_and_of_the_note_itself() -> None:
    texts = {
        "a.md": '---\nrelated: "[[b]]"\n---\n[[B|x]] ![[b]] [y](b.md#h) [[c]] [[nothing]]',
        "b.md": "# h\n[[#h]]",
        "c.md": "",
    }
    vault = vault_of(tuple(texts), texts)
    assert [(path, link.form) for path, link in backlinks(vault, "b.md")] == [
        ("a.md", "property"), ("a.md", "wikilink"), ("a.md", "wikilink"), ("a.md", "markdown"), ("b.md", "wikilink"),
    ]  # fmt: skip
    assert [path for path, _ in backlinks(vault, "c.md")] == ["a.md"]
    assert backlinks(vault, "none.md") == ()


def test_kinds_of_notes() -> None:
    texts = {
        "talks/talks.md": "hub",
        "talks/a.md": "---\nvideoId: dQw4w9WgXcQ\n---\nFrom: [[talks]]\n",
        "talks/b.md": "From: [[nowhere]]\n",
        "article.md": "text",
    }
    vault = vault_of(tuple(texts), texts)
    assert {p: vault.kind(p) for p in texts} == {
        "talks/talks.md": "hub", "talks/a.md": "transcript", "talks/b.md": "transcript", "article.md": "note",
    }  # fmt: skip
    assert vault.hub("talks/a.md") == vault.hub("talks/talks.md") == "talks/talks.md"
    assert vault.hub("article.md") is None


# How a link names a file


@pytest.mark.parametrize(
    ("style", "paths", "path", "source", "written"),
    [
        ("shortest", ("a/x.md", "b/y.md"), "b/y.md", "a/x.md", "y"),
        ("shortest", ("a/x.md", "b/y.md", "c/y.md"), "b/y.md", "a/x.md", "b/y"),
        ("shortest", ("a/x.md", "y.md", "c/y.md"), "y.md", "a/x.md", "y"),
        ("shortest", ("a/x.md", "a/y.md", "y.md"), "a/y.md", "a/x.md", "a/y"),
        ("shortest", ("a/x.md", "b/y.png"), "b/y.png", "a/x.md", "y.png"),
        ("shortest", ("a/x.md", "y.png.md", "y.png"), "y.png.md", "a/x.md", "y.png.md"),
        ("relative", ("a/x.md", "b/y.md"), "b/y.md", "a/x.md", "../b/y"),
        ("relative", ("a/x.md", "a/y.md"), "a/y.md", "a/x.md", "y"),
        ("relative", ("a/x.md", "a/y.md", "y.md"), "a/y.md", "a/x.md", "./y"),
        ("relative", ("a/x.md", "a/c/y.md"), "a/c/y.md", "a/x.md", "c/y"),
        ("absolute", ("a/x.md", "b/y.md"), "b/y.md", "a/x.md", "b/y"),
        ("absolute", ("a/x.md", "v1.2.md"), "v1.2.md", "a/x.md", "v1.2"),
    ],
)  # fmt: skip
def test_a_path_is_written_in_the_style_of_the_vault(
    style: str, paths: tuple[str, ...], path: str, source: str, written: str
) -> None:
    assert vault_of(paths, style=LinkStyle(new_link_format=style)).path_to(path, source) == written


# Any vault

NAMES = st.sampled_from(
    [
        "foo",
        "Foo",
        "FOO",
        "foo bar",
        "v1.2",
        "v1",
        "é",
        "e\u0301",
        "É",
        "x.png",
        "ß",
        "SS",
        "İ",
        "ΑΣ",
        "ας",
        "🎞",
        "a b.c",
        "..x",
        "foo.md",
        "п",
        " x",
        "x ",
    ]
)
FOLDERS = st.sampled_from(
    ["", "a/", "A/", "b/", "ab/", "a/b/", "b/a/", "long folder/", "é/", "e\u0301/", "x.md/", "🎞/"]
)
PATHS = st.builds(lambda d, n, e: d + n + e, FOLDERS, NAMES, st.sampled_from([".md", ".md", ".md", ".png", ".pdf"]))
VAULTS = st.lists(PATHS, min_size=1, max_size=14, unique=True).filter(lambda ps: any(p.endswith(".md") for p in ps))
STYLES = st.sampled_from(["shortest", "relative", "absolute"])


@settings(deadline=None)
@given(VAULTS, STYLES, st.randoms(use_true_random=False))
def test_what_is_written_leads_back(paths: list[str], style: str, chance: random.Random) -> None:
    vault = vault_of(tuple(paths), style=LinkStyle(new_link_format=style))
    shuffled = paths[:]
    chance.shuffle(shuffled)
    other = vault_of(tuple(shuffled), style=LinkStyle(new_link_format=style))
    twins = [path_key(p) for p in paths]
    for source in vault.notes:
        for path in paths:
            hidden = path[0] == "." or "/." in path
            written = vault.path_to(path, source)
            found = vault.resolve(written, source)
            assert found[:4] == other.resolve(written, source)[:4]
            assert written == other.path_to(path, source)
            if hidden:
                assert found.path != path
            elif twins.count(path_key(path)) == 1:
                assert found.path == path, (written, found)
                assert found.decider in ("only", "exact", "relative", "root")
            elif found.path != path:  # two paths that are one to a link
                assert found.path is not None
                assert path_key(found.path) == path_key(path)


@settings(deadline=None)
@given(VAULTS, st.text("aA/.#^ é\u0301|[]%\u00a0🎞", max_size=12), PATHS)
@example(["a.md"], "#", "a.md")
@example(["a.md"], "../../../a", "b/c.md")
@example(["a.md"], "//", "a.md")
def test_any_target_has_an_answer(paths: list[str], target: str, source: str) -> None:
    vault = vault_of(tuple(paths))
    target = unicodedata.normalize("NFC", target.strip())
    once = vault.resolve(target, source)
    assert vault.resolve(target, source) == once == vault_of(tuple(paths[::-1])).resolve(target, source)
    assert once.path is None or once.path == source or once.path in paths
    assert (once.path is None) == (once.status == "missing")
    assert set(once.candidates) <= {*paths, source}


def test_a_large_vault_is_built_and_asked() -> None:
    notes = [parse_note("", f"folder_{i % 81}/the_note_number_{i}_of_this_vault.md") for i in range(21_000)]
    vault = Vault(notes)
    for i in range(211_000):
        found = vault.resolve(f"the_note_number_{i % 30_000}_of_this_vault", f"folder_{i % 81}/x.md")
        assert (found.path is not None) == (i % 30_000 < 21_000)
