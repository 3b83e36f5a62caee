"""A note known by its outline says what the note says."""

from __future__ import annotations

import gc
import json
import weakref
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.vault.deferred import DeferredNote
from processor.vault.facts import channel_target
from processor.vault.note import Note, parse_note
from processor.vault.outline import outline
from tests.commands.test_staged import _Outline
from tests.examples import examples
from tests.soup import document

FIELDS = (
    "properties", "headings", "links", "dead_links", "blocks", "suppressions", "channel", "has_anchor", "body_start",
)  # fmt: skip


def assert_alike(text: str) -> None:
    note = parse_note(text, "a/b.md")
    known = DeferredNote("a/b.md", _Outline(note))
    for field in FIELDS:
        assert getattr(known, field) == getattr(note, field), field
    assert list(known.lines.starts) == list(note.lines.starts)
    assert [type(link.span) for link in known.links] == [type(link.span) for link in note.links]


@examples(150)
@given(st.randoms(use_true_random=False).map(document))
def test_a_note_is_as_its_outline_says(text: str) -> None:
    assert_alike(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("[[a]]", 2),
        ("[[a|b]]", 4),
        ("[[a | b]]", 4),
        ("[[a# b ^c|]]", 4),
        ("[[a|b ]]", 9),
        ("[[ a]]", 9),
        ("![[a]]", 9),
        ("# [[a]]", 9),
        ("[b](a.md)", 9),
        ("---\nx: '[[a]]'\n---\n", 9),
    ],
)
def test_the_commonest_links_are_told_in_brief(text: str, length: int) -> None:
    (link,) = json.loads(outline(parse_note(text)))[3]
    assert len(link) == length
    assert_alike(text)


def test_each_part_of_a_note_is_in_its_outline_or_read_from_its_file() -> None:
    parts = {name for name, part in vars(Note).items() if isinstance(part, cached_property) and name[0] != "_"} - {
        "video_of_any"
    }
    assert parts - vars(DeferredNote).keys() == set()


def test_a_note_that_nobody_holds_takes_no_memory_though_no_cycles_are_looked_for() -> None:
    known = DeferredNote("a/b.md", _Outline(parse_note("---\ntitle: x\n---\n[[a]]\n")))
    assert channel_target(known) is None
    assert known.links
    assert len(known.lines) == 5
    gone = weakref.ref(known)
    gc.disable()
    try:
        del known
        assert gone() is None
    finally:
        gc.enable()
