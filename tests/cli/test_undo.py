"""`ytvault undo`: back run by run, as far as nobody has edited since, and a word on what happened where there is nothing to do."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from processor.disk import history
from processor.disk.journal import Change, Journal
from tests.cli.running import called, put
from tests.repositories import Repo

NOTE = """\
---
title: {name}
videoId: dQw4w9WgXcQ
---

At [00:01:0{n}], see [[b]] and [[x|y|z]].
"""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(tmp_path / "data"))
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    for n, name in enumerate("abc"):
        put(root, f"{name}.md", NOTE.format(name=name, n=n))
    return root


def notes(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(root.glob("*.md"))}


def test_run_by_run(vault: Path) -> None:
    states = [notes(vault)]
    for args in (
        ["lint", "--fix", "a.md"],
        ["lint", "--fix"],
        ["rename", "b.md", "d.md"],
        ["lint", "--add-suppressions"],
    ):
        assert called(*args, cwd=vault).status < 2
        states.append(notes(vault))
    assert len({str(s) for s in states}) == 5
    listed = called("undo", "--list", cwd=vault)
    commands = ["lint --add-suppressions", "rename b.md d.md  (3 files, 1 renamed)", "lint --fix", "lint --fix a.md"]
    told = listed.out.splitlines()[2:]
    assert len(told) == 4
    for line, name in zip(told, commands, strict=True):
        assert f"  ytvault {name}" in line
    for state in states[-2::-1]:
        assert called("undo", cwd=vault).status == 0
        assert notes(vault) == state
    ran = called("undo", cwd=vault)
    assert (ran.status, ran.err) == (2, f"Error: there is no run to take back in {vault}\n")
    assert called("undo", "--list", cwd=vault).out == f"There is no run to take back in {vault}.\n"


def test_one_command_is_one_run(vault: Path) -> None:
    old = notes(vault)
    assert called("lint", "--fix", "--add-suppressions", cwd=vault).status == 0
    assert notes(vault) != old
    assert called("undo", cwd=vault).out == "3 notes are as before `ytvault lint --fix --add-suppressions`.\n"
    assert notes(vault) == old


def test_a_run_that_was_edited_in_part(vault: Path) -> None:
    old = notes(vault)
    called("lint", "--fix", "a.md", cwd=vault)
    first = notes(vault)
    called("lint", "--fix", cwd=vault)
    mine = put(vault, "b.md", "mine\n")
    ran = called("undo", cwd=vault)
    assert ran.status == 2
    assert ran.err == "ytvault: b.md: not restored: it was changed after that run, and stays as it is\n"
    assert ran.out == "1 note is as before `ytvault lint --fix`. 1 file, named above, stays as changed since.\n"
    assert notes(vault) == first | {"b.md": b"mine\n"}
    assert "taken back but for what was changed since" in called("undo", "--list", cwd=vault).out
    ran = called("undo", cwd=vault)  # goes on to the run before
    assert (ran.status, ran.out) == (0, "1 note is as before `ytvault lint --fix a.md`.\n")
    assert notes(vault) == old | {"b.md": b"mine\n"}
    assert called("undo", cwd=vault).status == 2
    mine.write_bytes(b"mine\n")
    assert notes(vault) == old | {"b.md": b"mine\n"}


def test_a_run_that_was_edited_altogether(vault: Path) -> None:
    old = notes(vault)
    called("lint", "--fix", "c.md", cwd=vault)
    called("lint", "--fix", "a.md", "b.md", cwd=vault)
    for name in "ab":
        put(vault, f"{name}.md", "mine\n")
    ran = called("undo", cwd=vault)
    assert ran.status == 2
    assert ran.out == (
        "Nothing of `ytvault lint --fix a.md b.md` was taken back: 2 files were changed after it, by you, git or another program.\n"
        "Once more, `ytvault undo` takes back the run before it: `ytvault lint --fix c.md`.\n"
    )
    assert called("undo", cwd=vault).status == 0
    assert notes(vault) == old | {"a.md": b"mine\n", "b.md": b"mine\n"}


def test_after_git_checkout(vault: Path) -> None:
    """Git has put back what was there before: that is said, and no earlier run is taken back unasked."""
    repository = Repo(vault)
    repository.git("add", ".")
    repository.commit()
    called("lint", "--fix", "a.md", cwd=vault)
    repository.git("add", ".")
    repository.commit()
    committed = notes(vault)
    called("lint", "--fix", cwd=vault)
    repository.git("checkout", "--", ".")
    ran = called("undo", cwd=vault)
    assert ran.status == 0
    assert ran.out == (
        "Nothing is left of `ytvault lint --fix` to take back: 2 files hold what was there before it. "
        "Git, or another program, has put that back.\n"
        "Once more, `ytvault undo` takes back the run before it: `ytvault lint --fix a.md`.\n"
    )
    assert notes(vault) == committed
    repository.git("checkout", "-q", "HEAD~1")
    ran = called("undo", cwd=vault)
    assert (ran.status, "1 file holds what was there before it" in ran.out) == (0, True)


def test_a_file_that_git_put_back(vault: Path) -> None:
    old = notes(vault)
    called("lint", "--fix", cwd=vault)
    put(vault, "a.md", old["a.md"])
    assert called("undo", cwd=vault).out == "2 notes are as before `ytvault lint --fix`. 1 file was so already.\n"
    assert notes(vault) == old


def test_outside_of_the_vault(vault: Path, tmp_path: Path) -> None:
    called("lint", "--fix", cwd=vault)
    (tmp_path / "elsewhere").mkdir()
    ran = called("undo", cwd=tmp_path / "elsewhere")
    assert ran.status == 2
    assert "the last run was `ytvault lint --fix` in " in ran.err
    assert f"`ytvault undo --vault {os.path.realpath(vault)}` takes it back" in ran.err
    old = notes(vault)
    assert called("undo", "--vault", vault, cwd=tmp_path / "elsewhere").status == 0
    assert notes(vault) != old


def test_ten_runs_are_kept(vault: Path, tmp_path: Path) -> None:
    with Journal(vault) as journal:
        for n in range(14):
            journal.write([Change("d.md", b"%d" % (n - 1) if n else None, b"%d" % n)], command=f"run {n}")
        left = 0
        while journal.undo():
            left += 1
    assert left == history.MOST == 10
    assert (vault / "d.md").read_bytes() == b"3"


def test_large_runs_are_kept_for_less_long(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LARGEST", 3_000)
    data = [b"%d" % n * 1_000 for n in range(6)]
    (vault / "d.md").write_bytes(data[0])
    with Journal(vault) as journal:
        for old, new in pairwise(data):
            journal.write([Change("d.md", old, new)])
        (vault / "e.md").write_bytes(b"x" * 9_000)
        runs = len(history.stored_runs(journal._folder))
        assert runs == 2
        journal.write([Change("e.md", b"x" * 9_000, b"y")])
        assert len(history.stored_runs(journal._folder)) == 1, "the latest is kept, whatever its size"
        journal.undo()
    assert (vault / "e.md").read_bytes() == b"x" * 9_000


def test_a_run_of_an_earlier_version(vault: Path, tmp_path: Path) -> None:
    """What it called `last`, without a number, comes after all others."""
    old = notes(vault)
    called("lint", "--fix", "a.md", cwd=vault)
    (run,) = (tmp_path / "data").rglob("run-*")
    data = run.read_bytes()
    run.unlink()
    first = data.splitlines()[0]
    run.with_name("last").write_bytes(data)
    assert b'"number": 1' in first
    called("lint", "--fix", cwd=vault)
    for _ in range(2):
        assert called("undo", cwd=vault).status == 0
    assert notes(vault) == old


def test_a_listing_reads_no_more_than_it_tells(vault: Path, tmp_path: Path) -> None:
    put(vault, "big.md", NOTE.format(name="big", n=1) + "x\n" * 100_000)
    called("lint", "--fix", cwd=vault)
    (run,) = (tmp_path / "data").rglob("run-*")
    found = history.brief(run)
    assert found is not None
    assert (found.files, found.renamed, found.command) == (4, 0, "ytvault lint --fix")
    run.write_bytes(run.read_bytes()[:100])
    assert history.brief(run) is None
    assert "damaged" in called("undo", "--list", cwd=vault).out


def test_above_several_vaults_the_last_run_is_named(vault: Path) -> None:
    for n in range(8):
        put(vault.parent / f"other {n}", "ytvault.toml", "")
    called("lint", "--fix", cwd=vault)
    for args in (["undo"], ["undo", "--list"]):
        ran = called(*args, cwd=vault.parent)
        assert ran.status == 2
        assert "(other 0, other 1, other 2, other 3, other 4 and 4 more)" in ran.err
        assert f"`ytvault undo --vault {vault}` takes it back" in ran.err
