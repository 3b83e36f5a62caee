"""What the walk lists, what reading says, and which folder is the root."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from processor.disk import ReadProblem, find_root, read, walk

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
needs_rights = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything"
)


def make(root: Path, *paths: str) -> None:
    for path in paths:
        if path.endswith("/"):
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(path)


def test_walk_lists_notes_and_files_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/z.md", "a/a.md", "a/pic.png", "a.md", "A.MD.txt", "c/d/e.md")
    listing = walk(tmp_path)
    assert listing.notes == ("a.md", "a/a.md", "a/z.md", "b.md", "c/d/e.md")
    assert listing.files == ("A.MD.txt", "a/pic.png")
    assert listing.problems == ()


def test_walk_leaves_out_what_begins_with_a_dot_but_nothing_for_git(tmp_path: Path) -> None:
    make(tmp_path, ".obsidian/app.json", ".trash/old.md", ".hidden.md", "a/.git/x.md", "a/build/x.md", ".gitignore")
    (tmp_path / ".gitignore").write_text("build\n")
    assert walk(tmp_path).notes == ("a/build/x.md",)
    assert walk(tmp_path).files == ()


def test_a_folder_called_like_a_note_is_none(tmp_path: Path) -> None:
    make(tmp_path, "x.md/inner.md")
    assert walk(tmp_path).notes == ("x.md/inner.md",)


def test_names_are_kept_as_on_disk(tmp_path: Path) -> None:
    composed, decomposed = "caf\u00e9.md", "cafe\u0301s.md"
    make(tmp_path, composed, f"\u2068x\u2069/{decomposed}")
    assert sorted(walk(tmp_path).notes) == sorted([composed, f"\u2068x\u2069/{decomposed}"])


@needs_links
def test_links_out_of_the_vault_are_left_out_and_those_inside_followed_once(tmp_path: Path) -> None:
    vault, outside = tmp_path / "vault", tmp_path / "vault-2"
    make(outside, "secret.md", "folder/more.md")
    make(vault, "real/a.md", ".store/s.md")
    (vault / "out.md").symlink_to(outside / "secret.md")
    (vault / "out").symlink_to(outside / "folder")
    (vault / "up").symlink_to(vault)
    (vault / "real/loop").symlink_to(vault / "real")
    (vault / "again").symlink_to("real")
    (vault / "store").symlink_to(".store")
    (vault / "twice").symlink_to(".store")
    (vault / "in.md").symlink_to("real/a.md")
    (vault / "nowhere.md").symlink_to("gone.md")
    (vault / "self.md").symlink_to("self.md")
    listing = walk(vault)
    assert len([n for n in listing.notes if n.endswith("s.md")]) == 1
    assert set(listing.notes) - {"store/s.md", "twice/s.md"} == {"real/a.md"}
    assert listing.also["in.md"] == listing.also["again/a.md"] == "real/a.md"
    assert not [path for path in listing.also if path.startswith(("up", "real/loop", "out", "nowhere", "self"))]
    assert listing.files == listing.problems == ()


@needs_links
def test_a_vault_reached_by_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/a.md")
    (tmp_path / "vault").symlink_to("real")
    assert walk(tmp_path / "vault").notes == ("a.md",)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such files there")
def test_what_is_neither_file_nor_folder_is_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert walk(tmp_path).notes == ()
    assert read(tmp_path, "pipe.md") == ReadProblem("pipe.md", "cannot be read: it is no ordinary file")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff.md")).write_text("x")
    make(tmp_path, "good.md")
    listing = walk(tmp_path)
    assert listing.notes == ("good.md",)
    assert listing.problems == (ReadProblem(r"bad\xff.md", "its name is not valid UTF-8"),)


def test_a_folder_that_cannot_be_read_is_a_problem_and_not_fatal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "shut/x.md", "open/y.md")
    scandir = os.scandir

    def refusing(folder: str):
        if str(folder).endswith("shut"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    listing = walk(tmp_path)
    assert listing.notes == ("open/y.md",)
    assert listing.problems == (ReadProblem("shut", "the folder cannot be read: permission denied"),)


def test_a_missing_vault_is_a_problem(tmp_path: Path) -> None:
    assert [p.path for p in walk(tmp_path / "none").problems] == ["."]


@pytest.mark.parametrize("size", [0, 1, 4095, 65536, 1_000_000])
def test_read_gives_the_bytes(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.md").write_bytes(data := os.urandom(size))
    assert read(tmp_path, "a/b.md") == data


def test_read_says_why_not(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    assert read(tmp_path, "gone.md") == ReadProblem("gone.md", "cannot be read: no such file or directory")
    problem = read(tmp_path, "x.md")
    assert isinstance(problem, ReadProblem)
    assert problem.path == "x.md"


@needs_rights
def test_read_without_the_right(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(0)
    assert read(tmp_path, "a.md") == ReadProblem("a.md", "cannot be read: permission denied")


@pytest.mark.parametrize(
    ("files", "named", "root"),
    [
        (["v/.obsidian/", "v/a/b.md"], "v/a/b.md", "v"),
        (["v/.obsidian/", "v/a/b/"], "v/a/b", "v"),
        (["v/.obsidian/", "v/a/.obsidian/", "v/a/b.md"], "v/a/b.md", "v/a"),
        (["v/ytvault.toml", "v/a/b.md"], "v/a", "v"),
        (["v/.obsidian/"], "v", "v"),
        (["v/.obsidian"], "v", "v"),  # a file of that name marks nothing, and a folder named is its own root
        ([".obsidian", "v/a.md"], "v", "v"),
        (["v/a/b.md"], "v/a", "v/a"),
        (["v/.git/", "v/a/b.md"], "v/a/b.md", "v"),
        (["v/.git", "v/a/b.md"], "v/a/b.md", "v"),  # a work tree
        (["v/.git/", "v/a/b.md"], "v/a", "v/a"),
        (["v/.git/", "v/a/"], "v/a/new.md", "v"),  # standard input under a name that is no file yet
        (["v/.obsidian/", "v/a/"], "v/a/new.md", "v"),
        (["a/b.md"], "a/b.md", "."),
        ([], "new.md", "."),
    ],
)
def test_root(tmp_path: Path, files: list[str], named: str, root: str) -> None:
    make(tmp_path, *files)
    assert find_root(Path(named), cwd=tmp_path) == tmp_path / root
    assert find_root(tmp_path / named, cwd=tmp_path) == tmp_path / root


def test_root_of_a_file_that_the_current_folder_does_not_hold(tmp_path: Path) -> None:
    make(tmp_path, "a/b.md", "c/")
    assert find_root(tmp_path / "a/b.md", cwd=tmp_path / "c") == tmp_path / "a"


def test_the_vault_given_wins(tmp_path: Path) -> None:
    make(tmp_path, "v/.obsidian/", "v/a.md")
    assert find_root(Path("v/a.md"), vault=Path("w/../x"), cwd=tmp_path) == tmp_path / "x"


@pytest.mark.parametrize(
    ("named", "root"),
    [
        ("p/notes/a.md", "p/notes"),
        ("p/notes/sub", "p/notes"),
        ("p/notes", "p/notes"),
        ("p", "p/notes"),
        ("p/other", "p/other"),  # has nothing to do with that vault
        ("p/mine/x", "p/mine"),
    ],
)
def test_a_project_may_name_the_vault(tmp_path: Path, named: str, root: str) -> None:
    make(tmp_path, "p/notes/a.md", "p/notes/sub/", "p/other/", "p/mine/.obsidian/", "p/mine/x/")
    (tmp_path / "p/pyproject.toml").write_text('[tool.ytvault]\nvault = "notes"\n')
    assert find_root(Path(named), cwd=tmp_path) == tmp_path / root


@pytest.mark.parametrize("text", ["", "[tool.ytvault]\n", "[tool]\nytvault = 3\n", "[tool.ytvault]\nvault = 3", "]["])
def test_a_project_that_names_none_makes_no_root(tmp_path: Path, text: str) -> None:
    make(tmp_path, "a/b.md")
    (tmp_path / "pyproject.toml").write_text(text)
    assert find_root(Path("a"), cwd=tmp_path) == tmp_path / "a"
