"""An open vault: after each change it says what one would say that is opened anew, and it works out what it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from processor.commands.survey import stamp_forms
from processor.config import Config
from processor.disk import walk
from processor.lint.findings import by_note
from processor.lint.linter import LintResult
from processor.load.cache.stats import Stats
from processor.load.origin import Disk
from processor.load.workspace import ToAsk, ToLint, Workspace, open_vault
from processor.rules.base import Finding
from processor.vault.deferred import DeferredNote
from processor.vault.facts import FACTS, Fact
from processor.vault.note import parse_note
from tests.cli.running import write

NOTE = "---\ntitle: {0}\n---\n\nSee [[{1}]].\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    root = tmp_path / "vault"
    return write(
        root, a=NOTE.format("A", "b#Part"), b="## Part\n\n[[c]]\n", c=NOTE.format("C", "deep/d"), deep__d="x\n"
    )


def opened(root: Path, *, cached: bool = False) -> Workspace:
    listing = walk(root)
    stats = Stats(root, listing.notes) if cached else None
    return open_vault(root, Config(), Disk(listing, stats), ToLint(followed=True))


def judged(root: Path) -> Workspace:
    """The vault after all its notes were judged."""
    workspace = opened(root)
    list(workspace.lint(sorted(workspace.vault.notes)).findings)
    return workspace


CHANGES: tuple[dict[str, str | None], ...] = (
    {"b.md": "## Else\n"},
    {"b.md": None},
    {"new.md": "[[a]] [[Nothing]]", "c.md": "[[new]]"},
    {"deep/d.md": None, "d.md": "x"},
    {"pic.png": "x", "a.md": "![[pic.png]]"},
    {"pic.png": None},
    {"a.md": "---\ntitle: Quite another\naliases: [c]\n---\n[[Quite another]]"},
    {"A.md": "x"},
    {"deep/e/f.md": "[[d]] %% ytvault-disable %%"},
)


def change(root: Path, name: str, text: str | None) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True) if text is None else path.write_text(text)


@pytest.mark.parametrize("cached", [False, True])
def test_after_every_change_all_is_as_in_a_new_run(
    vault: Path, monkeypatch: pytest.MonkeyPatch, *, cached: bool
) -> None:
    monkeypatch.setattr("processor.load.scan.FEWEST", 1)  # known by their outlines, as in a big vault
    watched = opened(vault, cached=cached)
    assert all(isinstance(n, DeferredNote) for n in watched.vault.notes.values())
    list(watched.lint(sorted(watched.vault.notes)).findings)
    if cached:
        watched = opened(vault, cached=True)
        assert watched.known
    for changes in CHANGES:
        for name, text in changes.items():
            change(vault, name, text)
        watched.update(watched.changed(list(changes)))
        new = opened(vault)
        assert watched.vault.notes.keys() == new.vault.notes.keys()
        assert watched.vault.files == new.vault.files
        every = sorted(new.vault.notes)
        assert watched.lint(every).findings == new.lint(every).findings, changes


@pytest.mark.parametrize("cached", [False, True])
def test_of_a_note_that_no_change_touches_the_same_is_said(
    vault: Path, monkeypatch: pytest.MonkeyPatch, *, cached: bool
) -> None:
    monkeypatch.setattr("processor.load.scan.FEWEST", 1)
    every = sorted(opened(vault).vault.notes)
    for _ in range(1 + cached):  # at the second time what was read is taken from the cache
        watched = opened(vault, cached=cached)
        said = by_path(watched.lint(every))
    for changes in CHANGES:
        for name, text in changes.items():
            change(vault, name, text)
        touched = watched.update(watched.changed(list(changes)))
        said |= dict.fromkeys(touched, ()) | by_path(watched.lint(touched))
        new = opened(vault)
        said = {path: found for path, found in said.items() if found and path in new.vault.notes}
        assert said == by_path(new.lint(sorted(new.vault.notes))), changes


def by_path(result: LintResult) -> dict[str, Sequence[Finding]]:
    return {found.path: list(found) for found in by_note(result.findings).notes}


def test_a_text_that_is_not_saved_yet_counts_as_if_it_were(vault: Path) -> None:
    edited = judged(vault)
    texts = {"b.md": b"## Else\n", "new.md": b"[[a]] [[Nothing]]\n"}
    assert edited.update((), texts) == ["a.md", "b.md", "new.md"]
    every = sorted(edited.vault.notes)
    found = edited.lint(every).findings
    assert {(f.path, f.rule) for f in found} >= {("a.md", "broken-heading"), ("new.md", "missing-note")}
    for name, data in texts.items():
        change(vault, name, data.decode())
    assert found == opened(vault).lint(every).findings


def test_what_a_change_touches(vault: Path) -> None:
    watched = judged(vault)

    def touched(*changed: str) -> list[str]:
        found = watched.update(changed)
        list(watched.lint(found).findings)
        return found

    assert touched("b.md") == ["a.md", "b.md"]
    assert touched("deep/d.md") == ["deep/d.md"]
    assert watched.changed(["deep"]) == ["deep/d.md"]
    (vault / "a.md").write_text("[[c]]")
    assert touched("a.md") == ["a.md"]
    assert touched("b.md") == ["b.md"]
    assert watched.update(["b.md"]) == ["b.md"]
    assert watched.update(["a.md"]) == ["a.md", "b.md"], "which was not judged since"
    (vault / "x.txt").write_text("x")
    assert watched.changed(["x.txt"]) == ["x.txt"]
    watched.update(["x.txt"])
    assert watched.changed(["x.txt"]) == []


@pytest.mark.parametrize("facts", [(), (stamp_forms,)])
def test_where_something_is_asked_its_facts_are_worked_out_and_no_others(
    vault: Path, monkeypatch: pytest.MonkeyPatch, facts: tuple[Fact[Any], ...]
) -> None:
    monkeypatch.setattr("processor.load.scan.FEWEST", 1)
    notes = open_vault(vault, Config(), Disk(walk(vault)), ToAsk(facts)).vault.notes
    known = [[ask for ask in FACTS.values() if ask.name in note.facts] for note in notes.values()]
    assert known == [[*facts]] * 4


def test_what_a_new_text_is_based_on(vault: Path) -> None:
    held = open_vault(vault, Config(), Disk(walk(vault)), ToLint(("b.md",), held=True))
    old = (vault / "b.md").read_bytes()
    (vault / "b.md").write_text("other")
    assert held.basis("b.md") == old
    held.wrote(["b.md"])
    held.become(held.vault.with_notes([parse_note("new", "b.md")]))
    assert held.basis("b.md") == b"new"
    with pytest.raises(KeyError):
        held.basis("a.md")
