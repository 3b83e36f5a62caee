"""`ytvault build`, as a user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from processor.parse.youtube import read_url
from tests.cli.running import Ran, called, put, write, ytvault
from tests.commands.build.promises import contents, lost_links, mendable, snapshot, unlisted, vault_at

SAMPLE = Path(__file__).parents[2] / "vault"
NOTE = """\
---
title: A note
videoId: n3Vq8ZtKp0A
---

From: [[hub]] <br/>

See [[Other Note]] and [[nowhere]] <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    return write(tmp_path / "vault", note=NOTE, other_note="An article.\n", hub="---\ntitle: Hub\n---\n")


def test_the_sample_vault_keeps_every_promise(tmp_path: Path) -> None:
    before = snapshot(SAMPLE)
    ran = ytvault("build", SAMPLE, "--out", "out", "--related", "--missing", "stub", cwd=tmp_path)
    assert ran.status == 0, ran
    assert snapshot(SAMPLE) == before
    source, copy = vault_at(SAMPLE), vault_at(tmp_path / "out")
    assert mendable(tmp_path / "out") == []
    assert lost_links(source, copy) == []
    assert unlisted(copy) == []
    one = snapshot(tmp_path / "out")
    again = ytvault("build", SAMPLE, "--out", "out", "--related", "--missing", "stub", cwd=tmp_path)
    assert again.out.startswith("out is up to date; nothing was written (")
    assert snapshot(tmp_path / "out") == one
    judged = ytvault(
        "lint", "out", "--select", "missing-note,missing-source,missing-from-hub,orphan-note", cwd=tmp_path
    )
    assert judged.out == "No problems in 45 notes.\n"


def test_what_a_players_script_goes_by_is_the_second_of_the_link(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "vault")
    put(tmp_path / "vault", "ytvault.toml", 'captions = ["captions"]\n\n[timestamps]\nstyle = "html"\n')
    assert ytvault("build", "vault", "--out", "out", cwd=tmp_path).status == 0
    copied = (tmp_path / "out/Inbox/a_licence_in_ten_minutes.md").read_text(encoding="utf-8")
    assert 'data-t="00:03:02"' in copied  # where captions prove a stamp wrong that is linked in the same run
    found = 0
    for note in vault_at(tmp_path / "out").notes.values():
        for stamp in note.timestamps:
            if stamp.form == "anchor" and stamp.url:
                found += 1
                assert (url := read_url(stamp.url))
                assert url.seconds == stamp.seconds == stamp.label_seconds
    assert found > 50


def test_the_report_says_what_was_made_and_what_is_left(vault: Path) -> None:
    ran = ytvault("build", "vault", "--out", "out", cwd=vault.parent)
    assert ran.status == 0
    assert "out in " in ran.out
    assert "4 files written" in ran.out
    assert "3 notes" not in ran.out
    for line in (
        "notes    4: 2 mended or added to, 1 new",
        "stamps   1 of 1 starts its video at a click, 1 more than in the source",
        "mended   1 broken-link and 1 unlinked-timestamp",
        "made     1 hub entry and 1 index entry",
        "start    Index.md",
        "missing  1 note is asked for and does not exist; most wanted: nowhere (1 note, 1 link)",
        "1  information  missing-note",
    ):
        assert line in ran.out
    assert "[[note|A note]]" in (vault.parent / "out/hub.md").read_text()


def test_the_report_as_json(vault: Path) -> None:
    told = json.loads(ytvault("build", "vault", "--out", "out", "--output-format", "json", cwd=vault.parent).out)
    assert told["written"] == ["Index.md", "hub.md", "note.md", "other_note.md"]
    assert (told["up_to_date"], told["removed"], told["notes"], told["clickable"]) == (False, [], 4, 1)
    assert told["left"] == [{"rule": "missing-note", "severity": "information", "times": 1, "unsafe": 0}]
    assert told["most_wanted"] == [{"note": "nowhere", "asked_by": 1, "links": 1}]
    again = json.loads(ytvault("build", "vault", "--out", "out", "--json", cwd=vault.parent).out)
    assert again["index"] == told["index"] == "Index.md"
    assert (again["up_to_date"], again["written"], again["unchanged"]) == (True, [], 4)
    assert {k: again[k] for k in ("notes", "left", "made")} == {k: told[k] for k in ("notes", "left", "made")}


def test_check_writes_nothing_and_says_whether_the_copy_is_right(vault: Path) -> None:
    here = vault.parent
    ran = ytvault("build", "vault", "--out", "out", "--check", cwd=here)
    assert (ran.status, ran.out.splitlines()[0]) == (1, "Index.md: is missing")
    assert not (here / "out").exists()
    ytvault("build", "vault", "--out", "out", cwd=here)
    ran = ytvault("build", "vault", "--out", "out", "--check", cwd=here)
    assert (ran.status, ran.out) == (0, "out is what a build would give.\n")
    put(here, "out/note.md", "edited")
    (vault / "other_note.md").unlink()
    before = contents(here / "out")
    ran = ytvault("build", "vault", "--out", "out", "--check", cwd=here)
    assert ran.status == 1
    assert "note.md: it was edited since it was built\n" in ran.out
    assert "other_note.md: would be removed\n" in ran.out
    assert contents(here / "out") == before


