"""`ytvault lint --staged` and `--from-ref`, as a user runs them in real repositories."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, called, ytvault
from tests.repositories import Repo, environment


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    for name, value in environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository that is a vault, with three notes committed."""
    repo = Repo(tmp_path / "repo")
    repo.put(".obsidian/app.json", "{}")
    repo.git("add", ".obsidian")
    repo.commit(a="See [[b]] and [[c#Top]].\n", b="# B\n", c="# Top\n\nText. ^id\n")
    return repo


def found(*args: str, cwd: Path, env: dict[str, str] | None = None) -> set[tuple[str, str]]:
    """The notes and rules that are reported."""
    ran = ytvault("lint", *args, "--output-format", "json", cwd=cwd, env=env)
    assert ran.err == "", ran.err
    array: list[dict[str, Any]] = json.loads(ran.out)
    return {(x["path"], x["rule"]) for x in array}


def staged(repo: Repo, *args: str, env: dict[str, str] | None = None) -> set[tuple[str, str]]:
    return found("--staged", *args, cwd=repo.path, env=env)


def message(ran: Ran, rule: str) -> str:
    return next(x["message"] for x in json.loads(ran.out) if x["rule"] == rule)


# What is judged


def test_nothing_staged(repo: Repo) -> None:
    repo.put("a.md", "[[Nowhere at all]]\n")
    ran = ytvault("lint", "--staged", cwd=repo.path)
    assert (ran.status, ran.out, ran.err) == (0, "No note is about to be committed.\n", "")


def test_only_staged_notes_are_judged(repo: Repo) -> None:
    repo.commit(old="[[Nowhere]]\n")
    repo.stage(new="[[Nowhere else]]\n")
    assert staged(repo) == {("new.md", "missing-note")}


def test_the_first_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.stage(a="[[b]] [[c]]\n", b="# B\n")
    repo.put("c.md", "not staged\n")
    assert staged(repo) == {("a.md", "missing-note")}


def test_a_note_is_judged_as_it_is_staged(repo: Repo) -> None:
    repo.stage(a="[[Nowhere at all]]\n")
    repo.put("a.md", "[[b]]\n")
    assert staged(repo) == {("a.md", "missing-note")}
    repo.stage(a="[[b]]\n")
    repo.put("a.md", "[[Nowhere at all]]\n")
    assert staged(repo) == set()


def test_other_notes_count_as_they_are_staged(repo: Repo) -> None:
    repo.stage(new="[[c#Top]] [[b#New]]\n")
    repo.put("c.md", "# Bottom\n")
    repo.put("b.md", "# New\n")
    assert staged(repo) == {("new.md", "broken-heading")}
    (repo.path / "c.md").unlink()
    repo.git("add", "b.md")
    assert staged(repo) == set()


@pytest.mark.parametrize("planned", [False, True], ids=["untracked", "intent-to-add"])
def test_a_note_that_is_not_staged_is_no_target(repo: Repo, planned: bool) -> None:
    repo.put("fresh.md", "# Fresh\n")
    if planned:
        repo.git("add", "--intent-to-add", "fresh.md")
    repo.stage(new="[[fresh]]\n")
    assert staged(repo) == {("new.md", "missing-note")}
    repo.git("add", "fresh.md")
    assert staged(repo) == set()


def test_a_note_that_is_taken_out_and_planned_again_is_gone(repo: Repo) -> None:
    """`git commit` deletes it, though `git diff-index` tells of it as changed."""
    repo.git("rm", "--quiet", "--cached", "b.md")
    repo.git("add", "--intent-to-add", "b.md")
    assert staged(repo) == staged(repo, "--no-cache") == {("a.md", "broken-link")}
    assert ytvault("lint", "--staged", "--diff", cwd=repo.path).status == 0


