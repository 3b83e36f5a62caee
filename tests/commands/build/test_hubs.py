"""Hubs list every note of their channel once, below its video's heading."""

from __future__ import annotations

import pytest

from processor.config import Config
from processor.vault.style import LinkStyle
from tests.commands.build.vaults import IDS, built, talk, texts

HEAD = "---\ntitle: ow\n---\n"
URL = "https://www.youtube.com/watch?v="


def hub(text: str, **notes: str) -> str:
    """The hub `ow/ow.md` after a build over it and some notes beside it."""
    files = {"ow/ow.md": text, **{f"ow/{name}.md": note for name, note in notes.items()}}
    return texts(files)["ow/ow.md"]


def test_a_hub_that_lists_all_stays_as_it_is() -> None:
    text = f"{HEAD}### [One]({URL}{IDS[0]})\n- [[a | A]]\n- [[b]]\n"
    assert hub(text, a=talk("A"), b=talk("B")) == text


def test_a_note_is_added_at_the_end_of_its_videos_list() -> None:
    text = f"{HEAD}### [One]({URL}{IDS[0]})\n- [[a | A]]\n\n### [Two]({URL}{IDS[1]})\n* [[c]]\n\nWritten by hand.\n"
    assert hub(text, a=talk("A"), b=talk("B"), c=talk("C", IDS[1]), d=talk("D", IDS[1])) == (
        f"{HEAD}### [One]({URL}{IDS[0]})\n- [[a | A]]\n- [[b|B]]\n\n"
        f"### [Two]({URL}{IDS[1]})\n* [[c]]\n\nWritten by hand.\n\n- [[d|D]]\n"
    )


def test_several_notes_of_a_video_make_one_list() -> None:
    text = f"{HEAD}## [One](https://youtu.be/{IDS[0]})\n"
    assert hub(text, a=talk("A"), b=talk("B")) == f"{text}- [[a|A]]\n- [[b|B]]\n"


def test_a_new_video_comes_at_the_end_and_its_one_note_names_it() -> None:
    text = f"{HEAD}Hello.\n\n## [One]({URL}{IDS[0]})\n- [[a]]"
    assert hub(text, a=talk("A"), b=talk("B", IDS[1])) == (
        f"{HEAD}Hello.\n\n## [One]({URL}{IDS[0]})\n- [[a]]\n\n## [B]({URL}{IDS[1]})\n- [[b|B]]"
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("What we *know* [live]", r"What we \*know\* \[live\]"),
        ("AI &amp; #open weights", r"AI &amp; \#open weights"),
        ("Podcast #300", "Podcast #300"),
        ("a_b [[x]] `c`", r"a_b \[\[x\]\] \`c\`"),
    ],
)
def test_a_videos_title_is_taken_from_its_property_and_shows_as_it_is_written(title: str, shown: str) -> None:
    note = talk("A", more=f"videoTitle: '{title}'\n")
    made = built({"ow/ow.md": HEAD, "ow/a.md": note}).vault.notes["ow/ow.md"]
    assert made.text == f"{HEAD}### [{shown}]({URL}{IDS[0]})\n- [[a|A]]\n"
    assert [x.url for x in made.external_links] == [URL + IDS[0]]
    assert len(made.links) == 1
    assert made.tags == ()


def test_a_videos_title_is_taken_from_another_hub() -> None:
    files = {
        "ow/ow.md": HEAD,
        "ow/a.md": talk("A"),
        "hi/hi.md": f"### [The *real* title]({URL}{IDS[0]})\n- [[b]]\n",
        "hi/b.md": talk("B", channel="hi"),
    }
    assert texts(files)["ow/ow.md"] == f"{HEAD}### [The *real* title]({URL}{IDS[0]})\n- [[a|A]]\n"


def test_a_note_without_a_video_is_listed_apart_and_last() -> None:
    other = hub(HEAD, a=talk("A", video=""), b=talk("B"))
    assert other == f"{HEAD}### [B]({URL}{IDS[0]})\n- [[b|B]]\n\n### Other notes\n- [[a|A]]\n"
    assert hub(other, a=talk("A", video=""), b=talk("B"), c=talk("C", video="")) == f"{other[:-1]}\n- [[c|C]]\n"


