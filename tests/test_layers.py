"""A module imports only from the modules below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import processor

PACKAGE = Path(processor.__file__).parent
LAYERS = (  # lowest first; `rules`, `report` and `cli` are folders
    "extras", "regex", "compact", "text", "globs", "memo", "youtube", "syntax", "places", "wikitext", "plain", "markdown", "obsidian", "properties", "expected", "timestamps", "note", "questions", "outline", "deferred", "facts", "facttable", "naming", "wanted", "headings", "resolution", "vault", "gone", "meant", "linktext", "linkparts", "convert", "rule", "rules", "shares", "findings", "packing", "judging",
    "config", "suppress", "lint", "linkreport", "targets", "survey", "proposal", "fix", "diff", "disk", "cache", "ahead", "reading", "scan", "metadata", "git", "staged", "canvas", "rename", "build", "report", "cli", "__main__",
)  # fmt: skip
ONLY_IN = {"mistune": {"markdown", "obsidian"}, "yaml": {"properties"}, "frontmatter": {"properties"}}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", FILES, ids=[str(f.relative_to(PACKAGE)) for f in FILES])
def test_imports_come_from_below(path: Path) -> None:
    here = layer(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "processor" else [node.module]
        for name in names:
            top, *rest = name.split(".")
            if top in ONLY_IN:
                assert here in ONLY_IN[top], f"{here} imports {name}"
            if top == "processor" and rest and rest[0] in LAYERS and here != "__init__":
                lower = LAYERS.index(rest[0]) < LAYERS.index(here) or rest[0] == here
                assert lower or (here, rest[0]) == ("rule", "rules"), f"{here} imports {name}"
