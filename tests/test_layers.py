"""The plan of the house: a package imports only from those above it, no module stands beside them."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import processor

HOME = Path(processor.__file__).parent
PACKAGES = {  # each imports only from those above it
    "base": "knows no note: text and spans, diffs, globs, regular expressions, compact JSON, parallel work, names",
    "disk": "walks, reads and writes files, all or nothing, and asks git",
    "parse": "from text to nodes with spans",
    "captions": "what a video says, and when",
    "vault": "notes and the vault that they make",
    "rules": "a folder a family, in it a file a rule",
    "config": "settings, checked and frozen",
    "lint": "from rules and notes to findings",
    "fix": "from findings to mended notes",
    "load": "from a disk and a cache to an open vault",
    "commands": "what the commands do, without the command line",
    "report": "one file an output format",
    "server": "what an editor is told of the notes that are open in it",
    "cli": "the command line, and the only package that prints",
}
BESIDE = {"__init__", "__main__"}
ONLY_IN = {  # library → the packages that may know it
    "mistune": {"parse.markdown", "parse.obsidian"},
    "yaml": {"parse.frontmatter"},
    "frontmatter": {"parse.frontmatter"},
    "click": {"cli"},
    "pygls": {"server.lsp"},
    "lsprotocol": {"server.lsp"},
}
FILES = {
    ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOME.rglob("*.py"))
}


@cache
def imports(module: str) -> frozenset[str]:
    """All that a module imports, inside its functions too: modules of ours by their names here, others by their top."""
    return frozenset(_imports(FILES[module]))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            beside = ("processor", *path.relative_to(HOME).parts[: -node.level]) if node.level else ()
            names = [".".join((*beside, *filter(None, [node.module]), a.name)) for a in node.names]
        for name in names:
            top, _, inner = name.partition(".")
            if top != "processor":
                yield top
            elif inner in FILES:
                yield inner
            elif (parent := inner.rpartition(".")[0]) in FILES:
                yield parent


def package(module: str) -> str:
    return module.partition(".")[0]


def test_every_module_lies_in_a_package_of_the_plan() -> None:
    assert {package(name) for name in FILES} == {*PACKAGES, *BESIDE}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_says_what_it_is_for(name: str) -> None:
    assert importlib.import_module(f"processor.{name}").__doc__


def test_imports_come_from_above() -> None:
    order = list(PACKAGES)
    for module, name in ((one, name) for one in FILES for name in imports(one) - BESIDE):
        if name in ONLY_IN:
            assert any(f"{module}.".startswith(f"{p}.") for p in ONLY_IN[name]), f"{module} imports {name}"
        elif package(name) in PACKAGES and package(module) in PACKAGES:
            assert order.index(package(name)) <= order.index(package(module)), f"{module} imports {name}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {name: {n for n in imports(name) if n in FILES and n != name} for name in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_private_modules_stay_within_their_package() -> None:
    for module, name in ((one, name) for one in FILES for name in imports(one) & FILES.keys()):
        home, _, private = name.rpartition(".")
        if private.startswith("_") and private != "__main__":
            assert f"{module}.".startswith(f"{home}."), f"{module} imports {name}"
