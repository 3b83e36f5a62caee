"""`ytvault rename`, as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran, called, put, write, ytvault

Run = Callable[..., Ran]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    return write(
        tmp_path / "vault",
        hub="---\nup: '[[licences]]'\n---\nSee [[licences#Kinds|the kinds]] and [x](talks/licences.md).\r\n",
        talks__licences="# Kinds\n[[#Kinds]] [h](../hub.md)",
        papers__data="![[scan.png|300]] [[licences]]",
        **{"papers__scan.png": b"\x89PNG"},
    )


@pytest.fixture
def run(vault: Path, tmp_path: Path) -> Run:
    def call(*args: str, cwd: Path = vault) -> Ran:
        return ytvault(*args, cwd=cwd, env={"YTVAULT_DATA_DIR": str(tmp_path / "data")})

    return call


def held(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_a_note_moves_and_its_links_follow(vault: Path, run: Run) -> None:
    before = held(vault)
    ran = run("rename", "talks/licences.md", "talks/open_licences")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Renamed talks/licences.md to talks/open_licences.md. 4 links in 2 files changed with it. "
        "`ytvault undo` takes it back.\n"
    )
    assert not (vault / "talks/licences.md").exists()
    assert (vault / "talks/open_licences.md").read_bytes() == before["talks/licences.md"]
    assert (vault / "hub.md").read_bytes() == (
        b"---\nup: '[[open_licences]]'\n---\nSee [[open_licences#Kinds|the kinds]] and [x](open_licences.md).\r\n"
    )
    assert run("undo").status == 0
    assert held(vault) == before


def test_the_vault_that_is_asked_again_finds_the_same_links(vault: Path, run: Run) -> None:
    run("rename", "talks/licences", "papers/")
    assert (vault / "papers/licences.md").is_file()
    out = run("links", "--to", "papers/licences").out
    assert out.endswith("5 links from 3 notes lead to papers/licences.md.\n")


def test_diff_writes_nothing_and_can_be_applied(vault: Path, run: Run) -> None:
    before = held(vault)
    ran = run("rename", "--diff", "talks/licences.md", "papers/terms.md")
    assert ran.status == 1
    assert held(vault) == before
    if shutil.which("git") is None:
        pytest.skip("no git here")
    copy = vault.parent / "copy"
    shutil.copytree(vault, copy)
    subprocess.run(["git", "apply", "-"], cwd=copy, input=ran.out.encode(), check=True)
    assert run("rename", "talks/licences.md", "papers/terms.md").status == 0
    assert held(copy) == held(vault)


def test_a_folder_moves_with_all_it_holds(vault: Path, run: Run) -> None:
    put(vault, "talks/.hidden", "kept")
    put(vault, "b.md", "[a](talks/licences.md)")
    before = held(vault)
    ran = run("rename", "talks", "old/shows")
    assert ran.out.startswith("Renamed the folder talks (1 note) to old/shows.")
    assert not (vault / "talks").exists()
    assert (vault / "old/shows/.hidden").read_text() == "kept"
    assert (vault / "old/shows/licences.md").read_bytes() == b"# Kinds\n[[#Kinds]] [h](hub.md)"
    assert run("undo").status == 0
    assert held(vault) == before
    assert not (vault / "old").exists()


def test_an_attachment_keeps_its_ending_and_goes_into_a_folder_that_is_there(vault: Path, run: Run) -> None:
    assert run("rename", "papers/scan.png", "papers/figure").status == 0
    assert (vault / "papers/data.md").read_bytes() == b"![[figure.png|300]] [[licences]]"
    assert run("rename", "papers/figure.png", "talks").status == 0
    assert (vault / "talks/figure.png").is_file()


def test_from_a_folder_below(vault: Path, run: Run) -> None:
    assert run("rename", "licences.md", "terms", cwd=vault / "talks").status == 0
    assert (vault / "talks/terms.md").is_file()


def test_only_the_case(vault: Path, run: Run) -> None:
    assert run("rename", "talks/licences.md", "talks/Licences.md").status == 0
    assert os.listdir(vault / "talks") == ["Licences.md"]
    assert b"[[Licences#Kinds|" in (vault / "hub.md").read_bytes()
    assert run("rename", "talks", "Talks").status == 0
    assert "Talks" in os.listdir(vault)


def test_the_style_of_the_vault(vault: Path, run: Run) -> None:
    put(vault, ".obsidian/app.json", '{"newLinkFormat": "absolute"}')
    run("rename", "talks/licences.md", "talks/terms.md")
    assert b"[[talks/terms#Kinds|the kinds]] and [x](talks/terms.md)" in (vault / "hub.md").read_bytes()


@pytest.mark.parametrize(("old", "new", "why"), [
    ("nowhere.md", "x.md", "nowhere.md does not exist"),
    ("hub.md", "talks/licences.md", "there is talks/licences.md already"),
    ("hub.md", "talks/Licences.md", "no link could tell talks/Licences.md from it"),
    ("hub.md", "C#.md", "holds a #"),
    ("hub.md", "a|b.md", "holds a |"),
    ("hub.md", "[x.md", "holds a ["),
    ("talks", "a^b", "holds a ^"),
    ("hub.md", "new [x]/hub.md", "holds a ["),
    ("hub.md", ".trash/hub.md", "begins with a dot"),
    ("hub.md", "../hub.md", "is not in the vault"),
    ("hub.md", "hub", "is called so already"),
    ("hub.md", "talks/licences.md/x.md", "talks/licences.md is a file"),
    ("talks", "talks/inner", "cannot be moved into itself"),
    ("papers/scan.png", "papers/scan.md", "is no note"),
    (".", "x", "is a vault"),
])  # fmt: skip
def test_refused(vault: Path, run: Run, old: str, new: str, why: str) -> None:
    before = held(vault)
    ran = run("rename", old, new)
    assert (ran.status, ran.out) == (2, "")
    assert why in ran.err
    assert held(vault) == before
    assert run("rename", "--diff", old, new).status == 2


def test_all_or_nothing(vault: Path, run: Run) -> None:
    (vault / "hub.md").chmod(0o444)
    before = held(vault)
    ran = run("rename", "talks/licences.md", "new/terms.md")
    assert ran.status == 2
    assert "hub.md" in ran.err
    assert "nothing was renamed" in ran.err
    assert held(vault) == before
    assert not (vault / "new").exists()


def test_a_note_that_cannot_be_read_may_hold_links(vault: Path, run: Run) -> None:
    (vault / "loop.md").symlink_to("/dev/null")
    assert run("rename", "talks/licences.md", "talks/terms.md").status == 0  # it leads out of the vault
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to an administrator")
    (vault / "hub.md").chmod(0)
    ran = run("rename", "talks/terms.md", "talks/licences.md")
    assert ran.status == 2
    assert "hub.md cannot be read" in ran.err


def test_symbolic_links_are_refused(vault: Path, run: Run) -> None:
    (vault / "also.md").symlink_to("talks/licences.md")
    assert "also.md is a symbolic link to talks/licences.md" in run("rename", "talks/licences.md", "x.md").err
    assert "reached by a symbolic link" in run("rename", "also.md", "x.md").err
    assert "would lead nowhere" in run("rename", "talks", "shows").err


def test_undo_leaves_what_was_edited_since(vault: Path, run: Run) -> None:
    run("rename", "talks/licences.md", "talks/terms.md")
    put(vault, "hub.md", "mine")
    ran = run("undo")
    assert ran.status == 2
    assert "hub.md" in ran.err
    assert (vault / "hub.md").read_text() == "mine"
    assert (vault / "talks/licences.md").is_file()


def test_a_vault_of_many_notes_is_read_by_several_processes(tmp_path: Path) -> None:
    files = {f"n{i}": f"[[n{(i + 1) % 900}]] [[n0#H|x]]" for i in range(900)}
    root = write(tmp_path / "many", **files)
    (root / ".obsidian").mkdir()
    env = {"YTVAULT_DATA_DIR": str(tmp_path / "data")}
    ran = ytvault("rename", "n0.md", "first.md", cwd=root, env=env)
    assert "901 links in 900 files changed" in ran.out
    assert (root / "first.md").read_text() == "[[n1]] [[first#H|x]]"
    assert (root / "n899.md").read_text() == "[[first]] [[first#H|x]]"


# What was moved already


def test_links_follow_a_note_that_was_moved_already(vault: Path) -> None:
    (vault / "hub.md").write_text("[[licences#Kinds|the kinds]] [x](talks/licences.md#Kinds) ![[licences]]\n")
    (vault / "talks/licences.md").rename(vault / "papers/terms.md")
    before = held(vault)
    ran = called("rename", "--diff", "talks/licences", "papers/terms", cwd=vault)
    assert (ran.status, held(vault)) == (1, before)
    assert "+++ b/hub.md" in ran.out
    assert "rename" not in ran.out
    ran = called("rename", "talks/licences.md", "papers/terms.md", cwd=vault)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "talks/licences.md was moved to papers/terms.md already. 4 links in 2 files changed with it. "
        "`ytvault undo` takes it back.\n"
    )
    assert (vault / "hub.md").read_text() == "[[terms#Kinds|the kinds]] [x](terms.md#Kinds) ![[terms]]\n"
    assert (vault / "papers/data.md").read_text() == "![[scan.png|300]] [[terms]]"
    assert (
        called("undo", cwd=vault).out == "2 notes are as before `ytvault rename talks/licences.md papers/terms.md`.\n"
    )
    assert held(vault) == before


def test_the_paths_in_a_note_that_was_moved_already_lead_where_they_led(vault: Path) -> None:
    (vault / "new/deep").mkdir(parents=True)
    (vault / "talks/licences.md").rename(vault / "new/deep/licences.md")
    assert called("rename", "talks/licences.md", "new/deep/", cwd=vault).status == 0
    assert (vault / "new/deep/licences.md").read_text() == "# Kinds\n[[#Kinds]] [h](hub.md)"
    assert "[x](licences.md)" in (vault / "hub.md").read_text()


def test_links_follow_a_folder_and_an_attachment_that_were_moved_already(vault: Path) -> None:
    put(vault, "hub.md", "[[papers/data]] ![[papers/scan.png]] [d](papers/data.md) [[licences]]\n")
    put(vault, "board.canvas", '{"nodes": [{"type": "file", "file": "papers/data.md"}]}')
    (vault / "papers").rename(vault / "talks/archive")
    ran = called("rename", "papers", "talks/archive", cwd=vault)
    assert ran.out.startswith("papers was moved to talks/archive already. 4 links in 2 files changed with it.")
    assert (vault / "hub.md").read_text() == "[[data]] ![[scan.png]] [d](data.md) [[licences]]\n"
    assert '"talks/archive/data.md"' in (vault / "board.canvas").read_text()
    put(vault, "hub.md", "![[talks/archive/scan.png]]\n")
    (vault / "talks/archive/scan.png").rename(vault / "scan2.png")
    assert called("rename", "talks/archive/scan.png", "scan2", cwd=vault).status == 2  # which is not there
    assert called("rename", "talks/archive/scan.png", "scan2.png", cwd=vault).status == 0
    assert (vault / "hub.md").read_text() == "![[scan2.png]]\n"


def test_a_name_that_nothing_had_changes_nothing(vault: Path) -> None:
    before = held(vault)
    ran = called("rename", "talks/licenses.md", "papers/data.md", cwd=vault)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "Error: talks/licenses.md does not exist, and no link asks for it; did you mean talks/licences.md?\n"
    )
    for new in ("papers", "papers/", "papers/lost"):
        ran = called("rename", "talks/lost", new, cwd=vault)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("Error: talks/lost does not exist")
    assert held(vault) == before


def test_undo_tells_a_folder_from_notes(vault: Path) -> None:
    before = held(vault)
    assert called("rename", "-q", "talks", "papers/talks", cwd=vault) == Ran(0, "", "")
    ran = called("undo", "-v", cwd=vault)
    assert ran.out == (
        "talks has its old name again, and 1 note its old text, as before `ytvault rename -q talks papers/talks`.\n"
    )
    assert "ytvault: talks is as it was\n" in ran.err
    assert held(vault) == before


# Headings and blocks


def test_a_heading_is_renamed_with_its_links(vault: Path, run: Run) -> None:
    before = held(vault)
    shown = run("rename", "--diff", "talks/licences.md#Kinds", "All kinds")
    assert shown.status == 1
    assert "+# All kinds" in shown.out
    assert held(vault) == before
    ran = run("rename", "talks/licences#kinds", "All kinds")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Renamed talks/licences.md#kinds to All kinds. 2 links in 2 files changed with it. "
        "`ytvault undo` takes it back.\n"
    )
    assert (vault / "talks/licences.md").read_bytes() == b"# All kinds\n[[#All kinds]] [h](../hub.md)"
    assert b"See [[licences#All kinds|the kinds]]" in (vault / "hub.md").read_bytes()
    assert run("undo").status == 0
    assert held(vault) == before


def test_a_block_is_renamed_with_its_links(vault: Path, run: Run) -> None:
    put(vault, "b.md", "Text ^x1\n")
    put(vault, "c.md", "[[b#^x1]]\n")
    assert run("rename", "b.md#^x1", "^new", cwd=vault / "talks").status == 2
    assert run("rename", "../b.md#^x1", "^new", cwd=vault / "talks").status == 0
    assert (vault / "b.md").read_text() == "Text ^new\n"
    assert (vault / "c.md").read_text() == "[[b#^new]]\n"


def test_a_heading_that_cannot_be_renamed(vault: Path, run: Run) -> None:
    ran = run("rename", "talks/licences.md#None", "x")
    assert (ran.status, ran.out) == (2, "")
    assert 'talks/licences.md has no heading "None"; nothing was changed' in ran.err
    put(vault, "odd#name.md", "# Odd\n")
    assert run("rename", "odd#name.md", "odd_name").status == 0  # a file may be called so
