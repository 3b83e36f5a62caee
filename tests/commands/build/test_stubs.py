"""Stubs of missing notes: one for all spellings of a name, with the sentences that ask, and no evidence of anything."""

from __future__ import annotations

import pytest

from processor.commands.build.region import marked
from processor.commands.build.sentences import in_words, sentence_around
from processor.config import Config
from processor.vault.note import parse_note
from processor.vault.wanted import name_key
from tests.commands.build.vaults import IDS, built, links, talk, texts

HUB = f"---\ntitle: Open Weights\n---\n### [One](https://www.youtube.com/watch?v={IDS[0]})\n- [[a]]\n- [[b]]\n"
ASKING = {
    "ow/ow.md": HUB,
    "ow/a.md": talk("A", body="First. See [[not there|a thing]], [[gone_away]] and [[Gone Away]]. Last."),
    "ow/b.md": talk("B", body="Not [[gone_away#Part]] yet."),
}


def test_a_stub_lists_who_asks_once_with_the_sentence() -> None:
    made = built(ASKING, missing="stub", related=True)
    body = (
        "Nothing is written yet on “Gone Away”. 2 notes ask for it:\n\n"
        "- [[a|A]]: “See a thing, gone_away and Gone Away.”\n\n## Part\n\n- [[b|B]]: “Not gone_away > Part yet.”"
    )
    assert made.vault.notes["Missing notes/gone_away.md"].text == (
        f"---\ntitle: Gone Away\n---\n\n{marked('missing', body)}\n"
    )
    assert made.report.stubs == 2
    assert all(f.rule != "missing-note" for f in made.findings)


def test_a_link_that_stands_in_no_sentence_hides_none_that_does() -> None:
    made = texts({"a.md": '---\nup: "[[gone]]"\n---\n\n| [[gone]] |\n|---|\n\nSee [[gone]].\n'}, missing="stub")
    assert "- [[a]]: “See gone.”" in made["Missing notes/gone.md"]


PARTS = {
    "a.md": "See [[gone away#First part|this]] and [[gone away#First part#Below]]. Then [[gone away#^quote]]. [[gone away]] too.\n",
    "b.md": "On [[Gone_Away#first: part]], [[gone away#Below]], [t](gone%20away.md#a%20*b*) and ![[gone-away#^quote]].\n",
}


def test_a_stub_has_the_headings_and_blocks_that_are_asked_for() -> None:
    made = built(PARTS, missing="stub")
    body = (
        "Nothing is written yet on “Gone away”. 2 notes ask for it:\n\n"
        "- [[a]]: “Then gone away > \\^quote.” ^quote\n\n"
        "## First part\n\n"
        "- [[a]]: “See this and gone away > First part > Below.”\n"
        "- [[b]]: “On Gone_Away > first: part, gone away > Below, t and gone-away > \\^quote.”\n\n"
        "### Below\n\n"
        "- [[a]]: “See this and gone away > First part > Below.”\n"
        "- [[b]]: “On Gone_Away > first: part, gone away > Below, t and gone-away > \\^quote.”\n\n"
        "## a \\*b\\*\n\n"
        "- [[b]]: “On Gone_Away > first: part, gone away > Below, t and gone-away > \\^quote.”"
    )
    stub = made.vault.notes["Missing notes/gone away.md"]
    assert stub.text == f"---\ntitle: Gone away\n---\n\n{marked('missing', body)}\n".replace("Gone away", "gone away")
    assert made.findings == []
    assert made.vault.notes["a.md"].text == PARTS["a.md"]
    assert made.report.made["stub entries"] == 6
    again = texts({p: n.text for p, n in made.vault.notes.items() if p != made.index}, missing="stub")
    assert again == {p: n.text for p, n in made.vault.notes.items() if p != made.index}


