"""README.md keeps its word: its commands run, its generated parts are up to date, its example of a rule is one."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from processor.cli.lint import command as lint_command
from processor.rules.base import all_rules
from tests.docs import generate

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.M | re.S)
BLOCKS = [(m[2], m[3]) for m in BLOCK.finditer(TEXT)]
SHELL = [text for language, text in BLOCKS if language == "sh"]
SET_UP = 2  # the first two blocks install the program: `.ci/run` runs them
FIRST_RUN, *EXAMPLES = SHELL[SET_UP:]


def test_ci_runs_the_two_commands_that_readme_opens_with() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    function = re.search(r"^readme_block\(\) \{\n.*?^\}\n", script, re.M | re.S)[0]
    for number in (1, 2):
        assert f'bash -euo pipefail -c "$(readme_block {number})"' in script
        found = subprocess.run(
            ["bash", "-c", f"{function}readme_block {number}"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert found.stdout == SHELL[number - 1]
    assert [language for language, _ in BLOCKS[:2]] == ["sh", "sh"]
    assert SHELL[0].endswith(" build vault --out vault-clean\n")
    assert SHELL[1].endswith("/pytest\n")


def test_each_command_does_all_its_set_up() -> None:
    for command in SHELL[:SET_UP]:
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && ")
        assert re.search(r" install -q (-e )?\.", command)


def test_generated_parts_are_up_to_date() -> None:
    assert generate.readme() == TEXT, "run `.venv/bin/python -m tests.docs.generate`"


def test_rule_pages_are_up_to_date() -> None:
    pages = generate.RULE_PAGES.read_text(encoding="utf-8")
    assert generate.rule_pages() == pages, "run `.venv/bin/python -m tests.docs.generate`"


def test_the_rule_table_leads_to_each_page() -> None:
    names = re.findall(r"\(processor/rules/README\.md#([\w-]+)\)", TEXT)
    assert [n for n in names if n in all_rules()] == list(all_rules())
    pages = generate.rule_pages()
    assert all(f"\n### {name}\n" in pages for name in all_rules())


def test_git_ignores_what_the_first_command_makes() -> None:
    assert "/vault-clean/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_links_within_the_documentation_lead_somewhere() -> None:
    pages = {"": TEXT, generate.PAGES: generate.rule_pages()}
    texts = {path: BLOCK.sub("", page) for path, page in pages.items()}
    headings = {
        path: {h.lower().replace(",", "").replace(" ", "-") for h in re.findall(r"^#+ (.*)$", text, re.M)}
        for path, text in texts.items()
    }
    for page, text in texts.items():
        links = re.findall(r"\]\(([\w./]*)#([\w-]+)\)", text)
        assert len(links) > 10
        assert [link for link in links if link[1] not in headings[link[0] or page]] == []


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


def environment(home: Path) -> dict[str, str]:
    """A newcomer's: our programs on the path, and no settings of whoever runs the tests."""
    own = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    git = {f"GIT_{who}_{what}": "me@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "YTVAULT", "_YTVAULT"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    editor = "sed -i s/^#.baseline/baseline/"  # the one edit that is asked for
    return kept | own | git | {"PATH": path, "HOME": str(home), "EDITOR": editor}


def run(example: str, vault: Path) -> list[subprocess.CompletedProcess[str]]:
    return [
        subprocess.run(
            ["bash", "-c", command],
            cwd=vault,
            env=environment(vault.parent),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        for command in example.splitlines()
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.partition("\n")[0] for text in EXAMPLES])
def test_every_example_runs_on_a_copy_of_the_sample_vault(example: str, tmp_path: Path) -> None:
    vault = shutil.copytree(ROOT / "vault", tmp_path / "vault")
    for done in run(example, vault):
        command = done.args[-1]
        assert done.returncode in {0, 1}, (command, done.stdout, done.stderr)
        if "ytvault" in command.split():
            assert done.stdout.strip(), f"an example that shows nothing: {command}"
            assert done.stderr == "" or " - " in command or "--diff" in command  # which says how much that is


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_the_first_run_ends_in_a_commit(tmp_path: Path) -> None:
    vault = shutil.copytree(ROOT / "vault", tmp_path / "vault")
    done = run(FIRST_RUN, vault)
    for ran in done:
        if ran.args[-1].startswith("ytvault"):
            assert ran.stdout.strip()
            assert not ran.stderr or "--diff" in ran.args[-1]
    assert [d.args[-1] for d in done if d.returncode] == ["ytvault lint", "ytvault lint --diff", "ytvault lint --fix"]
    assert "ytvault lint" in done[-1].stdout + done[-1].stderr, "the hook did not run"
    clean = subprocess.run(["git", "status", "--short"], cwd=vault, capture_output=True, text=True, check=True)
    assert clean.stdout == ""


@pytest.mark.parametrize("text", [t for language, t in BLOCKS if language == "toml" and "server" not in t])
def test_a_sample_of_configuration_is_valid(text: str, tmp_path: Path) -> None:
    (tmp_path / "ytvault.toml").write_text(text, encoding="utf-8")
    (tmp_path / "captions").mkdir()
    done = run(f"ytvault config\nytvault lint --config ytvault.toml {ROOT / 'vault'}", tmp_path)
    assert [d.stderr for d in done] == ["", ""]
    told = ("properties.published", 'build.index = "index"', 'build.for = "quartz"')
    assert sum(setting in done[0].stdout for setting in told) == 1


def test_samples_of_yaml_name_what_there_is() -> None:
    files = [yaml.safe_load(text) for language, text in BLOCKS if language == "yaml"]
    hooks = {h["id"] for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    local, installed, workflow, pipeline = files
    assert {h["id"] for entry in (local, installed) for r in entry["repos"] for h in r["hooks"]} <= hooks
    assert all(f"`{hook}`" in TEXT for hook in hooks)
    lines = [s["run"] for s in workflow["jobs"]["lint"]["steps"] if "run" in s] + pipeline["notes"]["script"]
    commands = [line for line in lines if line.startswith("ytvault ")]
    assert len(commands) == 3
    for command in commands:
        words = shlex.split(command)[2:]
        lint_command.make_context("lint", words, resilient_parsing=False)


def test_the_problem_matcher_takes_a_finding_apart() -> None:
    (tasks,) = (json.loads(text) for language, text in BLOCKS if language == "json" and "problemMatcher" in text)
    (task,) = tasks["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    printed = generate.run(task["command"] + " vault/Inbox").splitlines()
    assert len(printed) > 50
    for line in printed:
        found = re.match(pattern["regexp"], line)
        assert found, line
        assert found[pattern["file"]].startswith("vault/Inbox/")
        assert found[pattern["severity"]] in {"error", "warning", "info"}
        assert found[pattern["code"]] in all_rules()


@pytest.mark.skipif(not shutil.which("vim"), reason="Vim is not installed")
def test_vim_fills_its_quickfix_list(tmp_path: Path) -> None:
    (settings,) = (text for language, text in BLOCKS if language == "vim")
    (tmp_path / "vimrc").write_text(settings)
    printed = generate.run("ytvault lint vault/Inbox --output-format concise")
    (tmp_path / "findings").write_text(printed, encoding="utf-8")
    script = "call writefile(map(getqflist(), {_, f -> join([bufname(f.bufnr), f.lnum, f.col, f.type, f.valid], ':')}), 'list')"
    vim = ["vim", "-Nes", "-i", "NONE", "-u", "vimrc", "-c", "cgetfile findings", "-c", script, "-c", "qa!"]
    subprocess.run(vim, cwd=tmp_path, capture_output=True, check=False, timeout=30)
    if not (tmp_path / "list").exists():
        pytest.skip("this Vim cannot evaluate expressions")
    places = [m.expand(r"\1:\2:\3:\4:1") for m in re.finditer(r"^(\S+?):(\d+):(\d+): (\w)", printed, re.M)]
    assert (tmp_path / "list").read_text().splitlines() == places


def test_the_settings_of_editors_start_the_server() -> None:
    settings = [(language, text) for language, text in BLOCKS if language in EDITORS and "server" in text]
    assert {language for language, _ in settings} == set(EDITORS)
    for language, text in settings:
        assert re.search(r"\bytvault\b.*\bserver\b", " ".join(re.sub(r"[\"\[\],{}]", " ", text).split())), text
        if language == "json":
            json.loads(text)
        elif language == "toml":
            tomllib.loads(text)


EDITORS = ("lua", "toml", "json", "lisp", "kak")