def test_a_mention_in_a_sentence_is_no_listing() -> None:
    text = f"{HEAD}Begin with [[a]].\n\n### [One]({URL}{IDS[0]})\n"
    assert hub(text, a=talk("A")) == f"{text}- [[a|A]]\n"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("- [[a]]\n- [[a]] again\n", "a is"),
        ("- [[a]]\n- [[b]]\n- [[a]]\n- [[b]]\n", "a and b are"),
        ("".join(f"- [[{n}]]\n" for n in "abcdeabcde"), "a, b, c and 2 more are"),
    ],
)
def test_an_entry_that_the_source_repeats_is_a_persons_and_stays(entries: str, said: str) -> None:
    text = f"{HEAD}### [One]({URL}{IDS[0]})\n{entries}\n### [Two]({URL}{IDS[1]})\n- [[z]]\n"
    files = {f"ow/{n}.md": talk(n) for n in {*"abcdez"} & {*entries, "z"}}
    made = built({"ow/ow.md": text, **files, "ow/y.md": talk("Y", IDS[1])})
    assert made.vault.notes["ow/ow.md"].text == f"{text}- [[y|Y]]\n"
    assert [r.message for r in made.report.remarks] == [f"{said} listed more than once here, as in the vault"]


@pytest.mark.parametrize(
    "line", ["[[a]]", "1. [[a]] first", "- [ ] [[a]]", "- **[[a]]**", "### [[a]]", "| x | [[a]] |"]
)
def test_what_counts_as_a_listing(line: str) -> None:
    table = "| n | note |\n| --- | --- |\n" if line[0] == "|" else ""
    text = f"{HEAD}{table}{line}\n"
    assert hub(text, a=talk("A")) == text


def test_a_hub_that_ends_in_a_fence_without_end_is_left_and_named() -> None:
    text = f"{HEAD}```\ncode\n"
    made = built({"ow/ow.md": text, "ow/a.md": talk("A")})
    assert made.vault.notes["ow/ow.md"].text == text
    assert [(r.path, r.message) for r in made.report.remarks] == [
        ("ow/ow.md", "this hub does not list 1 of its notes, and cannot be added to")
    ]


def test_a_hub_that_ends_in_a_comment_or_a_closed_fence_is_added_to() -> None:
    for end in ("%% a note to self %%", "```\ncode\n```"):
        text = f"{HEAD}{end}\n"
        assert "- [[a|A]]" in hub(text, a=talk("A"))


def test_windows_line_ends_stay() -> None:
    text = f"{HEAD}### [One]({URL}{IDS[0]})\n".replace("\n", "\r\n")
    made = built({"ow/ow.md": text, "ow/a.md": talk("A")})
    assert made.vault.notes["ow/ow.md"].source.encode().decode() == f"{text}- [[a|A]]\r\n"


def test_links_are_written_as_the_vault_asks() -> None:
    config = Config(link_style=LinkStyle("relative", markdown_links=True))
    made = texts({"ow/ow.md": HEAD, "in/my note.md": talk("My [note]", channel="ow")}, config)
    assert made["ow/ow.md"] == f"{HEAD}### [my note]({URL}{IDS[0]})\n- [my note](../in/my%20note.md)\n"


def test_two_notes_of_one_name_are_told_apart() -> None:
    made = texts({"ow/ow.md": HEAD, "ow/a.md": talk("A"), "in/a.md": talk("Other A")})
    assert made["ow/ow.md"].endswith("- [[in/a|Other A]]\n- [[ow/a|A]]\n")


def test_an_excluded_hub_is_not_touched() -> None:
    made = built({"ow/ow.md": HEAD, "ow/a.md": talk("A")}, Config(exclude=("ow/ow.md",)))
    assert made.vault.notes["ow/ow.md"].text == HEAD
    assert made.changed == ()


# Hubs that are missing


