"""What a build makes of a vault besides its hubs: pure, from notes to notes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, example, given
from hypothesis import strategies as st

from processor.commands.build.options import Options
from processor.commands.build.plan import build
from processor.commands.build.report import MostWanted
from processor.config import Config
from processor.vault.vault import Vault
from tests.commands.build.promises import lost_links
from tests.commands.build.vaults import IDS, built, talk, texts, vault_of
from tests.examples import examples

URL = f"https://www.youtube.com/watch?v={IDS[0]}"
HUB = f"---\ntitle: Open Weights\n---\n### [One]({URL})\n"
ANCHOR = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'


# Fixes


def test_safe_fixes_are_made_and_every_stamp_is_linked() -> None:
    files = {"ow/ow.md": HUB + "- [[a]]\n", "ow/a.md": talk("A note", body=f"See [[A Note]] {ANCHOR}.")}
    made = built(files)
    assert made.vault.notes["ow/a.md"].text == talk("A note", body=f"See [[a|A Note]] [00:06:10]({URL}&t=370s).")
    assert (made.report.stamps, made.report.clickable, made.report.clickable_before) == (1, 1, 0)
    assert made.report.fixed == {"links": {"broken-link": 1}, "timestamps": {"unlinked-timestamp": 1}}


def test_links_are_written_in_the_case_of_their_files() -> None:
    files = {"A_note.md": "Words.\n", "b.md": "See [[a_Note]], [[a_note|it]] and ![[a_note]].\n"}
    assert texts(files)["b.md"] == "See [[A_note|a_Note]], [[A_note|it]] and ![[A_note]].\n"
    for off in (Config(ignore=("wrong-case-link",)), Config(ignore=("links",)), Config(select=("timestamps",))):
        assert texts(files, off)["b.md"] == files["b.md"]
    assert texts(files, Config(ignore=("links",), select=("broken-link",)))["b.md"] != files["b.md"]


def test_a_link_to_the_start_note_in_another_case_is_written_in_its_case() -> None:
    files = {"a.md": "See [[start]] and [[Start]].\n"}
    assert texts(files, index="Start")["a.md"] == "See [[Start|start]] and [[Start]].\n"
    assert texts(files, Config(ignore=("wrong-case-link",)), index="Start") == files


def test_a_link_to_a_stub_in_another_case_is_written_in_its_case() -> None:
    files = {"a.md": "See [[Not There]] and [[Not There]].\n", "b.md": "See [[not there]].\n"}
    assert texts(files, missing="stub")["b.md"] == "See [[Not There|not there]].\n"


def test_unsafe_fixes_are_made_only_if_asked_for() -> None:
    files = {"ow/ow.md": HUB + "- [[a]]\n", "ow/a.md": talk("A", body='<a class="yt-timestamp" data-t="00:06:10">x')}
    fenced = talk("A", body="").rstrip() + "\n\n```\nAll of it " + ANCHOR + ".\n```\n"
    files["ow/a.md"] = fenced
    assert texts(files)["ow/a.md"] == fenced
    assert "```" not in texts(files, unsafe=True)["ow/a.md"]


def test_an_excluded_note_and_one_that_is_not_utf8_stay_as_they_are() -> None:
    files = {"ow/ow.md": HUB, "ow/a.md": talk("A", body=ANCHOR), "ow/b.md": talk("B", body=ANCHOR)}
    made = texts(files, Config(exclude=("ow/b.md",)), related=True)
    assert "&t=370s" in made["ow/a.md"]
    assert made["ow/b.md"] == files["ow/b.md"]


# Source lines


def test_a_note_that_a_hub_lists_gets_its_source_line() -> None:
    files = {"ow/ow.md": HUB + "- [[a]]\n- [[b]]\n", "ow/a.md": talk("A"), "in/b.md": talk("B", channel="")}
    made = texts(files)
    assert made["in/b.md"] == talk("B")
    assert made["ow/ow.md"] == files["ow/ow.md"]


def test_the_hub_is_believed_before_the_folder() -> None:
    files = {f"in/{n}.md": talk(n, channel="ow") for n in "cde"}
    files |= {"in/b.md": talk("B", IDS[1], channel=""), "hi/a.md": talk("A", IDS[1], channel="hi")}
    files |= {"ow.md": "---\ntitle: ow\n---\n", "hi/hi.md": f"### [Hi](https://youtu.be/{IDS[1]})\n- [[a]]\n- [[b]]\n"}
    assert "From: [[hi]] <br/>" in texts(files)["in/b.md"]
    files["hi/hi.md"] = f"### [Hi](https://youtu.be/{IDS[1]})\n- [[a]]\n"
    assert "From: [[ow]] <br/>" in texts(files)["in/b.md"]


def test_two_hubs_that_list_a_note_say_nothing_unless_one_lists_it_below_its_video() -> None:
    files = {"ow/a.md": talk("A"), "hi/c.md": talk("C", IDS[1], channel="hi"), "b.md": talk("B", IDS[1], channel="")}
    files |= {"ow/ow.md": HUB + "- [[a]]\n- [[b]]\n", "hi/hi.md": "- [[c]]\n- [[b]]\n"}
    assert texts(files)["b.md"] == files["b.md"]
    files["hi/hi.md"] = f"### [Hi](https://youtu.be/{IDS[1]})\n- [[c]]\n- [[b]]\n"
    assert "From: [[hi]]" in texts(files)["b.md"]


def test_the_folder_says_which_channel() -> None:
    files = {"ow/ow.md": HUB, "ow/a.md": talk("A"), "ow/b.md": talk("B"), "ow/c.md": talk("C", channel="")}
    made = texts(files)
    assert made["ow/c.md"] == talk("C")
    assert made["ow/ow.md"] == f"{HUB}- [[a|A]]\n- [[b|B]]\n- [[c|C]]\n"


@pytest.mark.parametrize(
    "note",
    [
        talk("C", channel="", more="ytvault-disable: missing-source\n"),
        talk("C", channel="", body="From: a friend"),
        "---\ntitle: C\n---\n\nAn article.\n",
    ],
)
def test_no_source_line_where_one_was_not_wanted(note: str) -> None:
    files = {"ow/ow.md": HUB + "- [[c]]\n", "ow/a.md": talk("A"), "ow/b.md": talk("B"), "ow/c.md": note}
    assert texts(files)["ow/c.md"] == note


# Missing notes

ASKING = {
    "ow/ow.md": HUB + "- [[a]]\n- [[b]]\n",
    "ow/a.md": talk("A", body="See [[not there|a thing]], [[gone_away]] and [[Gone Away]]."),
    "ow/b.md": talk("B", body="Not [[gone_away#Part]] yet."),
}


def test_missing_notes_are_kept_unless_said_otherwise() -> None:
    made = built(ASKING)
    assert made.vault.notes["ow/a.md"].text == ASKING["ow/a.md"]
    assert (made.report.missing, made.report.most_wanted[0]) == (2, MostWanted("gone_away", 2, 3))


def test_links_to_missing_notes_become_the_words_that_were_seen() -> None:
    made = texts(ASKING, missing="unlink")
    assert made["ow/a.md"] == talk("A", body="See a thing, gone_away and Gone Away.")
    assert made["ow/b.md"] == talk("B", body="Not gone_away > Part yet.")


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("[[1. Intro]] x", r"1\. Intro x"),
        ("- [[- dash]]", r"- \- dash"),
        ("x [[gone|#tag]]", r"x \#tag"),
        ("| a |\n| --- |\n| [[gone\\|x]] |", "| a |\n| --- |\n| x |"),
        ("[text](gone%20for%20good.md)", "text"),
        ("[[[gone]]](x)", r"\[gone\](x)"),
        ("a [[[gone]]] b", r"a \[gone\] b"),
        ("#[[gone]] and <[[b]]>", r"\#gone and \<b>"),
        ("[**bold** #1](gone%20for%20good.md) [1. x](gone.md)", "**bold** #1 1. x"),
        ("[1. x](gone.md)", r"1\. x"),
        ("[[gone | at [00:03:21]]]", "at [00:03:21]"),
        (
            "%% ytvault-disable-next-line missing-note %%\n[[gone]]",
            "%% ytvault-disable-next-line missing-note %%\n[[gone]]",
        ),
        ("`[[gone]]`", "`[[gone]]`"),
    ],
)
def test_how_a_link_becomes_words(body: str, after: str) -> None:
    assert texts({"a.md": body + "\n"}, missing="unlink")["a.md"] == after + "\n"


def test_a_link_in_a_property_becomes_words() -> None:
    made = texts({"a.md": "---\nsee: \"[[gone|a \\\"b\\\"]]\"\nalso: '[[gone|it''s]]'\n---\n"}, missing="unlink")
    assert made["a.md"].startswith('---\nsee: "a')
    assert "[[" not in made["a.md"]


def test_links_to_a_heading_follow_when_a_link_in_it_becomes_words() -> None:
    made = texts({"a.md": "# On [[gone|it]]\n", "b.md": "[[a#On gone it]]\n"}, missing="unlink")
    assert made["a.md"] == "# On it\n"
    assert made["b.md"] == "[[a#On it|a > On gone it]]\n"


def test_a_stub_lies_where_its_links_say() -> None:
    made = built({"a.md": "[[later/plan]] [[no: file]]\n"}, missing="stub")
    assert "later/plan.md" in made.added
    assert made.report.stubs == 1
    assert "no stub is made" in made.report.remarks[0].message


# Mentions and related notes


def test_the_first_mention_of_a_title_is_linked_if_asked_for() -> None:
    files = {"licence.md": "---\ntitle: Open licences\n---\n", "a.md": "All open licences are open licences.\n"}
    assert texts(files)["a.md"] == files["a.md"]
    assert texts(files, link_mentions=True)["a.md"] == "All [[licence|open licences]] are open licences.\n"


RELATED = {
    "ow/ow.md": HUB + "- [[a]]\n- [[b]]\n- [[c]]\n",
    "ow/a.md": talk("A", body="See [[c]]."),
    "ow/b.md": talk("B"),
    "ow/c.md": talk("C", IDS[1]),
    "d.md": "[[c]] [[c]]",
}


def test_related_notes_are_those_of_the_same_video_and_those_that_link_here() -> None:
    made = texts(RELATED, related=True)
    assert (
        made["ow/b.md"]
        == talk("B") + "\n%% ytvault:related %%\n\n**From the same video**\n\n- [[a|A]]\n\n%% /ytvault:related %%\n"
    )
    assert made["ow/c.md"] == talk("C", IDS[1]) + (
        "\n%% ytvault:related %%\n\n**Linked from**\n\n- [[a|A]]\n- [[d]]\n\n%% /ytvault:related %%\n"
    )
    assert made["d.md"] == RELATED["d.md"]
    assert "%%" not in made["ow/ow.md"]


def test_a_next_build_replaces_a_region_and_nothing_else() -> None:
    old = "Before.\n\n%% ytvault:related %%\n- [[b]]\n- [[d]]\n%% /ytvault:related %%\n\nBehind.\n"
    made = texts({**RELATED, "ow/b.md": talk("B", body=old)}, related=True)["ow/b.md"]
    assert made == talk("B", body=old.replace("\n- [[b]]\n- [[d]]\n", "\n\n**From the same video**\n\n- [[a|A]]\n\n"))
    alone = texts({"x.md": old}, related=True)["x.md"]
    assert alone == "Before.\n\nBehind.\n"


def test_an_empty_note_and_one_that_ends_in_a_comment_get_their_region() -> None:
    made = texts(
        {"a.md": "", "b.md": "---\nx: 1\n---\n", "c.md": "[[a]] [[b]] [[d]]\n", "d.md": "%% a note %%"}, related=True
    )
    for path in ("a.md", "b.md", "d.md"):
        assert made[path].endswith("%% ytvault:related %%\n\n**Linked from**\n\n- [[c]]\n\n%% /ytvault:related %%\n")


def test_a_note_that_ends_in_code_without_end_is_left_and_named() -> None:
    made = built({"a.md": "```\nx\n", "b.md": "[[a]]\n"}, related=True)
    assert made.vault.notes["a.md"].text == "```\nx\n"
    assert [r.path for r in made.report.remarks] == ["a.md"]


def test_a_note_that_stands_whole_in_a_fence_goes_on_being_reported() -> None:
    fenced = talk("A", body="").rstrip() + "\n\n```\nAll of it [[b]].\n```\n"
    made = built({"ow/ow.md": HUB, "ow/a.md": fenced, "ow/b.md": talk("B")}, related=True)
    assert made.vault.notes["ow/a.md"].text == fenced
    assert [f.rule for f in made.findings] == ["fenced-note"]


def test_a_clip_and_the_notes_made_of_its_video_lead_to_each_other() -> None:
    clip = f'---\ntitle: The talk\nsource: {URL}\nauthor:\n  - "[[ow]]"\n---\n![]({URL})\n\nWords.\n'
    made = texts({"ow/ow.md": "---\ntitle: ow\n---\n", "ow/a.md": talk("A"), "Clippings/t.md": clip}, related=True)
    assert made["Clippings/t.md"].startswith(clip + "\n%% ytvault:related %%\n\n**From the same video**\n\n- [[a|A]]\n")
    assert "**From the same video**\n\n- [[t|The talk]]\n" in made["ow/a.md"]
    assert made["ow/ow.md"] == f"---\ntitle: ow\n---\n### [The talk]({URL})\n- [[t|The talk]]\n- [[a|A]]\n"


# What holds of every build

NAMES = st.sampled_from(["a", "b", "ow", "hi", "Index", "gone", "Other notes", "a b", "A_b"])
PIECES = st.one_of(
    NAMES.map(lambda n: f"See [[{n}]]."),
    NAMES.map(lambda n: f"- [[{n}|{n.upper()}]]"),
    NAMES.map(lambda n: f"### [{n}](https://youtu.be/{IDS[len(n) % 4]})"),
    NAMES.map(lambda n: f"[t]({n}.md)"),
    st.sampled_from(
        [ANCHOR, "```", "%% x", "%% x %%", "| a |\n| --- |\n| [[a\\|b]] |", "[00:01:02]", "%% ytvault:related %%"]
    ),
)


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, str]:
    files = {}
    for path in draw(st.lists(st.tuples(st.sampled_from(["", "ow/", "in/"]), NAMES), max_size=6, unique=True)):
        head = draw(
            st.sampled_from(["", f"---\ntitle: A b\nvideoId: {IDS[0]}\n---\n", f"---\nvideoId: {IDS[1]}\n---\n"])
        )
        source = draw(st.one_of(st.just(""), NAMES.map(lambda n: f"\nFrom: [[{n}]] <br/>\n")))
        files["".join(path) + ".md"] = head + source + "\n" + "\n\n".join(draw(st.lists(PIECES, max_size=4)))
    return files


def test_a_stamp_that_is_a_link_to_nowhere_is_linked_too() -> None:
    body = "One [00:06:10](#t=00:06:10), two [00:07:00](#), a verse [3:16]."
    made = built({"a.md": talk("A", channel="", body=body)})
    url = f"https://www.youtube.com/watch?v={IDS[0]}"
    assert (
        f"One [00:06:10]({url}&t=370s), two [00:07:00]({url}&t=420s), a verse [3:16]." in made.vault.notes["a.md"].text
    )
    assert [f.rule for f in made.findings] == ["unlinked-timestamp"]  # only a person knows whether that is one
    assert (made.report.stamps, made.report.clickable, made.report.clickable_before) == (3, 2, 0)


def test_a_region_is_not_added_where_it_would_not_be_one() -> None:
    text = "\nSee [[b]].\n\n%% ytvault:related %%\n\n%% x"
    made = built({"a.md": text, "b.md": "Back to [[a]].\n"}, related=True)
    assert made.vault.notes["a.md"].text == text
    assert [r.path for r in made.report.remarks] == ["a.md"]


@example({"a.md": "From: [[a b]]\n", "b.md": "From: [[A_b]]\n"}, False, "keep")  # too short to be one name
@examples(40, suppress_health_check=[HealthCheck.too_slow])
@given(vaults(), st.booleans(), st.sampled_from(["keep", "unlink", "stub"]))
def test_no_link_is_lost_and_a_build_of_the_build_is_the_same(
    files: dict[str, str], related: bool, missing: str
) -> None:
    assume(not any("[[index" in text.lower() for text in files.values()))  # the start note made first has that title
    source = vault_of(files)
    options = Options(related=related, missing=missing)  # type: ignore[arg-type]
    made = build(source, Config(), options)
    assert lost_links(source, made.vault) == []
    again = build(Vault(made.vault.notes.values()), Config(), options)
    but = made.index if made.report.stubs else ""  # stubs are no missing notes to the second build
    assert {p: n.text for p, n in again.vault.notes.items() if p != but} == {
        p: n.text for p, n in made.vault.notes.items() if p != but
    }


def test_the_order_of_the_notes_makes_no_difference() -> None:
    files = {**ASKING, **RELATED, "hi/x.md": talk("X", IDS[2], channel="hi")}
    one = build(vault_of(files), Config(), Options(related=True, missing="stub"))
    two = build(vault_of(dict(reversed(files.items()))), Config(), Options(related=True, missing="stub"))
    assert {p: n.text for p, n in one.vault.notes.items()} == {p: n.text for p, n in two.vault.notes.items()}
    assert one.report == two.report
