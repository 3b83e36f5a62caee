"""Standard output of few characters (`PYTHONIOENCODING`, `LANG=C`): each report is printed, and what programs read is UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from processor.base.formats import NAMES
from tests.cli.running import put, ytvault
from tests.report.pages import block

NOTE = "---\ntitle: Über\n---\n\n[[nöpe — “x” → …]] [[a|Größe|日本]] [[né]]\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    put(root, "né.md", NOTE)
    put(root, "日本.md", "[[x|y|ü]]\n")
    return root


def told(args: list[str], vault: Path, encoding: str) -> bytes:
    """What is printed, twice: the second time by an answer that was kept."""
    outs = []
    for _ in range(2):
        ran = ytvault(*args, cwd=vault, env={"PYTHONIOENCODING": encoding})
        assert ran.status in (0, 1), ran
        outs.append(ran.out.encode(errors="surrogateescape"))
    assert outs[0] == outs[1]
    return outs[0]


ENCODINGS = ["latin-1", "ascii", "cp1252", "utf-8", "ascii:surrogateescape"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", NAMES)
def test_reports(vault: Path, name: str, encoding: str) -> None:
    out = told(["lint", "--output-format", name], vault, encoding)
    if name in ("text", "concise"):
        if encoding == "latin-1":
            text = out.decode("latin-1")
            assert "né.md" in text
            assert '[[nöpe - "x" -> ...]]' in text if name == "text" else 'nöpe - "x" -> ...' in text
            assert "\\u65e5\\u672c.md" in text
        return
    text = out.decode()
    if name == "html":
        assert block(text, "notes")["path"] == ["né.md", "日本.md"]
        return
    for path in ("né.md", "日本.md"):
        assert (quote(path) if name == "sarif" else path) in text
    if name in ("json", "gitlab", "sarif"):
        assert json.loads(text)
    elif name == "jsonl":
        assert all(json.loads(line) for line in text.splitlines())
    elif name == "junit":
        ET.fromstring(text)


@pytest.mark.parametrize("encoding", ["latin-1", "cp437"])
@pytest.mark.parametrize(
    "args",
    [
        ["inspect"],
        ["links", "--output-format", "json"],
        ["links", "--output-format", "csv"],
        ["config", "--output-format", "json"],
        ["build", ".", "--out", "../out", "--output-format", "json", "--check"],
        ["init", "--dry-run"],
        ["lint", "--diff"],
        ["lint", "--add-suppressions", "--diff"],
        ["lint", "--statistics"],
        ["rename", "日本.md", "中国.md", "--diff"],
        ["links"],
        ["links", "--missing"],
        ["rule", "broken-link"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_other_commands(vault: Path, args: list[str], encoding: str) -> None:
    ran = ytvault(*args, cwd=vault, env={"PYTHONIOENCODING": encoding})
    assert ran.status in (0, 1)
    if {"json", "csv", "--diff", "inspect", "--dry-run"} & {*args}:
        text = ran.out.encode(errors="surrogateescape").decode()
        assert args[:2] not in (["links", "--output-format"], ["rename", "日本.md"]) or "日本" in text


def test_a_patch_applies_whatever_the_terminal_speaks(vault: Path) -> None:
    put(vault, "c.md", "---\ntitle: ü\nvideoId: dQw4w9WgXcQ\n---\n\n日本 [00:01:00]\n")
    ran = ytvault("lint", "--diff", cwd=vault, env={"PYTHONIOENCODING": "latin-1"})
    assert "+日本 [00:01:00](https://" in ran.out


@pytest.mark.parametrize("names", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
def test_the_c_locale(vault: Path, names: dict[str, str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONIOENCODING"}
    for format_ in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "processor", "lint", "--output-format", format_],
            cwd=vault,
            env={**environment, "PYTHONPATH": str(Path(__file__).parents[2]), **names},
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        assert done.returncode == 1 + ("PYTHONUTF8" in names), "there no name of a file can be read that is not ASCII"
        if format_ == "json" and done.returncode == 1:
            assert {x["path"] for x in json.loads(done.stdout)} == {"né.md", "日本.md"}


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
@pytest.mark.parametrize("args", ["lint", "lint --output-format json", "lint --diff", "inspect", "links", "rule"])
def test_a_reader_that_has_gone(vault: Path, args: str) -> None:
    for n in range(300):
        put(vault, f"n{n}.md", NOTE)
    process = subprocess.Popen(
        [sys.executable, "-m", "processor", *args.split()],
        cwd=vault,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(timeout=30)
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("args", ["lint", "lint --output-format json", "lint --fix", "undo"])
def test_streams_that_are_closed(vault: Path, args: str, closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m processor {args} {closed}"],
        cwd=vault,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=False,
    )
    assert done.returncode == (2 if args == "undo" else 1), done
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
@pytest.mark.parametrize(
    "args", [["lint"], ["inspect"], ["links"], ["rename", "a.md", "b.md"], ["build", ".", "--out", "../out"]]
)
def test_a_name_that_is_not_utf_8_is_told_and_seen_in_the_exit_status(tmp_path: Path, args: list[str]) -> None:
    root = tmp_path / "vault"
    put(root, ".obsidian/app.json", "{}")
    put(root, "a.md", "Text.\n")
    Path(os.fsdecode(os.fsencode(root) + b"/bad\xff.md")).write_text("Text.\n")
    ran = ytvault(*args, cwd=root)
    assert ran.status == 2
    assert r"bad\xff.md: its name is not valid UTF-8" in ran.err
