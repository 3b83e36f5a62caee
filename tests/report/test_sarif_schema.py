"""SARIF against the schema of the standard, which lies beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from processor.base.text import Edit
from processor.config import load_config
from processor.disk import walk
from processor.lint.linter import Linter, LintResult
from processor.load.scan import Wanted, scan
from processor.report import View, render
from processor.rules.base import Finding, FoundFix, NoteEdit
from tests.report.findings import TEXT, THREE, finding, report

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
SAMPLE = Path(__file__).parents[2] / "vault"
ODD = [
    finding("", (0, 0), message="nothing there"),
    finding(TEXT, (0, len(TEXT)), path="a b/%41#?ü\U0001f3ac'\".md", message="\x1b[0m \ud800 {0} [a](b)"),
    finding(TEXT, (4, 4), path="/-x.md", fix=FoundFix("take it out", True, ())),
    finding(
        TEXT,
        (4, 9),
        "unknown-rule",
        "information",
        fix=FoundFix("two notes", False, (NoteEdit("a.md", Edit(0, 0, "x")), NoteEdit("b.md", Edit(0, 4, "")))),
    ),
]


def faults(log: str) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(json.loads(log))]


def test_the_schema_is_one_and_tells_what_is_wrong() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["title"].endswith("Version 2.1.0 JSON Schema")
    log = json.loads(report("sarif", THREE))
    log["runs"][0]["columnKind"] = "bytes"
    del log["runs"][0]["results"][0]["message"]
    assert len(faults(json.dumps(log))) == 2


@pytest.mark.parametrize("findings", [[], THREE, ODD], ids=["none", "three", "odd"])
def test_reports_are_valid(findings: list[Finding]) -> None:
    assert faults(report("sarif", findings)) == []
    assert faults(report("sarif", findings, View())) == []


def test_the_report_on_the_sample_vault_is_valid() -> None:
    config = load_config(SAMPLE).merge_cli(select=("ALL",), extend_select=(), ignore=())
    linter = Linter(config, with_edits=True)
    found = scan(SAMPLE, walk(SAMPLE), config, Wanted(linter), processes=1)
    findings = linter.lint(found.vault).findings
    assert len({f.rule for f in findings}) > 15
    view = View(text_of=lambda path: found.vault.notes[path].text)
    assert faults("".join(render("sarif", LintResult(findings, 36), view))) == []
