"""Which notes a change touches: never too few, and of the others as few as can be told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from processor.config import Config
from processor.lint.judging import Judge
from processor.lint.linter import Linter
from processor.lint.touched import Change, Reads
from processor.rules.base import all_rules
from processor.vault.naming import wording
from processor.vault.naming.nearness import gist_of
from processor.vault.note import parse_note
from processor.vault.trace import SEPARATOR, cell
from processor.vault.vault import Vault
from tests.examples import examples

ALL = Linter(Config(extend_select=("ALL",)), with_edits=True)
DEFAULT = Linter(Config(), with_edits=True)
STAMP = '<a class="yt-timestamp" data-t="{0}">[{0}]</a>'
Texts = Mapping[str, str]


def vault_of(texts: Texts, also: Mapping[str, str] = MappingProxyType({})) -> Vault:
    notes = [parse_note(text, path) for path, text in texts.items() if path.endswith(".md")]
    return Vault(notes, [path for path in texts if not path.endswith(".md")], also=also)


def judged(vault: Vault, linter: Linter) -> tuple[dict[str, list[object]], Reads]:
    """The findings of each note, and what its rules have read."""
    judge = Judge(linter, vault, traces=True)
    found = {path: judge.at(path) for path in vault.notes}
    lines = "\n".join(one.reads for one in found.values())
    return {path: list(one.found) for path, one in found.items()}, Reads(list(found), lines.encode())


def touched(
    before: Texts, after: Texts, linter: Linter = DEFAULT, also: Mapping[str, str] = MappingProxyType({})
) -> set[str] | None:
    """The notes that the change touches, after a look at whether all others say what they said."""
    was, now = vault_of(before, also), vault_of(after, also)
    old, reads = judged(was, linter)
    changed = [path for path in was.notes if path in now.notes and before[path] != after[path]]
    found = Change(was, now, changed).touched(reads)
    new = judged(now, linter)[0]
    if found is not None:
        for path in new.keys() - found:
            assert new[path] == old[path], path
    return found


HOME: Texts = {
    "a.md": "See [[b#Part]] and [[c]].\n",
    "b.md": "## Part\n\nText.\n",
    "c.md": "See [[b]].\n",
    "d.md": "See [[Nothing]] and [[Opn weights]].\n",
    "e.md": "Alone.\n",
    "talks/f.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[channel]]\n",
    "talks/g.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nNo line.\n",
    "channel.md": "- [[f]]\n",
}
CHANGES: dict[str, tuple[dict[str, str | None], set[str]]] = {
    "nothing": ({}, set()),
    "a text": ({"e.md": "Alone still.\n"}, {"e.md"}),
    "the text of a target": ({"c.md": "See [[b]] again.\n"}, {"c.md"}),
    "a heading that is linked to": ({"b.md": "## Other part\n\nText.\n"}, {"a.md", "b.md"}),
    "a note that was asked for": ({"Nothing.md": "There.\n"}, {"d.md", "Nothing.md"}),
    "a note that goes": ({"c.md": None}, {"a.md"}),
    "a name near a link": ({"e.md": "---\ntitle: Open weights\n---\n"}, {"d.md", "e.md"}),
    "a name near none": ({"e.md": "---\ntitle: Quite another\n---\n"}, {"e.md"}),
    "a line of the channel": (
        {"talks/f.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nNone.\n"},
        {"talks/f.md", "talks/g.md"},
    ),
    "the same text": ({"e.md": HOME["b.md"]}, {"b.md", "e.md"}),
    "an image of a new kind": ({"x.png": "x"}, {"*"}),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_who_is_touched(change: Mapping[str, str | None], expected: set[str]) -> None:
    after = {path: text for path, text in {**HOME, **change}.items() if text is not None}
    found = touched(HOME, after)
    if expected == {"*"}:
        assert found is None
        return
    assert found is not None
    assert found >= expected
    assert len(found) <= len(expected) + 2, found


def test_a_cell_is_one_whatever_stands_in_a_name() -> None:
    before = {"a.md": "[[x\x1fy]] [[\u2028z]]\n", "b.md": ""}
    assert "a.md" in (touched(before, {**before, "x\x1fy.md": ""}) or ())


def test_a_file_has_its_second_paths() -> None:
    before = {"a.md": "See [[second#Part]] and [[b#^x]].\n", "b.md": "## Part\n\nText ^x\n", "c.md": "[[second#^x]]\n"}
    also = {"second.md": "b.md"}
    assert touched(before, {**before, "b.md": "## Other\n"}, also=also) == {"a.md", "b.md", "c.md"}
    found = touched(before, {**before, "c.md": "None.\n"}, ALL, also)
    assert found is not None
    assert found >= {"c.md", "b.md"}, "which says whether one of its block ids is linked to"


NAMES = (
    *("a.md", "b.md", "B.md", "Open weights.md", "open_weights.md", "talks/c.md", "talks/a.md", "talks/sub/b.md"),
    *("x.png", "talks/y.png", "channel.md", "talks/channel.md"),
)
LINES = (
    "[[a]] [[Open Weights]] [[open_weight]]",
    "[[b#Part]] [[#Part]] ![[x.png]] [[b#^id]]",
    "[[talks/c|see]] [[talks]] [[c|x|y]] [[The title]]",
    "[[A]] [x](a b.md) [y](b%20c.md) [z](<a b.md>)",
    "From: [[channel]]",
    "## Part",
    "## Part " + STAMP.format("00:06:10"),
    "## [00:06:10] Intro",
    "[[a#00 06 10 Intro]] [x](talks/c.md#00%2006%2010%20Intro) [[b#00 06 10 Intro|seen]]",
    "[[Part]] [[a#part]] [[b#prat]] [[b#^idd]] [[b#id]]",
    "[x][r]\n\n[r]: a.md#Part",
    "[[[a]]] [[a]b]] [[Open_weights.md]] ![[y.png]] ![[talks/x.png]]",
    "[[talks/]] [[./c]] [[../b]] [[/a]]",
    "Text ^id",
    STAMP.format("05:29:00"),
    STAMP.format("00:06:10") + " " + STAMP.format("10:50:00"),
    "%% ytvault-disable broken-link %%",
    "open weights and the title",
)
HEADS = (
    "",
    "---\nvideoId: n3Vq8ZtKp0A\n---\n",
    "---\nvideoId: n3Vq8ZtKp0A\nduration: 300\n---\n",
    '---\nvideoId: n3Vq8ZtKp0A\nduration: 700\nauthor: "[[channel]]"\n---\n',
    "---\ntitle: The title\n---\n",
    "---\ntitle: Open weights\nvideo_id: n3Vq8ZtKp0A\n---\n",
    "---\naliases: [The title, A]\nvideoID: n3Vq8ZtKp0A\n---\n",
)
TEXTS = st.builds(
    lambda head, lines: head + "\n\n".join(lines), st.sampled_from(HEADS), st.lists(st.sampled_from(LINES), max_size=4)
)
VAULTS = st.dictionaries(st.sampled_from(NAMES), TEXTS, min_size=1).filter(lambda texts: {*texts} != {"x.png"})


@examples(120, suppress_health_check=list(HealthCheck))
@given(VAULTS, st.dictionaries(st.sampled_from(NAMES), TEXTS | st.none(), min_size=1, max_size=3))
def test_a_note_that_is_not_touched_says_what_it_said(before: Texts, change: Mapping[str, str | None]) -> None:
    after = {path: text for path, text in {**before, **change}.items() if text is not None}
    touched(before, after, ALL)


def test_all_rules_are_on() -> None:
    assert {rule.id for rule in ALL.rules} == {rule.id for rule in all_rules().values()}


INTO = f"{HEADS[1]}\n## [00:06:10] Part\n"
"""A heading of which the fix changes the links along."""
LED: dict[str, tuple[str, Texts, dict[str, str | None]]] = {
    "a namesake goes": ("[[b#00 06 10 Part]]", {"x/b.md": INTO, "b.md": "x\n"}, {"b.md": None}),
    "a namesake comes": ("[[b#00 06 10 Part]]", {"x/b.md": INTO}, {"b.md": "x\n"}),
    "a nearer one goes": ("[[b#00 06 10 Part]]", {"x/b.md": INTO, "y/b.md": "x\n"}, {"y/b.md": None}),
    "a nearer one comes": ("[[b#00 06 10 Part]]", {"x/b.md": INTO}, {"y/b.md": "x\n"}),
    "a path goes": ("[[x/b#00 06 10 Part]]", {"x/b.md": INTO, "y/x/b.md": "x\n"}, {"y/x/b.md": None}),
    "the note with the link goes": ("[[b#00 06 10 Part]]", {"x/b.md": INTO}, {"y/link.md": None}),
    "the link comes": ("None.", {"x/b.md": INTO}, {"y/link.md": "[[b#00 06 10 Part]]\n"}),
}


@pytest.mark.parametrize(("text", "others", "change"), LED.values(), ids=LED)
def test_the_note_into_which_a_link_leads_is_touched(
    text: str, others: Texts, change: Mapping[str, str | None]
) -> None:
    before = {"y/link.md": f"{text}\n", **others}
    found = touched(before, {path: text for path, text in {**before, **change}.items() if text is not None})
    assert "x/b.md" in (found or ())


SEVERAL = ("one.md", "two.md", "talks/three.md", "talks/four.md")
ASKED: dict[str, tuple[str, dict[str, str], dict[str, str | None]]] = {
    "a heading": ("[[b#Part]]", {"b.md": "## Part\n"}, {"b.md": "## Other\n"}),
    "a heading below another": ("[[b#A#B]]", {"b.md": "# A\n\n## B\n"}, {"b.md": "# A\n\n# B\n"}),
    "a heading by a path": ("[[x/b#Part]]", {"x/b.md": "## Part\n"}, {"x/b.md": "## Other\n"}),
    "a heading in Markdown": ("[b](b.md#part)", {"b.md": "## Part\n"}, {"b.md": "## Other\n"}),
    "a block": ("[[b#^id]]", {"b.md": "Text ^id\n"}, {"b.md": "Text\n"}),
    "an embed": ("![[b#Part]]", {"b.md": "## Part\n"}, {"b.md": "## Other\n"}),
    "a heading that comes": ("[[b#Part]]", {"b.md": "## Other\n"}, {"b.md": "## Part\n"}),
    "a heading that is nearly so": ("[[b#Prat]]", {"b.md": "## Part\n"}, {"b.md": "## Other\n"}),
    "a block that is meant": ("[[b#id]]", {"b.md": "Text ^id\n"}, {"b.md": "Text\n"}),
    "a note": ("[[b]]", {"b.md": "x\n"}, {"b.md": None}),
    "a note that is moved": ("[[x/b]]", {"x/b.md": "x\n"}, {"x/b.md": None, "y/b.md": "x\n"}),
    "a namesake": ("[[b]]", {"x/b.md": "x\n"}, {"y/b.md": "x\n"}),
    "another case": ("[[b]]", {"b.md": "x\n"}, {"b.md": None, "B.md": "x\n"}),
    "an alias": ("[[Open wieghts]]", {"b.md": "---\naliases: [Open weights]\n---\n"}, {"b.md": "Text\n"}),
    "a title": ("[[Open Weights]]", {"b.md": "---\ntitle: open weights\n---\n"}, {"b.md": "Text\n"}),
    "a title with a mark": ("[[C# basics]]", {"b.md": "---\ntitle: C# basics\n---\n"}, {"b.md": "Text\n"}),
    "an attachment": ("![[p.png]]", {"p.png": "", "q.png": ""}, {"p.png": None}),
    "a name near an attachment": ("![[picturs.png]]", {"pictures.png": "", "q.png": ""}, {"pictures.png": None}),
    "a folder": ("[[talks/sub]]", {"talks/sub/x.md": "x\n"}, {"talks/sub/x.md": None}),
    "a folder by its end": ("[[sub]]", {"talks/sub/x.md": "x\n"}, {"talks/sub/x.md": None}),
    "captions of a note": (
        "---\nvideoId: n3Vq8ZtKp0A\n---\n\n" + STAMP.format("00:10:00"),
        {"b.md": "---\nvideoId: n3Vq8ZtKp0A\nduration: 700\n---\n"},
        {"b.md": "---\nvideoId: n3Vq8ZtKp0A\nduration: 500\n---\n"},
    ),
    "the channel's line": (
        "---\nvideoId: n3Vq8ZtKp0A\n---\n\nText.",
        {"talks/b.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[hub]]\n", "hub.md": "x\n"},
        {"talks/b.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nText\n"},
    ),
}


@pytest.mark.parametrize("linter", [DEFAULT, ALL], ids=["default", "all"])
@pytest.mark.parametrize(("text", "others", "change"), ASKED.values(), ids=ASKED)
def test_each_of_several_notes_that_ask_the_same_is_touched(
    text: str, others: Texts, change: Mapping[str, str | None], linter: Linter
) -> None:
    before = {**{path: f"{text}\n\n{i}\n" for i, path in enumerate(SEVERAL)}, **others}
    touched(before, {path: text for path, text in {**before, **change}.items() if text is not None}, linter)


CELLS = [kind + name for kind in "#=^*:?@~" for name in ("a", "ab", "a b", "é", "", "#a", "=a", "]")]


@given(st.lists(st.sets(st.sampled_from(CELLS), max_size=6), max_size=6), st.sets(st.sampled_from(CELLS), min_size=1))
def test_the_notes_that_read_a_cell_are_found_however_many_are_looked_for(
    rows: list[set[str]], cells: set[str]
) -> None:
    lines = "\n".join(SEPARATOR + "".join(cell + SEPARATOR for cell in row) for row in rows)
    reads = Reads([str(number) for number in range(len(rows))], lines.encode())
    assert reads.reading(cells) == {str(number) for number, row in enumerate(rows) if row & cells}


SPELT = st.sampled_from(
    ["policy", "policies", "the", "weights", "weight", "café", "cafe\u0301", "\u0301x", "y", "e", "–"]
)
CALLED = st.lists(SPELT, min_size=1, max_size=3).map(" ".join)


@example(["policies"], "policy")
@example(["y the"], "the Y")
@given(st.lists(CALLED, min_size=1, max_size=8, unique=True), CALLED)
def test_a_text_is_asked_for_again_where_a_name_with_its_words_came(likened: list[str], came: str) -> None:
    before = vault_of({"there.md": ""})
    after = vault_of({"there.md": "", f"{came}.md": ""})
    reads = Reads(["there.md"], (SEPARATOR + "".join(cell("?", text) + SEPARATOR for text in likened)).encode())
    new = set(wording(came).split()) - {"there"}
    for text in likened:
        mine = wording(text).split()
        if new & set(mine) or (mine and gist_of(mine) == gist_of(wording(came).split()) != ""):
            assert "there.md" in (Change(before, after, ()).touched(reads) or ())
