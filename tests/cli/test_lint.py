"""`ytvault lint`, as a user runs it."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.running import called, put, write, ytvault

CLEAN = """\
---
title: Clean
videoId: n3Vq8ZtKp0A
---

From: [[channel]] <br/>

A thing [00:06:10](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=370s).
"""
FAULTY = CLEAN.replace("title: Clean", "title: Faulty").replace(
    "A thing [00:06:10](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=370s).",
    'See [[Clean!]] <a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a> and [[nowhere at all]].',
)
HUB = "---\ntitle: channel\n---\n\n- [[clean]]\n- [[faulty]]\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    return write(tmp_path / "vault", clean=CLEAN, faulty=FAULTY, channel=HUB)


def test_a_clean_note_is_silent_and_exits_with_0(vault: Path) -> None:
    ran = ytvault("lint", "clean.md", cwd=vault)
    assert (ran.status, ran.out, ran.err) == (0, "No problems in 1 note.\n", "")


def test_findings_are_shown_with_a_caret_and_exit_with_1(vault: Path) -> None:
    ran = ytvault("lint", cwd=vault)
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0] == "faulty.md"
    quoted = next(i for i, line in enumerate(lines) if "See [[Clean!]]" in line)
    caret = lines[quoted + 1]
    assert lines[quoted][caret.index("^") : caret.rindex("^") + 1] == "[[Clean!]]"
    assert "Found 3 problems in 1 of 3 notes" in ran.out


def test_information_alone_does_not_fail(vault: Path) -> None:
    assert ytvault("lint", "--select", "missing-note", cwd=vault).status == 0
    assert ytvault("lint", "--select", "missing-note", "--fail-on", "information", cwd=vault).status == 1
    assert ytvault("lint", "--select", "unlinked-timestamp", "--fail-on", "error", cwd=vault).status == 0
    assert ytvault("lint", "--exit-zero", cwd=vault).status == 0


def test_json_and_jsonl_hold_the_same(vault: Path) -> None:
    array = json.loads(ytvault("lint", "--output-format", "json", cwd=vault).out)
    lines = [json.loads(x) for x in ytvault("lint", "--output-format", "jsonl", cwd=vault).out.splitlines()]
    assert array == lines
    stamp = next(x for x in array if x["rule"] == "unlinked-timestamp")
    assert stamp["path"] == "faulty.md"
    assert stamp["severity"] == "warning"
    assert stamp["start"] == {"line": 8, "column": 16}
    assert stamp["fix"]["safe"] is True
    [edit] = stamp["fix"]["edits"]
    assert edit["text"] == "[00:06:10](https://www.youtube.com/watch?v=n3Vq8ZtKp0A&t=370s)"
    assert (edit["start"], edit["end"]) == (stamp["start"], stamp["end"])


def test_paths_count_from_the_current_folder_for_people_and_from_the_vault_for_programs(vault: Path) -> None:
    (vault / "sub").mkdir()
    assert "../faulty.md:8:" in ytvault("lint", "..", "--output-format", "concise", cwd=vault / "sub").out
    found = json.loads(ytvault("lint", "..", "--output-format", "json", cwd=vault / "sub").out)
    assert {x["path"] for x in found} == {"faulty.md"}


def test_a_named_note_is_judged_in_the_whole_vault(vault: Path) -> None:
    assert "channel" not in ytvault("lint", "--select", "links", "faulty.md", cwd=vault).out
    lonely = put(vault.parent, "elsewhere/faulty.md", FAULTY)
    assert '"channel"' in ytvault("lint", "--select", "links", lonely, cwd=vault).out


def test_two_vaults_are_judged_each_in_its_own(vault: Path) -> None:
    other = vault.parent / "other"
    (other / ".obsidian").mkdir(parents=True)
    write(other, clean=CLEAN)
    ran = ytvault("lint", "vault", "other", "--select", "missing-note", "--output-format", "concise", cwd=vault.parent)
    places = [line.rpartition(": information")[0] for line in ran.out.splitlines()]
    assert places == ["vault/faulty.md:8:77", "other/clean.md:6:7"]


def test_statistics_count_by_rule(vault: Path) -> None:
    out = ytvault("lint", "--statistics", cwd=vault).out
    assert any(line.split()[:3] == ["1", "warning", "unlinked-timestamp"] for line in out.splitlines())


def test_a_report_into_a_file(vault: Path) -> None:
    ran = ytvault("lint", "--output-format", "concise", "--output-file", "report.txt", cwd=vault)
    assert (ran.status, ran.out) == (1, "")
    assert (vault / "report.txt").read_text(encoding="utf-8").count("\n") == 3


def test_several_formats_at_once(vault: Path) -> None:
    ran = ytvault("lint", "--report", "sarif=a.sarif", "--report", "jsonl=b.jsonl", cwd=vault)
    assert "Found 3 problems" in ran.out
    assert len(json.loads((vault / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) == 3
    lines = (vault / "b.jsonl").read_text(encoding="utf-8").splitlines()
    assert [bool(json.loads(x)["fix"]["edits"]) for x in lines if json.loads(x)["fix"]] == [True, True]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("lint", "--report", "sarf=x"), ["sarif"]),
        (("lint", "--select", "broken-lnk"), ["broken-lnk", "broken-link"]),
        (("lint", "gone.md"), ["gone.md does not exist"]),
        (("lint", "--outputformat", "json"), ["--output-format"]),
        (("lnt",), ["Did you mean lint?"]),
        (("lint", "--vault", "nowhere"), ["nowhere"]),
        (("rule", "broken_link"), ["broken-link"]),
        (("lint", "--output-file", "clean.md/x"), ["clean.md/x", "cannot be written"]),
    ],
)
def test_a_wrong_call_exits_with_2_and_says_what_is_right(vault: Path, args: tuple[str, ...], words: list[str]) -> None:
    ran = ytvault(*args, cwd=vault)
    assert ran.status == 2
    for word in words:
        assert word in ran.err


def test_a_wrong_configuration_names_file_and_line(vault: Path) -> None:
    put(vault, "ytvault.toml", '\nselct = ["links"]\n')
    ran = ytvault("lint", cwd=vault)
    assert ran.status == 2
    assert "ytvault.toml:2" in ran.err
    assert "select" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_note_that_cannot_be_read_does_not_stop_the_others(vault: Path) -> None:
    (vault / "clean.md").chmod(0)
    ran = ytvault("lint", cwd=vault)
    assert ran.status == 2
    assert "clean.md: cannot be read" in ran.err
    assert "faulty.md" in ran.out


BAD_NOTES: dict[str, bytes] = {
    "empty": b"",
    "only a byte order mark": b"\xef\xbb\xbf",
    "invalid UTF-8": b"# T\xff\xfe\n[[x]]\n",
    "NUL bytes": b"---\ntitle: a\x00b\n---\n\n\x00[[x]]\x00\n",
    "UTF-16": "# Hello [[x]]\n".encode("utf-16"),
    "unbalanced fences": b"```\n~~~\n```\n~~~~\n[[x]]\n",
    "YAML list": b"---\n- a\n- b\n---\n",
    "YAML scalar": b"---\njust text\n---\n",
    "alias bomb": b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n".encode() for i in range(9))
    + b"---\n",
    "tab in YAML": b"---\n\ttitle: x\n---\n",
    "impossible date": b"---\ndate: 2026-02-31\n---\n",
    "duplicate key": b"---\ntitle: a\ntitle: b\n---\n",
    "deep YAML": b"---\na: " + b"[" * 5000 + b"\n---\n",
    "carriage returns": b"# T\r[[x]]\r\r",
    "lone surrogate in YAML": b'---\ntitle: "\\ud83d"\n---\n',
}


def test_bad_input_is_reported_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    for name, data in BAD_NOTES.items():
        put(tmp_path, f"{name}.md", data)
    (tmp_path / "folder.md").mkdir()
    put(tmp_path, "e\u0301.md", "[[\u00e9]]")
    put(tmp_path, "\u2068hidden\u2069/x.md", "x")
    for args in (("lint",), ("lint", "--output-format", "json"), ("lint", "--output-format", "sarif"), ("inspect",)):
        ran = ytvault(*args, cwd=tmp_path)
        assert ran.err == ""
        assert ran.out
    assert len(json.loads(ran.out)) == len(BAD_NOTES) + 2
    for name, data in BAD_NOTES.items():
        assert (tmp_path / f"{name}.md").read_bytes() == data


def test_long_and_deep_notes(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path, "stamps.md", "[00:00:03] " * 36_000)
    put(tmp_path, "references.md", "[a][b] " * 57_000)
    put(tmp_path, "open.md", "[[" * 100_000)
    put(tmp_path, "quotes.md", ">" * 10_000 + " x\n")
    put(tmp_path, "line.md", "word " * 200_000)
    ran = ytvault("lint", cwd=tmp_path)
    assert ran.status == 1
    assert ran.err == ""
    assert "and 99,999 more" in ran.out


def test_colour_is_for_terminals_only(vault: Path) -> None:
    assert "\x1b" not in ytvault("lint", cwd=vault).out


def test_help_and_version() -> None:
    here = Path.cwd()
    assert "lint" in ytvault("--help", cwd=here).out
    assert ytvault("--version", cwd=here).out.startswith("ytvault, version ")
    assert "--select" in ytvault("lint", "--help", cwd=here).out


# How much is said


def test_quiet_prints_what_fails_and_not_a_word_besides(vault: Path) -> None:
    loud = called("lint", cwd=vault).out
    ran = called("lint", "-q", cwd=vault)
    assert (ran.status, ran.err) == (1, "")
    assert "warning: 00:06:10 is no link" in ran.out
    assert "information:" in loud
    assert "information:" not in ran.out
    assert "Found" not in ran.out
    assert "ytvault" not in ran.out.replace("yt-timestamp", "")
    assert called("lint", "-q", "clean.md", cwd=vault).out == ""
    assert called("lint", "--quiet", "--select", "missing-note", cwd=vault).out == ""
    assert "missing-note" in called("lint", "-q", "--fail-on", "information", cwd=vault).out
    assert "Found" not in called("lint", "-q", "--statistics", cwd=vault).out
    for name in ("json", "github", "gitlab"):
        plain = called("lint", "--output-format", name, cwd=vault).out
        assert called("lint", "-q", "--output-format", name, cwd=vault).out == plain


def test_quiet_fixing_says_nothing(vault: Path) -> None:
    assert called("lint", "-q", "--fix", cwd=vault).out == ""
    assert called("undo", "-q", cwd=vault).out == ""


def test_verbose_tells_what_is_done(vault: Path) -> None:
    put(vault, "ytvault.toml", "")
    ran = called("lint", "-v", cwd=vault)
    assert ran.out == called("lint", cwd=vault).out
    told = re.sub(r"\d\.\d\d s", "0.10 s", ran.err).splitlines()
    assert re.fullmatch(
        rf"ytvault: vault {re.escape(str(vault))}, configured by .*ytvault\.toml, \d+ rules on", told[0]
    )
    assert told[1:] == [
        "ytvault: 3 notes read and 0 known from the cache in 0.10 s, by 1 process; 1 other file",
        "ytvault: stamps linked: 1 link; not linked: 1 anchor",
        "ytvault: 3 notes to be judged where they are reported on, by 1 process",
        "ytvault: reported in 0.10 s; all took 0.10 s",
    ]
    for again in (["-qv"], ["-v", "--quiet"]):
        assert called("lint", *again, cwd=vault).err.endswith("--quiet and --verbose exclude each other\n")


def test_a_path_that_is_not_there_is_told_from_its_neighbours(vault: Path) -> None:
    (vault / "talks").mkdir()
    put(vault, "talks/licences.md", "")

    def said(path: str) -> str:
        return called("lint", path, cwd=vault).err

    assert said("faulti.md") == "Error: faulti.md does not exist; did you mean faulty.md?\n"
    assert said("talk/Licences.md").endswith("did you mean talks?\n")
    assert said("talk/licences.md").endswith("did you mean talks/licences.md?\n")
    assert said("licences.md").endswith("did you mean talks/licences.md?\n")
    assert said("nothing/like/it.md") == "Error: nothing/like/it.md does not exist\n"


@pytest.mark.parametrize("name", ["lint", "build"])
def test_the_help_holds_every_option_once(name: str, tmp_path: Path) -> None:
    out = called(name, "--help", cwd=tmp_path).out
    command = importlib.import_module(f"processor.cli.{name}").command
    for option in (p for p in command.params if isinstance(p, click.Option)):
        assert len(re.findall(rf"(?m)^  (-., )?{max(option.opts, key=len)}(?: [A-Z[]| / --no-|  |$)", out)) == 1, option
    assert all(f"\n{heading}:\n" in out for heading in [*command.groups, "Others"])


# Where reports go


def test_several_reports_at_once_each_in_its_file(vault: Path) -> None:
    plain = {name: called("lint", "--output-format", name, cwd=vault).out for name in ("github", "sarif", "concise")}
    more = ["--report", "sarif=ci/deep/a.sarif", "--report", "concise=c.txt"]
    ran = called("lint", "--output-format", "github", *more, "--output-file", "-", cwd=vault)
    assert (ran.status, ran.out, ran.err) == (1, plain["github"], "")
    assert (vault / "ci/deep/a.sarif").read_text(encoding="utf-8") == plain["sarif"]
    assert (vault / "c.txt").read_text(encoding="utf-8") == plain["concise"]
    ran = called("lint", "--output-format", "github", *more, "--output-file", "new/gh.txt", cwd=vault)
    assert ran.out == ""
    assert (vault / "new/gh.txt").read_text(encoding="utf-8") == plain["github"]


def test_reports_that_could_go_nowhere_are_refused(vault: Path) -> None:
    before = sorted(vault.rglob("*"))
    for words, why in [
        (["--report", "json=-"], "standard output is for --output-format json"),
        (["--report", "yaml=x"], "is not FORMAT=FILE"),
        (["--by", "note"], "--by goes with --statistics"),
        (["--statistics", "--output-format", "sarif"], "--statistics goes with --output-format text, json, jsonl"),
        (["--output-file", "clean.md/x"], "cannot be written"),
    ]:
        ran = called("lint", *words, cwd=vault)
        assert ran.status == 2
        assert why in ran.err
    assert sorted(vault.rglob("*")) == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full here")
@pytest.mark.parametrize("args", [["lint"], ["--help"], ["--version"], ["lint", "--help"]], ids=" ".join)
def test_output_that_cannot_be_written(vault: Path, args: list[str]) -> None:
    for _ in range(2):  # the second time as an answer that is known
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "processor", *args],
                cwd=vault,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        assert "No space left on device" in done.stderr


# Nothing to report on, and calls that make no sense


def test_nothing_to_check_says_why(tmp_path: Path) -> None:
    why = "they end in .md, and do not lie in a folder whose name begins with a dot."
    assert called("lint", cwd=tmp_path).out == f"There are no notes here: {why}\n"
    (tmp_path / "v/.obsidian").mkdir(parents=True)
    assert called("lint", "v", cwd=tmp_path).out == f"There are no notes in v: {why}\n"
    assert called("lint", "v/.obsidian", cwd=tmp_path).out == f"There are no notes here: {why}\n"
    write(tmp_path, v__a="a")
    put(tmp_path, "v/ytvault.toml", 'exclude = ["*"]\n')
    assert called("lint", "v", cwd=tmp_path).out == "Every note here is left out by the setting `exclude`.\n"


@pytest.mark.parametrize("option", ["--diff", "--add-suppressions", "--watch", "--baseline=b", "--write-baseline=b"])
def test_what_does_not_go_with_standard_input_is_named(option: str, vault: Path) -> None:
    ran = called("lint", "-", option, cwd=vault)
    assert ran.status == 2
    assert f"{option.partition('=')[0]} does not go with standard input" in ran.err


def test_standard_input_is_one_note(vault: Path) -> None:
    ran = called("lint", "-", "clean.md", cwd=vault)
    assert ran.status == 2
    assert "- goes with no other path" in ran.err


# A folder that is no vault


@pytest.mark.parametrize("mark", [".obsidian/app.json", "ytvault.toml"])
def test_anchors_of_github_are_right_where_no_vault_is_known(tmp_path: Path, mark: str) -> None:
    text = "# My heading\n\n[x](#my-heading) [y](#My%20heading)\n"
    write(tmp_path, note=text)
    args = ("lint", "--select", "broken-heading")
    assert called(*args, "--fix", cwd=tmp_path).status == 0
    assert called(*args, cwd=tmp_path).out == "No problems in 1 note.\n"
    assert (tmp_path / "note.md").read_text() == text
    put(tmp_path, mark, "{}" if mark.endswith("json") else "")
    assert "no heading" in called(*args, cwd=tmp_path).out


def test_an_empty_folder_of_obsidian_makes_a_vault(tmp_path: Path) -> None:
    write(tmp_path, note="# My heading\n\n[x](#my-heading)\n")
    args = ("lint", "--select", "broken-heading")
    assert ytvault(*args, cwd=tmp_path).status == 0
    (tmp_path / ".obsidian").mkdir()
    assert ytvault(*args, cwd=tmp_path).status == 1


def test_a_vault_that_a_project_names_is_known(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", '[tool.ytvault]\nvault = "notes"\n')
    put(tmp_path, "notes/note.md", "# My heading\n\n[x](#my-heading)\n")
    assert called("lint", "--select", "broken-heading", cwd=tmp_path / "notes").status == 1


def test_a_text_without_a_name_is_no_copy_of_the_note_that_it_comes_from(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n\n" + "Weights are numbers, and nobody can read them by looking at them.\n" * 8
    put(tmp_path, "a.md", text)
    put(tmp_path, "ytvault.toml", 'ignore = ["runaway-text"]\n')
    rules = ("--select", "notes", "--output-format", "concise")
    assert ytvault("lint", "-", *rules, cwd=tmp_path, stdin=text.encode()).out == ""
    named = ytvault("lint", "-", "--stdin-filename", "b.md", *rules, cwd=tmp_path, stdin=text.encode()).out
    assert "[duplicate-note]" in named