def test_names_of_any_kind(repo: Repo) -> None:
    names = [
        "-rf.md",
        "a b.md",
        'say "it".md',
        "it's.md",
        "🎬 film.md",
        "naïve.md",
        "line\nbreak.md",
        "dir with space/x.md",
    ]
    for name in names:
        repo.add(name, "[[Nowhere at all]]\n")
    assert {path for path, _ in staged(repo, "--select", "missing-note")} == set(names)
    repo.commit()
    repo.stage(links='[[-rf]] [[a b]] [[say "it"]] [[it\'s]] [[🎬 film]] [[naïve]]\n')
    assert staged(repo, "--select", "links") == set()
    repo.commit()
    for name in names[:-2]:
        repo.git("rm", "--quiet", "--", name)
    assert staged(repo) == {("links.md", "broken-link")}


def test_submodules_and_links_out_of_the_repository_are_no_files(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit(inside="# Inside\n")
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.path), "sub")
    (repo.path / "out.md").symlink_to(other.path / "inside.md")
    (repo.path / "in.md").symlink_to("b.md")
    repo.git("add", "out.md", "in.md")
    repo.stage(new="[[inside]] [[out]] [[in#B]] [[sub]]\n")
    ran = ytvault("lint", "--staged", "--output-format", "concise", cwd=repo.path)
    assert [line.partition(" no note is called ")[2] for line in ran.out.splitlines()] == [
        '"inside" [missing-note]',
        '"out" [missing-note]',
        '"sub" [missing-note]',
    ]


def test_a_link_to_a_file_is_judged_by_what_is_staged_of_that_file(repo: Repo) -> None:
    (repo.path / "in.md").symlink_to("b.md")
    repo.git("add", "in.md")
    repo.put("b.md", "# Changed\n")
    repo.stage(new="[[in#B]]\n")
    assert staged(repo, "--select", "links") == set()


