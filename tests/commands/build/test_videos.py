"""A note leads to its video, once, in a region that the next build replaces."""

from __future__ import annotations

import pytest

from processor.commands.build.region import marked
from processor.config import Config
from tests.commands.build.vaults import IDS, built, talk, texts

URL = f"https://www.youtube.com/watch?v={IDS[0]}"
HUB = f"---\ntitle: ow\n---\n### [One]({URL})\n- [[a]]\n"
LINK = marked("video", f"[▶ One]({URL})")
HEAD = f"---\ntitle: A\nvideoId: {IDS[0]}\n---\n"


def note(text: str, how: str = "link", **options: object) -> str:
    """The note `ow/a.md` after a build over it and its hub."""
    return texts({"ow/ow.md": HUB, "ow/a.md": text}, video_link=how, **options)["ow/a.md"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\nFrom: [[ow]] <br/>\n\nWords.\n", f"\nFrom: [[ow]] <br/>\n\n{LINK}\n\nWords.\n"),
        ("\nFrom: [[ow]] <br/> \nWords.\n", f"\nFrom: [[ow]] <br/> \n\n{LINK}\n\nWords.\n"),
        ("\nFrom: [[ow]] <br/>", f"\nFrom: [[ow]] <br/>\n\n{LINK}\n"),
        ("\nFrom: [[ow]] <br/> \n---\n\nWords.\n", f"\nFrom: [[ow]] <br/> \n---\n\n{LINK}\n\nWords.\n"),
        ("From: [[ow]]\n", f"From: [[ow]]\n\n{LINK}\n"),
    ],
)
def test_the_link_stands_below_the_source_line(before: str, after: str) -> None:
    assert note(HEAD + before) == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Words.\n", f"{LINK}\n\nWords.\n"),
        ("\n# A\n\nWords.\n", f"\n# A\n\n{LINK}\n\nWords.\n"),
        ("## Part\n", f"{LINK}\n\n## Part\n"),
        ("", f"{LINK}\n"),
    ],
)
def test_in_a_clip_it_stands_at_the_head(before: str, after: str) -> None:
    clip = f'---\ntitle: A\nvideoId: {IDS[0]}\nauthor: "[[ow]]"\n---\n'
    assert note(clip + before) == clip + after


def test_an_embed_plays_the_video() -> None:
    assert note(talk("A"), "embed") == talk("A", body=f"{marked('video', f'![▶ One]({URL})')}\n\nWords.")


@pytest.mark.parametrize(
    "body", [f"Watch [it]({URL}).", f"![](https://youtu.be/{IDS[0]})", f"<{URL}>", f"See {URL} for more."]
)
def test_where_a_person_leads_there_nothing_is_added(body: str) -> None:
    assert note(talk("A", body=body)) == talk("A", body=body)


def test_a_stamp_and_another_video_do_not_lead_there() -> None:
    body = f"[00:01:00]({URL}&t=60s) [x](https://youtu.be/{IDS[1]})"
    assert LINK in note(talk("A", body=body))


def test_a_next_build_replaces_it_and_nothing_else() -> None:
    made = note(talk("A"))
    assert note(made) == made
    other = made.replace("▶ One", "▶ Another")
    assert note(other) == made
    assert note(made, "embed") == made.replace("[▶", "![▶")
    assert note(made.replace(f"videoId: {IDS[0]}\n", "")) == talk("A", video="")


def test_it_obeys_the_shape_of_urls_and_leaves_hubs_and_excluded_notes() -> None:
    from dataclasses import replace

    files = {"ow/ow.md": HUB, "ow/a.md": talk("A"), "ow/b.md": talk("B")}
    made = texts(files, replace(Config(), url_style="short", exclude=("ow/b.md",)), video_link="link")
    assert f"[▶ One](https://youtu.be/{IDS[0]})" in made["ow/a.md"]
    assert made["ow/b.md"] == files["ow/b.md"]
    assert "▶" not in made["ow/ow.md"]


def test_a_note_that_stands_whole_in_a_fence_stays() -> None:
    fenced = talk("A", body="").rstrip() + "\n\n```\nAll of it [[b]].\n```\n"
    assert note(fenced) == fenced


def test_each_note_of_a_video_is_one_click_from_it() -> None:
    files = {"ow/ow.md": HUB, "ow/a.md": talk("A"), "b.md": f"---\nsource: {URL}\n---\nWords.\n", "c.md": "Words.\n"}
    made = built(files, video_link="link")
    led = {path for path, n in made.vault.notes.items() if any(x.url == URL for x in n.external_links)}
    assert led == {"ow/ow.md", "ow/a.md", "b.md"}
    assert made.report.made["links to videos"] == 2
