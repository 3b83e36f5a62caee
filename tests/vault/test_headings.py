"""The anchors of headings, as GitHub makes them, and the links that name them."""

from __future__ import annotations

import pytest

from processor.base.text import Edit, apply_edits
from processor.vault.headings import anchors_of, github_anchor, html_anchors
from processor.vault.links.writing import headings_taken_along
from processor.vault.note import parse_note
from processor.vault.style import LinkStyle
from processor.vault.vault import Vault

PLAIN = LinkStyle(github_anchors=True)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("My heading", "my-heading"),
        ("What's new?", "whats-new"),
        ("A & B", "a--b"),
        ("A - B", "a---b"),
        ("v1.2.3 (beta)", "v123-beta"),
        ("Über uns: 日本語", "über-uns-日本語"),
        ("नमस्ते", "नमस्ते"),
        ("🎉 Party", "-party"),
        ("**Bold** and *it*, _em_ and __both__", "bold-and-it-em-and-both"),
        ("snake_case _and_ `__init__`", "snake_case-and-__init__"),
        (r"An \_escaped\_ one", "an-_escaped_-one"),
        ("[A link](https://example.com/x_y(z)) and [another][ref]", "a-link-and-another"),
        ("![picture](a.png) Caption", "-caption"),
        ("<b>HTML</b> <br/>", "html-"),
        ("AT&amp;T", "att"),
        ("Already-hyphened--twice", "already-hyphened--twice"),
        ("", ""),
    ],
)
def test_the_anchor_of_a_heading(text: str, anchor: str) -> None:
    assert github_anchor(text) == anchor


def test_equal_headings_are_numbered() -> None:
    assert anchors_of(["a", "a", "a 1", "A", "b"]) == ["a", "a-1", "a-1-1", "a-2", "b"]


def test_what_nobody_writes_ends() -> None:
    assert anchors_of(["a"] * 20_000)[-1] == "a-19999"
    assert github_anchor("`_[x](" * 50_000).startswith("_x_x")
    assert html_anchors("<a id=" * 50_000) == []


def test_the_places_that_html_names() -> None:
    text = '<a id="x"></a> <a class=y name=\'B c\'> <h2 id=H> <p name="no"> <a\nid="z">'
    assert [name for _, name in html_anchors(text)] == ["x", "b c", "h", "z"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Old words\n\n[a](#old-words) [b](#Old%20words)\n", "# New words\n\n[a](#new-words) [b](#New%20words)\n"),
        ("# Old words\n# Old words\n\n[a](#old-words-1)\n", "# New words\n# Old words\n\n[a](#old-words)\n"),
        ("# Old *words*\n\n[a](#old-words)\n", "# New *words*\n\n[a](#new-words)\n"),
    ],
)
def test_links_by_an_anchor_go_along_with_the_heading(before: str, after: str) -> None:
    note = parse_note(before, "n.md")
    edit = Edit(2, 5, "New")
    along = headings_taken_along(Vault([note], style=PLAIN), note, [edit])
    assert along is not None
    assert apply_edits(before, [edit, *(e.edit for e in along)]) == after


def test_an_anchor_that_stays_is_left() -> None:
    text = "# [00:01:02] Intro\n\n[a](#000102-intro)\n"
    note = parse_note(text, "n.md")
    assert headings_taken_along(Vault([note], style=PLAIN), note, [Edit(12, 12, "(https://youtu.be/x?t=62)")]) == []