def test_conflicts_are_to_be_resolved_first(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(b="# Theirs\n")
    repo.git("checkout", "--quiet", "main")
    repo.commit(b="# Ours\n")
    repo.git("merge", "--quiet", "side", status=1)
    ran = ytvault("lint", "--staged", cwd=repo.path)
    assert ran.status == 2
    assert '"b.md" is in conflict' in ran.err


# What a commit breaks


def test_a_commit_that_only_deletes(repo: Repo) -> None:
    repo.git("rm", "--quiet", "b.md")
    assert staged(repo) == {("a.md", "broken-link")}
    ran = ytvault("lint", "--staged", "--output-format", "json", cwd=repo.path)
    assert ran.status == 1
    assert message(ran, "broken-link") == 'nothing is called "b"; it led to "b.md", which this change deletes'


def test_a_commit_that_only_renames(repo: Repo) -> None:
    repo.commit(b="# B\n\nSome text of its own.\n")
    repo.git("mv", "b.md", "new name.md")
    ran = ytvault("lint", "--staged", "--output-format", "json", cwd=repo.path)
    assert staged(repo) == {("a.md", "broken-link")}
    assert message(ran, "broken-link").endswith(
        "it led to \"b.md\", which this change renames; `ytvault rename b.md 'new name.md'` takes the link along"
    )
    [finding] = json.loads(ran.out)
    assert finding["severity"] == "error"
    assert finding["fix"]["safe"] is False
    assert [e["text"] for e in finding["fix"]["edits"]] == ["new name|b"]


@pytest.mark.parametrize("folder", ["", "notes/it's 1/"])
def test_the_rename_that_a_message_names_works_as_printed(repo: Repo, folder: str) -> None:
    name = folder.replace("/", "__")
    if folder:
        repo.put(f"{folder}ytvault.toml", "")
    repo.commit(**{f"{name}x__old": "# Old\n\n[n](../n.md)\n", f"{name}n": "[[old#Old]] [o](x/old.md)\n"})
    (repo.path / folder / "y z").mkdir()
    repo.git("mv", f"{folder}x/old.md", f"{folder}y z/new.md")
    ran = called("lint", "--staged", "--output-format", "json", cwd=repo.path)
    commands = {m[1] for x in json.loads(ran.out) if (m := re.search("`(ytvault rename .*)`", x["message"]))}
    assert len(commands) == 1
    assert called(*shlex.split(commands.pop())[1:], cwd=repo.path).status == 0
    assert (repo.path / folder / "n.md").read_text() == "[[new#Old]] [o](new.md)\n"
    repo.git("add", "--all")
    assert called("lint", "--staged", cwd=repo.path).status == 0


def test_a_rename_that_the_name_tells_too_is_mended_safely(repo: Repo) -> None:
    repo.commit(my_note="# Mine\n\nText of its own.\n")
    repo.git("mv", "my_note.md", "My note.md")
    repo.stage(new="[[my_note]]\n")
    [finding] = json.loads(ytvault("lint", "--staged", "--output-format", "json", cwd=repo.path).out)
    assert (finding["rule"], finding["fix"]["safe"]) == ("broken-link", True)


def test_a_deleted_note_is_not_taken_for_one_of_a_like_name(repo: Repo) -> None:
    repo.commit(some_note="# One\n", x__Some_Note_="# Another\n", links="[[some_note]]\n")
    repo.git("rm", "--quiet", "some_note.md")
    [finding] = json.loads(ytvault("lint", "--staged", "--output-format", "json", cwd=repo.path).out)
    assert (finding["path"], finding["rule"], finding["fix"]) == ("links.md", "broken-link", None)


def test_a_link_that_never_led_anywhere_stays_a_wish(repo: Repo) -> None:
    repo.commit(a="See [[b]] and [[wished for]].\n")
    repo.git("rm", "--quiet", "b.md")
    assert staged(repo) == {("a.md", "broken-link"), ("a.md", "missing-note")}


def test_a_new_link_to_what_the_commit_deletes(repo: Repo) -> None:
    repo.commit(a="No links.\n")
    repo.git("rm", "--quiet", "b.md")
    repo.stage(new="[[b]]\n")
    assert staged(repo) == {("new.md", "broken-link")}


def test_a_deleted_attachment(repo: Repo) -> None:
    repo.add("pic.png", b"\x89PNG")
    repo.commit(shows="![[pic.png]] and [[pic.png]]\n")
    repo.git("rm", "--quiet", "pic.png")
    assert staged(repo) == {("shows.md", "broken-embed"), ("shows.md", "broken-link")}


def test_links_that_find_another_file_are_not_broken(repo: Repo) -> None:
    repo.commit(x__b="# Another B\n")
    repo.git("rm", "--quiet", "b.md")
    assert staged(repo) == set()


def test_renaming_in_case_only_breaks_nothing(repo: Repo) -> None:
    repo.git("mv", "b.md", "B.md")
    assert staged(repo) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("# Bottom\n\nText. ^id\n", "broken-heading"),
        ("# Top\n\nText.\n", "broken-block"),
        ("# top!\n\nMore. ^ID\n", None),
    ],
)
def test_headings_and_blocks_that_go(repo: Repo, text: str, rule: str | None) -> None:
    repo.commit(a="[[c#Top]] and [[c#^id]]\n")
    repo.stage(c=text)
    assert staged(repo) == ({("a.md", rule)} if rule else set())


def test_a_new_note_that_takes_over_a_name(repo: Repo) -> None:
    repo.commit(x__n="# There\n", y__links="[[n#There]]\n")
    repo.stage(y__n="# Elsewhere\n")
    assert staged(repo, "--select", "broken-heading") == {("y/links.md", "broken-heading")}


def test_a_moved_note_loses_its_relative_links(repo: Repo) -> None:
    repo.commit(x__near="# Near\n", x__n="# A note\n\nSome text that stays, [near](./near.md).\n")
    (repo.path / "y").mkdir()
    repo.git("mv", "x/n.md", "y/n.md")
    ran = ytvault("lint", "--staged", "--output-format", "json", cwd=repo.path)
    assert 'it led to "x/near.md" from the folder where this note was' in message(ran, "broken-link")


# Where vaults lie


def test_a_vault_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.add("notes/ytvault.toml", 'ignore = ["missing-note"]\n')
    repo.commit(notes__a="[[b]]\n", notes__b="# B\n", README="[[Not a vault]]\n")
    repo.stage(README="[[Not a vault either]]\n", notes__new="[[Nowhere at all]] [[README]]\n")
    assert staged(repo) == set()
    repo.git("rm", "--quiet", "notes/b.md")
    assert staged(repo) == {("a.md", "broken-link")}
    ran = ytvault("lint", "--staged", "--output-format", "concise", cwd=repo.path / "notes")
    assert ran.out.startswith("a.md:1:1: error:")


