"""What the Tab key offers."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.config import Config
from processor.config.in_force import in_force, setting_names
from processor.rules.base import FAMILIES, all_rules
from tests.cli.running import ytvault


def offered(*words: str, cwd: Path) -> list[str]:
    """What bash is told of a command line whose last word is not finished."""
    env = {"_YTVAULT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(["ytvault", *words]), "COMP_CWORD": "9"}
    env["COMP_CWORD"] = str(len(words))
    return [line.partition(",")[2] for line in ytvault(cwd=cwd, env=env).out.splitlines()]


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_rules_and_families_behind_commas_too(option: str, tmp_path: Path) -> None:
    names = {*all_rules(), *FAMILIES, "ALL"}
    assert {*offered("lint", option, "", cwd=tmp_path)} == names
    assert offered("lint", option, "broken-l", cwd=tmp_path) == ["broken-link"]
    assert offered("lint", option, "links,broken-h", cwd=tmp_path) == ["links,broken-heading"]
    assert {*offered("lint", option, "links,notes,", cwd=tmp_path)} == {f"links,notes,{x}" for x in names} - {
        "links,notes,links",
        "links,notes,notes",
    }


def test_all_that_is_named_is_offered(tmp_path: Path) -> None:
    assert offered("rule", "lin", cwd=tmp_path) == ["links", "link-in-html"]
    assert offered("rule", "shifted", cwd=tmp_path) == ["shifted-timestamp"]
    assert offered("config", "timestamps.s", cwd=tmp_path) == ["timestamps.style"]
    assert {*offered("config", "", cwd=tmp_path)} == {*setting_names()}
    assert offered("config", "./no", cwd=tmp_path) == ["./no"]  # a file, which the shell looks for
    assert offered("lint", "--report", "sa", cwd=tmp_path) == ["sarif="]
    assert offered("lint", "--output-format", "json", cwd=tmp_path) == ["json", "jsonl"]
    assert offered("lint", "--fail-on", "e", cwd=tmp_path) == ["error"]
    assert offered("con", cwd=tmp_path) == ["convert", "config"]
    assert offered("links", "--to", "x", cwd=tmp_path) == ["x"]


def test_the_settings_are_all() -> None:
    assert {s.key for s in in_force(Config())} <= {*setting_names()}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(shell: str, tmp_path: Path) -> None:
    ran = ytvault(cwd=tmp_path, env={"_YTVAULT_COMPLETE": f"{shell}_source"})
    if ran.status == 0 or "Bash" not in ran.err:  # click asks bash for its version
        assert f"_YTVAULT_COMPLETE={shell}_complete" in ran.out