def test_diff_shows_what_a_build_would_change(vault: Path) -> None:
    here = vault.parent
    put(vault, "a.png", b"\x89\xff")
    ytvault("build", "vault", "--out", "out", cwd=here)
    assert ytvault("build", "vault", "--out", "out", "--diff", cwd=here).out == ""
    put(vault, "other_note.md", "Two articles.\n")
    put(vault, "a.png", b"\x89\xfe")
    ran = ytvault("build", "vault", "--out", "out", "--diff", cwd=here)
    assert ran.status == 1
    assert "Binary files a/a.png and b/a.png differ\n" in ran.out
    assert "--- a/other_note.md\n+++ b/other_note.md\n@@ -1 +1 @@\n-An article.\n+Two articles.\n" in ran.out


def test_what_was_edited_in_the_copy_is_kept_until_force_gives_it_up(vault: Path) -> None:
    here = vault.parent
    ytvault("build", "vault", "--out", "out", cwd=here)
    put(here, "out/note.md", "edited")
    put(vault, "other_note.md", "More.\n")
    ran = ytvault("build", "vault", "--out", "out", cwd=here)
    assert (ran.status, ran.out) == (2, "")
    assert f"{Path('out/note.md')}: it was edited since it was built" in ran.err
    assert "--force" in ran.err
    assert (here / "out/other_note.md").read_text() == "An article.\n"
    ran = ytvault("build", "vault", "--out", "out", "--force", cwd=here)
    assert ran.status == 0
    assert "[[other_note|Other Note]]" in (here / "out/note.md").read_text()
    assert (here / "out/other_note.md").read_text() == "More.\n"


def test_a_folder_that_no_build_made_is_refused_until_force(vault: Path) -> None:
    here = vault.parent
    put(here, "out/thesis.md", "mine")
    put(here, "out/note.md", "mine too")
    ran = ytvault("build", "vault", "--out", "out", cwd=here)
    assert (ran.status, sorted(contents(here / "out"))) == (2, ["note.md", "thesis.md"])
    assert "no build made" in ran.err
    assert ytvault("build", "vault", "--out", "out", "--force", cwd=here).status == 0
    assert (here / "out/thesis.md").read_text() == "mine"
    assert "[[other_note|Other Note]]" in (here / "out/note.md").read_text()


@pytest.mark.parametrize("out", ["vault", "vault/out", "."])
def test_a_copy_in_the_vault_or_around_it_is_refused(vault: Path, out: str) -> None:
    before = snapshot(vault.parent)
    ran = ytvault("build", "vault", "--out", out, "--force", cwd=vault.parent)
    assert ran.status == 2
    assert "name another folder" in ran.err or "name a folder outside" in ran.err
    assert snapshot(vault.parent) == before


def test_a_vault_with_a_half_mended_run_is_not_built_and_not_touched(vault: Path, tmp_path: Path) -> None:
    from processor.disk.record import folder_of

    env = {"YTVAULT_DATA_DIR": str(tmp_path / "data")}
    ytvault("lint", "--fix", cwd=vault, env=env)
    records = list((tmp_path / "data").rglob("run-*"))
    assert len(records) == 1, folder_of
    records[0].rename(records[0].with_name("pending"))
    before = snapshot(vault)
    ran = ytvault("build", "vault", "--out", "out", cwd=vault.parent, env=env)
    assert ran.status == 2
    assert "ytvault undo" in ran.err
    assert snapshot(vault) == before


def test_the_copy_is_linted_by_the_settings_of_its_source(vault: Path) -> None:
    put(vault, "ytvault.toml", 'exclude = ["note.md"]\n[timestamps]\nurl = "short"\n')
    put(vault, "second.md", NOTE)
    ytvault("build", "vault", "--out", "out", cwd=vault.parent)
    assert (vault.parent / "out/note.md").read_text() == NOTE
    assert "https://youtu.be/n3Vq8ZtKp0A?t=370s" in (vault.parent / "out/second.md").read_text()
    assert (vault.parent / "out/ytvault.toml").is_file()


