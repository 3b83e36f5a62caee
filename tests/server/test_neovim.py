"""A real editor: Neovim, headless. `pytest -m editor`, where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import put
from tests.server.editor import command, environment

pytestmark = pytest.mark.editor


@pytest.fixture
def neovim() -> str:
    found = shutil.which("nvim")
    if found is None:
        if os.environ.get("YTVAULT_EDITOR") == "required":
            pytest.fail("there is no nvim")
        pytest.skip("there is no nvim")
    return found


def test_a_session(neovim: str, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "a.md", "# A\n\nSee [[b#Part]] and [[Open Source]].\n")
    put(root, "b.md", "## Part\n")
    put(root, "open_source.md", "Text.\n")
    said = tmp_path / "said"
    ran = subprocess.run(
        [
            neovim,
            "--headless",
            "-u",
            "NONE",
            "-i",
            "NONE",
            "-n",
            "-c",
            f"luafile {Path(__file__).with_name('neovim.lua')}",
        ],
        cwd=root,
        env=environment(YTVAULT_SAID=str(said), YTVAULT_COMMAND=json.dumps(command())),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    steps: dict[str, Any] = {}
    for line in said.read_text(encoding="utf-8").splitlines():
        step = json.loads(line)
        steps[step["step"]] = step["what"]
    assert "failed" not in steps, (steps, ran.stderr)
    assert steps["shown"] == [{"code": "broken-link", "line": 2, "column": 19, "to": 34, "source": "ytvault"}]
    assert steps["fixed"] == "# A\n\nSee [[b#Part]] and [[open_source|Open Source]]."
    assert steps["completed"] == "😀 [[open_source]]"
    assert steps["renamed"] == [
        "# A\n\nSee [[b#New part]] and [[open_source|Open Source]].\n😀 [[open_source]]",
        "## New part",
    ]
    assert "See [[c#New part]] and" in steps["moved"]
    assert "## New part" in steps["hovered"]
    assert steps["left"] == []
    assert steps["ended"] is True
    assert (root / "deep/c.md").read_text(encoding="utf-8") == "## New part\n"
    assert not (root / "b.md").exists()
    assert (root / "a.md").read_text(encoding="utf-8").startswith("# A\n\nSee [[c#New part]]")
