"""Templates are no notes yet: nothing in them is judged or mended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import put, ytvault

TEMPLATE = (
    "---\ntitle: {{title}}\ndate: {{date}}\ntag: x\n---\n\nFrom: [[channell]]\n\n[[{{title}} notes]] and [[00:06:10]]\n"
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path, "channel.md", "See [[Templates/talk]].\n")
    put(tmp_path, "Templates/talk.md", TEMPLATE)
    put(tmp_path, "Templates/sub/talk.md", TEMPLATE)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        (".obsidian/templates.json", {"folder": "Templates"}),
        (".obsidian/templates.json", {"folder": "/templates/"}),
        (".obsidian/plugins/templater-obsidian/data.json", {"templates_folder": "Templates"}),
        (".obsidian/plugins/templater-obsidian/data.json", {"template_folder": "Templates/"}),
        (".obsidian/plugins/quickadd/data.json", {"templateFolderPath": "Templates"}),
    ],
)
def test_a_folder_of_templates(vault: Path, file: str, settings: dict[str, str]) -> None:
    assert "Templates/" in ytvault("lint", cwd=vault).out
    put(vault, file, json.dumps(settings))
    ran = ytvault("lint", "--unsafe-fixes", cwd=vault)
    assert (ran.status, ran.out) == (0, "No problems in 1 note.\n")
    assert (vault / "Templates/talk.md").read_text(encoding="utf-8") == TEMPLATE
    assert (
        f"# templates = [{json.dumps(next(iter(settings.values())).strip('/') + '/')}]"
        in ytvault("config", cwd=vault).out
    )


def test_the_template_of_daily_notes(vault: Path) -> None:
    put(vault, ".obsidian/daily-notes.json", '{"template": "Templates/talk"}')
    out = ytvault("lint", cwd=vault).out
    assert "Templates/talk.md" not in out
    assert "Templates/sub/talk.md" in out


def test_what_is_said_of_them(vault: Path) -> None:
    put(vault, ".obsidian/templates.json", '{"folder": "Templates"}')
    ran = ytvault("lint", "-v", cwd=vault)
    assert "ytvault: 2 templates not judged: Templates/, named by .obsidian/templates.json\n" in ran.err
    ran = ytvault("lint", "Templates/talk.md", cwd=vault)
    assert (ran.status, ran.out) == (0, "Every note here is a template, and not judged.\n")
    assert "template" not in ytvault("lint", "-v", "--vault", "Templates/sub", cwd=vault).err


def test_they_are_notes_to_links_and_to_inspect(vault: Path) -> None:
    put(vault, ".obsidian/plugins/templater-obsidian/data.json", '{"templates_folder": "Templates"}')
    put(vault, "channel.md", "See [[Templates/talk]] and [[Templates/tlk]].\n")
    out = ytvault("lint", cwd=vault).out
    assert "  1:28 information: " in out
    assert "  1:5 " not in out
    assert '"path": "Templates/talk.md"' in ytvault("inspect", "Templates", cwd=vault).out


@pytest.mark.parametrize("folder", ["", "/", ".", " "])
def test_a_setting_that_names_the_whole_vault(vault: Path, folder: str) -> None:
    put(vault, ".obsidian/templates.json", json.dumps({"folder": folder}))
    assert "Templates/talk.md" in ytvault("lint", cwd=vault).out


def test_a_folder_whose_name_begins_alike(vault: Path) -> None:
    put(vault, ".obsidian/templates.json", '{"folder": "Templates/s"}')
    assert "Templates/sub/talk.md" in ytvault("lint", cwd=vault).out


@pytest.mark.parametrize("settings", ["[]", "{", '{"folder": 3}', "\0"])
def test_settings_that_cannot_be_read_stop_nothing(vault: Path, settings: str) -> None:
    put(vault, ".obsidian/templates.json", settings)
    assert ytvault("lint", cwd=vault).status == 1
