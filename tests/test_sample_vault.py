"""The sample vault is what it says: clean notes outside `Inbox`, and in it the faults that real notes have."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from processor.cli import main

VAULT = Path(__file__).parents[1] / "vault"
INBOX = {  # what each of its notes is there to show
    "a_licence_in_ten_minutes": {"unlinked-timestamp"},  # the rest shows with captions alone
    "benchmarks_who_checks_the_checkers": {"invalid-yaml", "fenced-note"},
    "leaks_and_what_they_changed": {
        "duplicate-property",
        "broken-block",
        "unclosed-fence",
        "unlinked-timestamp",
    },
    "licences_that_bite": {"invalid-video-id", "malformed-link", "broken-heading", "unlinked-timestamp"},
    "moats_and_how_to_cross_them": {"unquoted-video-id", "shifted-timestamp", "timestamp-past-end"},
    "open_models_in_the_classroom": {"broken-link", "missing-note", "unlinked-timestamp"},
    "questions_from_the_audience": {"wrong-video", "broken-embed", "unlinked-timestamp"},
    "the_smallest_useful_model": {"misplaced-front-matter"},
    "what_a_training_run_costs": {"malformed-timestamp", "mismatched-timestamp", "unlinked-timestamp"},
}


@cache
def lint() -> list[dict]:
    done = CliRunner().invoke(main, ["lint", str(VAULT), "--output-format", "json"])
    assert done.exit_code == 1, done.output
    return json.loads(done.stdout)


@cache
def inspect() -> dict[str, dict]:
    done = CliRunner().invoke(main, ["inspect", str(VAULT)])
    assert done.exit_code == 0, done.output
    return {note["path"]: note for note in json.loads(done.stdout)}


def is_clean(path: str) -> bool:
    return not path.startswith(("Inbox/", "Clippings/"))


def test_notes_outside_the_inbox_are_clean() -> None:
    assert [f for f in lint() if is_clean(f["path"])] == []


def test_the_clippings_lack_nothing_but_links_of_their_times() -> None:
    found = [f for f in lint() if f["path"].startswith("Clippings/")]
    assert {f["rule"] for f in found} == {"unlinked-timestamp", "mismatched-timestamp"}
    assert len(found) > 40
    assert all(f["fix"]["safe"] for f in found)
    notations = {
        t["notation"] for path, n in inspect().items() if path.startswith("Clippings/") for t in n["timestamps"]
    }
    assert len(notations) > 8


def test_the_inbox_shows_what_it_is_there_to_show() -> None:
    found = defaultdict(set)
    for finding in lint():
        if finding["path"].startswith("Inbox/"):
            found[finding["path"].removeprefix("Inbox/").removesuffix(".md")].add(finding["rule"])
    assert dict(found) == INBOX


def test_a_build_links_every_time_of_the_clippings_and_completes_their_hub(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", str(VAULT), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(main, ["inspect", str(tmp_path / "out/Clippings")])
    notes = json.loads(done.stdout)
    stamps = [stamp for note in notes for stamp in note["timestamps"]]
    assert len(stamps) == sum(
        len(note["timestamps"]) for path, note in inspect().items() if path.startswith("Clippings/")
    )
    assert [s for s in stamps if s["form"] != "link" or not s["url"] or s["seconds"] is None] == []
    (hub,) = (note for note in notes if note["kind"] == "hub")
    listed = {link["resolved"] for link in hub["links"]}
    assert listed == {note["path"] for note in notes if note is not hub}


def test_every_note_of_the_inbox_is_in_the_table() -> None:
    assert {p.stem for p in (VAULT / "Inbox").iterdir()} == set(INBOX)


def test_every_link_of_a_clean_note_leads_somewhere() -> None:
    links = [
        (path, link["original"], link["status"])
        for path, note in inspect().items()
        if is_clean(path)
        for link in (*note["links"], *note["embeds"], *note["frontmatterLinks"])
    ]
    assert len(links) > 60
    assert [x for x in links if x[2] != "ok"] == []


def test_every_stamp_of_a_clean_note_starts_its_own_video_at_its_label() -> None:
    stamps = [
        (note["frontmatter"]["videoId"], stamp)
        for path, note in inspect().items()
        if is_clean(path)
        for stamp in note["timestamps"]
    ]
    assert len(stamps) > 140
    for video, stamp in stamps:
        hours, minutes, seconds = map(int, stamp["label"].split(":"))
        start = 3600 * hours + 60 * minutes + seconds
        assert stamp["form"] == "link"
        assert (stamp["videoId"], stamp["seconds"]) == (video, start)
        assert stamp["url"] == f"https://www.youtube.com/watch?v={video}&t={start}s"


def test_hubs_list_every_clean_note_of_their_channel_once_under_its_video() -> None:
    hubs = {path: note for path, note in inspect().items() if note["kind"] == "hub" and is_clean(path)}
    assert len(hubs) == 4
    for path, hub in hubs.items():
        channel = Path(path).parent.name
        listed = []
        for section in re.split("^### ", (VAULT / path).read_text(encoding="utf-8"), flags=re.M)[1:]:
            video = re.search(r"watch\?v=([\w-]{11})\)", section)[1]
            for name in re.findall(r"^- \[\[(\w+) \| ", section, re.M):
                assert inspect()[f"{channel}/{name}.md"]["frontmatter"]["videoId"] == video
                listed.append(f"{channel}/{name}.md")
        assert sorted([*listed, path]) == sorted(p for p in inspect() if p.startswith(f"{channel}/"))
        assert len(hub["links"]) == len(listed)


@pytest.mark.parametrize("kind", ["embeds", "blocks", "tags", "frontmatterLinks", "externalLinks"])
def test_the_vault_shows_constructs_of_every_kind(kind: str) -> None:
    assert any(note.get(kind) for path, note in inspect().items() if is_clean(path))


def test_no_file_would_be_changed_by_git_or_by_another_system() -> None:
    for file in VAULT.rglob("*"):
        name = (
            re.sub(r"\[[\w-]{11}\]", "", file.name) if file.parent.name == "captions" else file.name
        )  # as yt-dlp names it
        assert not re.search(r'[:*"\\<>?|#^\[\]]', name), f"{file.name} cannot stand in a link or on Windows"
        if file.is_file():
            assert b"\r" not in file.read_bytes(), f"{file} holds a carriage return"
