"""Offsets of a text, and the way back to the bytes of its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import BOM, Edit, LineTable, OverlapError, Position, Source, apply_edits

TEXTS = st.text(st.sampled_from("ab\r\n é🎞\u2028\x00"), max_size=40)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A file's content and edits to its text that do not overlap."""
    raw = draw(TEXTS)
    length = len(Source(raw).text)
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return raw, [Edit(a, b, draw(st.text("xy\n", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@given(TEXTS.filter(lambda t: not t.startswith(BOM)), st.booleans())
def test_a_file_comes_back_byte_for_byte(content: str, bom: bool) -> None:
    data = ((BOM if bom else "") + content).encode()
    assert Source.decode(data).encode() == data


@given(edited_texts())
def test_an_edit_of_the_text_is_an_edit_of_the_file(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    source = Source(raw)
    after = source.edited(edits)
    assert after.text.replace("\r\n", "\n") == Source(apply_edits(source.text, edits)).text.replace("\r\n", "\n")


@given(edited_texts())
def test_bytes_outside_the_edits_stay(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    source = Source(raw)
    after = source.edited(edits).raw
    at = 0
    for edit in edits:
        kept = raw[at : source.raw_offset(edit.start)]
        assert kept in after
        at = source.raw_offset(edit.end)
    assert after.endswith(raw[at:])


@pytest.mark.parametrize(
    ("raw", "edit", "want"),
    [
        ("a\r\nb\r\n", Edit(1, 1, "!"), "a!\r\nb\r\n"),
        ("a\r\nb\r\n", Edit(1, 2, ""), "ab\r\n"),
        ("a\r\nb\r\n", Edit(4, 4, "c\n"), "a\r\nb\r\nc\r\n"),
        ("a\nb\nc\r\n", Edit(2, 2, "x\n"), "a\nx\nb\nc\r\n"),
        ("a\rb", Edit(1, 1, "-"), "a-\rb"),
        ("a\r\r\nb", Edit(2, 2, "-"), "a\r-\r\nb"),
    ],
)
def test_line_ends_of_the_file(raw: str, edit: Edit, want: str) -> None:
    assert Source(raw).edited([edit]).raw == want


def test_what_is_not_utf8_is_remembered_and_never_written() -> None:
    source = Source.decode(b"ab\xff\xfec")
    assert (source.text, source.invalid) == ("ab\ufffd\ufffdc", 2)
    with pytest.raises(ValueError, match="never written"):
        source.encode()


def test_only_the_first_byte_order_mark_is_one() -> None:
    assert Source.decode((BOM * 2 + "a").encode()).text == BOM + "a"


@pytest.mark.parametrize("edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")], [Edit(2, 1, "")]])
def test_edits_that_cannot_be_made(edits: list[Edit]) -> None:
    with pytest.raises(OverlapError):
        apply_edits("abc", edits)


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("ab", [Edit(1, 1, "x"), Edit(1, 1, "y"), Edit(1, 2, "z")]) == "axyz"


@given(TEXTS)
def test_lines(text: str) -> None:
    table = LineTable(text)
    lines = text.split("\n")
    assert len(table) == len(lines)
    for i, line in enumerate(lines):
        assert text[table.start(i) : table.end(i)] == line
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert table.position(offset) == Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