@pytest.mark.parametrize(
    ("asks", "led"),
    [
        ("[[gone#^no_block]]", "[[gone|gone > ^no_block]]"),
        ("[[gone#^no block|x]]", "[[gone|x]]"),
        ("[[gone#_x_]]", "[[gone|gone > _x_]]"),  # escaped it is another heading to Obsidian
        ("[[gone#A#B#C#D#E#F]]", "[[gone|gone > A > B > C > D > E > F]]"),
        ("[[gone#***|x]]", "[[gone|x]]"),
        ("[t](gone.md#%5Eno_block)", "[t](gone.md)"),
        ("![[gone#Part]]", "![[gone]]"),  # an embed asks for nothing
        ("[[gone#[^1]|x]]", "[[gone#[^1]|x]]"),  # a footnote leads to the note
        ('---\nup: "[[gone#^no_block]]"\n---\n', '---\nup: "[[gone|gone > ^no_block]]"\n---\n'),
    ],
)
@pytest.mark.parametrize("config", [Config(), Config(ignore=("links",))])
def test_a_link_to_a_part_that_a_stub_cannot_have_leads_to_the_whole_of_it(asks: str, led: str, config: Config) -> None:
    made = built({"a.md": asks, "b.md": "[[gone]]"}, config, missing="stub")
    assert made.vault.notes["a.md"].text == led
    assert made.findings == []


@pytest.mark.parametrize(
    ("for_", "heading", "block"),
    [
        ("quartz", "[[gone away#First part|this]]", "[[gone away#^quote]]"),
        ("mkdocs", "[this](Missing%20notes/gone%20away.md#first-part)", "(Missing%20notes/gone%20away.md#quote)"),
        ("plain", "[this](Missing%20notes/gone%20away.md#first-part)", "(Missing%20notes/gone%20away.md#quote)"),
    ],
)
def test_links_to_parts_of_stubs_lead_there_on_a_site(for_: str, heading: str, block: str) -> None:
    made = built(PARTS, missing="stub", for_=for_)
    assert made.findings == []
    text = made.source("a.md").text
    assert heading in text
    assert block in text


def test_a_line_or_a_note_that_a_person_silenced_asks_for_nothing() -> None:
    silenced = "%% ytvault-disable-next-line missing-note %%\nFirst [[gone#One]].\n\n"
    files = {
        "a.md": silenced + "Then [[gone#Two]].\n",
        "b.md": "---\nytvault-disable: missing-note\n---\n[[gone]] [[never]]\n",
        "quiet/c.md": "[[gone]] [[never]]\n",
    }
    config = Config(ignore=("missing-note",), per_file_ignores={"quiet/": ("missing-note",)})
    made = built(files, config, missing="stub")
    assert made.report.missing == made.report.stubs == 1
    stub = made.vault.notes["Missing notes/gone.md"].text
    assert "1 note asks for it.\n\n## Two\n\n- [[a]]: “Then gone > Two.”\n" in stub
    assert "One" not in stub
    assert texts(files, config, missing="unlink")["a.md"] == silenced + "Then gone > Two.\n"


def test_of_names_that_one_disk_cannot_hold_beside_one_another_one_gets_a_stub() -> None:
    made = built({"a.md": "[[ﬁ]] [[fi]] [[fi]]"}, missing="stub")
    assert made.added == ("Index.md", "Missing notes/fi.md")
    assert any("ﬁ" in r.message for r in made.report.remarks)
    assert all(f.rule != "name-collision" for f in made.findings)


@pytest.mark.parametrize("config", [Config(), Config(ignore=("broken-link",))])
def test_links_of_other_spellings_lead_to_the_one_stub_and_show_what_they_showed(config: Config) -> None:
    made = built(ASKING, config, missing="stub")
    a = made.vault.notes["ow/a.md"]
    assert a.text == talk(
        "A", body="First. See [[not there|a thing]], [[gone_away]] and [[gone_away|Gone Away]]. Last."
    )
    led = [made.vault.resolve(target, a.path).path for target in links(a)]
    assert led[1:] == ["Missing notes/not there.md", *["Missing notes/gone_away.md"] * 2]


def test_a_link_that_a_person_silenced_is_not_led() -> None:
    silenced = "%% ytvault-disable-next-line links %%\nSee [[Gone Away]].\n"
    made = texts({"a.md": "See [[gone_away]].\n\n" + silenced}, missing="stub")
    assert made["a.md"].endswith(silenced)


def test_what_a_build_made_is_no_evidence() -> None:
    made = texts({**ASKING, "c.md": "[[a]]\n"}, missing="stub", related=True)
    assert "**Linked from**\n\n- [[c]]\n\n%%" in made["ow/a.md"]
    assert "Linked from" not in made["ow/b.md"]
    assert "Linked from" not in made["Missing notes/gone_away.md"]
    again = texts(made, missing="stub", related=True)
    assert again == made


