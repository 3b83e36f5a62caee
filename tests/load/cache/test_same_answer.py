"""No answer depends on what the cache happens to hold: the real command, with the cache and without."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from processor.load.cache import stats as cache_stats
from tests.cli.running import Ran, called, put
from tests.load.cache.campaign import days
from tests.repositories import Repo, environment

STAMP = '---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\nAt <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.\n'


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    # as if the notes were older than two seconds
    monkeypatch.setattr(cache_stats, "SETTLED", 0)


def both(repo: Repo, *args: str) -> Ran:
    """The answer, which is the same without the cache."""
    words = ("lint", *args, "--output-format", "concise")
    answer = called(*words, cwd=repo.path)
    assert answer == called(*words, "--no-cache", cwd=repo.path)
    return answer


LOSSES: dict[str, Callable[[Repo], object]] = {
    "git mv": lambda r: r.git("mv", "old.md", "plain.md"),
    "git rm": lambda r: r.git("rm", "--quiet", "old.md"),
    "a heading": lambda r: r.stage(old="# Other\n\nx ^id\n"),
    "a block": lambda r: r.stage(old="# H\n\nx\n"),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("way", ["--staged", "--from-ref", "pulled"])
def test_notes_that_were_never_judged_are_asked_for_their_links(tmp_path: Path, loss: str, way: str) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit(old="# H\n\nx ^id\n", start="see [[old]], [[old#H]], [[old#^id]] and [h](ol%64.md#H)\n", far="x\n")
    repo.stage(other="o\n")
    assert both(repo, "--staged").out == ""
    repo.commit()
    if way == "pulled":
        repo.git("checkout", "--quiet", "-b", "side")
        repo.commit(far="see [[old#^id]], [[old#H]] and [[old]]\n")
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--ff-only", "side")
    LOSSES[loss](repo)
    if way == "--from-ref":
        repo.commit()
        ran = both(repo, "--from-ref", "HEAD~1")
    else:
        ran = both(repo, "--staged")
    assert ran.status == 1
    assert {line.partition(":")[0] for line in ran.out.splitlines()} == {"start.md", "far.md"} - (
        {"far.md"} if way != "pulled" else set()
    )


def test_what_many_staged_notes_lose_is_not_told_as_what_was_missing_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole vault was judged after the note was deleted, and no commit was."""
    monkeypatch.setattr("processor.load.workspace._FEW", 2)
    repo = Repo(tmp_path / "repo")
    repo.put(".obsidian/app.json", "{}")
    repo.commit(old="x\n", a="a\n", b="b\n", c="c\n", d="d\n")
    repo.git("rm", "--quiet", "old.md")
    repo.stage(a="[[old]]\n", b="[[old]]\n", c="[[old]]\n")
    assert both(repo).status == 0
    ran = both(repo, "--staged")
    assert ran.status == 1
    assert ran.out.count("which this change deletes") == 3
    assert both(repo).status == 0


def test_other_line_ends_in_the_work_tree(tmp_path: Path) -> None:
    """Git keeps `\\n` and writes `\\r\\n`: with the cache too notes are mended as they are in the work tree."""
    repo = Repo(tmp_path / "repo")
    repo.add("ytvault.toml", "")
    repo.add(".gitattributes", "*.md text eol=crlf\n")
    repo.commit(a="x\n", b="y\n")
    repo.stage(a="x, and more\n")
    both(repo, "--staged")
    repo.add("b.md", STAMP.replace("\n", "\r\n"))
    assert "unlinked-timestamp" in both(repo, "--staged").out
    ran = called("lint", "--staged", "--fix", cwd=repo.path)
    assert (ran.status, ran.err) == (0, "")
    mended = (repo.path / "b.md").read_bytes()
    assert b"t=370s" in mended
    assert mended.count(b"\r\n") == mended.count(b"\n") == 6


def test_the_first_of_many_notes_is_judged_again_as_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to its heading comes, which a fix in the heading must take along."""
    monkeypatch.setattr("processor.base.parallel.FEWEST", 20)  # for two processes
    vault = tmp_path / "vault"
    put(vault, "000.md", "---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\n## [00:06:10] Part\n\nx\n")
    for i in range(1, 500):
        put(vault, f"{i:03}.md", f"Text {i}\n")
    words = ("lint", "--output-format", "jsonl")
    for text in ("Nothing.\n", "See [[000#00 06 10 Part]].\n"):
        put(vault, "099.md", text)
        answer = called(*words, cwd=vault)
        assert answer == called(*words, "--no-cache", cwd=vault)
    assert '"path": "099.md"' in answer.out


@pytest.mark.parametrize("seed", range(4))
def test_days_with_a_vault(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days(seed, tmp_path, monkeypatch, steps=15)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_many_days_with_a_vault(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days(seed, tmp_path, monkeypatch, steps=60)
