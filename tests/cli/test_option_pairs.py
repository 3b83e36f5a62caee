"""Any two options of `ytvault lint` go together, or are refused in a sentence: nobody sees a traceback, and `--diff` writes nothing."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import click
import pytest

from processor.cli.lint import command
from tests.cli.running import called, put
from tests.repositories import Repo

NOTE = """\
---
title: A
videoId: dQw4w9WgXcQ
---

See [[nope]], [[x|y|z]] and [00:01:00]. %% ytvault-disable-next-line broken-link %%
"""
VALUES = {
    "select": "links",
    "extend-select": "unlinked-mention",
    "ignore": "links",
    "baseline": "known.json",
    "write-baseline": "new.json",
    "stdin-filename": "a.md",
    "from-ref": "HEAD",
    "to-ref": "HEAD",
    "output-format": "json",
    "output-file": "out/report.txt",
    "report": "sarif=out/report.sarif",
    "by": "target",
    "fail-on": "error",
    "vault": ".",
    "config": "ytvault.toml",
}
OPTIONS = [
    max(p.opts, key=len).removeprefix("--")
    for p in command.params
    if isinstance(p, click.Option) and "--watch" not in p.opts  # which goes on until it is stopped
]


def words(name: str) -> list[str]:
    return [f"--{name}", *([VALUES[name]] if name in VALUES else [])]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "vault"
    put(root, "a.md", NOTE)
    put(root, "b.md", "[[a#No]]\n")
    put(root, "ytvault.toml", "")
    put(root, "known.json", '{"version": 1, "findings": []}\n')
    repository = Repo(root)
    repository.git("add", ".")
    repository.commit()
    repository.add("b.md", "[[a#No]] [[more]]\n")
    return root


def notes(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in root.glob("*.md")}


def test_every_option_is_tried() -> None:
    assert {p.opts[-1] for p in command.params if isinstance(p, click.Option) and not p.is_flag} == {
        f"--{name}" for name in VALUES
    }


@pytest.mark.parametrize("first", OPTIONS)
def test_pairs(made: Path, tmp_path: Path, first: str) -> None:
    old = notes(made)
    for second in OPTIONS[OPTIONS.index(first) :]:
        root = tmp_path / second
        shutil.copytree(made, root)
        args = [*words(first), *(words(second) if second != first else [])]
        ran = called("lint", *args, cwd=root)  # raises what would be a traceback
        assert ran.status in (0, 1, 2), args
        if ran.status == 2:
            assert "Error: " in ran.err, args
        writes = {"fix", "unsafe-fixes", "add-suppressions"} & {first, second}
        if ran.status == 2 or not writes or "diff" in (first, second):
            assert notes(root) == old, args
        assert not [p.name for p in root.rglob("*.new")], args
        shutil.rmtree(root)


@pytest.mark.parametrize("how", [*itertools.combinations(["fix", "unsafe-fixes", "add-suppressions", "diff"], 3)])
def test_three_that_write(made: Path, tmp_path: Path, how: tuple[str, ...]) -> None:
    root = tmp_path / "vault"
    shutil.copytree(made, root)
    ran = called("lint", *[f"--{name}" for name in how], cwd=root)
    assert ran.status in (0, 1), ran
    assert (notes(root) == notes(made)) == ("diff" in how)
    assert ("+++ b/a.md" in ran.out) == ("diff" in how)


@pytest.mark.parametrize("option", OPTIONS)
def test_standard_input(made: Path, option: str) -> None:
    old = notes(made)
    ran = called("lint", "-", "--stdin-filename", "a.md", *words(option), cwd=made)
    assert ran.status in (0, 1, 2)
    assert notes(made) == old


@pytest.mark.parametrize(
    "option", "fix unsafe-fixes diff add-suppressions write-baseline output-file report staged from-ref".split()
)
def test_watching_is_no_time_to_write(made: Path, option: str) -> None:
    ran = called("lint", "--watch", *words(option), cwd=made)
    assert ran.status == 2
    assert "--watch looks at the notes as they are" in ran.err
