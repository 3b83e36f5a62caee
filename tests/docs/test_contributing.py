"""The recipes for those who work on the program do what they say: each is carried out on a copy of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.test_layers import PACKAGES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^(`{3,})(\w+) (\S+)\n(.*?)^\1$", TEXT, re.M | re.S)


def test_the_recipes_work(tmp_path: Path) -> None:
    for name in ("processor", "tests", "vault"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    tests = []
    for _, language, place, block in BLOCKS:
        file = tmp_path / place
        if language == "diff":
            apply(block, file)
            continue
        assert not file.exists(), f"{place} is there already"
        file.write_text(block, encoding="utf-8")
        if place.startswith("tests/"):
            tests.append(place)
    assert len(tests) >= 4
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests, "tests/test_layers.py"],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST")} | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def apply(change: str, file: Path) -> None:
    """Make a change, as the lines of a diff show it."""
    lines = change.splitlines(keepends=True)
    text = file.read_text(encoding="utf-8")
    before = "".join(line[1:] for line in lines if line[0] != "+")
    assert text.count(before) == 1, f"{file.name} does not hold {before!r}"
    file.write_text(text.replace(before, "".join(line[1:] for line in lines if line[0] != "-")), encoding="utf-8")


def test_the_plan_of_the_house_names_its_packages() -> None:
    plan = (ROOT / "processor/README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[`(\w+)/`\]\(\1\) \|", plan, re.M) == list(PACKAGES)
