"""A note that is reached by a second path, by a symbolic or a hard link: one file, one note, one finding, one fix."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.disk import walk
from tests.cli.running import called, put
from tests.repositories import Repo

NOTE = """\
---
title: A
videoId: dQw4w9WgXcQ
---

At [00:01:00] there is [[x|y|z]].

## Part

Some more text, so that this is no short note: it would be reported as a duplicate of another with the same text, if it were.
"""
LINKED = "[00:01:00](https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=60s)"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

Link = Callable[[Path], object]
LINKS: dict[str, tuple[str, Link]] = {
    "a file": ("b.md", lambda root: (root / "b.md").symlink_to("deep/a.md")),
    "a file of the same name": ("sub/a.md", lambda root: (root / "sub/a.md").symlink_to("../deep/a.md")),
    "an absolute link": ("b.md", lambda root: (root / "b.md").symlink_to(root / "deep/a.md")),
    "a link to a link": (
        "b.md",
        lambda root: [(root / "z.md").symlink_to("deep/a.md"), (root / "b.md").symlink_to("z.md")],
    ),
    "a folder": ("again/a.md", lambda root: (root / "again").symlink_to("deep")),
    "a folder in a folder": ("sub/again/a.md", lambda root: (root / "sub/again").symlink_to("../deep")),
    "a file in a linked folder": (
        "again/b.md",
        lambda root: [(root / "deep/b.md").symlink_to("a.md"), (root / "again").symlink_to("deep")],
    ),
    "a hard link": ("b.md", lambda root: os.link(root / "deep/a.md", root / "b.md")),
    "a hard link of the same name": ("sub/a.md", lambda root: os.link(root / "deep/a.md", root / "sub/a.md")),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(tmp_path / "data"))
    vault = tmp_path / "vault"
    put(vault, "ytvault.toml", "")
    put(vault, "deep/a.md", NOTE)
    put(vault, "sub/other.md", "Nothing.\n")
    return vault


@pytest.fixture(params=LINKS)
def second(root: Path, request: pytest.FixtureRequest) -> str:
    """The second path of the note."""
    path, link = LINKS[request.param]
    link(root)
    return path


def first(root: Path) -> str:
    """The path under which the note is listed."""
    (found,) = [path for path in walk(root).notes if path not in {"sub/other.md", "start.md"}]
    return found


def findings(root: Path, *args: str) -> list[tuple[str, str]]:
    ran = called("lint", "--output-format", "json", *args, cwd=root)
    assert ran.err == ""
    return [(x["path"], x["rule"]) for x in json.loads(ran.out)]


@pytest.mark.parametrize(
    "more", [[], ["--no-cache"], ["--select", "ALL", "--ignore", "orphan-note,unlinked-mention,notes"]], ids=" ".join
)
def test_one_note_one_finding(root: Path, second: str, more: list[str]) -> None:
    path = first(root)
    expected = [(path, "malformed-link"), (path, "unlinked-timestamp")]
    for _ in range(2):
        found = [x for x in findings(root, *more) if x[1] != "missing-note"]
        assert sorted(found) == expected
    assert "duplicate-note" not in str(findings(root, "--select", "duplicate-note"))


def test_named_by_either_path(root: Path, second: str) -> None:
    path = first(root)
    for named in (path, second, "deep/a.md"):
        assert {x[0] for x in findings(root, named)} == {path}
    assert {x[0] for x in findings(root, str(Path(second).parent))} == {path}


@pytest.mark.parametrize("option", ["--fix", "--unsafe-fixes", "--add-suppressions"])
def test_one_fix_that_undo_takes_back(root: Path, second: str, option: str) -> None:
    same = (root / second).samefile(root / "deep/a.md")
    ran = called("lint", option, cwd=root)
    assert ran.status < 2, ran
    assert ran.err == ""
    text = (root / "deep/a.md").read_text()
    assert text != NOTE
    assert (LINKED in text) == (option != "--add-suppressions")
    assert (root / second).read_text() == text
    assert same == (root / second).samefile(root / "deep/a.md"), "what was one file is one file"
    assert called("lint", option, cwd=root).err == ""
    assert (root / "deep/a.md").read_text() == text
    assert called("undo", cwd=root).status == 0
    assert (root / second).read_text() == (root / "deep/a.md").read_text() == NOTE
    assert same == (root / second).samefile(root / "deep/a.md")
    assert not list(root.rglob(".ytvault-*"))


def test_convert(root: Path, second: str) -> None:
    put(root, "deep/a.md", NOTE.replace("[00:01:00]", '<a class="yt-timestamp" data-t="00:01:00">[00:01:00]</a>'))
    ran = called("convert", "--to", "links", cwd=root)
    assert (ran.status, ran.err) == (0, "")
    assert LINKED in (root / second).read_text()


def test_links_by_either_path_lead_to_it(root: Path, second: str) -> None:
    plain = second.removesuffix(".md")
    put(root, "start.md", f"[[{plain}]] [[{plain}#Part]] [t]({second}) [[deep/a]] [[deep/a#Part]] [[a]]\n")
    assert not [x for x in findings(root, "--select", "links") if x[0] == "start.md"]
    ran = called("inspect", "start.md", cwd=root)
    found = json.loads(ran.out)[0]["links"]
    path = first(root)
    here = [(x["link"], x["status"], x["resolved"]) for x in found if x["link"] != "a" or "/b" not in second]
    assert here == [(x["link"], "ok", path) for x in found if x["link"] != "a" or "/b" not in second]
    put(root, "start.md", f"[[{plain}#No part]]\n")
    assert ("start.md", "broken-heading") in findings(root)


def test_a_copy_has_the_note_once(root: Path, second: str, tmp_path: Path) -> None:
    plain = second.removesuffix(".md")
    put(root, "start.md", f"[[{plain}]] [[{plain}#Part]] [t]({second})\n")
    old = {p: p.read_bytes() for p in root.rglob("*.md")}
    for _ in range(2):
        ran = called("build", root, "--out", tmp_path / "out", cwd=tmp_path)
        assert (ran.status, ran.err) == (0, "")
    assert called("build", root, "--out", tmp_path / "out", "--check", cwd=tmp_path).status == 0
    copy = walk(tmp_path / "out")
    assert not copy.also
    assert len([p for p in copy.notes if LINKED in (tmp_path / "out" / p).read_text()]) == 1
    start = called("inspect", tmp_path / "out/start.md", cwd=tmp_path)
    assert {x["status"] for x in json.loads(start.out)[0]["links"]} == {"ok"}
    assert {p: p.read_bytes() for p in root.rglob("*.md")} == old


def test_renamed_it_is_refused_or_links_follow(root: Path, second: str) -> None:
    plain = second.removesuffix(".md")
    put(root, "start.md", f"[[{plain}]] [[deep/a]]\n")
    for old in (second, "deep/a.md"):
        ran = called("rename", old, "new name.md", cwd=root)
        assert ran.status in (0, 2), ran
        assert not findings(root, "start.md", "--select", "links")
        if ran.status == 0:
            break


def test_in_a_commit(root: Path, second: str) -> None:
    repository = Repo(root)
    repository.git("add", ".")
    staged = findings(root, "--staged")
    if (root / second).is_symlink() or (root / second).parent.is_symlink():
        path = first(root)
        assert sorted(x for x in staged if x[1] != "missing-note") == [
            (path, "malformed-link"),
            (path, "unlinked-timestamp"),
        ]
    repository.commit()
    plain = second.removesuffix(".md")
    repository.stage(start=f"[[{plain}]] [[{plain}#Part]] [[deep/a]]\n")
    assert not [x for x in findings(root, "--staged", "--select", "links") if x[0] == "start.md"]
    repository.stage(start=f"[[{plain}#No]]\n")
    assert ("start.md", "broken-heading") in findings(root, "--staged")
    ran = called("lint", "--staged", "--fix", cwd=root)
    assert "Traceback" not in ran.err


def test_cycles(root: Path) -> None:
    (root / "up").symlink_to(".")
    (root / "deep/loop").symlink_to(".")
    (root / "sub/up").symlink_to("..")
    (root / "x").symlink_to("y")
    (root / "y").symlink_to("x")
    (root / "p").mkdir()
    (root / "q").mkdir()
    put(root, "p/p.md", "P\n")
    put(root, "q/q.md", "Q\n")
    (root / "p/to_q").symlink_to("../q")
    (root / "q/to_p").symlink_to("../p")
    listing = walk(root)
    assert listing.notes == ("deep/a.md", "p/p.md", "q/q.md", "sub/other.md")
    assert listing.also == {"p/to_q/q.md": "q/q.md", "q/to_p/p.md": "p/p.md"}
    assert called("lint", "--fix", cwd=root).err == ""
    assert LINKED in (root / "deep/a.md").read_text()


def test_what_lies_out_of_the_vault_is_not_written(root: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "a.md", NOTE)
    (root / "out.md").symlink_to(outside)
    (root / "out").symlink_to(outside.parent)
    (root / "deep/b.md").symlink_to(root / "out.md")
    assert walk(root).notes == ("deep/a.md", "sub/other.md")
    assert called("lint", "--fix", cwd=root).err == ""
    assert outside.read_text() == NOTE
    for path in ("out.md", "out/a.md", "deep/b.md"):
        assert called("lint", "--fix", path, cwd=root).status == 2
        assert outside.read_text() == NOTE


def test_of_a_hidden_note_the_first_path_counts(root: Path) -> None:
    put(root, ".store/h.md", NOTE.replace("title: A", "title: H").replace("Some more", "Other"))
    for name in ("h1.md", "h2.md"):
        (root / name).symlink_to(".store/h.md")
    listing = walk(root)
    assert listing.notes == ("deep/a.md", "h1.md", "sub/other.md")
    assert listing.also == {"h2.md": "h1.md"}
    assert called("lint", "--fix", cwd=root).err == ""
    assert LINKED in (root / ".store/h.md").read_text()
    assert (root / "h1.md").is_symlink()


def test_a_backup_by_hard_links_out_of_the_vault_keeps_its_text(root: Path, tmp_path: Path) -> None:
    os.link(root / "deep/a.md", tmp_path / "backup.md")
    assert called("lint", "--fix", cwd=root).err == ""
    assert LINKED in (root / "deep/a.md").read_text()
    assert (tmp_path / "backup.md").read_text() == NOTE