def test_a_link_of_which_nobody_knows_what_was_meant_is_treated_like_one_to_a_missing_note() -> None:
    files = {
        "glossary of terms.md": "Words.\n",
        "glossary on terms.md": "Words.\n",
        "a.md": "See [[glossary or terms]] and [[gone for good]].\n",
    }
    kept = built(files)
    assert {f.rule for f in kept.findings} == {"broken-link", "missing-note"}
    assert all(f.fix is None for f in kept.findings)
    stubs = built(files, missing="stub")
    assert {"Missing notes/glossary or terms.md", "Missing notes/gone for good.md"} <= {*stubs.added}
    assert stubs.findings == []
    assert texts(files, missing="unlink")["a.md"] == "See glossary or terms and gone for good.\n"


def test_a_probable_slip_waits_for_the_unsafe_fixes() -> None:
    files = {"open_weights.md": "Words.\n", "a.md": "See [[open_weigths]].\n"}
    (left,) = built(files, missing="stub").findings
    assert left.rule == "broken-link"
    assert left.fix
    assert texts(files, missing="stub", unsafe=True)["a.md"] == "See [[open_weights]].\n"


@pytest.mark.parametrize(("least", "stubs"), [(1, 2), (2, 1), (3, 0)])
def test_a_stub_is_made_of_what_so_many_notes_ask_for(least: int, stubs: int) -> None:
    assert built(ASKING, missing="stub", missing_at_least=least).report.stubs == stubs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Topical Authority", "topical_authority", True),
        ("notes/topical-authority.md", "Topical authority", True),
        ("C++", "C--", False),
        ("ab c", "ab_c", False),  # too short to be folded
        ("open weights", "open weight", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two [[x]] three! Four.", "Two x three!"),
        ("With Dr. Who on [[x|the thing]] (again). More.", "With Dr. Who on the thing (again)."),
        ('- [ ] **Bold** [[x]] <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.', "Bold x."),
        ("> > ## On `[[y]]` and [[x]] [00:01:00](https://youtu.be/a?t=60)", "On y and x"),
        ("| a | [[x]] |", ""),
        ("See [t](https://example.org/a.b) and [[x]]. [[Next. One]]", "See t and x."),
        ("Less than [[x | [01:34:20]]] of [[01:34:20]] ![[x [a]]] all.", "Less than of x [a] all."),
        ("Of [[a | ]] and [[x|]] or [[c\\|d]].", "Of a and x or d."),
        ("About [[Dr. X. Yz]] and ![[x]]", "About Dr. X. Yz and x"),
        ("In [[c_sharp|C#]], [[c#Types]], [[#Here]] and [[x]].", "In C#, c > Types, Here and x."),
        ("> [!note]- On [[x]]", "On x"),
    ],
)
def test_the_sentence_that_asks(text: str, sentence: str) -> None:
    table = "| a | b |\n| - | - |\n" if text.startswith("| ") else ""
    note = parse_note(table + text + "\n", "a.md")
    link = next(x for x in note.links if x.path == "x")
    assert sentence_around(note, link) == sentence


def test_a_long_sentence_is_cut_at_a_word() -> None:
    note = parse_note("word " * 400 + "[[x]]" + " word" * 400 + "\n", "a.md")
    said = sentence_around(note, note.links[0])
    assert len(said) < 250
    assert said.endswith("word …")


def test_markdown_in_words() -> None:
    assert in_words('t="00:01”>[x]</a> said <a class=“yt-timestamp” data-t=“00') == "[x] said"
    assert in_words("a **b** [[c|_d_]] ( ) ==e== %%f%% g_h <br/>") == "a b d e g_h"


def test_a_picture_that_is_missing_gets_no_note() -> None:
    made = built({"a.md": "See [[chart.PNG]], [t](talk.mp4) and [[gone]].\n"}, missing="stub")
    assert [path for path in made.vault.notes if path.startswith("Missing notes/")] == ["Missing notes/gone.md"]
    assert made.source("a.md").text == "See [[chart.PNG]], [t](talk.mp4) and [[gone]].\n"
