"""Names: folding, and what lies near."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Levenshtein

from processor.vault.naming import heading_fragment, heading_key, letters, linkable, path_key, spaced, wording
from processor.vault.naming.names import Columns, Names
from processor.vault.naming.nearness import NearIndex, nearest_of

NAME = st.text("aB _-'.,é\u0301ß🎞の1/", max_size=12)


@pytest.mark.parametrize(
    ("name", "one", "two", "three"),
    [
        ("Open_Weights", "open weights", "open weights", "openweights"),
        ("  open -- weights ", "open weights", "open weights", "openweights"),
        ("Who'll Own It?", "who'll own it?", "wholl own it", "whollownit"),
        ("Cafe\u0301 NOIR", "café noir", "café noir", "cafénoir"),
        ("Straße", "strasse", "strasse", "strasse"),
        ("AI – a primer", "ai a primer", "ai a primer", "aiaprimer"),
        ("2019–2020", "2019 2020", "2019 2020", "20192020"),
        ("🏠 Home", "🏠 home", "🏠 home", "🏠home"),
        ("का कि", "का कि", "का कि", "काकि"),
        ("C++", "c++", "c", "c"),
        ("", "", "", ""),
    ],
)
def test_tiers(name: str, one: str, two: str, three: str) -> None:
    assert (spaced(name), wording(name), letters(name)) == (one, two, three)


@given(NAME, NAME)
def test_each_tier_is_coarser_than_the_one_before(a: str, b: str) -> None:
    if spaced(a) == spaced(b):
        assert wording(a) == wording(b)
    if wording(a) == wording(b):
        assert letters(a) == letters(b)


@given(NAME)
def test_folding_again_changes_nothing(name: str) -> None:
    for fold in (spaced, wording, letters, path_key, heading_key):
        assert fold(fold(name)) == fold(name)


@given(st.text("aB c#|^:%[]\\().", max_size=14))
def test_a_heading_is_found_by_how_a_link_names_it(text: str) -> None:
    fragment = heading_fragment(text)
    assert heading_key(fragment) == heading_key(text)
    assert not set(fragment) & set("#|^:\\")
    assert "[[" not in fragment


@pytest.mark.parametrize(
    ("name", "wikilink", "markdown"),
    [("a b", True, True), ("a#b", False, False), ("a|b", False, True), ("a]]b", False, True), ("a]b", True, True), ("a^b", False, True)],
)  # fmt: skip
def test_names_that_a_link_can_hold(name: str, wikilink: bool, markdown: bool) -> None:
    assert (linkable(name), linkable(name, markdown=True)) == (wikilink, markdown)


def names(*texts: str) -> Names:
    return Names(Columns([f"{t}.md" for t in texts], texts, ["name"] * len(texts)))


def by_far(name: str, *others: str) -> str | None:
    found = names(*others).nearest(name, lambda _: 0).by_far
    return found.text if found else None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("challenges_for_young_prodgies", "challenges_for_young_prodigies"),
        ("the_placebo_effects", "the_placebo_effect"),
        ("the role of sleep", "role_of_sleep"),
        ("theories_of_mind", "theory_of_mind"),
        ("opne_weights", "open_weights"),
    ],
)
def test_what_stands_out(name: str, other: str) -> None:
    assert by_far(name, other, "another_name_altogether") == other


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Lucy", ["lucky"]),
        ("vitamin_a", ["vitamin_b"]),
        ("episode_12_of_the_show", ["episode_13_of_the_show"]),
        ("hypertension_in_men", ["hypotension_in_men"]),
        ("the_law_in_practice", ["the_war_in_practice", "law_school"]),
        ("role_of_sleep", ["the_role_of_sleep", "a_role_of_sleep"]),
        ("freedom_and_speech", ["speech_and_freedom"]),
    ],
)
def test_what_does_not(name: str, others: list[str]) -> None:
    assert by_far(name, *others) is None


@settings(deadline=None)
@given(
    st.lists(st.text("abcd", min_size=8, max_size=14), min_size=1, max_size=30),
    st.text("abcd", min_size=8, max_size=14),
)
def test_every_name_two_letters_off_is_a_candidate(others: list[str], name: str) -> None:
    index = NearIndex({o: [o] for o in others})
    right = {o for o in others if 0 < Levenshtein.distance(o, name) <= 2}
    found = index.candidates(name, [name])
    assert right <= {*found} or len(right) > 8


@settings(deadline=None)
@given(st.text("abcd", min_size=8, max_size=24), st.integers(0, 1), st.data())
def test_two_slips_are_found_wherever_they_are(name: str, few: int, data: st.DataObject) -> None:
    other = name
    for _ in range(2):
        at = data.draw(st.integers(0, len(other) - 2))
        end = data.draw(st.integers(at, at + 1))
        new = data.draw(st.sampled_from(["x", "", other[at + 1] + other[at]]))
        other = other[:at] + new + other[at + 2 if len(new) == 2 else end :]
    slips = OSA.distance(name, other)
    if other != name and len(other) >= 8 and slips <= 2:
        assert NearIndex({other: [other]}, few=few).candidates(name, [name]) == {other: slips}


def test_the_first_questions_and_all_others_are_answered_alike() -> None:
    found = names("open_weights", "other", "Open Weights", "OPEN-WEIGHTS", "alone")
    answers = {tuple(found.alike(name) for name in ("openweights", "alone", "nobody")) for _ in range(30)}
    assert len(answers) == 1
    assert [len(meant.entries) for meant in answers.pop()] == [3, 1, 0]


def test_the_order_of_names_makes_no_difference() -> None:
    texts = ["open_weights", "open_weight", "openweights", "Open Weights", "open-wights"]
    for name in ("open weigths", "Open weights", "OPENWEIGHTS"):
        answers = {
            (names(*order).meant(name, lambda _: 2), names(*order).nearest(name, lambda _: 2))
            for order in (texts, texts[::-1])
        }
        assert len(answers) == 1


def test_the_nearest_heading() -> None:
    headings = [(t, wording(t)) for t in ("Open weights", "Licences", "What is open?")]
    assert [t for t, _ in nearest_of("open-weight", headings)] == ["Open weights"]
    assert nearest_of("Robots", headings) == []
    assert nearest_of("x", [(str(i), str(i)) for i in range(1000)]) == []
