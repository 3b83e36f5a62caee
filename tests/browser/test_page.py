"""The report's page in headless Chromium: every part shown, filters and links by mouse and by keyboard, no violation that axe-core
finds, no request to any address, whatever the notes hold.

Run by `pytest -m browser`; for what it needs see `conftest.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import put, ytvault

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "vault"
EVIL = "</script><img src=x onerror=alert(1)>"


def looked_at(vault: Path, browser: str, *args: str) -> dict[str, Any]:
    """What the browser saw of the page of a vault."""
    page = vault.parent / "page.html"
    assert ytvault("report", *args, "--out", page, cwd=vault).status == 0
    done = subprocess.run(
        ["node", str(HERE / "page.js"), str(page), browser], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert not seen["failures"], "\n".join(seen["failures"])
    return seen


def test_the_sample_vault(tmp_path: Path, browser: str) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(SAMPLE, vault)
    seen = looked_at(vault, browser)
    counted = json.loads(ytvault("lint", "--statistics", "--output-format", "json", cwd=vault).out)
    assert {rule: int(n) for rule, n in seen["rules"].items()} == {row["rule"]: row["count"] for row in counted}
    asked = json.loads(ytvault("links", "--missing", "--output-format", "json", cwd=vault).out)
    assert seen["names"] == [one["link"] for one in asked]
    findings = sum(row["count"] for row in counted)
    assert seen["title"] == f"{findings} findings in 43 notes"
    assert seen["findings"].startswith(f"{findings} findings in ")
    assert seen["obsidian"].startswith("obsidian://open?vault=vault&file=")
    assert seen["command"].startswith("ytvault lint ")


def hostile(root: Path) -> None:
    """Notes whose names and texts a page might take for more than text."""
    names = [
        "a&amp;b'\"`$(x)",
        "x" * 200,
        "שלום \u202eתם",
        "👩‍👩‍👧 🏳️‍🌈",
        "-rf",
        "%2e%2e",
        "a <b>bold<",
        "</style><style>*{display:none}",
    ]
    names = [name.replace("/", "∕") for name in [*names, EVIL]]
    for i, name in enumerate(names):
        text = f"{EVIL} [[{'y' * 400}]] [[{names[i - 1][:40]}x]] [00:0{i}:00] \x00\x1b[31m\u2028 [[n#{EVIL}]]"
        put(
            root,
            f"ch {i % 2} <i>/{name}.md",
            f"---\ntitle: {EVIL}\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[{EVIL}]]\n\n{text}\n",
        )
    put(root, "many.md", "---\nvideoId: n3Vq8ZtKp0A\n---\n\n" + "See [00:00:10] and [[nobody]]. \n" * 25_000)
    put(root, "long.md", "w" * 100_000 + " [[z]] " + "👩" * 50_000)


def test_a_hostile_vault(tmp_path: Path, browser: str) -> None:
    hostile(tmp_path / "vault")
    seen = looked_at(tmp_path / "vault", browser)
    assert int(seen["rules"]["unlinked-timestamp"]) > 25_000
    assert int(seen["rules"]["missing-note"]) > 25_000


def test_a_redacted_one(tmp_path: Path, browser: str) -> None:
    hostile(tmp_path / "vault")
    seen = looked_at(tmp_path / "vault", browser, "--redact")
    assert seen["names"][0] == "missing note 1"
    assert seen["obsidian"] == ""


@pytest.mark.parametrize(
    "notes",
    [{}, {"a.md": "[[a]]\n"}, {"a.md": "See [[b]].\n", "b.md": "See [[c]] and [[a]].\n"}],
    ids=["empty", "one", "no videos"],
)
def test_small_ones(tmp_path: Path, browser: str, notes: dict[str, str]) -> None:
    put(tmp_path / "vault", ".obsidian/app.json", "{}\n")
    for path, text in notes.items():
        put(tmp_path / "vault", path, text)
    seen = looked_at(tmp_path / "vault", browser)
    assert "in " + (f"{len(notes)} notes" if len(notes) != 1 else "1 note") in seen["title"]


def test_by_webgl(tmp_path: Path, browser: str) -> None:
    """What draws the whole vault where a graphics card is there."""
    vault = tmp_path / "vault"
    shutil.copytree(SAMPLE, vault)
    assert ytvault("report", "--out", "page.html", cwd=vault).status == 0
    done = subprocess.run(
        ["node", str(HERE / "page.js"), str(vault / "page.html"), browser, "", "webgl"],
        capture_output=True,
        text=True,
        check=False,
    )
    seen = json.loads(done.stdout)
    assert (seen["failures"], seen["drawn"]) == ([], "sigma")
