"""The edits that make one text of another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processor.base.diff import edits_between
from processor.base.text import Edit, apply_edits

TEXTS = st.text(st.sampled_from("ab \n"), max_size=40)


@given(TEXTS, TEXTS)
def test_they_make_it(old: str, new: str) -> None:
    assert apply_edits(old, edits_between(old, new)) == new


def test_they_touch_nothing_else() -> None:
    old = "one\ntwo words\nthree\nfour\n"
    assert edits_between(old, "one\ntwo xords\nthree\nfour\n") == [Edit(8, 9, "x")]
    assert edits_between(old, "one\nthree\nfour\n") == [Edit(4, 14, "")]
    assert edits_between(old, old) == []
