"""What findings are about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processor.config import Config
from processor.lint.linter import Linter
from processor.lint.targets import causes
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.cli.running import write, ytvault

OTHERS = {"t/target.md": "---\ntitle: Hither and thither\n---\n# There\n", "u/twin.md": "x\n", "w/twin.md": "y\n"}
HEAD = "---\ntitle: A\nvideoId: dQw4w9WgXcQ\n---\n\n"


@pytest.mark.parametrize(("text", "rule", "targets"), [
    # however it is written, a heading that is missing is one
    ("[[target#Gone]] [[t/target#Gone|x]] [y](t/target.md#Gone)", "broken-heading", ["t/target.md#Gone"] * 3),
    ("[[#Gone]]", "broken-heading", ["a.md#Gone"]),
    ("[[target#^gone]]", "broken-block", ["t/target.md#^gone"]),
    ("[[nobody]] ![[nobody#x]] [x](nobody.md)", "missing-note", ["nobody"] * 2),
    ("[[Hither and thither]]", "broken-link", ["Hither and thither"]),
    ("[[target|a|b]]", "malformed-link", ["t/target.md"]),
    ("00:00:01 and [00:00:02]", "unlinked-timestamp", ["dQw4w9WgXcQ"] * 2),
    ("[0:1:2:3]", "malformed-timestamp", None),
])  # fmt: skip
def test_what_a_finding_is_about(text: str, rule: str, targets: list[str] | None) -> None:
    notes = {**OTHERS, "a.md": HEAD + text + "\n"}
    vault = Vault([parse_note(t, p) for p, t in notes.items()])
    found = Linter(Config()).lint(vault, ["a.md"]).findings.notes[0]
    told = [cause for cause in causes(vault.notes["a.md"], found, vault) if cause.kind.rule == rule]
    if targets is not None:
        assert [cause.target for cause in told] == targets
    assert sum(kind.number for _, kind in causes(vault.notes["a.md"], found, vault)) == len(found)


def test_a_property_and_what_is_quoted() -> None:
    text = '---\ntitle: A\nvideoId: "no id"\n---\n\nx 00:00:01\n'
    others = {"b.md": "", "c.md": "title: C\n"}
    notes = [parse_note(f"---\n{title}videoId: dQw4w9WgXcQ\n---\n", path) for path, title in others.items()]
    vault = Vault([parse_note(text, "a.md"), *notes])
    found = Linter(Config()).lint(vault).findings
    told = {c.kind.rule: c.target for of_note in found.notes for c in causes(vault.notes[of_note.path], of_note, vault)}
    assert told["invalid-video-id"] == "videoId"
    assert told["missing-property"] == "title"


def test_standard_input_is_counted_too(tmp_path: Path) -> None:
    write(tmp_path, target="# There\n")
    note = b"[[target#Gone]] [x](target.md#Gone)\n"
    ran = ytvault("lint", "-", "--statistics", "--by", "target", "--output-format", "jsonl", cwd=tmp_path, stdin=note)
    row = {"rule": "broken-heading", "severity": "error", "count": 2, "notes": 1, "safe": 0, "unsafe": 0}
    assert [json.loads(line) for line in ran.out.splitlines()] == [{"target": "target.md#Gone", **row}]
