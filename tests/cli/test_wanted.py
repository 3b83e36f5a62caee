"""Which missing notes are wanted most: one figure, in one order and in the same words, wherever it is told."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.running import put, write, ytvault
from tests.cli.test_diffs import on_a_terminal

# more links ask for alpha, and more notes for beta-one, which one of them spells otherwise
ORDER = [("beta-one", 2, 2), ("alpha", 1, 3), ("gamma", 1, 1)]
TOLD = ["beta-one (2 notes, 2 links)", "alpha (1 note, 3 links)", "gamma (1 note, 1 link)"]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    write(
        root,
        a="[[alpha]] [[Alpha]] [x](alpha.md) [[beta-one]]\n",
        b="[[beta_one|x]] [[gamma]]\n",
        c="%% ytvault-disable-next-line missing-note %%\n[[gamma]] [[delta]]\n",
        templates__t="[[alpha]] [[beta-one]] [[gamma]]\n",
        stamps="---\ntitle: T\nvideoId: dQw4w9WgXcQ\n---\n\n"
        + "".join(f"x [00:{i // 60:02}:{i % 60:02}] y\n" for i in range(210)),
    )
    put(root, "ytvault.toml", 'exclude = ["/templates/"]\n')
    return root


def figures(text: str) -> list[tuple[str, int, int]]:
    return [(name, int(n), int(k)) for n, k, name in re.findall(r"(\d+) notes?, (\d+) links?  ([\w-]+)", text)]


def test_of_links_build_and_init(vault: Path) -> None:
    assert figures(ytvault("links", "--missing", cwd=vault).out) == ORDER
    found = json.loads(ytvault("links", "--missing", "--output-format", "json", cwd=vault).out)
    assert [(x["link"], len(x["notes"]), x["times"]) for x in found] == ORDER
    built = ytvault("build", vault, "--out", "out", "--missing", "stub", cwd=vault.parent)
    assert f"3 notes are asked for, 3 stubs made for them; most wanted: {', '.join(TOLD)}\n" in built.out
    index = (vault.parent / "out/Index.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \[\[([\w-]+).*\]\]: (.*)$", index, re.M) == [
        ("beta-one", "2 notes, 2 links"), ("alpha", "1 note, 3 links"), ("gamma", "1 note, 1 link"),
    ]  # fmt: skip
    told = json.loads(ytvault("build", vault, "--out", "out2", "--output-format", "json", cwd=vault.parent).out)
    assert [(x["note"], x["asked_by"], x["links"]) for x in told["most_wanted"]] == ORDER
    (vault / "ytvault.toml").rename(vault / "elsewhere.toml")
    put(vault, "templates/t.md", "")
    assert f"Missing     3 notes are asked for; most wanted: {', '.join(TOLD)}\n" in ytvault("init", cwd=vault).out


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_of_a_summary(vault: Path) -> None:
    assert figures(on_a_terminal("lint", cwd=vault, NO_COLOR="1").out) == ORDER


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_of_a_summary_of_several_vaults(vault: Path) -> None:
    other = write(vault.parent / "other", a="[[gamma]] [[gamma]] [[alpha]]\n")
    put(other, "ytvault.toml", "")
    told = on_a_terminal("lint", "vault", "other", cwd=vault.parent, NO_COLOR="1").out
    assert figures(told) == [("alpha", 2, 4), ("gamma", 2, 3), ("beta-one", 2, 2)]