def test_the_settings_say_what_is_made_and_the_command_line_wins(vault: Path) -> None:
    here = vault.parent
    put(
        vault,
        "ytvault.toml",
        '[build]\nmissing = "stub"\nindex = "Home"\nrelated = true\nvideo-link = "link"\naliases = true\n',
    )
    assert ytvault("build", "vault", "--out", "out", cwd=here).status == 0
    made = contents(here / "out")
    assert {"Home.md", "Missing notes/nowhere.md"} <= {*made}
    note = made["note.md"].decode()
    assert "ytvault:video" in note
    assert "aliases:\n  - A note\n" in note
    assert "ytvault:related" in made["other_note.md"].decode()
    off = ["--missing", "keep", "--no-index", "--no-related", "--video-link", "none", "--no-aliases", "--no-hubs"]
    ran = ytvault("build", "vault", "--out", "out", *off, cwd=here)
    assert ran.status == 0
    made = contents(here / "out")
    assert not {"Home.md", "Index.md", "Missing notes/nowhere.md"} & {*made}
    assert made["hub.md"] == b"---\ntitle: Hub\n---\n"
    assert b"%%" not in made["note.md"] + made["other_note.md"]
    assert ytvault("build", "vault", "--out", "out", cwd=here).out.startswith("Built out in ")
    assert "Home.md" in contents(here / "out")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--index", "a:b"], "that a file can have"),
        (["--index", "a.md"], "without .md"),
        (["--index", "a", "--no-index"], "do not go together"),
        (["--missing-at-least", "0"], "0"),
    ],
)
def test_a_start_note_needs_a_name(vault: Path, words: list[str], said: str) -> None:
    ran = ytvault("build", "vault", "--out", "out", *words, cwd=vault.parent)
    assert ran.status == 2
    assert said in ran.err
    assert not (vault.parent / "out").exists()


@pytest.mark.parametrize(("key", "value"), [("index", '"a|b"'), ("missing-at-least", "0")])
def test_a_setting_that_no_build_can_follow_is_refused_with_its_line(vault: Path, key: str, value: str) -> None:
    put(vault, "ytvault.toml", f"[build]\n{key} = {value}\n")
    ran = ytvault("build", "vault", "--out", "out", cwd=vault.parent)
    assert (ran.status, "ytvault.toml:2" in ran.err, f"build.{key}" in ran.err) == (2, True, True)


def test_no_new_note_lies_in_a_file(vault: Path) -> None:
    """A folder of that name cannot be made, so that no build would ever be complete."""
    put(vault, "pics/p.png", "p")
    put(
        vault,
        "asks.md",
        "From: [[hub.md/channel]]\n\nSee [[note.md/deep]], [[pics/p.png/deep]] and [[PICS/other case]].\n",
    )
    ran = ytvault(
        "build", "vault", "--out", "out", "--missing", "stub", "--index", "pics/p.png/start", cwd=vault.parent
    )
    assert (ran.status, "there can be no" in ran.out) == (0, True), ran
    made = {path for path in contents(vault.parent / "out") if not path.startswith(".")} - {*contents(vault)}
    assert made == {"Index.md", "Missing notes/nowhere.md", "pics/other case.md"}
    assert "[[pics/other case|" in (vault.parent / "out/asks.md").read_text("utf-8")


def test_titles_come_from_the_table_of_durations(vault: Path) -> None:
    put(vault, "ytvault.toml", 'durations = "lengths.csv"\n')
    put(vault, "second.md", NOTE.replace("A note", "Cats"))
    put(vault, "lengths.csv", "n3Vq8ZtKp0A,900,How it is called\n")
    assert ytvault("build", "vault", "--out", "out", cwd=vault.parent).status == 0
    assert "### [How it is called](" in (vault.parent / "out/hub.md").read_text()
    put(vault, "lengths.csv", "n3Vq8ZtKp0A,900,Another name\n")
    assert ytvault("build", "vault", "--out", "out", cwd=vault.parent).status == 0
    assert "### [Another name](" in (vault.parent / "out/hub.md").read_text()


def test_a_wrong_call_says_what_is_wrong(vault: Path) -> None:
    assert "Missing option '--out'" in ytvault("build", "vault", cwd=vault.parent).err
    assert ytvault("build", "nothing", "--out", "out", cwd=vault.parent).status == 2
    put(vault, "ytvault.toml", "nonsense = 1\n")
    ran = ytvault("build", "vault", "--out", "out", cwd=vault.parent)
    assert (ran.status, "nonsense" in ran.err) == (2, True)
    assert not (vault.parent / "out").exists()


def test_a_copy_that_cannot_be_written_is_an_error(vault: Path) -> None:
    put(vault.parent, "file", "x")
    ran = ytvault("build", "vault", "--out", "file/out", cwd=vault.parent)
    assert ran.status == 2
    assert "out" in ran.err


def test_quiet_and_verbose(vault: Path) -> None:
    there = vault.parent
    ran = called("build", "vault", "--out", "out", "-v", cwd=there)
    assert "ytvault: note.md: written\n" in ran.err
    assert "Built out" in ran.out
    (vault / "note.md").unlink()
    assert called("build", "vault", "--out", "out", "--check", "-q", cwd=there) == Ran(1, "", "")
    assert called("build", "vault", "--out", "out", "-q", cwd=there) == Ran(0, "", "")
    assert not (there / "out/note.md").exists()
