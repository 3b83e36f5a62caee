"""`ytvault captions`, and how the other commands come by captions."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import called, put, ytvault
from tests.rules.timestamps.talk import claims, right, spoken

ONE, TWO, NONE = "n3Vq8ZtKp0A", "Uq4eSg0ePXs", "aBcD_-12-4w"
SAID = "the weights are open and so is the code but nobody has seen any of the data so far"


def vtt(end: str = "00:10:00.000") -> str:
    return (
        f"WEBVTT\nLanguage: en\n\n00:00:01.000 --> 00:00:03.000\nGood evening.\n\n00:09:55.000 --> {end}\nGood night.\n"
    )


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    turns = "".join(f"({at // 60}:{at % 60:02}):\n{SAID}\n\n" for at in range(1, 120, 8))
    put(root, "one.md", f"---\nvideoId: {ONE}\n---\n\nOpen weights [00:01:00], good night [00:12:00].\n")
    put(root, "more.md", f"---\nvideoId: {ONE}\n---\n\nMore [00:08:30].\n")
    put(root, "two.md", f"---\nvideoId: {TWO}\n---\n\n{turns}")
    put(root, "none.md", f"---\nvideoId: {NONE}\n---\n\nText.\n")
    put(root, "ytvault.toml", 'captions = ["../captions"]\n')
    put(tmp_path, f"captions/Open weights [{ONE}].en.vtt", vtt())
    return root


def test_a_list_of_all_videos(vault: Path) -> None:
    ran = ytvault("captions", cwd=vault)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{TWO}  transcript  -   0:02:01  1 note   two.md\n"
        f"{ONE}  written     en  0:10:00  2 notes  ../captions/Open weights [{ONE}].en.vtt\n"
        "\n"
        "Without captions:\n"
        f"{NONE}  none.md\n"
        "\n"
        "2 of 3 videos have captions.\n"
        "\n"
        "  ytvault captions --missing > missing.txt  lists those that have none, and how yt-dlp fetches them\n"
    )


def test_the_videos_of_one_note(vault: Path) -> None:
    assert called("captions", "none.md", cwd=vault).out.startswith(f"Without captions:\n{NONE}  none.md\n")
    assert "1 of 1 video has captions." in called("captions", "one.md", cwd=vault).out


def test_as_json(vault: Path) -> None:
    path = f"../captions/Open weights [{ONE}].en.vtt"
    found = json.loads(called("captions", "one.md", "--output-format", "json", cwd=vault).out)
    assert found == [
        {
            "videoId": ONE,
            "title": None,
            "notes": ["more.md", "one.md"],
            "captions": {"path": path, "kind": "written", "languages": ["en"], "end": 600.0},
            "length": {"seconds": 600.0, "source": "captions", "path": path},
        }
    ]
    missing = json.loads(called("captions", "--missing", "--output-format", "json", cwd=vault).out)
    assert [(one["videoId"], one["captions"], one["length"]) for one in missing] == [(NONE, None, None)]


def test_missing_ones_are_a_batch_file(vault: Path) -> None:
    ran = ytvault("captions", "--missing", cwd=vault)
    assert ran.out == (
        "# 1 video without captions. With this file as missing.txt:\n"
        "# yt-dlp --skip-download --write-subs --write-auto-subs --sub-langs '.*-orig,en' --write-info-json "
        f"--output '{vault.parent}/captions/%(title)s [%(id)s].%(ext)s' --batch-file missing.txt\n"
        f"https://www.youtube.com/watch?v={NONE}\n"
    )
    assert ran.err == ""
    (vault / "none.md").unlink()
    ran = ytvault("captions", "--missing", cwd=vault)
    assert (ran.status, ran.out, ran.err) == (0, "", "Every video has captions.\n")
    put(vault, "notes/a.md", "Text.\n")
    ran = ytvault("captions", "--missing", "notes", cwd=vault)
    assert (ran.status, ran.out, ran.err) == (0, "", "No note is about a video.\n")


def test_what_no_note_speaks_of(vault: Path) -> None:
    assert called("captions", "--coverage", "one.md", cwd=vault).out == (
        f"{ONE}  40% of 0:10:00  more.md and 1 more\n  0:02:00 to 0:07:30\n\n1 video of which the length is known, of 1.\n"
    )
    put(vault.parent, f"captions/Open weights [{ONE}].en.vtt", vtt().replace("00:09:55", "00:02:30"))
    put(vault.parent, f"captions/Offene Gewichte [{ONE}].de.vtt", vtt().replace("Good", "Gute"))
    assert "0:02:00 to 0:07:30  Good night. …" in called("captions", "--coverage", "one.md", cwd=vault).out
    rows = json.loads(called("captions", "--coverage", "--output-format", "json", cwd=vault).out)
    assert {row["videoId"]: (row["covered"], row["stretches"]) for row in rows} == {
        ONE: (0.4, [{"start": 120, "end": 450, "text": "Good night."}]),
        TWO: (0.0, [{"start": 0, "end": 121, "text": " ".join(SAID.split()[:12])}]),  # a transcript is no note on it
        NONE: (None, None),
    }


def test_two_questions_at_once(vault: Path) -> None:
    assert called("captions", "--missing", "--coverage", cwd=vault).status == 2
    assert "does not exist; did you mean one.md?" in called("captions", "onee.md", cwd=vault).err


def test_a_vault_without_captions(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "Text.\n")
    ran = called("captions", cwd=tmp_path)
    assert (ran.status, ran.out.split("\n")[0]) == (0, "0 of 0 videos have captions.")
    assert "the setting `captions`" in ran.out


# Where the files lie, and what is wrong with them


def past_end(vault: Path, *more: str) -> list[str]:
    ran = called("lint", "--select", "timestamp-past-end", "--output-format", "concise", *more, cwd=vault)
    return ran.out.split("\n")[:-1]


def test_folders_are_named_by_the_settings_and_on_the_command_line(vault: Path, tmp_path: Path) -> None:
    found = past_end(vault)
    told = f"00:12:00 lies beyond the end of the video at 00:10:00: ../captions/Open weights [{ONE}].en.vtt ends there"
    assert found == [f"one.md:5:37: error: {told} [timestamp-past-end]"]
    (vault / "ytvault.toml").unlink()
    assert past_end(vault) == []
    assert past_end(vault, "--captions", "../captions") == found
    assert past_end(vault, "--captions", "../captions", "--captions", ".") == found
    assert called("lint", "--captions", "nowhere", cwd=vault).status == 2
    put(vault, "ytvault.toml", 'durations = "lengths.csv"\n')
    put(vault, "lengths.csv", f"{ONE},700\n")
    assert "at 00:11:40: lengths.csv says so" in past_end(vault)[0]
    put(vault, "lengths.csv", f"{ONE},700\nanything,1\n")
    ran = called("lint", "--exit-zero", cwd=vault)
    assert ran.err == "ytvault: lengths.csv line 2 does not begin with the id of a video and its length in seconds\n"


def test_a_folder_that_is_not_there_is_told_and_stops_nothing(vault: Path) -> None:
    put(vault, "ytvault.toml", 'ignore = ["links"]\ncaptions = ["../captions", "nowhere"]\ndurations = "none.csv"\n')
    ran = called("lint", cwd=vault)
    at = f"ytvault: {vault}/ytvault.toml"
    assert ran.err.split("\n")[:-1] == [
        f"{at}:2: captions: there is no folder {vault}/nowhere",
        f"{at}:3: durations: there is no file {vault}/none.csv",
    ]
    assert "00:12:00 lies beyond" in ran.out
    put(vault, "ytvault.toml", 'ignore = ["links"]\ncaptions = ["one.md"]\ndurations = "../captions"\n')
    assert called("lint", cwd=vault).err.split("\n")[:-1] == [
        f"{at}:2: captions: {vault}/one.md is a file, not a folder",
        f"{at}:3: durations: {vault.parent}/captions is no file",
    ]


def test_an_empty_name_names_nothing(vault: Path) -> None:
    put(vault, "ytvault.toml", 'captions = ["", "../captions"]\ndurations = ""\n')
    ran = called("lint", "--exit-zero", cwd=vault)
    assert ran.err == ""
    assert "00:12:00 lies beyond" in ran.out
    put(vault, f"[{NONE}].vtt", vtt())
    assert f"Without captions:\n{NONE}" in called("captions", cwd=vault).out


def test_a_folder_that_cannot_be_listed_is_told_each_time(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = vault.parent / "captions" / "closed"
    closed.mkdir()
    listed = os.scandir

    def scandir(path: str | Path) -> object:
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for _ in range(2):
        ran = called("lint", "--exit-zero", cwd=vault)
        assert ran.err == f"ytvault: {closed} cannot be listed: permission denied\n"
        assert "00:12:00 lies beyond" in ran.out


@pytest.mark.parametrize("times", [1, 3])
def test_a_broken_file_is_told_each_time_and_stops_nothing(vault: Path, tmp_path: Path, times: int) -> None:
    put(tmp_path, f"captions/Talk [{NONE}].en.srt", "nothing\n")
    put(tmp_path, "captions/Talk [xxxxxxxxxxA].en.srt", "nothing\n")  # of a video that no note is about
    for _ in range(times):
        ran = called("lint", "--exit-zero", cwd=vault)
        assert ran.err == f"ytvault: {tmp_path}/captions/Talk [{NONE}].en.srt holds no captions\n"
        assert ran.status == 0
        assert "00:12:00 lies beyond" in ran.out
    assert called("captions", cwd=vault).err.count("holds no captions") == 2
    assert called("lint", "--exit-zero", "one.md", cwd=vault).err == ""


def test_inspect_takes_captions(vault: Path) -> None:
    (vault / "ytvault.toml").unlink()
    path = f"../captions/Open weights [{ONE}].en.vtt"
    (note,) = json.loads(called("inspect", "one.md", "--captions", "../captions", cwd=vault).out)
    assert note["videos"] == [
        {
            "videoId": ONE,
            "by": "property",
            "own": True,
            "property": "videoId",
            "captions": {"path": path, "kind": "written", "language": "en"},
            "length": {"seconds": 600.0, "source": "captions", "path": path},
        }
    ]
    (note,) = json.loads(called("inspect", "one.md", cwd=vault).out)
    assert note["videos"][0].keys() == {"videoId", "by", "own", "property"}


def test_standard_input_is_held_against_captions_too(vault: Path, tmp_path: Path) -> None:
    put(tmp_path, f"captions/Talk [{ONE}].de.srt", "nothing\n")
    note = f"---\nvideoId: {ONE}\n---\n\nGood night [00:12:30].\n".encode()
    ran = ytvault("lint", "-", "--stdin-filename", "one.md", cwd=vault, stdin=note)
    assert "00:12:30 lies beyond the end of the video at 00:10:00" in ran.out
    assert ran.err == f"ytvault: {tmp_path}/captions/Talk [{ONE}].de.srt holds no captions\n"


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="file names are Unicode there")
def test_a_name_that_is_no_unicode(vault: Path, tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/captions/T\xe4lk [%s].de.vtt" % TWO.encode(), "w") as file:
        file.write(vtt("00:01:00.000"))
    with open(os.fsencode(tmp_path) + b"/captions/\xe4 [%s].de.vtt" % NONE.encode(), "w") as file:
        file.write("")
    put(vault, "too.md", f"---\nvideoId: {TWO}\n---\n\nText [00:12:00].\n")
    for _ in range(2):
        ran = ytvault("lint", "--exit-zero", cwd=vault)
        assert ran.err == f"ytvault: {tmp_path}/captions/\\xe4 [{NONE}].de.vtt is empty\n"
        assert f"../captions/T\\xe4lk [{TWO}].de.vtt ends there" in ran.out
    ran = ytvault("captions", cwd=vault)
    assert f"  2 notes  ../captions/T\\xe4lk [{TWO}].de.vtt\n" in ran.out
    for call in (("captions",), ("inspect", "too.md"), ("lint", "--exit-zero")):
        ran = ytvault(*call, "--output-format", "json", cwd=vault)
        assert f"../captions/T\\\\xe4lk [{TWO}].de.vtt" in ran.out


PADDED = claims(right(1, 2, 3, 4) | {5: "12:30:00"})


@pytest.mark.parametrize(
    ("settings", "head", "is_moved"),
    [
        ("", "", True),
        ('ignore = ["misplaced-timestamp"]', "", False),
        ('[per-file-ignores]\n"talk.md" = ["misplaced-timestamp"]', "", False),
        ("", "ytvault-disable: misplaced-timestamp\n", False),
        ("", "ytvault-disable: timestamp-past-end\n", False),
    ],
)
def test_a_repair_that_is_silenced_is_made_by_no_other_rule(
    tmp_path: Path, settings: str, head: str, is_moved: bool
) -> None:
    put(tmp_path, "vault/ytvault.toml", f'captions = ["../captions"]\n{settings}\n')
    put(tmp_path, "vault/talk.md", PADDED.replace("---\n", f"---\n{head}", 1))
    for name, text in spoken().items():
        put(tmp_path, f"captions/{name}", text)
    called("lint", "--fix", "--exit-zero", "--no-cache", cwd=tmp_path / "vault")
    assert ("00:12:30" in (tmp_path / "vault/talk.md").read_text(encoding="utf-8")) == is_moved
