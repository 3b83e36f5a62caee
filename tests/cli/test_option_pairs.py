"""Any two options of `ytvault lint` go together, or are refused in a sentence: nobody sees a traceback, and `--diff` writes nothing."""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path

import click
import pytest

from processor.cli import build, lint
from processor.cli.lint import command
from processor.cli.lint_options import TRAITS
from processor.cli.lint_traits import Traits
from processor.cli.options import OTHERS, Nature
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
    "captions": ".",
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


# What is said of each option where it is declared is true of it

OTHER = {"config": 'ignore = ["links"]\n', "baseline": "{}\n"}
"""What else the files that are read may hold."""


def given(name: str) -> list[str]:
    """An option with what it cannot do without."""
    needed = {"to-ref": ["--from-ref", "HEAD"], "by": ["--statistics"]}
    return [*needed.get(name, []), *words(name)]


def traits(name: str) -> Traits:
    option = next(p for p in command.params if f"--{name}" in p.opts)
    return TRAITS[option.name or ""]


WRITING = {"write-baseline", "output-file", "report"}
NOT_WATCHED = {*WRITING, "fix", "unsafe-fixes", "diff", "add-suppressions", "staged", "from-ref", "to-ref"}
NOT_STANDARD_INPUT = {"diff", "baseline", "write-baseline", "add-suppressions", "staged", "from-ref", "to-ref"}


@pytest.mark.parametrize("option", sorted(NOT_WATCHED))
def test_watching_is_no_time_for_other_tasks(made: Path, option: str) -> None:
    ran = called("lint", "--watch", *given(option), cwd=made)
    assert ran.status == 2
    assert "--watch looks at the notes as they are" in ran.err


@pytest.mark.parametrize("option", OPTIONS)
def test_what_goes_with_standard_input(made: Path, option: str) -> None:
    ran = called(
        "lint", "-", *given(option), *([] if option == "stdin-filename" else ["--stdin-filename", "a.md"]), cwd=made
    )
    refused = re.search("does not go with standard input|standard input is in no commit", ran.err)
    assert bool(refused) is (option in NOT_STANDARD_INPUT)


@pytest.mark.parametrize("option", OPTIONS)
def test_what_was_asked_before_is_done_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """Files are written anew, and a remembered answer is that of a run: also where a file was changed that is read."""
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    shutil.copytree(made, root, ignore=shutil.ignore_patterns("out", "new.json"))  # which another test has left
    before = {p for p in root.rglob("*") if p.is_file()}
    ran = called("lint", *given(option), cwd=root)
    assert bool(list(tmp_path.glob("cache/answers/*"))) is traits(option).remembered, ran
    for _ in range(2):
        new = {p for p in root.rglob("*") if p.is_file()} - before - {*root.glob(".git/**/*")}
        assert bool(new) is (option in WRITING) is (traits(option).file == "written"), new
        for file in new:
            file.unlink()
        again = called("lint", *given(option), cwd=root)
        if option not in ("fix", "unsafe-fixes", "add-suppressions"):
            assert (again.status, again.out) == (ran.status, ran.out)
    if traits(option).file == "read":
        (root / VALUES[option]).write_text(OTHER[option])
        changed = called("lint", *given(option), cwd=root)
        assert changed == called("lint", "--no-cache", *given(option), cwd=root) != ran


def test_what_goes_with_what() -> None:
    assert {name for name in OPTIONS if not traits(name).watch} == NOT_WATCHED
    assert {name for name in [*OPTIONS, "watch"] if not traits(name).stdin} == {*NOT_STANDARD_INPUT, "watch"}


def test_of_every_parameter_all_is_said() -> None:
    for module in (lint, build):
        natures = module.command.natures
        assert {*natures} == {p.name for p in module.command.params}
        assert {nature.group for nature in natures.values()} - {""} == {*module.command.groups}
    for kind in (Nature, Traits):
        with pytest.raises(TypeError, match="repeated"):
            kind(group=OTHERS)
    assert {*TRAITS} == {p.name for p in lint.command.params}
