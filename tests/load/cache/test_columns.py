"""Columns of facts: what is written is read, at once or one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.load.cache import DAMAGE
from processor.load.cache.columns import Column, lines_of

TEXTS = st.text(alphabet='ab\n"\\,[]ä\u2028\ud800', max_size=6)
VALUES = st.one_of(
    st.lists(TEXTS, min_size=1),
    st.lists(st.none() | st.booleans() | TEXTS, min_size=1),
    st.lists(st.lists(TEXTS | st.none()), min_size=1),
    st.lists(st.lists(st.lists(TEXTS)) | TEXTS | st.dictionaries(TEXTS, TEXTS), min_size=1),
)


@given(VALUES)
def test_every_value_is_on_its_line(values: list[object]) -> None:
    raw = lines_of(values)
    assert Column(raw, len(values)).values() == values
    column = Column(raw, len(values))
    for _ in range(30):  # at first one by one, then from all
        assert [column.value(row) for row in range(len(values))] == values


@given(st.lists(TEXTS, min_size=1), TEXTS)
def test_a_text_is_found_where_it_is(values: list[str], other: str) -> None:
    column = Column(lines_of(values), len(values))
    asked = [*values, other]
    found = [column.rows(what) for what in asked]
    assert found == [[row for row, value in enumerate(values) if value == what] for what in asked]
    column.values()
    assert found == [column.rows(what) for what in asked]


@pytest.mark.parametrize("raw", [b"", b"1", b"1\n2\n3", b"1,2\n3", b"[\n]", b"\xff\n", b"1\n"])
def test_what_is_no_column_is_damaged(raw: bytes) -> None:
    with pytest.raises(DAMAGE):
        Column(raw, 2).values()
