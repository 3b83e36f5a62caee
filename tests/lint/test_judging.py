"""Findings of many notes: judged once, and where something is made of them."""

from __future__ import annotations

import random
import sys

import pytest

from processor.config import Config
from processor.lint.findings import NoteFindings
from processor.lint.judging import Judge, JudgedFindings
from processor.lint.linter import Linter, LintResult
from processor.report import View, render
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.lint.test_findings import stamped

PROCESSES = [1, pytest.param(3, marks=pytest.mark.skipif(sys.platform != "linux", reason="no forks there"))]


def a_vault() -> Vault:
    r = random.Random(9)
    return Vault([parse_note(stamped(r) + "\n[[nowhere]]" * (i % 3), f"{i:02}.md") for i in range(40)])


class Counting(Linter):
    """A linter that counts the notes it is asked of."""

    def __init__(self) -> None:
        super().__init__(Config())
        self.asked: list[str] = []

    def check_note(self, note: Note) -> NoteFindings:
        self.asked.append(note.path)
        return super().check_note(note)


def judged(vault: Vault, linter: Linter, processes: int = 1) -> JudgedFindings:
    return JudgedFindings(Judge(linter, vault), sorted(vault.notes), processes)


@pytest.mark.parametrize("processes", PROCESSES)
@pytest.mark.parametrize("name", ["text", "concise", "jsonl", "statistics"])
def test_a_report_is_the_same_whenever_the_notes_are_judged(name: str, processes: int) -> None:
    vault = a_vault()
    view = View(text_of=lambda path: vault.notes[path].text)
    at_once = Linter(Config()).lint(vault)
    later = LintResult(judged(vault, Linter(Config()), processes), 40)
    assert "".join(render(name, later, view)) == "".join(render(name, at_once, view))
    assert list(later.findings) == list(at_once.findings)


def test_a_report_judges_each_note_once() -> None:
    vault, linter = a_vault(), Counting()
    findings = judged(vault, linter)
    assert not findings.are_judged
    view = View(text_of=lambda path: vault.notes[path].text)
    assert "".join(render("text", LintResult(findings, 40), view)).strip()
    assert findings.are_judged
    assert (len(findings) > 0, findings.touched > 0, findings.tallies.total) == (True, True, len(findings))
    assert sorted(linter.asked) == sorted(vault.notes)


def test_what_is_counted_is_what_there_is() -> None:
    findings = judged(a_vault(), Linter(Config()))
    assert findings.touched == len(findings.notes) == len({f.path for f in findings})
    assert len(findings) == len(list(findings))


def test_progress_is_told_and_what_is_new_is_kept() -> None:
    class Keeper:
        kept: list[str] = []  # noqa: RUF012  one is made
        finished = 0

        def record(self, note: Note, found: object) -> tuple[bytes, bytes]:
            return note.path.encode(), b"x"

        def add(self, path: str, record: tuple[bytes, bytes]) -> None:
            assert record == (path.encode(), b"x")
            self.kept.append(path)

        def finish(self) -> None:
            self.finished += 1

    vault, linter, keeper, steps = a_vault(), Linter(Config()), Keeper(), list[int]()
    known: dict[str, list[Finding]] = {"00.md": []}
    findings = JudgedFindings(Judge(linter, vault, known), sorted(vault.notes), 1, steps.append, keeper)  # type: ignore[arg-type]
    assert len(findings)
    assert sum(steps) == 40
    assert keeper.kept == sorted(vault.notes.keys() - known.keys())
    assert keeper.finished == 1
