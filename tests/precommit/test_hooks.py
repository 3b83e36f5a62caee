"""The hooks, run by the real `pre-commit` in real repositories. The first test waits until pip has installed them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path

import pytest

from tests.repositories import Repo, environment

HOME = Path(__file__).parents[2]
STAMP = (
    '---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\nA thing <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.\n'
)

pytestmark = pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hooks as a repository and pre-commit's home, one for all workers, so that they are installed once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    store = folder / "precommit"
    if not store.exists():
        mine = tmp_path_factory.mktemp("hooks")
        hooks = Repo(mine / "hooks")
        for name in ("processor", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
            if (HOME / name).is_dir():
                shutil.copytree(HOME / name, hooks.path / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (HOME / name).exists():
                shutil.copy(HOME / name, hooks.path / name)
        hooks.git("add", "--all")
        hooks.commit()
        try:
            mine.rename(store)
        except OSError:  # another worker was faster
            assert (store / "hooks").exists()
    return store


class Guarded(Repo):
    """A repository that is a vault and has the hooks."""

    def __init__(self, path: Path, store: Path, *hooks: str) -> None:
        super().__init__(path)
        self.store = store
        commit = Repo.git(_at(store / "hooks"), "rev-parse", "HEAD").strip()
        ids = "".join(f"      - id: {hook}\n" for hook in hooks)
        self.add(".pre-commit-config.yaml", f"repos:\n  - repo: {store}/hooks\n    rev: {commit}\n    hooks:\n{ids}")
        self.add(".gitignore", ".obsidian\n")

    def pre_commit(self, *words: str) -> tuple[int, str]:
        """Run pre-commit; gives its exit status and what it printed."""
        return self._run(sys.executable, "-m", "pre_commit", *words)

    def try_commit(self, *words: str) -> tuple[int, str]:
        """`git commit`, with the hooks."""
        return self._run("git", "commit", "--quiet", "-m", "x", *words)

    def _run(self, *words: str) -> tuple[int, str]:
        more = {
            "PRE_COMMIT_HOME": str(self.store / "home"),
            "XDG_CACHE_HOME": str(self.store / "cache"),
            "XDG_DATA_HOME": str(self.store / "data"),
        }
        env = {k: v for k, v in environment(**more).items() if k != "PYTHONPATH"}
        done = subprocess.run(words, cwd=self.path, env=env, capture_output=True, check=False)
        out = (done.stdout + done.stderr).decode()
        assert "Traceback" not in out, out
        return done.returncode, out


def _at(path: Path) -> Repo:
    repo = object.__new__(Repo)
    repo.path = path
    return repo


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Guarded:
    """A repository with some notes and the hook."""
    repo = Guarded(tmp_path_factory.mktemp("begun") / "repo", store, "ytvault-lint")
    (repo.path / ".obsidian").mkdir()
    repo.commit(a="See [[b]].\n", b="# B\n\nText of its own.\n", old="[[Some-thing]]\n", some_thing="# Some thing\n")
    repo.pre_commit("install", "-t", "pre-commit", "-t", "pre-merge-commit")
    return repo


@pytest.fixture
def repo(tmp_path: Path, begun: Guarded) -> Guarded:
    """A copy of that, to be changed."""
    repo = copy(begun)
    repo.path = shutil.copytree(begun.path, tmp_path / "repo")
    return repo


def test_a_sound_note_is_committed_and_a_faulty_one_is_not(repo: Guarded) -> None:
    repo.stage(sound="See [[a]].\n")
    assert repo.try_commit()[0] == 0
    repo.stage(faulty="See [[Some-thing]].\n")
    status, out = repo.try_commit()
    assert status == 1
    assert 'faulty.md\n  1:5 error: nothing is called "Some-thing"' in out
    assert "old.md" not in out
    assert repo.try_commit("--no-verify")[0] == 0


def test_staged_and_unstaged_changes_in_one_note(repo: Guarded) -> None:
    repo.stage(a="See [[b]], again.\n")
    repo.put("a.md", "See [[Some-thing]].\n")
    repo.put("untracked.md", "# Untracked\n")
    assert repo.try_commit()[0] == 0
    repo.stage(a="See [[Some-thing]].\n")
    repo.put("a.md", "See [[b]].\n")
    status, out = repo.try_commit()
    assert (status, "a.md" in out) == (1, True)
    assert (repo.path / "a.md").read_text() == "See [[b]].\n"


def test_a_commit_that_names_files_takes_only_these(repo: Guarded) -> None:
    repo.stage(faulty="See [[Some-thing]].\n")
    repo.put("b.md", "# B\n\nMore.\n")
    assert repo.try_commit("b.md")[0] == 0
    assert repo.try_commit("faulty.md")[0] == 1


def test_a_commit_that_deletes_or_renames(repo: Guarded) -> None:
    repo.git("mv", "--", "b.md", "-c d.md")
    status, out = repo.try_commit()
    assert status == 1
    assert "a.md" in out
    assert "ytvault rename -- b.md '-c d.md'" in out
    repo.stage(a="See [[-c d]].\n")
    assert repo.try_commit()[0] == 0
    repo.git("rm", "--quiet", "--", "-c d.md")
    status, out = repo.try_commit()
    assert status == 1
    assert 'it led to "-c d.md", which this change deletes' in out


def test_an_empty_commit_is_none_of_its_business(repo: Guarded) -> None:
    assert repo.try_commit("--allow-empty")[0] == 0


def test_all_files(repo: Guarded) -> None:
    status, out = repo.pre_commit("run", "--all-files")
    assert (status, "old.md" in out) == (1, True)
    repo.commit(old="[[some_thing]]\n")
    assert repo.pre_commit("run", "--all-files")[0] == 0


def test_between_commits(repo: Guarded) -> None:
    start = repo.git("rev-parse", "HEAD").strip()
    repo.commit(new="[[Some-thing]]\n")
    status, out = repo.pre_commit("run", "--from-ref", start, "--to-ref", "HEAD")
    assert status == 1
    assert "new.md" in out
    assert "old.md" not in out
    assert repo.pre_commit("run", "--from-ref", "HEAD", "--to-ref", "HEAD")[0] == 0


def test_a_merge(repo: Guarded) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(theirs="[[b]] [[Some-thing]]\n")
    repo.git("checkout", "--quiet", "main")
    repo.git("rm", "--quiet", "b.md")
    repo.commit(a="No links.\n")
    status, out = repo._run("git", "merge", "--quiet", "--no-edit", "side")
    assert status == 1
    assert 'theirs.md\n  1:1 error: nothing is called "b"; it led to "b.md", which this change deletes' in out
    repo.git("merge", "--abort", status=None)
    repo.git("reset", "--quiet", "--hard")
    repo.commit(b="# B\n")
    assert repo._run("git", "merge", "--quiet", "--no-edit", "side")[0] == 0


def test_a_vault_in_a_folder_and_two_vaults(tmp_path: Path, store: Path) -> None:
    repo = Guarded(tmp_path / "repo", store, "ytvault-lint")
    for name in ("one", "-two 🎬"):
        (repo.path / name / ".obsidian").mkdir(parents=True)
        repo.add(f"{name}/it's.md", "# It's\n")
        repo.add(f"{name}/some_thing.md", "# Some thing\n\n[[it's]]\n")
    repo.commit(README="[[some-thing]]\n")
    repo.stage(README="[[Some-thing]]\n", one__new="[[it's]]\n")
    assert repo.pre_commit("run")[0] == 0
    repo.git("rm", "--quiet", "--", "-two 🎬/it's.md")
    repo.stage(one__new="[[Some-thing]]\n")
    status, out = repo.pre_commit("run")
    assert status == 1
    assert [line for line in out.splitlines() if line.endswith(".md")] == ["-two 🎬/some_thing.md", "one/new.md"]


def test_fix_mends_the_staged_notes_only(tmp_path: Path, store: Path) -> None:
    repo = Guarded(tmp_path / "repo", store, "ytvault-fix", "ytvault-lint")
    (repo.path / ".obsidian").mkdir()
    repo.commit(old=STAMP.replace("title: T", "title: Old"))
    repo.pre_commit("install")
    repo.stage(new=STAMP)
    repo.put("new.md", STAMP.replace("title: T", "title: Unstaged"))
    status, out = repo.try_commit()
    assert status == 1
    assert "files were modified by this hook" in out
    # pre-commit puts the change that is not staged back, or, where it cannot, takes the fix back
    assert "title: Unstaged" in (repo.path / "new.md").read_text()
    assert "t=370s" not in (repo.path / "old.md").read_text()
    repo.stage(new=STAMP)
    assert repo.try_commit()[0] == 1
    assert "&t=370s" in (repo.path / "new.md").read_text()
    repo.git("add", "new.md")
    status, out = repo.try_commit()
    assert status == 0, out
    assert repo.git("status", "--porcelain") == ""


def test_the_whole_vault(tmp_path: Path, store: Path) -> None:
    repo = Guarded(tmp_path / "repo", store, "ytvault-lint-vault")
    (repo.path / ".obsidian").mkdir()
    repo.commit(old=STAMP)
    status, out = repo.pre_commit("run")
    assert (status, "old.md" in out) == (1, True)


def test_every_hook_finds_the_vault_in_a_folder(tmp_path: Path, store: Path) -> None:
    repo = Guarded(tmp_path / "repo", store, "ytvault-fix", "ytvault-lint", "ytvault-lint-vault")
    repo.add("notes/ytvault.toml", 'ignore = ["timestamps"]\n')
    repo.commit(README=STAMP, notes__old_note=STAMP, notes__b="[[old_note]]\n")
    repo.stage(README=STAMP + "More [[Nowhere]].\n", notes__old_note=STAMP + "More.\n")
    status, out = repo.pre_commit("run")
    assert status == 0, out
    repo.stage(notes__b="[[Old-note]]\n")
    status, out = repo.pre_commit("run")
    assert (status, "README" in out) == (1, False)
    assert "notes/b.md" in out
