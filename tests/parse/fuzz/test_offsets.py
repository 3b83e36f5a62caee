"""The slow campaign: over twenty thousand random notes no offset is wrong, and a container changes no link."""

from __future__ import annotations

import random

import pytest

from processor.parse.fast import read_plain
from processor.parse.obsidian import read_body
from processor.vault.note import parse_note
from tests.constructs import check_spans
from tests.soup import document
from tests.vault.test_note import hiding_document, plain_document

pytestmark = pytest.mark.slow
RUNS, DOCUMENTS = 10, 2_500


def links(text: str) -> list[str]:
    """Each link and embed of a text as it is written, without what containers put at its further lines."""
    note = parse_note(text)
    return [
        f"{x.form} {x.target} {x.display}" for x in note.links if x.form != "markdown" or "\n" not in note.quote(x.span)
    ]


@pytest.mark.parametrize("seed", range(RUNS))
def test_no_offset_is_wrong(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(DOCUMENTS):
        text = document(chance, 14)
        try:
            check_spans(parse_note(text))
        except Exception as error:
            raise AssertionError(f"{text!r}: {error}") from error


@pytest.mark.parametrize("seed", range(RUNS))
def test_links_are_those_of_the_text_outside_its_container(seed: int) -> None:
    """Wrapping every line of a text in a quote's marks leaves each of its links."""
    chance = random.Random(seed)
    for _ in range(DOCUMENTS):
        text = document(chance, 10)
        if parse_note(text).properties.span is not None:
            continue
        outside = links(text)
        assert links("> " + text.replace("\n", "\n> ")) == outside, text
        assert links("> [!note] Title\n> " + text.replace("\n", "\n> ")) == outside, text


@pytest.mark.parametrize("seed", range(RUNS))
def test_links_are_those_of_the_text_outside_its_list_item(seed: int) -> None:
    """A text without tabs, indented by a list item's width behind a first line of its own, keeps its links."""
    chance = random.Random(seed)
    for _ in range(DOCUMENTS):
        text = document(chance, 10).replace("\t", "  ")
        indented = "\n".join("  " + line if line.strip() else "" for line in text.split("\n"))
        if parse_note(text).properties.span is not None:
            continue
        assert links("- item\n\n" + indented) == links("\n".join(x if x.strip() else "" for x in text.split("\n"))), (
            text
        )


@pytest.mark.parametrize("seed", range(RUNS))
def test_both_ways_to_read_a_note_agree(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(DOCUMENTS):
        for text in (document(chance, 5), plain_document(chance), hiding_document(chance)):
            short = read_plain(text, 0)
            assert short is None or short == read_body(text, 0), text
