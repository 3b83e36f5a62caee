"""What an editor is shown besides a finding's own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.server.diagnostics import Diagnostic, diagnostics
from tests.cli.running import put
from tests.server.desk import Desk


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    put(root, "ytvault.toml", "")
    put(root, "one/same.md", "---\ntitle: One\n---\n")
    put(root, "two/same.md", "## Two\n")
    put(root, "open_source.md", "Text.\n")
    put(root, "twin.md", "---\ntitle: Twin\n---\n\n" + "A long sentence of its own. " * 20)
    return root


def shown(vault: Path, text: str) -> list[Diagnostic]:
    desk = Desk()
    uri = desk.put(vault / "a.md", text)
    return diagnostics(desk.home(uri), desk.found(uri))


@pytest.mark.parametrize(
    ("text", "rule", "related"),
    [
        ("[[Open Source]]", "broken-link", [("open_source.md", "", "this may be meant")]),
        (
            "[[same]]",
            "ambiguous-link",
            [("one/same.md", "One", "it leads here"), ("two/same.md", "## Two", "it might lead here")],
        ),
        ("[[twin#None]]", "broken-heading", [("twin.md", "Twin", "it leads here")]),
        ("[[nothing]]", "missing-note", []),
        (
            "---\ntitle: T\n---\n\n" + "A long sentence of its own. " * 20,
            "duplicate-note",
            [("twin.md", "Twin", "the other one")],
        ),
    ],
)
def test_the_notes_that_a_finding_is_about(
    text: str, rule: str, related: list[tuple[str, str, str]], vault: Path
) -> None:
    (found,) = [d for d in shown(vault, text) if d.rule == rule]
    texts = {path: (vault / path).read_text(encoding="utf-8") for path, *_ in related}
    assert [(path, texts[path][slice(*span)], told) for path, span, told in found.related] == related


def test_how_probable_it_is_is_said(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    uri = desk.put(vault / "a.md", "[[nothing]]")
    (finding,) = desk.found(uri)
    (found,) = diagnostics(desk.home(uri), [finding._replace(confidence=0.934)])
    assert found.message == 'no note is called "nothing" (93%)'


def test_an_idle_suppression_is_marked(vault: Path) -> None:
    assert [(d.rule, d.is_idle) for d in shown(vault, "%% ytvault-disable broken-link %%\n\n[[nothing]]\n")] == [
        ("unused-suppression", True),
        ("missing-note", False),
    ]
