"""Vaults whose pages are looked at, and the browser that looks."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.generate import Generator
from tests.cli.running import put, ytvault

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "vault"
EVIL = "</script><img src=x onerror=alert(1)>"
NAMES = [
    "a&amp;b'\"`$(x)",
    "x" * 200,
    "שלום \u202eתם",
    "👩‍👩‍👧 🏳️‍🌈",
    "-rf",
    "%2e%2e",
    "a <b>bold<",
    "</style><style>*{display:none}",
    EVIL,
]
"""Names that a page might take for more than text."""


def sample(root: Path) -> None:
    shutil.copytree(SAMPLE, root)


def generated(notes: int) -> Callable[[Path], None]:
    """A vault of the benchmarks, of so many notes."""
    return lambda root: Generator(notes, 1).write(root)


def hostile(root: Path) -> None:
    names = [name.replace("/", "∕") for name in NAMES]
    for i, name in enumerate(names):
        text = f"{EVIL} [[{'y' * 400}]] [[{names[i - 1][:40]}x]] [00:0{i}:00] \x00\x1b[31m\u2028 [[n#{EVIL}]]"
        head = f"---\ntitle: {EVIL}\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[{EVIL}]]\n\n"
        put(root, f"ch {i % 2} <i>/{name}.md", f"{head}{text}\n")
    many = "See [00:00:10] and [[nobody]]. \n" * 50_001
    put(root, "many.md", f"---\nvideoId: n3Vq8ZtKp0A\n---\n\n{many}")
    put(root, "long.md", "w" * 100_000 + " [[z]] " + "👩" * 50_000)


def later(root: Path) -> None:
    """The sample vault after a week: some of it mended, and something new is wrong."""
    sample(root)
    ytvault("report", "--out", "../earlier.html", cwd=root)
    ytvault("lint", "--fix", "--select", "unlinked-timestamp", cwd=root)
    put(root, "Inbox/new.md", "[[nobody has written this]]\n")


def of(notes: Mapping[str, str]) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        put(root, ".obsidian/app.json", "{}\n")
        for path, text in notes.items():
            put(root, path, text)

    return write


class Looked(NamedTuple):
    """A vault that is written (or the name of one that is there), the options with which its page is made, and what is looked at of
    it."""

    write: Callable[[Path], None] | str
    options: Sequence[str] = ()
    job: Mapping[str, str] = {}


BRIEF = {"brief": "yes"}
VAULTS = {
    "generated": Looked(generated(1500)),
    "hostile": Looked(hostile),
    "sample": Looked(sample),
    "later": Looked(later, ["--since", "../earlier.html"], BRIEF),
    "redacted": Looked("hostile", ["--redact"]),
    "no videos": Looked(of({"a.md": "See [[b]].\n", "b.md": "See [[c]] and [[a]].\n"}), [], BRIEF),
    "one": Looked(of({"a.md": "[[a]] [[b]]\n"}), [], BRIEF),
    "empty": Looked(of({}), [], BRIEF),
    "apart": Looked(
        of({"a.md": "[[b]] [[c]]", "b.md": "", "c.md": "", "d.md": "[[e]]", "e.md": "", "f.md": "", "g.md": ""}),
        [],
        BRIEF,
    ),
    "two severities": Looked(
        of({"ow/a.md": "", "b.md": "[[ow]] [x](ow/) [y](ow/) [[z|z|z]] [[https://a.b|z]]\n"}), [], BRIEF
    ),
    "by a card": Looked("sample", [], {"only": "webgl"}),
}


def look(place: Path, browser: str, vaults: Mapping[str, Looked]) -> dict[str, Any]:
    """What the browser saw of the pages of some vaults, which are written to a folder."""
    jobs = []
    for name, one in vaults.items():
        if isinstance(one.write, str):
            vault = place / one.write / "vault"
        else:
            vault = place / name / "vault"
            one.write(vault)
        page = place / f"{name}.html"
        assert ytvault("report", *one.options, "--out", page, cwd=vault).status == 0
        jobs.append({"page": str(page), **one.job})
    (place / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    done = subprocess.run(
        ["node", str(HERE / "page.js"), str(place / "jobs.json"), browser], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(vaults, json.loads(done.stdout), strict=True))
