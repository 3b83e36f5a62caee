"""The places of notes in the picture: none stands where another one does, and channels do not mix."""

from __future__ import annotations

import math
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from processor.commands.report.layout import layout


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), max_size=400))
def test_each_note_has_a_place_of_its_own_in_the_disc_of_its_group(notes: list[tuple[int, int]]) -> None:
    groups, weights = [g for g, _ in notes], [w for _, w in notes]
    places = layout(groups, weights)
    assert places == layout(groups, weights)
    assert len({*places}) == len(notes)
    members = defaultdict(list)
    for group, place in zip(groups, places, strict=True):
        members[group].append(place)
    centres = {
        g: max(zip(places, groups, weights, strict=True), key=lambda n, g=g: (n[1] == g, n[2]))[0] for g in members
    }
    radius = {g: max(math.dist(centres[g], p) for p in of) for g, of in members.items()}
    for a in members:
        for b in members:
            assert a == b or math.dist(centres[a], centres[b]) > radius[a] + radius[b]


def test_what_most_lead_to_is_inmost() -> None:
    assert layout([0] * 4, [1, 5, 2, 0])[1] == (0, 0)
