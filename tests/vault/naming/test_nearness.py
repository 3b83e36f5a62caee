"""Names that lie near: looking through all of them and looking them up give the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processor.vault.naming import all_letters, all_wordings, letters, wording
from processor.vault.naming.nearness import NearIndex

WORDS = st.sampled_from(
    ["policy", "policies", "weights", "weight", "the", "open", "closed", "a1", "wieghts", "models", "and"]
)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map("_".join), min_size=1, max_size=20)


@given(NAMES, st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_both_ways_find_the_same(names: list[str], asked: str) -> None:
    texts: dict[str, list[str]] = {}
    for name in names:
        texts.setdefault(letters(name), []).append(name)
    key, words = letters(asked), wording(asked).split()
    first = NearIndex(texts, few=1)
    through = first.candidates(key, words)
    assert through == first.candidates(key, words) == NearIndex(texts, few=0).candidates(key, words)


@given(NAMES, st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_both_ways_judge_alike(names: list[str], asked: list[str], other: list[str]) -> None:
    names.append("ou e\u0301_\u0301a")
    texts: dict[str, list[str]] = {}
    for name in names:
        texts.setdefault(letters(name), []).append(name)
    few, many = NearIndex(texts, few=1), NearIndex(texts, few=0)
    assert few.grade(asked, other, 1) == many.grade(asked, other, 1)
    assert all(few._is_word(w) == many._is_word(w) for w in ["e\u0301", "\u0301a", "ou", *asked])


@given(st.lists(st.text(alphabet="aB_ -\n.é́1İ"), max_size=300))
def test_many_at_once_are_as_one_after_another(names: list[str]) -> None:
    assert all_letters(names) == [letters(n) for n in names]
    assert [" ".join(w.split()) for w in all_wordings(names)] == [wording(n) for n in names]
