"""Captions that end before their video."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.captions.claims import Claim
from processor.captions.cut_short import goes_on_until
from processor.captions.index import Index
from processor.captions.terms import terms_of
from tests.rules.timestamps.talk import ID, SAID, STEP, spoken
from tests.tables import library_of


def index(texts: int) -> Index:
    found = library_of(tuple(spoken(SAID[:texts]).items())).captions(ID)
    assert found
    return Index(found)


CUT, WHOLE = index(10), index(len(SAID))
END = 10 * STEP


def claims(*places: int, late: int = 0) -> list[Claim]:
    """What is said at some places, and when; `late`: seconds that are wrong."""
    return [Claim(STEP * at + late, tuple(terms_of(SAID[at]))) for at in places]


@pytest.mark.parametrize(
    ("notes", "goes_on"),
    [
        ([claims(*range(20))], True),
        ([claims(*range(20)), claims(3, 5)], True),
        ([claims(1, 2, 3), claims(8, 11, 15), claims(9, 13)], True),
        ([claims(*range(10)), claims(11), claims(12), claims(13)], True),
        ([claims(*range(10))], False),  # nothing lies behind the end
        ([claims(*range(12))], False),  # too few to tell
        ([claims(*range(10, 20))], True),  # nobody knows what is usual
        ([claims(*range(15, 20))], False),  # and that is much
        ([claims(*range(10)), claims(*range(10, 15), late=7200)], False),  # they jump
        ([claims(*range(10)), claims(*range(5), late=END)], False),  # they are said before the end
        ([claims(*range(10)), [Claim(END + 90 * at, ("so", "on")) for at in range(9)]], False),  # they say nothing
    ],
)
def test_stamps_that_go_on(notes: list[list[Claim]], goes_on: bool) -> None:
    found = goes_on_until(CUT, notes)
    assert (found is not None) == goes_on
    assert found is None or max(claim.stated for claims in notes for claim in claims) <= found
    assert goes_on_until(WHOLE, notes) is None


TERMS = st.lists(st.sampled_from([term for text in SAID for term in terms_of(text)]), max_size=12).map(tuple)
CLAIMS = st.lists(st.builds(Claim, st.integers(0, 40_000), TERMS), max_size=15)


@given(st.lists(CLAIMS, max_size=3))
def test_a_video_goes_on_behind_the_end_or_not_at_all(notes: list[list[Claim]]) -> None:
    found = goes_on_until(CUT, notes)
    assert found is None or found > CUT.length
    assert found == goes_on_until(CUT, [*reversed(notes)])
