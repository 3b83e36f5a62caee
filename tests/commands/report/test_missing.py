"""Missing notes: the spellings of one name joined, and no figure lost by that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processor.commands.links import Asking, counted
from processor.commands.report.missing import absent

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


def asked(*asks: tuple[int, str], is_broken: bool = False) -> list[tuple[str, Asking]]:
    return [(str(note), Asking(name, is_broken)) for note, name in asks]


NUMBERS = {str(i): i for i in range(10)}


@given(st.lists(st.tuples(st.integers(0, 9), NAMES), max_size=30))
def test_as_many_names_notes_and_links_as_without(asks: list[tuple[int, str]]) -> None:
    alone = counted(asked(*asks))
    joined = absent(alone, NUMBERS)
    assert sum(len(one.spellings) for one in joined) == len(alone)
    assert sum(one.links for one in joined) == len(asks)
    assert {note for one in joined for note in one.notes} == {note for note, _ in asks}
    assert [(-len(one.notes), -one.links) for one in joined] == sorted((-len(one.notes), -one.links) for one in joined)


def test_short_names_and_folders_stay_apart() -> None:
    asks = asked((0, "a b"), (1, "a_b"), (2, "x/long name"), (3, "y/long_name"))
    found = absent(counted([*asks, *asked((4, "ab cd"), is_broken=True)]), NUMBERS)
    assert [(one.name, one.is_broken) for one in found] == [
        ("a b", False), ("a_b", False), ("x/long name", False), ("y/long_name", False), ("ab cd", True),
    ]  # fmt: skip


def test_what_may_be_meant_is_joined_too() -> None:
    asks = [
        ("1", Asking("Open Weigths", is_broken=True, meant=["a.md", "b.md"], fix="unsafe")),
        ("2", Asking("open_weigths", is_broken=True, meant=["b.md", "c.md", "d.md"], fix="safe")),
        ("2", Asking("open_weigths", is_broken=True, meant=["b.md"])),
    ]
    (one,) = absent(counted(asks), NUMBERS)
    assert (one.name, one.links, one.safe, one.unsafe) == ("open_weigths", 3, 1, 1)
    assert next(iter(one.meant)) in ("a.md", "b.md")
    assert len(one.meant) == 3
