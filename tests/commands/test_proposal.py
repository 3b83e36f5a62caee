"""The configuration and the hook that are proposed: they can be read, they fit, and nothing that was there is touched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from processor.base.text import count
from processor.commands.proposal import has_hook, new_hooks, proposal, styles, with_hook
from processor.commands.survey import Survey, survey
from processor.config import Config, load_config
from processor.parse.frontmatter import read_properties
from processor.rules.expected import Expected
from processor.vault.note import parse_note
from processor.vault.vault import Vault

ID = "dQw4w9WgXcQ"


def seen(*notes: str) -> Survey:
    return survey(Vault([parse_note(text, f"n{i}.md") for i, text in enumerate(notes)]))


def front(**properties: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in properties.items()) + "---\n"


def loaded(text: str, folder: Path) -> Config:
    (folder / "ytvault.toml").write_text(text, encoding="utf-8")
    return load_config(folder)


TALKS = [front(url=f"https://youtu.be/{ID}", published="2024-02-29", lang="en", rating=str(i)) for i in range(10)]


def test_what_is_proposed_fits(tmp_path: Path) -> None:
    config = loaded(proposal(seen(*TALKS), Config(), templates="My [T]emplates"), tmp_path)
    assert config.video_property == ("url",)
    assert config.is_excluded("My [T]emplates/talk.md")
    assert not config.is_excluded("My T/talk.md")
    assert {name: spec.type for name, spec in config.expected.properties.items()} == {
        "published": "date",
        "rating": "number",
        "lang": None,
    }


def test_every_proposal_that_is_a_comment_can_be_taken_up(tmp_path: Path) -> None:
    text = proposal(seen(*TALKS, *TALKS[:1]), Config())
    for line in [line for line in text.splitlines() if line.startswith("# ") and " = " in line]:
        setting = line.removeprefix("# ")
        assert loaded(text.replace(line, setting), tmp_path) != loaded(text, tmp_path), line


def test_an_empty_vault_has_a_proposal(tmp_path: Path) -> None:
    config = loaded(proposal(seen(), Config()), tmp_path)
    assert config.video_property == Config().video_property


def test_a_property_that_obsidian_knows_is_left_to_it() -> None:
    text = proposal(seen(*TALKS), Config(expected=Expected(obsidian={"Published": "date"})))
    assert '# type = "date"  # as .obsidian/types.json says' in text
    assert "type" not in tomllib.loads(text)["properties"]["published"]


def test_a_few_values_of_another_type_are_counted() -> None:
    text = proposal(seen(*TALKS * 2, front(published="soon", rating="x", a="1")), Config())
    assert 'type = "date"  # 1 note would be reported' in text
    properties = tomllib.loads(proposal(seen(*TALKS[:3], front(published="soon")), Config()))["properties"]
    assert "type" not in properties["published"]


def test_a_choice_of_values_and_what_all_have() -> None:
    text = proposal(seen(*[front(videoId=ID, status=("draft", "done")[i % 2]) for i in range(10)]), Config())
    assert '[properties.status]  # in 10 notes\n# values = ["done", "draft"]\n# required = ["transcript"]' in text


@pytest.mark.parametrize(
    ("stamps", "style"),
    [
        ({}, ("markdown", "watch")),
        ({"anchor": 9, "link": 1}, ("markdown", "watch")),
        ({"html": 3, "link": 2}, ("html", "watch")),
        ({"media": 3, "html": 2}, ("media", "watch")),
        ({"link": 3, "short": 2}, ("markdown", "short")),
        ({"link": 4, "short": 2}, ("markdown", "watch")),
    ],
)
def test_the_style_of_most_stamps(stamps: dict[str, int], style: tuple[str, str]) -> None:
    assert styles(Survey(0, 0, {}, {}, {}, {}, [], {}, stamps)) == style


def test_counts() -> None:
    assert [count(1, "note"), count(1204, "note"), count(2, "anchor with href", "anchors with href")] == [
        "1 note",
        "1,204 notes",
        "2 anchors with href",
    ]


# pre-commit


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: x\n  hooks: []\n",
        "repos:\n  - repo: x\n    hooks:\n      - id: a",
        "# a\nci: {a: b}\nrepos:  # c\n\n    - repo: x # y\n\n\n",
        "repos:\n  - {repo: x}\n# the end\n",
        "exclude: |\n  repos:\nrepos:\n- repo: x\n",
        "repos:\n-   repo: x\n    hooks:\n    -   id: a\n        args: ['---']\n",
    ],
)
def test_a_hook_is_added_to_the_end(text: str) -> None:
    added = with_hook(text)
    assert added is not None
    assert added.startswith(text.rstrip() + "\n")
    repos = read_properties(f"---\n{added}---\n").get("repos")
    assert repos is not None
    assert [repo["repo"] for repo in repos.value] == ["x", "local"]
    assert [hook["entry"] for hook in repos.value[1]["hooks"]] == ["ytvault lint --staged"]
    assert has_hook(added)
    assert not has_hook(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "repos: []\n",
        "repos: [{repo: x}]\n",
        "repos:\n",
        "repos:\n  - repo: x\nci:\n  a: b\n",  # the list is not the last thing
        "repos:\n  - repo: x\nci:\n- a\n",
        "---\nrepos:\n- repo: x\n",
        "repos:\r\n- repo: x\r\n",
        "- repo: x\n",
        "repos:\n- repo: x\nrepos:\n- repo: y\n",
        "repos:\n  - repo: [x\n",
        "repos:\n  - repo: |\n      x\n    hooks: |\n     - repo: y\nother: |\n  repos:\n   - repo: z",
        "exclude: |\n  a\n  repos:\n  - b\n",
    ],
)
def test_a_hook_is_not_added_where_that_is_not_certain(text: str) -> None:
    assert with_hook(text) is None


def test_a_comment_is_no_hook() -> None:
    assert not has_hook("# ytvault later\nrepos: []\n")
    assert has_hook("repos:\n- repo: https://example.org/ytvault\n")


def test_a_new_file() -> None:
    assert has_hook(new_hooks())
    assert with_hook(new_hooks()) is not None
