"""What people read: the titles of videos and channels."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.captions.library import FileLibrary
from processor.commands.build.options import Options
from processor.commands.build.plan import build
from processor.commands.titles import common_part, readable
from processor.config import Config
from processor.vault.naming import heading_fragment
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.commands.build.vaults import IDS, built, talk, texts

HEAD = "---\ntitle: ow\n---\n"
URL = "https://www.youtube.com/watch?v="


def heading(library: FileLibrary, **notes: str) -> str:
    """What the hub of some notes calls their video, with captions at hand."""
    files = {"ow/ow.md": HEAD, **{f"ow/{name}.md": note for name, note in notes.items()}}
    vault = Vault([parse_note(text, path) for path, text in files.items()], captions=library)
    hub = build(vault, Config(), Options()).vault.notes["ow/ow.md"].text
    return hub.partition("### [")[2].partition(f"]({URL}")[0]


@pytest.fixture
def library(tmp_path: Path) -> FileLibrary:
    details, table = tmp_path / f"x [{IDS[0]}].info.json", tmp_path / "lengths.csv"
    details.write_text(f'{{"id": "{IDS[0]}", "title": "As its\\n publisher [says]", "duration": 60}}')
    table.write_text(f"id,seconds,title\n{IDS[0]},60,Not this\n{IDS[1]},60,As the table says\n{IDS[2]},,\n")
    return FileLibrary((str(details),), table=str(table))


@pytest.mark.parametrize(
    ("video", "more", "title"),
    [
        (IDS[0], "", r"As its publisher \[says\]"),
        (IDS[0], "videoTitle: As a note says\n", "As a note says"),
        (IDS[1], "", "As the table says"),
        (IDS[2], "", "Tides of open weights"),
    ],
)
def test_who_knows_a_title(library: FileLibrary, video: str, more: str, title: str) -> None:
    notes = {
        "a": talk("Tides of open weights: history", video, more=more),
        "b": talk("On tides of open weights", video),
    }
    assert heading(library, **notes) == title


def test_a_clips_title_counts_before_the_others() -> None:
    clip = f'---\ntitle: The talk\nsource: "{URL}{IDS[0]}"\nauthor: "[[ow]]"\n---\nText.\n'
    assert heading(FileLibrary(), a=talk("A"), b=talk("B"), clip=clip) == "The talk"


def test_where_nothing_is_known_the_channel_stands_for_the_title() -> None:
    files = {"ow/ow.md": "---\ntitle: Open Weights\n---\n", "ow/a.md": talk("Cats"), "ow/b.md": talk("Dogs")}
    assert f"### [Video of Open Weights ({IDS[0]})]({URL}{IDS[0]})\n" in texts(files)["ow/ow.md"]


@pytest.mark.parametrize("written", [IDS[3], f"`{IDS[3]}`", ""])
def test_a_bare_id_that_a_hub_has_for_a_title_is_replaced_and_links_to_it_follow(written: str) -> None:
    old, new = f"[{written}]({URL}{IDS[3]})", f"[The talk]({URL}{IDS[3]})"
    files = {
        "ow/ow.md": f"{HEAD}### {old}\n- [[a]]\n",
        "ow/a.md": talk("A", IDS[3], more="videoTitle: The talk\n", body=f"In [[ow#{heading_fragment(old)}]]."),
    }
    made = texts(files)
    assert made["ow/ow.md"] == f"{HEAD}### {new}\n- [[a]]\n"
    assert f"In [[ow#{heading_fragment(new)}]]." in made["ow/a.md"]


def test_a_hub_that_is_excluded_keeps_its_ids() -> None:
    files = {"ow/ow.md": f"{HEAD}### [{IDS[3]}]({URL}{IDS[3]})\n- [[a]]\n", "ow/a.md": talk("A", IDS[3])}
    assert texts(files, Config(exclude=("ow/ow.md",)))["ow/ow.md"] == files["ow/ow.md"]


@pytest.mark.parametrize(
    ("titles", "common"),
    [
        (["A talk"], "A talk"),
        (["India vs Bangladesh: review", "The India vs Bangladesh test"], "India vs Bangladesh"),
        (["History of the web", "Art of the web"], ""),
        (["Cats", "Dogs"], ""),
        ([], ""),
        (["effects of alcohol on the brain", "effects of alcohol on sleep"], "Effects of alcohol"),
    ],
)
def test_what_titles_have_in_common(titles: list[str], common: str) -> None:
    assert common_part(titles) == common


@pytest.mark.parametrize(
    ("name", "words"),
    [("open_weights", "Open weights"), ("Open weights_x", "Open weights_x"), ("ow", "ow"), ("_", "_")],
)
def test_names_of_files_in_words(name: str, words: str) -> None:
    assert readable(name) == words


def test_a_channel_is_called_as_the_vaults_own_index_calls_it() -> None:
    files = {"ow/ow.md": HEAD, "ow/a.md": talk("A"), "directory.md": "- [[ow | Open Weights Hour]]\n- [[ow | `x`]]\n"}
    made = built(files)
    assert "| [[ow\\|Open Weights Hour]] |" in made.vault.notes[made.index].text
