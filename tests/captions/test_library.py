"""Which files are of which video, and which of them is believed."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import pytest

from processor.captions.durations import read_durations
from processor.captions.files import ENDINGS, caption_files
from processor.captions.library import FileLibrary
from processor.captions.model import Captions, Chapter, Length
from processor.captions.names import Named, is_translation, named
from processor.captions.reading import READERS
from tests.cli.running import put

ID = "n3Vq8ZtKp0A"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"Open weights [{ID}].en", Named(ID, "en")),
        (f"Open weights [{ID}].en-orig", Named(ID, "en-orig")),
        (f"Open weights [{ID}].pt-BR", Named(ID, "pt-BR")),
        (f"Open weights [{ID}].zh-Hans", Named(ID, "zh-Hans")),
        (f"Open weights [{ID}].de-en", Named(ID, "de-en")),
        (f"Open weights [{ID}]", Named(ID, "")),
        (f"{ID}.en", Named(ID, "en")),
        (f"{ID}", Named(ID, "")),
        (f"Open weights-{ID}.en", Named(ID, "en")),
        (f"Open weights ({ID})", Named(ID, "")),
        (f"{ID}.info", Named(ID, "")),
        (f"[2024] Open weights v1.2 [{ID}].en", Named(ID, "en")),
        ("-V7ovjYG2vg.en", Named("-V7ovjYG2vg", "en")),
        ("A talk on [openweights] of 2024", Named("openweights", "")),
        ("talk on open-weights", Named("", "")),
        ("2024-01-02 interesting", Named("", "")),
        ("notes.de", Named("", "de")),
    ],
)  # fmt: skip
def test_names(name: str, expected: Named) -> None:
    assert named(name) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", False), ("en-orig", False), ("de-en", True), ("pt-BR", False), ("en-us", False), ("zh-Hans", False), ("fr-fr", False)],
)  # fmt: skip
def test_translations(language: str, expected: bool) -> None:
    assert is_translation(language) == expected


def vtt(*words: str, end: str = "00:00:09.000", word_times: bool = False) -> str:
    text = " ".join(words)
    return f"WEBVTT\n\n00:00:01.000 --> {end}\n{text.replace(' ', '<00:00:02.000> ') if word_times else text}\n"


def library(root: Path, **files: str) -> FileLibrary:
    for name, text in files.items():
        put(root, name, text)
    return FileLibrary(caption_files([str(root)]), root=str(root))


def words(found: Captions | None) -> str:
    return " ".join(found.words) if found else ""


def test_written_captions_come_first_and_translations_last(tmp_path: Path) -> None:
    files = {
        f"[{ID}].en.vtt": vtt("a person wrote that."),
        f"[{ID}].en-US.vtt": vtt("a machine wrote that", word_times=True),
        f"[{ID}].en-orig.vtt": vtt("a machine heard that.", word_times=True),
        f"[{ID}].en-de.vtt": vtt("a machine translated that."),
    }
    kinds = []
    while files:
        found = library(tmp_path, **files).captions(ID)
        assert found
        kinds.append((found.kind, found.language))
        (tmp_path / found.path).unlink()
        del files[found.path]
    assert kinds == [("written", "en"), ("automatic", "en-US"), ("automatic", "en-orig"), ("translated", "en-de")]


def test_of_several_languages_it_is_the_one_of_the_note(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        **{
            f"[{ID}].de.vtt": vtt("Die Gewichte sind offen."),
            f"[{ID}].en.vtt": vtt("The weights are open."),
            f"[{ID}].fr-en.vtt": vtt("Les poids sont ouverts."),
        },
    )
    assert words(found.captions(ID, "Were the weights ever open?")) == "The weights are open."
    assert words(found.captions(ID, "Wann sind die Gewichte offen?")) == "Die Gewichte sind offen."
    assert words(found.captions(ID, "Quand les poids sont ouverts")) == "Les poids sont ouverts."
    assert words(found.captions(ID)) == words(found.captions(ID, "Xyz")) != ""


def test_the_id_may_stand_inside(tmp_path: Path) -> None:
    said = '"snippets": [{"text": "Good evening.", "start": 1, "duration": 2}]'
    found = library(
        tmp_path,
        **{
            "talk.json": f'{{"video_id": "{ID}", {said}}}',
            "other.json": '{"name": "a package"}',
            "broken.json": "{",
            "readme.md": "# Captions\n",
            "turns.txt": f"---\nurl: https://youtu.be/{'x' * 10}A\n---\n0:01 Good evening all.\n0:03 Open weights.\n",
        },
    )
    assert set(found.ids()) == {ID, "xxxxxxxxxxA"}
    assert words(found.captions(ID)) == "Good evening."
    assert words(found.captions("xxxxxxxxxxA")) == "Good evening all. Open weights."
    assert [*found.problems()] == []  # of files that promise nothing nothing is said


def test_lengths(tmp_path: Path) -> None:
    name = f"Talk [{ID}]"
    assert library(tmp_path).length(ID) is None
    assert library(tmp_path, **{f"{name}.en.vtt": vtt("x."), f"{name}.de.vtt": vtt("y.", end="00:01:00.000")}).length(
        ID
    ) == Length(60, "captions", f"{name}.de.vtt")
    turns = "---\nduration: 1:30\n---\n0:01 Good evening all.\n0:03 Open weights.\n"
    assert library(tmp_path, **{f"{name}.md": turns}).length(ID) == Length(90, "property", f"{name}.md")
    files = caption_files([str(tmp_path)])
    assert FileLibrary(files, {ID: Length(80, "list", "d.csv")}).length(ID) == Length(80, "list", "d.csv")
    about = json.dumps(
        {"id": ID, "duration": 70, "title": "Talk", "channel": "x", "chapters": [{"start_time": 5, "title": "A"}, 3]}
    )
    found = library(tmp_path, **{f"{name}.info.json": about})
    assert found.length(ID) == Length(70, "details", f"{name}.info.json")
    details = found.details(ID)
    assert details
    assert (details.title, details.channel, details.chapters) == ("Talk", "x", (Chapter(5, "A"),))


def test_what_lies_in_hidden_places_or_is_something_else_is_not_looked_at(tmp_path: Path) -> None:
    found = library(
        tmp_path,
        **{
            f".trash/[{ID}].vtt": vtt("x."),
            f".[{ID}].vtt": vtt("x."),
            f"[{ID}].live_chat.json": "{",
            f"[{ID}].mp4": "x",
            f"deep/er/[{ID}].vtt": vtt("Found."),
        },
    )
    assert words(found.captions(ID)) == "Found."
    assert [*found.problems()] == []


def test_what_is_gone_or_broken_by_now_is_no_more_than_not_there(tmp_path: Path) -> None:
    found = library(tmp_path, **{f"[{ID}].en.vtt": vtt("x."), f"[{ID}].srt": "broken"})
    assert [problem for _, problem in found.problems()] == ["holds no captions"]
    other = pickle.loads(pickle.dumps(found))
    (tmp_path / f"[{ID}].en.vtt").unlink()
    assert other.captions(ID) is None


def test_the_same_captions_are_the_same_object(tmp_path: Path) -> None:
    found = library(tmp_path, **{f"[{ID}].en.vtt": vtt("x.")})
    assert found.captions(ID) is found.captions(ID)


@pytest.mark.parametrize(
    ("text", "lengths", "wrong"),
    [
        (f"id,seconds,title\n{ID},370,A talk\n", {ID: 370}, 0),
        (f'{ID};370.5;"A; talk"\n\n', {ID: 370.5}, 0),
        (f"{ID}\t1:02:03\n", {ID: 3723}, 0),
        (f"\ufeff{ID},10\r\nnone,20\r\n{ID[:-1]}E,x\r\n", {ID: 10}, 2),
        (f'{ID},5,"unclosed\n', {ID: 5}, 0),
        ("", {}, 0),
    ],
)
def test_a_table_of_durations(text: str, lengths: dict[str, float], wrong: int) -> None:
    found, messages = read_durations(text.encode())
    assert (found, len(messages)) == (lengths, wrong)


def test_a_cell_without_end_is_told() -> None:
    with pytest.raises(ValueError, match="is no CSV"):
        read_durations(b'x,"' + b"a" * 200_000)


def test_a_vault_that_is_named_as_a_whole(tmp_path: Path) -> None:
    """Its notes are not read for captions, unless their names promise some; a pipe is never opened."""
    turns = f"---\nvideo_id: {ID}\n---\n0:01 Good evening all.\n0:03 Open weights.\n"
    put(tmp_path, "talk.md", turns)
    put(tmp_path, f"deep/Talk [{'x' * 10}A].md", turns)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "Talk [n3Vq8ZtKp0A].vtt")
    found = FileLibrary(caption_files([str(tmp_path)]), root=str(tmp_path))
    assert set(found.ids()) == {"xxxxxxxxxxA"}
    assert set(FileLibrary(caption_files([str(tmp_path)]), root=f"{tmp_path}/other").ids()) == {ID, "xxxxxxxxxxA"}


def test_every_format_that_is_read_is_looked_for() -> None:
    assert set(ENDINGS) == set(READERS)
