"""`ytvault init`, as a user runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import put, write, ytvault

TALK = """\
---
title: Talk
videoId: n3Vq8ZtKp0A
published: 2024-02-29
---

From: [[channel]] <br/>

A thing <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>, and [[talk1]].
"""
HOOKS = ".pre-commit-config.yaml"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path, ".obsidian/app.json", '{"newLinkFormat": "relative"}')
    return write(tmp_path, talk1=TALK, talk2=TALK, talk3=TALK, channel="# Channel\n\n[talk](talk1.md)\n")


def test_it_says_what_it_saw_and_writes_a_file_that_fits(vault: Path) -> None:
    ran = ytvault("init", cwd=vault)
    assert (ran.status, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines == [
        f"{vault}: 4 notes, 0 other files",
        "",
        "Kinds 3 transcripts, 1 hub",
        "Hubs channel (3 notes)",
        "Video `videoId` in 3 notes",
        "Properties published (3, date), title (3), videoId (3)",
        "Links 6 wikilinks, 1 Markdown link; Obsidian writes wikilinks, from the note's folder",
        "Stamps not linked: 3 anchor",
        "",
        "Wrote ytvault.toml.",
        "",
        "ytvault lint tells what is wrong, and what mends it",
        "ytvault lint --diff shows what --fix would change",
    ]
    text = (vault / "ytvault.toml").read_text(encoding="utf-8")
    assert 'video-property = ["videoId"]\n' in text
    assert '[properties.published]  # in 3 notes\ntype = "date"\n' in text
    before = ytvault("lint", "--output-format", "concise", cwd=vault)
    (vault / "ytvault.toml").unlink()
    assert ytvault("lint", "--output-format", "concise", cwd=vault) == before


def test_it_never_overwrites(vault: Path) -> None:
    put(vault, "ytvault.toml", "# mine\n")
    ran = ytvault("init", cwd=vault)
    assert ran.status == 2
    assert "ytvault.toml configures this vault already" in ran.err
    (vault / ".git").mkdir()
    ran = ytvault("init", "--pre-commit", cwd=vault)
    assert ran.status == 0
    assert "is there already, and stays as it is" in ran.out
    assert (vault / "ytvault.toml").read_text(encoding="utf-8") == "# mine\n"
    assert (vault / HOOKS).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_it_does_not_write_through_a_link(vault: Path) -> None:
    (vault / "ytvault.toml").symlink_to(vault / "elsewhere.toml")
    ran = ytvault("init", cwd=vault)
    assert ran.status == 2
    assert "ytvault.toml: not written: there is a symbolic link of that name" in ran.err
    assert not (vault / "elsewhere.toml").exists()


def test_a_project_that_configures_the_vault_counts(vault: Path) -> None:
    put(vault, "pyproject.toml", '[tool.ytvault]\nignore = ["links"]\n')
    ran = ytvault("init", cwd=vault)
    assert ran.status == 2
    assert "pyproject.toml configures this vault already" in ran.err
    assert not (vault / "ytvault.toml").exists()


def test_a_dry_run_prints_the_file_and_writes_nothing(vault: Path) -> None:
    before = sorted(vault.iterdir())
    ran = ytvault("init", "--dry-run", "--pre-commit", cwd=vault)
    assert ran.status == 0
    assert "3 transcripts" in ran.err
    assert ran.out.startswith("# What ytvault is to ask")
    assert "id: ytvault-lint" in ran.out
    assert sorted(vault.iterdir()) == before
    text = ytvault("init", "--dry-run", cwd=vault).out
    ytvault("init", cwd=vault)
    assert (vault / "ytvault.toml").read_text(encoding="utf-8") == text


def test_the_vault_is_found_from_within_and_from_without(vault: Path) -> None:
    (vault / "sub").mkdir()
    assert "Wrote ../ytvault.toml." in ytvault("init", cwd=vault / "sub").out
    (vault / "ytvault.toml").unlink()
    ran = ytvault("init", vault.name, cwd=vault.parent)
    assert f"Wrote {vault.name}/ytvault.toml." in ran.out
    assert f"ytvault lint {vault.name} --diff" in ran.out


def test_templates_are_left_out(vault: Path) -> None:
    put(vault, ".obsidian/templates.json", '{"folder": "My Templates"}')
    put(vault, "My Templates/talk.md", "---\ntitle: {{title}}\n---\n")
    ytvault("init", cwd=vault)
    assert 'exclude = ["/My Templates/"]' in (vault / "ytvault.toml").read_text(encoding="utf-8")
    assert "My Templates" not in ytvault("lint", cwd=vault).out


def test_a_folder_without_notes(tmp_path: Path) -> None:
    ran = ytvault("init", cwd=tmp_path)
    assert ran.status == 2
    assert "there are no notes in" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(vault: Path) -> None:
    vault.chmod(0o500)
    ran = ytvault("init", cwd=vault)
    vault.chmod(0o700)
    assert ran.status == 2
    assert "ytvault.toml: cannot be written: " in ran.err


# pre-commit


def test_a_vault_in_a_folder_of_a_repository(vault: Path) -> None:
    (vault.parent / ".git").mkdir()
    try:
        ran = ytvault("init", "--pre-commit", cwd=vault)
        assert f"Wrote ../{HOOKS}; `pre-commit install` puts it to work." in ran.out
        assert "entry: ytvault lint --staged" in (vault.parent / HOOKS).read_text(encoding="utf-8")
    finally:
        (vault.parent / ".git").rmdir()
        (vault.parent / HOOKS).unlink()


def test_a_hook_is_added_once(vault: Path) -> None:
    (vault / ".git").mkdir()
    old = "repos:\n  - repo: x  # é\n    hooks: []\n\n"
    put(vault, HOOKS, old)
    assert "Added the hook" in ytvault("init", "--pre-commit", cwd=vault).out
    new = (vault / HOOKS).read_text(encoding="utf-8")
    assert new.startswith(old.rstrip() + "\n  - repo: local\n")
    assert "speaks of ytvault already" in ytvault("init", "--pre-commit", cwd=vault).out
    assert (vault / HOOKS).read_text(encoding="utf-8") == new


def test_a_hook_that_cannot_be_added_for_certain_is_printed(vault: Path) -> None:
    (vault / ".git").mkdir()
    old = "repos:\n- repo: x\nci:\n  skip: [x]\n"
    put(vault, HOOKS, old)
    ran = ytvault("init", "--pre-commit", cwd=vault)
    assert ran.status == 0
    assert "it is not certain where this goes" in ran.out
    assert "    - id: ytvault-lint\n" in ran.out.replace("      - id", "    - id")
    assert (vault / HOOKS).read_text(encoding="utf-8") == old


def test_no_repository(vault: Path) -> None:
    ran = ytvault("init", "--pre-commit", cwd=vault)
    assert ran.status == 0
    assert "is in no git repository" in ran.out
    assert not (vault / HOOKS).exists()


def test_captions_are_noticed_and_named(tmp_path: Path) -> None:
    vault = write(tmp_path / "vault", talk1=TALK)
    put(tmp_path, "captions/Talk [n3Vq8ZtKp0A].en.vtt", "WEBVTT\n")
    put(vault, "media/talks/Other [Uq4eSg0ePXs].en.srt", "")
    put(vault, "media/talks/Other [Uq4eSg0ePXs].info.json", "")
    put(vault, "media/data.json", "{}")
    turns = "".join(f"({at // 60}:{at % 60:02}):\n{'word ' * 30}\n\n" for at in range(1, 120, 8))
    put(vault, "said.md", f"---\nvideoId: n3Vq8ZtKp0A\n---\n\n{turns}")
    ran = ytvault("init", cwd=vault)
    assert "  Captions    1 video in ../captions, 1 video in media, 1 note with a transcript\n" in ran.out
    assert '\ncaptions = ["../captions", "media"]\n' in (vault / "ytvault.toml").read_text(encoding="utf-8")
    assert "there is no" not in ytvault("lint", "--exit-zero", cwd=vault).err
