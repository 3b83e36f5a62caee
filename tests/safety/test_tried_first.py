"""Whatever can fail before the first note is written is tried before it: a run that ends in an error has changed nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.running import called, put

NOTE = """\
---
title: A
videoId: dQw4w9WgXcQ
---

See [[nope]], [[x|y|z]], [[b]] and [00:01:00].

<a class="yt-timestamp" data-t="00:02:00">[00:02:00]</a>
"""
root_only = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may write everywhere"
)
WRITING = [
    ["lint", "--fix"],
    ["lint", "--unsafe-fixes"],
    ["lint", "--add-suppressions"],
    ["lint", "--fix", "--add-suppressions"],
    ["lint", "--fix", "--write-baseline", "new.json"],
]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "a.md", NOTE)
    put(root, "b.md", NOTE)
    put(root, "ytvault.toml", "")
    put(root, "corrupt.json", '{"version": 1, "findings": [')
    put(root, "other.json", '{"version": 7, "findings": []}')
    put(root, "latin.json", b'{"version": 1, "findings": [], "a": "\xe9"}')
    put(root, "file", "no folder")
    (root / "folder").mkdir()
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def check(vault: Path, args: list[str], said: str, *, cwd: Path | None = None) -> None:
    old, folders = contents(vault), sorted(p for p in vault.rglob("*") if p.is_dir())
    ran = called(*args, cwd=cwd or vault)
    assert ran.status == 2, ran
    assert said in ran.err, ran
    assert contents(vault) == old
    assert sorted(p for p in vault.rglob("*") if p.is_dir()) == folders


BASELINES = {
    "nope.json": "nope.json: cannot be read: No such file or directory",
    "corrupt.json": "corrupt.json: line 1: no valid JSON",
    "other.json": 'other.json: line 1: "version" must be 1',
    "latin.json": "latin.json: cannot be read: it is not UTF-8",
    "folder": "folder",
}


@pytest.mark.parametrize("args", WRITING[:4], ids=" ".join)
@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("where", ["option", "configuration"])
def test_a_baseline(vault: Path, args: list[str], name: str, where: str) -> None:
    if where == "configuration":
        put(vault, "ytvault.toml", f'baseline = "{name}"\n')
        args = [*args]
    else:
        args = [*args, "--baseline", name]
    check(vault, args, BASELINES[name])


@pytest.mark.parametrize("args", WRITING[:4], ids=" ".join)
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--output-file", "file/report.txt"], "cannot be written: not a directory"),
        (["--report", "sarif=file/sub/report.sarif"], "cannot be written: not a directory"),
        (["--report", "sarif=ok/report.sarif", "--report", "json=file/report.json"], "file/report.json"),
        (["--report", "sarif=folder"], "cannot be written: is a directory"),
        (["--write-baseline", "file/new.json"], "cannot be written: not a directory"),
        (["--config", "corrupt.json"], "corrupt.json:1"),
        (["--config", "file"], "file:1"),
        (["--select", "no-such-rule"], "no-such-rule"),
        (["--ignore", "no-such-rule"], "no-such-rule"),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, list) else None,
)
def test_what_is_named_on_the_command_line(vault: Path, args: list[str], more: list[str], said: str) -> None:
    check(vault, [*args, *more], said)


@pytest.mark.parametrize(
    "args",
    [
        ["lint", "--fix", "--output-file", "b.md"],
        ["lint", "--fix", "--report", "html=b.md"],
        ["lint", "--write-baseline", "./b.md"],
        ["lint", "--output-file", "link.html"],
        ["report", "--out", "b.md"],
    ],
    ids=" ".join,
)
def test_no_note_is_written_over(vault: Path, args: list[str]) -> None:
    (vault / "link.html").symlink_to("b.md")
    check(vault, args, "is a note, and is not written over")


def test_a_new_file_may_be_named_like_a_note(vault: Path) -> None:
    put(vault, "empty.md", "")
    for name in ("empty.md", "new.md"):
        ran = called("lint", "--output-format", "concise", "--output-file", name, cwd=vault)
        assert (ran.status, (vault / name).read_text() != "") == (1, True)


@root_only
@pytest.mark.parametrize("more", [["--output-file", "shut/x.txt"], ["--report", "json=shut/x/y.json"]])
def test_a_folder_that_takes_no_file(vault: Path, more: list[str]) -> None:
    (vault / "shut").mkdir(mode=0o500)
    check(vault, ["lint", "--fix", *more], "permission denied")


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="no such file system there")
def test_a_file_system_that_takes_no_file(vault: Path) -> None:
    check(vault, ["lint", "--fix", "--output-file", "/proc/x/report.txt"], "/proc/x/report.txt: cannot be written")


@pytest.mark.parametrize(
    "command", [["lint", "--fix"], ["convert", "--to", "links"], ["rename", "b.md", "c.md"]], ids=" ".join
)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 'nope.json'\n", "there is no file"),
        ("schema = 'corrupt.json'\n", "corrupt.json"),
        ("select = ['no-such-rule']\n", "no-such-rule"),
        ("nonsense = 1\n", "nonsense"),
        ("[rules.duplicate-note]\nnonsense = 1\n", "nonsense"),
        ("= \n", "ytvault.toml:1"),
    ],
)
def test_the_configuration(vault: Path, command: list[str], text: str, said: str) -> None:
    put(vault, "ytvault.toml", text)
    check(vault, command, said)


@pytest.mark.parametrize("command", [["lint", "--fix"], ["convert", "--to", "links"]], ids=" ".join)
def test_the_configuration_of_another_vault(tmp_path: Path, vault: Path, command: list[str]) -> None:
    put(tmp_path / "second", "a.md", NOTE)
    put(tmp_path / "second", "ytvault.toml", "schema = 'nope.json'\n")
    check(tmp_path, [*command, str(vault), str(tmp_path / "second")], "there is no file")


def test_the_baseline_of_another_vault(tmp_path: Path, vault: Path) -> None:
    put(tmp_path / "second", "a.md", NOTE)
    put(tmp_path / "second", "ytvault.toml", "baseline = 'nope.json'\n")
    check(tmp_path, ["lint", "--fix", str(vault), str(tmp_path / "second")], "nope.json: cannot be read")


def test_one_baseline_of_two_vaults(tmp_path: Path, vault: Path) -> None:
    put(tmp_path / "second", "a.md", NOTE)
    put(tmp_path / "second", "ytvault.toml", "")
    args = ["lint", "--fix", str(vault), str(tmp_path / "second"), "--write-baseline", "new.json"]
    check(tmp_path, args, "of one vault", cwd=tmp_path)


@pytest.mark.parametrize(
    "extra", ["lint --extend-select unlinked-mention --fix", "lint --add-suppressions --select ALL"]
)
def test_a_library_that_is_not_there(vault: Path, monkeypatch: pytest.MonkeyPatch, extra: str) -> None:
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    check(vault, extra.split(), "unlinked-mention")


def test_a_journal_that_cannot_be_kept(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(put(tmp_path, "data", "a file")))
    for args in (["lint", "--fix"], ["convert", "--to", "links"], ["rename", "b.md", "c.md"], ["undo"]):
        check(vault, args, "the journal in")


def test_init_looks_at_the_hooks_first(vault: Path) -> None:
    (vault / "ytvault.toml").unlink()
    (vault / ".git").mkdir()
    put(vault, ".pre-commit-config.yaml", b"repos: \xe9\n")
    check(vault, ["init", "--pre-commit"], "it is not UTF-8")
    (vault / ".pre-commit-config.yaml").unlink()
    (vault / ".pre-commit-config.yaml").mkdir()
    check(vault, ["init", "--pre-commit"], "cannot be read")


def test_standard_input_with_a_report_that_cannot_be_written(vault: Path) -> None:
    ran = called("lint", "-", "--stdin-filename", "a.md", "--fix", "--report", "json=file/x.json", cwd=vault)
    assert ran.status == 2
    assert ran.out == ""


@pytest.mark.parametrize("how", ["--output-file", "--report", "--write-baseline"])
def test_a_file_that_was_tried_is_not_lost_when_the_run_fails(
    vault: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor half written: it has its new text all at once, at the end."""
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    value = "json=kept.json" if how == "--report" else "kept.json"
    put(vault, "kept.json", "of an earlier run\n")
    check(vault, ["lint", "--extend-select", "unlinked-mention", how, value], "unlinked-mention")
    assert (vault / "kept.json").read_text() == "of an earlier run\n"


def test_a_report_keeps_its_rights_and_its_link(vault: Path) -> None:
    real = put(vault, "folder/real.json", "{}")
    real.chmod(0o640)
    (vault / "link.json").symlink_to(real)
    assert called("lint", "--output-format", "json", "--output-file", "link.json", cwd=vault).status == 1
    assert (vault / "link.json").is_symlink()
    assert real.read_text().startswith("[\n")
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="no such file there")
def test_a_report_to_a_device(vault: Path) -> None:
    assert called("lint", "--output-file", "/dev/null", "--report", "json=/dev/null", cwd=vault).status == 1
    assert Path("/dev/null").is_char_device()
