"""Missing notes: the spellings of one name joined, and no figure lost by that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processor.commands.report.missing import absent
from processor.vault.wanted import wanted

NAMES = st.sampled_from(
    [
        "Topical Authority",
        "topical_authority",
        "topical-authority.md",
        "Topical authority",
        "a b",
        "a_b",
        "x/Deep note",
        "y/deep_note",
        "ab",
    ]
)


@given(st.lists(st.tuples(st.integers(0, 9), NAMES), max_size=30))
def test_as_many_names_notes_and_links_as_without(asks: list[tuple[int, str]]) -> None:
    joined = absent(asks, [])
    alone = wanted([(str(note), name) for note, name in asks])
    assert sum(len(one.spellings) for one in joined) == len(alone)
    assert sum(one.links for one in joined) == len(asks)
    assert {note for one in joined for note in one.notes} == {note for note, _ in asks}
    assert [(-len(one.notes), -one.links) for one in joined] == sorted((-len(one.notes), -one.links) for one in joined)


def test_short_names_and_folders_stay_apart() -> None:
    found = absent([(0, "a b"), (1, "a_b"), (2, "x/long name"), (3, "y/long_name")], [(4, "ab cd")])
    assert [(one.name, one.broken) for one in found] == [
        ("a b", False), ("a_b", False), ("x/long name", False), ("y/long_name", False), ("ab cd", True),
    ]  # fmt: skip
