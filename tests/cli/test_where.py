"""Which vault a command is about, from anywhere in a repository; what git ignores where there is no vault."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from processor.disk import roots
from tests.cli.running import called, put
from tests.repositories import Repo, environment

STAMP = '---\ntitle: T\nvideoId: n3Vq8ZtKp0A\n---\n\nAt <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.\n'
MARKS = ["ytvault.toml", ".obsidian/app.json", "pyproject.toml"]


@pytest.fixture(autouse=True)
def _plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))


def repository(place: Path, mark: str = "ytvault.toml") -> Repo:
    """A repository with a README, code with notes of its own, and one vault."""
    repo = Repo(place / "repo")
    if mark == "pyproject.toml":
        repo.put(mark, '[tool.ytvault]\nvault = "notes"\n')
    else:
        repo.put(f"notes/{mark}", "{}" if mark.endswith("json") else 'ignore = ["missing-note"]\n')
    repo.put("src/app/notes.md", "[[Nowhere in the code]]\n")
    repo.commit(README="[[Nowhere]]\n", notes__a="[[some-thing]]\n", notes__deep__some_thing="# X\n")
    return repo


def judged(*args: str, cwd: Path) -> set[str]:
    """The notes in which something is found, by their paths from the folder."""
    ran = called("lint", *args, "--output-format", "concise", "--fail-on", "information", cwd=cwd)
    assert ran.err == ""
    assert called("lint", *args, "--output-format", "concise", "--fail-on", "information", cwd=cwd) == ran
    return {line.partition(":")[0] for line in ran.out.splitlines()}


# The vault below


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("folder", [".", "src", "src/app", "notes"])
def test_the_one_vault_of_a_repository_is_found_from_anywhere(tmp_path: Path, mark: str, folder: str) -> None:
    repo = repository(tmp_path, mark)
    here, note = repo.path / folder, os.path.relpath(repo.path / "notes/a.md", repo.path / folder)
    assert judged(cwd=here) == {note}
    if folder == ".":
        assert judged(".", cwd=here) == {note}
    repo.stage(notes__a="[[some-thing]] again\n", README="[[Nowhere else]]\n")
    assert judged("--staged", cwd=here) == {note}
    assert [
        json.loads(x)["path"] for x in called("inspect", "--output-format", "jsonl", cwd=here).out.splitlines()
    ] == [
        "a.md",
        "deep/some_thing.md",
    ]
    assert "leads to deep/some_thing.md" in called("links", "--explain", "[[some_thing]]", cwd=here).out
    assert called("config", cwd=here).out.startswith(f"# The vault {repo.path / 'notes'}\n")
    out = tmp_path / "out"
    assert called("build", "--out", str(out), cwd=here).status == 0
    assert (out / "deep/some_thing.md").exists()
    assert not (out / "README.md").exists()
    assert called("lint", "--fix", cwd=here).err == ""
    assert "[[some_thing" in (repo.path / "notes/a.md").read_text()
    assert called("undo", cwd=here).status == 0
    assert (repo.path / "notes/a.md").read_text() == "[[some-thing]] again\n"
    assert called("rename", note, "b", cwd=here).status == (2 if folder in (".", "src", "src/app") else 0)


def test_init_finds_it_too(tmp_path: Path) -> None:
    repo = repository(tmp_path, ".obsidian/app.json")
    assert called("init", "--dry-run", cwd=repo.path / "src").err.startswith(f"{repo.path / 'notes'}: 2 notes")
    assert called("init", "--pre-commit", cwd=repo.path).status == 0
    assert (repo.path / "notes/ytvault.toml").exists()
    assert (repo.path / ".pre-commit-config.yaml").exists()


def test_a_baseline_of_the_vault_counts_at_the_top(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.put("notes/ytvault.toml", 'baseline = "known.json"\n')
    assert called("lint", "--write-baseline", "known.json", cwd=repo.path / "notes").status == 0
    ran = called("lint", cwd=repo.path)
    assert (ran.status, "known.json lists them: 1 finding" in ran.out + ran.err) == (0, True)


def test_a_project_above_the_repository_says_nothing_of_it(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", '[tool.ytvault]\nvault = "mine"\n')
    put(tmp_path, "mine/x.md", "x\n")
    (tmp_path / "beside").mkdir()
    assert roots.vaults_at(tmp_path / "beside") == [tmp_path / "mine"]
    repo = repository(tmp_path)
    assert roots.vaults_at(repo.path) == [repo.path / "notes"]
    (repo.path / "notes/ytvault.toml").unlink()
    assert roots.vaults_at(repo.path) == [repo.path]


def test_a_vault_that_a_project_names_and_that_is_not_there(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.put("pyproject.toml", '[tool.ytvault]\nvault = "gone"\n')
    for words in (["lint"], ["lint", "."], ["inspect"]):
        ran = called(*words, cwd=repo.path)
        assert (ran.status, str(repo.path / "gone") in ran.err) == (2, True)


def test_several_vaults_are_judged_each_as_itself(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.put("more/.obsidian/app.json", "{}")
    repo.put("more/b.md", "[[some-thing]] [[c-c]]\n")
    repo.put("more/c_c.md", "# C\n")
    for here in (repo.path, repo.path / "src"):
        up = os.path.relpath(repo.path, here)
        assert judged(cwd=here) == {os.path.normpath(f"{up}/notes/a.md"), os.path.normpath(f"{up}/more/b.md")}
        out = str(tmp_path / "out")
        for words, how in (
            (["links"], "--vault {}"),
            (["config"], "--vault {}"),
            (["undo"], "--vault {}"),
            (["init"], "`ytvault init {}`"),
            (["build", "--out", out], f"`ytvault build {{}} --out {out}`"),
        ):
            ran = called(*words, cwd=here)
            assert ran.status == 2
            assert how.format(os.path.normpath(f"{up}/more")) in ran.err
    assert called("config", "--vault", "more", cwd=repo.path).status == 0


def test_what_is_named_is_judged_as_it_is(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.put("docs/x.md", "[[Nowhere]]\n")
    repo.put("docs/own/.obsidian/app.json", "{}")
    repo.put("docs/own/a.md", "[[inner-note]]\n")
    repo.put("docs/own/inner_note.md", "# I\n")
    assert judged("README.md", cwd=repo.path) == {"README.md"}
    assert judged("src", cwd=repo.path) == {"src/app/notes.md"}
    assert judged("docs", cwd=repo.path) == {"docs/x.md", "docs/own/a.md"}
    assert judged("docs", "notes", cwd=repo.path) == {"docs/x.md", "docs/own/a.md", "notes/a.md"}
    assert judged("--vault", ".", cwd=repo.path) >= {"README.md", "notes/a.md", "src/app/notes.md"}
    ran = called("build", "docs", "--out", str(tmp_path / "out"), cwd=repo.path)
    assert ran.status == 0
    assert "`ytvault build docs/own --out " in ran.err
    assert (tmp_path / "out/x.md").exists()


def test_vaults_that_are_none(tmp_path: Path) -> None:
    """In `node_modules`, in what git ignores, behind links, in vaults, and copies that `build` made."""
    repo = repository(tmp_path)
    repo.put(".gitignore", "/built/\n")
    for folder in ("node_modules/pkg", "built/x", "notes/inner", ".hidden"):
        repo.put(f"{folder}/.obsidian/app.json", "{}")
        repo.put(f"{folder}/n.md", "[[Nowhere at all]] [[N-n]]\n")
    assert called("build", "notes", "--out", "copy", cwd=repo.path).status == 0
    (repo.path / "copy/.obsidian").mkdir(exist_ok=True)
    (repo.path / "link").symlink_to("notes")
    assert roots.vaults_at(repo.path) == [repo.path / "notes"]
    repo.stage(copy__a="[[Nowhere at all]] [[some-thing]]\n")
    assert judged("--staged", cwd=repo.path) == set()


def test_a_name_that_is_not_there_is_looked_for_in_the_vault_below(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    assert "did you mean notes/deep/some_thing.md?" in called("lint", "some_thing", cwd=repo.path).err


def test_a_vault_is_walked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository(tmp_path)
    scanned: list[str] = []
    scandir = os.scandir
    monkeypatch.setenv("YTVAULT_CACHE_DIR", "/dev/null/none")

    def noted(folder: str) -> object:
        scanned.append(os.fspath(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noted)
    for cwd, folders in ((repo.path, 5), (repo.path / "notes", 2)):
        for words in (["inspect"], ["lint"], ["lint"]):
            scanned.clear()
            assert called(*words, "--output-format", "json", cwd=cwd).status in (0, 1)
            assert sum(name.startswith(str(tmp_path)) for name in scanned) == folders


def test_the_look_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository(tmp_path)
    for i in range(20):
        put(repo.path, f"data/d{i}/deeper/x.txt", "x")
    monkeypatch.setattr(roots, "_MOST", 25)
    assert roots.vaults_at(repo.path) == [repo.path / "notes"]  # what lies near the top is seen
    monkeypatch.setattr(roots, "_MOST", 1)
    assert roots.vaults_at(repo.path) == [repo.path]


def test_an_answer_is_void_once_another_vault_comes(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    before = judged(cwd=repo.path)
    repo.put("src/ytvault.toml", "")
    assert judged(cwd=repo.path) == before | {"src/app/notes.md"}
    repo.put("ytvault.toml", "")
    assert judged(cwd=repo.path) > {"README.md"}


# What git ignores


def code(place: Path) -> Repo:
    repo = Repo(place / "code")
    repo.put(".gitignore", "node_modules/\n*.tmp.md\n!keep.tmp.md\n/out\n")
    repo.put("docs/.gitignore", "draft.md\n")
    repo.put(".git/info/exclude", "mine.md\n")
    for name in ("README", "docs/guide", "docs/keep.tmp", "out/forced"):
        repo.put(f"{name}.md", STAMP)
    repo.git("add", "--force", "README.md", "out/forced.md")
    for name in ("node_modules/pkg/README", "docs/draft", "docs/x.tmp", "mine", "out/made"):
        repo.put(f"{name}.md", STAMP)
    other = Repo(repo.path / "vendor")
    other.put(".gitignore", "nm\n")
    other.put("nm/r.md", STAMP)
    other.put("own.md", STAMP)
    return repo


OURS = {"README.md", "docs/guide.md", "docs/keep.tmp.md", "out/forced.md", "vendor/own.md"}
IGNORED = {"node_modules/pkg/README.md", "docs/draft.md", "docs/x.tmp.md", "mine.md", "out/made.md", "vendor/nm/r.md"}


def test_what_git_ignores_is_not_judged(tmp_path: Path) -> None:
    repo = code(tmp_path)
    assert judged(cwd=repo.path) == judged(".", cwd=repo.path) == OURS
    assert judged(cwd=repo.path / "docs") == {"guide.md", "keep.tmp.md"}
    shown = called("inspect", "--output-format", "jsonl", cwd=repo.path).out.splitlines()
    assert {json.loads(line)["path"] for line in shown} == OURS


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("node_modules", {"node_modules/pkg/README.md"}),
        ("node_modules/pkg", {"node_modules/pkg/README.md"}),
        ("node_modules/pkg/README.md", {"node_modules/pkg/README.md"}),
        ("mine.md", {"mine.md"}),
        ("out", {"out/forced.md", "out/made.md"}),
        ("docs", {"docs/guide.md", "docs/keep.tmp.md"}),
        ("vendor", {"vendor/own.md"}),
        ("vendor/nm", {"vendor/nm/r.md"}),
    ],
)
def test_what_is_named_is_always_judged(tmp_path: Path, named: str, found: set[str]) -> None:
    repo = code(tmp_path)
    assert judged(named, cwd=repo.path) == found


@pytest.mark.parametrize("mark", ["ytvault.toml", ".obsidian/app.json", "pyproject.toml", "--vault"])
def test_in_a_vault_all_are_notes(tmp_path: Path, mark: str) -> None:
    repo = code(tmp_path)
    if mark != "--vault":
        repo.put(mark, '[tool.ytvault]\nvault = "."\n' if mark == "pyproject.toml" else "{}" * mark.endswith("json"))
    assert judged(*(["--vault", "."] if mark == "--vault" else []), cwd=repo.path) == OURS | IGNORED


def test_without_a_repository_nothing_is_ignored(tmp_path: Path) -> None:
    put(tmp_path, "x/.gitignore", "*.md\n")
    put(tmp_path, "x/a.md", STAMP)
    assert judged(cwd=tmp_path / "x") == {"a.md"}
    (tmp_path / "x/.git").mkdir()  # it only looks like one
    assert judged(cwd=tmp_path / "x") == {"a.md"}


def test_an_answer_is_void_once_git_ignores_something_else(tmp_path: Path) -> None:
    repo = code(tmp_path)
    assert "mine.md" not in judged(cwd=repo.path)
    repo.put(".git/info/exclude", "README.md\n")
    assert judged(cwd=repo.path) == OURS | {"mine.md"}  # git keeps README.md
    repo.git("rm", "--quiet", "--force", "--cached", "README.md", "out/forced.md")
    assert judged(cwd=repo.path) == (OURS | {"mine.md"}) - {"out/forced.md", "README.md"}


def test_a_link_to_what_git_ignores_leads_there(tmp_path: Path) -> None:
    repo = code(tmp_path)
    repo.put("README.md", "[d](docs/draft.md) [[mine]] ![](docs/pic.png)\n")
    repo.put("docs/pic.png", "x")
    repo.put(".gitignore", "*.png\n")
    assert "README.md" not in judged("--select", "links", cwd=repo.path)


WRITES: dict[str, tuple[list[str], str]] = {
    "--fix": (["lint", "--fix"], "t=370s"),
    "--unsafe-fixes": (["lint", "--unsafe-fixes"], "t=370s"),
    "--add-suppressions": (["lint", "--add-suppressions"], "ytvault-disable"),
    "convert": (["convert", "--to", "links"], "t=370s"),
}


@pytest.mark.parametrize("way", WRITES)
def test_what_git_ignores_is_not_changed_and_that_there_is_no_vault_is_said_first(tmp_path: Path, way: str) -> None:
    repo, (words, sign) = code(tmp_path), WRITES[way]
    ran = called(*words, cwd=repo.path)
    assert ran.err.splitlines()[0].startswith(f"ytvault: {repo.path} is no known vault")
    assert {p for p in OURS | IGNORED if sign in (repo.path / p).read_text()} == OURS
    assert called(*words, "--quiet", cwd=repo.path).err == ""
    repo.put("ytvault.toml", "")
    assert called(*words, cwd=repo.path).err == ""


def test_rename_leaves_what_git_ignores_alone(tmp_path: Path) -> None:
    repo = code(tmp_path)
    for path in ("node_modules/pkg/README.md", "docs/guide.md"):
        repo.put(path, "[r](/README.md)\n")
    ran = called("rename", "README.md", "READ_ME", cwd=repo.path)
    assert (ran.status, "is no known vault" in ran.err) == (0, True)
    assert (repo.path / "node_modules/pkg/README.md").read_text() == "[r](/README.md)\n"
    assert "READ_ME" in (repo.path / "docs/guide.md").read_text()


def test_without_git_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = code(tmp_path)
    monkeypatch.setenv("PATH", "")
    for _ in range(2):
        ran = called("lint", "--output-format", "concise", cwd=repo.path)
        assert "git does not tell (git cannot be run" in ran.err
        assert "mine.md" in ran.out


def test_in_the_hook_of_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo, other = code(tmp_path), Repo(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert judged(cwd=repo.path) == OURS


def test_where_a_watch_looks_again_git_ignores_the_same(tmp_path: Path) -> None:
    from processor.cli.session import open_vaults

    repo = code(tmp_path)
    [opened] = open_vaults([repo.path], vault=None, config_file=None, followed=True)
    watched = opened.workspace
    repo.put("docs/new.md", "x\n")
    repo.put("docs/y.tmp.md", "x\n")
    changed = watched.changed(["docs/new.md", "docs/y.tmp.md", "mine.md"])
    watched.update(changed)
    assert "docs/new.md" in watched.vault.notes
    assert not {"docs/y.tmp.md", "mine.md"} & set(watched.vault.notes)