def test_a_vault_that_pyproject_names(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.add("pyproject.toml", '[tool.ytvault]\nvault = "notes"\n')
    repo.stage(README="[[Nowhere]]\n", notes__n="[[Nowhere]]\n")
    assert staged(repo) == {("n.md", "missing-note")}


def test_two_vaults_in_one_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for name in ("one", "two"):
        repo.add(f"{name}/.obsidian/app.json", "{}")
    repo.commit(one__a="[[b]]\n", one__b="# B\n", two__a="[[b]]\n", two__b="# B\n")
    repo.git("rm", "--quiet", "one/b.md")
    repo.stage(two__new="[[nowhere]]\n")
    ran = ytvault("lint", "--staged", "--output-format", "concise", cwd=repo.path)
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["one/a.md", "two/new.md"]
    assert found("--staged", "one", cwd=repo.path) == {("a.md", "broken-link")}
    assert found("--staged", "--vault", "two", cwd=repo.path) == {("new.md", "missing-note")}


def test_a_vault_in_a_vault(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for name in (".obsidian", "inner/.obsidian"):
        repo.add(f"{name}/app.json", "{}")
    repo.commit(a="[[b]]\n", inner__a="[[b]]\n", inner__b="# B\n")
    repo.git("rm", "--quiet", "inner/b.md")
    ran = ytvault("lint", "--staged", "--output-format", "concise", cwd=repo.path)
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["a.md", "inner/a.md"]


def test_no_repository(tmp_path: Path) -> None:
    ran = ytvault("lint", "--staged", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert ran.status == 2
    assert "not a git repository" in ran.err


def test_no_git(repo: Repo) -> None:
    ran = ytvault("lint", "--staged", cwd=repo.path, env={"PATH": ""})
    assert ran.status == 2
    assert "git cannot be run" in ran.err


@pytest.mark.parametrize(
    "args",
    [["--staged", "--from-ref", "HEAD"], ["--to-ref", "HEAD"], ["-", "--staged"], ["--from-ref", "nothing"]],
)
def test_wrong_calls(repo: Repo, args: list[str]) -> None:
    ran = ytvault("lint", *args, cwd=repo.path, stdin=b"")
    assert ran.status == 2
    assert ran.err


# Between commits


def test_between_commits(repo: Repo) -> None:
    start = repo.git("rev-parse", "HEAD").strip()
    repo.commit(new="[[Nowhere]]\n")
    repo.git("rm", "--quiet", "b.md")
    end = repo.commit()
    repo.commit(b="# B is back\n", later="[[Not judged]]\n")
    repo.put("a.md", "# Not judged\n")
    expected = {("a.md", "broken-link"), ("new.md", "missing-note")}
    assert found("--from-ref", start, "--to-ref", end, cwd=repo.path) == expected
    hook = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": start, "PRE_COMMIT_TO_REF": end}
    assert staged(repo, env=hook) == expected
    assert found("--from-ref", end, cwd=repo.path) == {("later.md", "missing-note")}


def test_what_the_other_branch_did_since_is_not_judged(repo: Repo) -> None:
    repo.commit(b="[[Nowhere]]\n")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(side="[[b]]\n")
    repo.git("checkout", "--quiet", "main")
    repo.commit(b="# B\n", main="[[Nowhere]]\n")
    assert found("--from-ref", "main", "--to-ref", "side", cwd=repo.path) == set()


# Merges


def test_a_merge_breaks_what_neither_side_broke(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(theirs="[[b]] [[Nowhere]]\n")
    repo.git("checkout", "--quiet", "main")
    repo.stage(a="[[c#Top]]\n")
    repo.git("rm", "--quiet", "b.md")
    repo.commit()
    repo.git("merge", "--quiet", "--no-commit", "side")
    assert staged(repo) == {("theirs.md", "broken-link"), ("theirs.md", "missing-note")}


def test_a_merge_does_not_judge_what_it_takes_as_it_is(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(theirs="[[Nowhere]]\n")
    repo.git("checkout", "--quiet", "main")
    repo.commit(ours="[[Nowhere]]\n")
    repo.git("merge", "--quiet", "--no-commit", "side")
    assert staged(repo) == set()
    repo.stage(theirs="[[Nowhere else]]\n")
    assert staged(repo) == {("theirs.md", "missing-note")}


# Fixing

STAMP = (
    '---\nvideoId: n3Vq8ZtKp0A\ntitle: T\n---\n\nA thing <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>.\n'
)


def test_only_staged_notes_are_fixed(repo: Repo) -> None:
    repo.commit(old=STAMP, e="[[gone]]\n" + STAMP, gone="# Gone\n")
    repo.stage(new=STAMP)
    repo.git("rm", "--quiet", "gone.md")
    ran = ytvault("lint", "--staged", "--fix", cwd=repo.path)
    assert ran.status == 1
    assert "e.md" in ran.out
    assert "t=370s" in (repo.path / "new.md").read_text()
    assert (repo.path / "old.md").read_text() == STAMP
    assert (repo.path / "e.md").read_text() == "[[gone]]\n" + STAMP


def test_a_note_with_changes_that_are_not_staged_is_not_fixed(repo: Repo) -> None:
    repo.stage(new=STAMP, fresh=STAMP)
    repo.put("new.md", STAMP + "More.\n")
    ran = ytvault("lint", "--staged", "--fix", cwd=repo.path)
    assert ran.status == 2
    assert "new.md: not fixed: " in ran.err
    assert (repo.path / "new.md").read_text() == STAMP + "More.\n"
    assert "t=370s" in (repo.path / "fresh.md").read_text()


# What pre-commit tells, and what it does not


def test_all_files_are_judged_where_a_hook_is_called_with_nothing_staged(repo: Repo) -> None:
    repo.commit(old="[[Nowhere]]\n", x="# X\n")
    repo.put("untracked.md", "[[Nowhere]]\n")
    (repo.path / "x.md").unlink()
    hook = {"PRE_COMMIT": "1"}
    assert staged(repo, env=hook) == {("old.md", "missing-note")}
    assert staged(repo) == set()
    # git commit --allow-empty: git names the index to its hooks
    assert staged(repo, env={**hook, "GIT_INDEX_FILE": ".git/index"}) == set()
    repo.put("old.md", STAMP)
    assert staged(repo, env=hook) == {("old.md", "unlinked-timestamp")}
    assert ytvault("lint", "--staged", "--fix", cwd=repo.path, env=hook).out == "No note is about to be committed.\n"
    assert (repo.path / "old.md").read_text() == STAMP


def test_a_sparse_checkout(repo: Repo) -> None:
    repo.commit(x__a="[[far]] [[c#Top]]\n", y__far="# Far\n\n[[b]]\n")
    repo.git("sparse-checkout", "set", "x")
    assert not (repo.path / "y").exists()
    repo.stage(x__a="[[far#Far]] [[c#Top]] [[Nowhere at all]]\n")
    assert staged(repo) == {("x/a.md", "missing-note")}
    assert staged(repo, env={"PRE_COMMIT": "1"}) == {("x/a.md", "missing-note")}
    repo.git("commit", "--quiet", "--no-verify", "-m", "x")
    assert staged(repo, "--select", "missing-note", env={"PRE_COMMIT": "1"}) == {("x/a.md", "missing-note")}


# What the report promises


def test_fixes_are_promised_only_where_the_hook_makes_them(repo: Repo) -> None:
    repo.commit(my_note="# Mine\n\nText of its own.\n", links="[[my_note]]\n")
    repo.git("mv", "my_note.md", "My note.md")
    out = called("lint", "--staged", cwd=repo.path).out
    assert "links.md" in out
    assert "1  error  broken-link  by hand" in out
    assert "--fix" not in out
    repo.stage(new="[[my_note]]\n")
    out = called("lint", "--staged", cwd=repo.path).out
    assert "2  error  broken-link  1 by --fix, 1 by hand" in out
    assert "ytvault lint --staged --fix   mends 1 of them" in out
    repo.put("new.md", "[[my_note]] and more\n")
    assert "--fix" not in called("lint", "--staged", cwd=repo.path).out
