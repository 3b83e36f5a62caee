"""README.md keeps its word: its commands run, its generated parts are up to date, its example of a rule is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from processor.rule import all_rules
from tests.docs import generate

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.M | re.S)
BLOCKS = [(m[2], m[3]) for m in BLOCK.finditer(TEXT)]
SHELL = [text for language, text in BLOCKS if language == "sh"]
SET_UP = 2  # the first two blocks install the program: `.ci/run` runs them
EXAMPLES = SHELL[SET_UP:]


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
    assert " lint vault" in SHELL[0]
    assert SHELL[1].endswith("/pytest\n")


def test_each_command_does_all_its_set_up() -> None:
    for command in SHELL[:SET_UP]:
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && ")
        assert " install -q -e ." in command


def test_generated_parts_are_up_to_date() -> None:
    assert generate.readme() == TEXT, "run `.venv/bin/python -m tests.docs.generate`"


def test_rule_pages_are_up_to_date() -> None:
    pages = generate.RULE_PAGES.read_text(encoding="utf-8")
    assert generate.rule_pages() == pages, "run `.venv/bin/python -m tests.docs.generate`"


def test_the_rule_table_leads_to_each_page() -> None:
    names = re.findall(r"\(processor/rules/README\.md#([\w-]+)\)", TEXT)
    assert names == list(all_rules())
    pages = generate.rule_pages()
    assert all(f"\n### {name}\n" in pages for name in names)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.partition("\n")[0] for text in EXAMPLES])
def test_every_example_runs_on_a_copy_of_the_sample_vault(example: str, tmp_path: Path) -> None:
    vault = shutil.copytree(ROOT / "vault", tmp_path / "vault")
    data = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    for command in example.splitlines():
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=vault,
            env=os.environ | data | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr
        assert done.stdout.strip(), "an example that shows nothing"
        assert done.stderr == ""


def test_the_example_of_a_rule_is_a_rule(tmp_path: Path) -> None:
    rule, test = (text for language, text in BLOCKS if language == "python")
    copy = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "processor", tmp_path / "processor", ignore=copy)
    (tmp_path / "processor/rules/notes/shouting_title.py").write_text(rule, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/__init__.py").touch()
    shutil.copy(ROOT / "tests/tables.py", tmp_path / "tests")
    (tmp_path / "tests/test_shouting_title.py").write_text(test, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.search(r"^\d\d+ passed", done.stdout, re.M), done.stdout
    assert done.returncode == 0, done.stdout
