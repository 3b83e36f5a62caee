"""The start note: channels, notes of no channel, what is asked for, what is left to do; and where it lies."""

from __future__ import annotations

import re

from processor.config import Config
from processor.rules.base import all_rules
from processor.vault.note import parse_note
from tests.commands.build.vaults import IDS, built, links, talk

ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'
FILES = {
    "ow/ow.md": f"---\ntitle: Open Weights\n---\n### [One](https://youtu.be/{IDS[0]})\n- [[a]]\n- [[b]]\n- [[c]]\n",
    "ow/a.md": talk("A", body=f"See [[c]]. {ANCHOR}", more="published: 2026-01-02\n"),
    "ow/b.md": talk("B", more="date: 20260103\n"),
    "ow/c.md": talk("C", IDS[1]),
    "hi/x.md": talk("X", IDS[2], channel="hi"),
    "d_e.md": "[[c]] [[later_on]]",
}


def test_the_index_lists_the_channels_the_others_and_what_is_asked_for() -> None:
    made = built(FILES)
    assert made.index == made.report.index == "Index.md"
    assert made.vault.notes["Index.md"].text == (
        "---\ntitle: Index\n---\n\n%% ytvault:index %%\n\n## Channels\n\n"
        "| Channel | Videos | Notes | Times that play | Newest note |\n| --- | --: | --: | --: | --- |\n"
        "| [[hi]] | 1 | 1 | 0 |  |\n| [[ow\\|Open Weights]] | 2 | 3 | 1 | [[b\\|B]] |\n\n"
        "## Notes of no channel\n\n- [[d_e|D e]]\n\n"
        "## Asked for, and not written yet\n\n- Later on: 1 note, 1 link, as in [[d_e|D e]]\n\n"
        "%% /ytvault:index %%\n"
    )


def test_what_is_left_to_do_is_told_with_the_notes() -> None:
    made = built({"a.md": "[[x|y|z]]\n", "b.md": "[[x|y|z]] [[x|y|z]]\n"})
    text = made.vault.notes["Index.md"].text
    assert re.search(r"## Left to do\n\n- [A-Z][^\n]* \(malformed-link\): 3 times, in \[\[b\]\] and \[\[a\]\]\n", text)


def test_what_is_said_of_every_rule_is_no_link_and_no_region() -> None:
    for rule in all_rules().values():
        note = parse_note(f"- {rule.summary}\n", "a.md")
        assert not [*note.links, *note.comments, *note.tags, *note.external_links], rule.id


def test_stubs_are_listed_by_their_titles_and_are_no_notes_of_no_channel() -> None:
    text = built(FILES, missing="stub").vault.notes["Index.md"].text
    assert "- [[later_on|Later on]]: 1 note, 1 link\n" in text
    assert text.count("Later on") == 1


def test_words_instead_of_links_ask_for_nothing() -> None:
    assert "not written yet" not in built(FILES, missing="unlink").vault.notes["Index.md"].text


def test_an_index_never_takes_a_name_that_is_taken_and_says_so() -> None:
    made = built({"notes/index.md": "# Mine\n", "a.md": "[[index]] [[Contents]]\n", "contents.md": ""})
    assert made.index == "All channels.md"
    assert links(made.vault.notes["a.md"]) == ["index", "contents"]
    assert [r.path for r in made.report.remarks] == ["notes/index.md"]
    assert "which is All channels.md" in made.report.remarks[0].message


def test_the_index_goes_where_a_note_keeps_a_place_for_it() -> None:
    start = "# Start\n\n%% ytvault:index %%\n%% /ytvault:index %%\n\nThat is all.\n"
    made = built({**FILES, "Start.md": start})
    assert made.index == "Start.md"
    assert "Index.md" not in made.added
    text = made.vault.notes["Start.md"].text
    assert text.startswith("# Start\n\n%% ytvault:index %%\n\n## Channels")
    assert text.endswith("%% /ytvault:index %%\n\nThat is all.\n")


def test_the_index_goes_into_the_note_that_has_the_name_that_was_said() -> None:
    made = built({**FILES, "index.md": "---\ntitle: Mine\n---\n"}, index="index")
    assert made.index == "index.md"
    assert made.vault.notes["index.md"].text.startswith("---\ntitle: Mine\n---\n\n%% ytvault:index %%\n\n## Channels")
    again = built({p: n.text for p, n in made.vault.notes.items()}, index="index")
    assert again.changed == ()


def test_the_index_is_called_as_was_said() -> None:
    made = built({**FILES, "e.md": "[[First page]]\n"}, index="First page", missing="stub")
    assert made.index == "First page.md"
    assert made.vault.resolve("First page", "e.md").path == "First page.md"
    assert "Missing notes/First page.md" not in made.vault.notes


def test_where_the_note_cannot_be_written_the_index_lies_elsewhere_and_says_so() -> None:
    made = built({**FILES, "start.md": "```\n"}, index="start")
    assert made.vault.notes["start.md"].text == "```\n"
    assert made.index == "Index.md"
    assert "start.md" in [r.path for r in made.report.remarks]
    left = built({**FILES, "start.md": "x\n"}, Config(exclude=("start.md",)), index="start")
    assert (left.index, left.vault.notes["start.md"].text) == ("Index.md", "x\n")


def test_there_is_none_if_none_is_wanted() -> None:
    made = built(FILES, index=False)
    assert made.index == ""
    assert [p for p in made.vault.notes if p not in FILES] == ["hi/hi.md"]
    assert built(FILES, index=False, hubs=False).changed == ("ow/a.md",)
