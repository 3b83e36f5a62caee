"""SARIF 2.1.0, which GitHub's code scanning and many editors read (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from processor import __version__
from processor.base.text import Position, Span
from processor.lint.linter import LintResult
from processor.report import View
from processor.report.fingerprint import fingerprints
from processor.report.json_lines import Places, dump
from processor.rules.base import Finding, Severity, all_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "information": "note"}
_SAMPLE_HEAD = re.compile(r"^( *```)(?:bad|good|fixed|file|config)\b.*$", re.MULTILINE)


def render(result: LintResult, view: View) -> Iterator[str]:
    """Yield one run: first the rules that were broken, then a result a line."""
    names = sorted({f.rule for f in result.findings})
    driver = {
        "name": "ytvault",
        "version": __version__,
        "rules": [_rule(name) for name in names],
    }
    yield f'{{"$schema": {dump(SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {{"driver": {dump(driver)}}},\n'
    yield '"columnKind": "unicodeCodePoints",\n"results": ['
    index = {name: i for i, name in enumerate(names)}
    places = Places(view.show_path, view.text_of)
    before = "\n"
    for f, mark in fingerprints(result, view):
        yield before + dump(_result(f, mark, index[f.rule], places))
        before = ",\n"
    yield "\n]}]}\n"


def _rule(name: str) -> dict[str, Any]:
    rule = all_rules().get(name)
    if rule is None:
        return {"id": name}
    page = _SAMPLE_HEAD.sub(r"\1markdown", rule.doc)
    return {
        "id": name,
        "shortDescription": {"text": rule.summary or name},
        "help": {"text": rule.doc or name, "markdown": page or name},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(f: Finding, mark: str, index: int, places: Places) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": index,
        "level": LEVELS[f.severity],
        "message": {"text": f.message},
        "locations": [{"physicalLocation": {**_artifact(f.path, places), "region": _region(f.start, f.end)}}],
        "partialFingerprints": {"ytvault/v1": mark},
    }
    if f.fix and (changes := _changes(f, places)):
        found["fixes"] = [{"description": {"text": f.fix.title}, "artifactChanges": changes}]
    return found


def _changes(f: Finding, places: Places) -> list[dict[str, Any]]:
    """Return the edits of the finding's fix, by note."""
    replacements: dict[str, list[dict[str, Any]]] = {}
    for path, edit in f.fix.edits if f.fix else ():
        if place := places.of(path, Span(edit.start, edit.end)):
            replacement = {"deletedRegion": _region(*place), "insertedContent": {"text": edit.text}}
            replacements.setdefault(path, []).append(replacement)
    return [{**_artifact(path, places), "replacements": made} for path, made in replacements.items()]


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _artifact(path: str, places: Places) -> dict[str, Any]:
    uri = quote(places.show_path(path), safe="/", errors="replace")
    # a first part with a colon would be a scheme; quote has coded it
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