@pytest.mark.parametrize(
    ("folder", "channel", "path"),
    [
        ("ow", "ow", "ow/ow.md"),
        ("shows/ow", "ow", "shows/ow/ow.md"),
        ("Inbox", "ow", "ow/ow.md"),
        ("Inbox", "shows/ow", "shows/ow.md"),
        ("Ow", "ow", "Ow/ow.md"),
    ],
)
def test_a_missing_hub_is_made_where_it_belongs(folder: str, channel: str, path: str) -> None:
    made = built({f"{folder}/a.md": talk("A", channel=channel)})
    assert made.added == tuple(sorted(("Index.md", path)))
    assert made.vault.notes[path].text == f"---\ntitle: ow\n---\n### [A]({URL}{IDS[0]})\n- [[a|A]]\n"
    assert made.report.new_hubs == 1


def test_the_spelling_that_most_notes_have_names_the_new_hub() -> None:
    made = built({"a.md": talk("A", channel="OW"), "b.md": talk("B", channel="ow"), "c.md": talk("C", channel="ow")})
    assert "ow/ow.md" in made.added
    assert made.vault.hub("a.md") == "ow/ow.md"


def test_a_slip_in_a_source_line_leads_to_the_new_hub() -> None:
    files = {f"o/{n}.md": talk(n, channel="open_weights") for n in "abc"} | {
        "o/d.md": talk("d", channel="Open Weights")
    }
    made = built(files)
    assert made.vault.hub("o/d.md") == "open_weights/open_weights.md"
    assert "[[d]]" in made.vault.notes["open_weights/open_weights.md"].text


@pytest.mark.parametrize("channel", ["a: b", "what?", "con", "x" * 300, ".hidden", "a/../b"])
def test_no_hub_is_made_that_no_file_can_be(channel: str) -> None:
    made = built({"ow/a.md": talk("A", channel=channel)})
    assert made.added == ("Index.md",)
    assert "no hub" in made.report.remarks[0].message


CLIP = f'---\ntitle: "What a weight is"\nsource: "{URL}{IDS[0]}"\nauthor:\n  - "[[Open Weights Hour]]"\n---\n![]({URL}{IDS[0]})\n'


def test_the_hub_of_clips_is_made_and_has_their_titles() -> None:
    made = texts({"Clippings/What a weight is.md": CLIP})
    assert made["Open Weights Hour/Open Weights Hour.md"] == (
        f"---\ntitle: Open Weights Hour\n---\n### [What a weight is]({URL}{IDS[0]})\n- [[What a weight is]]\n"
    )
    assert made["Clippings/What a weight is.md"] == CLIP


def test_the_hub_of_clips_is_completed() -> None:
    hub = f"---\ntags: [channel]\n---\n### [Another]({URL}{IDS[1]})\n- [[another]]\n"
    files = {"Clippings/a.md": CLIP, "Clippings/another.md": CLIP.replace(IDS[0], IDS[1]), "Open Weights Hour.md": hub}
    assert texts(files)["Open Weights Hour.md"] == (
        f"{hub}\n### [What a weight is]({URL}{IDS[0]})\n- [[a|What a weight is]]\n"
    )


def test_the_author_of_an_article_is_no_channel() -> None:
    files = {"a.md": '---\nauthor: "[[Jane Doe]]"\n---\nText.\n'}
    assert "Jane Doe/Jane Doe.md" not in texts(files)


def test_a_note_that_no_link_can_name_keeps_none_out_of_its_hub_and_is_led_to_nowhere() -> None:
    files = {
        "ow/ow.md": "# Ow\n",
        "ow/a.md": talk("A"),
        "ow/c #1.md": talk("C one"),
        "ow/c.md": talk("C"),
        "ow/d^e.md": talk("D"),
    }
    made = built(files, related=True)
    hub = made.vault.notes["ow/ow.md"]
    assert {made.vault.resolve(x.target, hub.path).path for x in hub.links} == {"ow/a.md", "ow/c.md", "ow/d^e.md"}
    assert "- [D](d^e.md)" in hub.text
    assert "- [[c|C]]\n- C one\n- [D](d^e.md)" in made.vault.notes["ow/a.md"].text
    assert [r.message for r in made.report.remarks if r.path == "ow/ow.md"] == [
        "c #1 is not listed here, as no link can name what has a # in its name"
    ]
