"""The diff is what `git apply` takes: applied, it gives the new text."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.base import diff


def unified_diff(path: str, old: str, new: str) -> str:
    return diff.unified_diff(path, old.encode(), new.encode())


def test_no_difference() -> None:
    assert unified_diff("a.md", "x\n", "x\n") == ""


@pytest.mark.parametrize(
    ("old", "new", "hunks"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"),
        ("a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"),
        ("a", "b\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"),
        ("", "a\n", "@@ -0,0 +1 @@\n+a\n"),
        ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"),
        ("a\u2028b\x0cc\n", "a\u2028b\x0cd\n", "@@ -1 +1 @@\n-a\u2028b\x0cc\n+a\u2028b\x0cd\n"),
        ("\ufeffa\n", "\ufeffb\n", "@@ -1 +1 @@\n-\ufeffa\n+\ufeffb\n"),
        (
            "".join(f"{i}\n" for i in range(20)),
            "".join(f"{i}\n" if i not in (3, 16) else "x\n" for i in range(20)),
            "@@ -1,7 +1,7 @@\n 0\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n@@ -14,7 +14,7 @@\n 13\n 14\n 15\n-16\n+x\n 17\n 18\n 19\n",
        ),
        ("a\nb\nc\nd\n", "b\nc\nd\ne\n", "@@ -1,4 +1,4 @@\n-a\n b\n c\n d\n+e\n"),  # one gone, one come
    ],
)
def test_diff(old: str, new: str, hunks: str) -> None:
    assert unified_diff("n.md", old, new) == "--- a/n.md\n+++ b/n.md\n" + hunks


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a b/ä.md", "a/a b/ä.md\t"),
        ('q"\\\n.md', '"a/q\\"\\\\\\n.md"'),
        ("\x01.md", '"a/\\001.md"'),
    ],
)
def test_names_as_git_writes_them(path: str, shown: str) -> None:
    assert unified_diff(path, "a\n", "b\n").split("\n")[0] == f"--- {shown}"


def applied(old: str, shown: str) -> str:
    """What a diff makes of a text, by its own rules."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", old)
    result: list[str] = []
    at = 0
    rows = shown.split("\n")[2:-1]
    for k, row in enumerate(rows):
        ending = "" if k + 1 < len(rows) and rows[k + 1].startswith("\\") else "\n"
        if m := re.match(r"@@ -(\d+)(?:,(\d+))? \+", row):
            start = int(m[1]) - (m[2] != "0")
            result += lines[at:start]
            at = start
        elif row[0] in " -":
            assert lines[at] == row[1:] + ending
            result += [row[1:] + ending] if row[0] == " " else []
            at += 1
        elif row[0] == "+":
            result.append(row[1:] + ending)
    return "".join(result + lines[at:])


texts = st.lists(st.sampled_from(["a", "b", "c", "d\r", "", "e" * 3, "@@ x", "-y"]), max_size=30).map("\n".join)


@given(texts, texts)
def test_applied_it_gives_the_new_text(old: str, new: str) -> None:
    assert applied(old, unified_diff("n.md", old, new)) == new


@pytest.mark.parametrize("path", ["a b/n.md", "ä.md", 'q"\\.md'])
def test_git_takes_it(tmp_path: Path, path: str) -> None:
    old, new = "1\r\n2\n3\n4\n5\n6\n7\n8\n9\n10", "1\r\n2\nx\n4\n5\n6\n7\n8\n9\n10\n11"
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(old.encode())
    subprocess.run(
        ["git", "apply", "-"], cwd=tmp_path, input=unified_diff(path, old, new).encode(), check=True, timeout=20
    )
    assert file.read_bytes() == new.encode()


def test_the_time_grows_as_the_length() -> None:
    started = time.process_time()
    many = "x\n" * 100_000
    assert unified_diff("n.md", many, many.replace("x\nx\n", "x\ny\n"))
    assert unified_diff(
        "n.md", "".join(f"{i}\n" for i in range(100_000)), "".join(f"{i}\n" for i in range(100_000, 0, -1))
    )
    assert time.process_time() - started < 5
