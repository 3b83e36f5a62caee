"""The places of notes in the picture: none stands where another one does, channels do not mix, and what is linked is near."""

from __future__ import annotations

import math
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from processor.commands.report.layout import _MOST_DISCS, Place, layout
from tests.examples import examples

Vault = tuple[list[int], list[list[int]]]


@st.composite
def vaults(draw: st.DrawFn) -> Vault:
    """The groups of some notes, and where each leads."""
    groups = draw(st.lists(st.integers(0, 12), max_size=120))
    if not groups:
        return [], []
    one = st.integers(0, len(groups) - 1)
    pairs = draw(st.lists(st.tuples(one, one), max_size=200))
    leads: list[set[int]] = [set() for _ in groups]
    for a, b in pairs:
        if a != b:
            leads[a].add(b)
    return groups, [sorted(of) for of in leads]


def circles(groups: list[int], places: list[Place]) -> dict[int, tuple[tuple[float, float], float]]:
    """Of each group a circle around its notes: their middle, and how far the furthest is from it."""
    members = defaultdict(list)
    for group, place in zip(groups, places, strict=True):
        members[group].append(place)
    found = {}
    for group, of in members.items():
        middle = (sum(x for x, _ in of) / len(of), sum(y for _, y in of) / len(of))
        found[group] = middle, max(math.dist(middle, place) for place in of)
    return found


@examples(60)
@given(vaults())
def test_each_note_has_a_place_of_its_own_and_no_group_another_ones(vault: Vault) -> None:
    groups, leads = vault
    places = layout(groups, leads)
    assert places == layout(groups, leads)
    assert len({*places}) == len(groups)
    found = circles(groups, places)
    for one in found:
        for note, place in enumerate(places):  # to every note its own group is nearest, measured from the rim
            if groups[note] != one:
                (own, radius), (middle, other) = found[groups[note]], found[one]
                assert math.dist(place, own) - radius < math.dist(place, middle) - other


def test_the_note_of_a_channel_stands_in_the_middle_of_its_disc() -> None:
    leads = [[1], [], [1], [1, 2], [1]]
    (x, y), *_ = (places := layout([0] * 5, leads, [1]))[1:]
    assert max(math.dist((x, y), place) for place in places) < 40


def test_what_is_linked_stands_nearer_than_what_is_not() -> None:
    """Four circles of notes, each linked within and hardly to the others, told in turn."""
    n = 120
    leads = [[(i + 4) % n, (i + 8) % n, (i + 16) % n] for i in range(n)]
    leads[0].append(1)
    places = layout([0] * n, leads)
    among = [math.dist(places[i], places[j]) for i in range(n) for j in leads[i]]
    across = [math.dist(places[i], places[(i + 2) % n]) for i in range(n)]
    assert 1.5 * sum(among) / len(among) < sum(across) / len(across)


def test_discs_that_are_linked_stand_near_one_another() -> None:
    groups = [i // 30 for i in range(240)]
    leads: list[list[int]] = [[] for _ in groups]
    for i in range(30):
        leads[i].append(210 + i)  # the first group and the last, and no other
    middles = {group: middle for group, (middle, _) in circles(groups, layout(groups, leads)).items()}
    order = sorted(range(1, 8), key=lambda group: math.dist(middles[0], middles[group]))
    assert 7 in order[:3]


def test_many_small_groups_share_a_disc() -> None:
    groups = [*range(2 * _MOST_DISCS)]
    assert len({*layout(groups, [[] for _ in groups])}) == len(groups)
