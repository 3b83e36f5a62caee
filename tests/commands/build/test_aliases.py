"""A title becomes an alias where the file is called otherwise; nothing else of the properties changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.config import Config
from tests.commands.build.vaults import built, texts
from tests.examples import examples


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Open A\n", "title: Open A\naliases:\n  - Open A\n"),
        ("title: 'A: b' # x\nx: 1\n", "title: 'A: b' # x\naliases:\n  - \"A: b\"\nx: 1\n"),
        ("aliases:\ntitle: T\n", "aliases:\n  - T\ntitle: T\n"),
        ("aliases: []\ntitle: T\n", "aliases: [T]\ntitle: T\n"),
        ("title: T, u\naliases: [a, b] # c\n", 'title: T, u\naliases: [a, b, "T, u"] # c\n'),
        ("title: T\naliases:\n  - a\n  - b\nx: 1\n", "title: T\naliases:\n  - a\n  - b\n  - T\nx: 1\n"),
        ("title: T\naliases:\n- a\n", "title: T\naliases:\n- a\n- T\n"),
        ("title: T\nalias: [a]\n", "title: T\naliases: [a, T]\n"),
        ("title: T\naliases: [t]\n", "title: T\naliases: [t]\n"),
        ("title: A_Note\n", "title: A_Note\n"),
        ("title:\n", "title:\n"),
        ("title: 12\n", "title: 12\n"),
        ("{title: T}\n", "{title: T}\n"),
    ],
)
def test_how_a_title_becomes_an_alias(before: str, after: str) -> None:
    assert (
        texts({"a_note.md": f"---\n{before}---\n\nText.\n"}, aliases=True)["a_note.md"] == f"---\n{after}---\n\nText.\n"
    )


def test_they_are_not_made_unless_asked_for_and_not_in_excluded_notes() -> None:
    files = {"a_note.md": "---\ntitle: T\n---\n"}
    assert texts(files) == files
    assert texts(files, Config(exclude=("a_note.md",)), aliases=True) == files


KEYS = st.sampled_from(["x: 1", "tags: [a]", "y: 'q'", "aliases: [k]", "aliases:\n  - k", "aliases: k", "z:\n  - 1"])


@examples(60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.lists(KEYS, max_size=4, unique=True))
def test_nothing_else_of_the_properties_changes(title: str, lines: list[str]) -> None:
    from processor.parse.frontmatter import quote_scalar

    text = "\n".join(["---", f"title: {quote_scalar(title, quotes=True)}", *lines, "---", "", "Text.", ""])
    files = {"a_note.md": text}
    plain, made = built(files), built(files, aliases=True)
    before, after = plain.vault.notes["a_note.md"].properties, made.vault.notes["a_note.md"].properties
    assert {e.key: e.value for e in before.entries if e.key != "aliases"} == {
        e.key: e.value for e in after.entries if e.key != "aliases"
    }
    again = built({"a_note.md": made.vault.notes["a_note.md"].text}, aliases=True)
    assert again.vault.notes["a_note.md"].text == made.vault.notes["a_note.md"].text
