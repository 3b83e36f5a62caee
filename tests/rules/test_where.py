"""A rule has nothing to say of a note for which the question that it names says no."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base.text import Source
from processor.rules.base import Check, Context, Rule, all_rules
from processor.rules.guards import Asked, Question
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.examples import examples
from tests.soup import document

RULES = list(all_rules().values())
CHECKS: list[tuple[Rule, Question, Check]] = [
    (rule, where, check)
    for rule in RULES
    for where, check in ((rule.where, rule.check), (rule.where_in_vault, rule.check_in_vault))
    if where is not None and check is not None
]
HEADS = (
    "",
    "---\ntitle: x\nvideoId: aBcD_-12-4w\n---\n\n",
    "---\nvideoId: aBcD_-12-4w\nduration: 300\n---\n",
    *(
        f"---\n{p}\n---\n"
        for p in ("videoId: aBcD_-12-4b", "video_id: 12345678908", "source: https://youtu.be/aBcD_-12-4w")
    ),
    *(f"---\n{p}\n---\n" for p in ("youtube_url: [a]", "source: aBcD_-12-4b", "videoID: x\nvideoId:", "source: *x")),
    "---\ntitle: a: b\n---\n",
    "---\ntitle: unclosed\n\n",
    "\n---\ntitle: misplaced\n---\n",
)
PARTS = (
    *(f'<a class="yt-timestamp" data-t="{c}">[{c}]</a>' for c in ("00:01:02", "05:10:00", "05:10:07", "13:20:00")),
    '<a class="yt-timestamp" data-t="05:10:00">[05:10]</a>',
    '<a class="yt-timestamp" data-t="1:26:">[1:26]</a>',
    "[00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370s)",
    "[00:06:10](https://www.youtube.com/watch?v=example&t=371s)",
    "[[00:06:10]]",
    "[00:11:02, 00:12:04]",
    "\n## [00:06:10] in a heading\n",
    "\n```\n[00:06:10]\n```\n",
    "\n```\n",
)


def soup(r: random.Random) -> str:
    stamps = "".join(r.choice((*PARTS, " ", "\n")) for _ in range(r.randint(0, 12)))
    return r.choice(HEADS) + r.choice(("", stamps)) + r.choice(("", document(r)))


def look(notes: list[Note]) -> set[bool]:
    """Ask every check of every note; gives the answers to the questions."""
    vault = Vault(notes)
    answers = set()
    for rule, where, check in CHECKS:
        context = Context(options=rule.options(), opened_vault=vault)
        for note in notes:
            answers.add(where(note))
            if not where(note):
                assert not list(check(note, context)), (rule.id, where, note.text)
    return answers


def test_there_are_rules_to_test() -> None:
    assert len(CHECKS) > 10


def test_samples_of_all_rules() -> None:
    sources = [Source.decode(sample.data) for rule in RULES for sample in rule.samples if sample.kind != "config"]
    assert look([parse_note(source, f"{i}.md") for i, source in enumerate(sources)]) == {True, False}


@examples(80)
@given(st.randoms(use_true_random=False).map(soup))
def test_soups(text: str) -> None:
    look([parse_note(text, "a.md"), parse_note("---\nvideoId: aBcD_-12-4w\n---\n[[a#b]]", "b.md")])


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_question_is_a_yes_of_some_bad_sample(rule: Rule) -> None:
    """A question that says no to all that a rule is there for would pass the tests above."""
    if rule.where is not None:
        notes = [parse_note(Source.decode(s.data), s.path) for s in rule.samples if s.kind == "bad"]
        assert any(map(rule.where, notes))


def test_each_question_is_asked_once() -> None:
    asked: list[bool] = []

    def yes(note: Note) -> bool:
        asked.append(True)
        return note.path == "a.md"

    def no(note: Note) -> bool:
        asked.append(False)
        return note.path != "a.md"

    assert Asked([(yes, 1), (None, 2), (no, 3), (yes, 4)]).of(parse_note("", "a.md")) == [1, 2, 4]
    assert sorted(asked) == [False, True]
