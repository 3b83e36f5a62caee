"""Missing notes: the spellings of one name joined, and no figure lost by that."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from processor.commands.asked import Asking
from processor.commands.links import counted
from processor.commands.report.missing import plain
from processor.vault.naming import path_key

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
def test_as_many_notes_and_links_as_are_asked_for(asks: list[tuple[int, str]]) -> None:
    told = plain(counted(asked(*asks)), NUMBERS, redact=False)
    spelled = [max(1, len(spellings)) for spellings in told["spellings"]]
    assert sum(spelled) == len({path_key(name.removesuffix(".md")) for _, name in asks})
    assert sum(told["links"]) == len(asks)
    notes = [[*accumulate(deltas)] for deltas in told["notes"]]
    assert {note for of in notes for note in of} == {note for note, _ in asks}
    order = [(-len(of), -links) for of, links in zip(notes, told["links"], strict=True)]
    assert order == sorted(order)


def test_the_spellings_of_one_name_are_joined_and_short_names_stay_apart() -> None:
    asks = asked((0, "a b"), (1, "a_b"), (2, "long name"), (3, "long_name"), (3, "x/Long name.md"), (4, "long_name"))
    found = counted([*asks, *asked((4, "ab cd"), is_broken=True)])
    assert [(one.wanted.name, one.wanted.links, one.is_broken) for one in found] == [
        ("long_name", 4, False), ("a b", 1, False), ("a_b", 1, False), ("ab cd", 1, True),
    ]  # fmt: skip
    told = plain(found, NUMBERS, redact=False)
    assert told["spellings"] == [(("long_name", 2), ("long name", 1), ("x/Long name", 1)), [], [], []]
    assert plain(found, NUMBERS, redact=True)["spellings"] == [[], [], [], []]


def test_what_may_be_meant_is_joined_too() -> None:
    asks = [
        ("1", Asking("Open Weigths", is_broken=True, meant=["a.md", "b.md"], fix="unsafe")),
        ("2", Asking("open_weigths", is_broken=True, meant=["b.md", "c.md", "d.md"], fix="safe")),
        ("2", Asking("open_weigths", is_broken=True, meant=["b.md"])),
    ]
    (one,) = counted(asks)
    assert (one.wanted.name, one.wanted.links, one.safe, one.unsafe) == ("open_weigths", 3, 1, 1)
    assert one.meant == ["a.md", "b.md", "c.md"]
