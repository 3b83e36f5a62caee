"""Findings of many notes: judged once, and where something is made of them."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import pytest

from processor.config import Config
from processor.lint.findings import Kind, NoteFindings, Tallies, by_note
from processor.lint.judging import Judge, JudgedFindings
from processor.lint.linter import Linter, LintResult
from processor.lint.memory import Verdict
from processor.lint.packing import unpacked
from processor.report import View, render
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
    assert (len(findings) > 0, findings.tallies.notes > 0, findings.tallies.total) == (True, True, len(findings))
    assert sorted(linter.asked) == sorted(vault.notes)


def test_what_is_counted_is_what_there_is() -> None:
    findings = judged(a_vault(), Linter(Config()))
    assert findings.tallies.notes == len(findings.notes) == len({f.path for f in findings})
    assert len(findings) == len(list(findings))


class Memory:
    """Knows what was made of some notes, and takes down what it is told."""

    is_same = None

    def __init__(self, known: Mapping[str, bytes], found: Mapping[str, NoteFindings]) -> None:
        self.made = known
        self.found = found
        self.names: list[str] = []
        self.told: list[tuple[str, bytes]] = []
        self.finished = 0
        self.is_broken = False

    def known(self, made: str, paths: Sequence[str]) -> Memory:
        assert {*self.made} <= {*self.found} <= {*paths}
        self.names.append(made)
        return self

    def __contains__(self, path: object) -> bool:
        return path in self.found

    def tallies(self) -> Tallies:
        tallies = Tallies()
        for _ in self.found:
            tallies.add([Kind("a-rule", "error", 2, None)])
        return tallies

    def stretches(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        for is_known, group in groupby(paths, key=self.has_pieces):
            some = [*group]
            yield from [some] if is_known else ([path] for path in some)

    def pieces(self, stretch: Sequence[str]) -> bytes | None:
        return None if self.is_broken else b"".join(self.made[path] for path in stretch)

    def has_pieces(self, path: str) -> bool:
        return path in self.made

    has_findings = __contains__

    def kinds(self, path: str) -> Sequence[Kind]:
        return self.found[path].kinds()

    def findings(self, path: str) -> NoteFindings | None:
        return self.found.get(path)

    before = findings

    def missing(self, path: str) -> Sequence[str]:
        return [f"{path}?"]

    def add(self, path: str, piece: bytes, verdict: Verdict, found: bytes, reads: str | None) -> None:
        assert reads is not None
        assert bool(verdict.kinds) == bool(piece)
        assert unpacked(path, found).kinds() == [Kind(*kind) for kind in verdict.kinds]
        self.told.append((path, piece))

    def add_known(self, stretch: Sequence[str], pieces: bytes) -> None:
        assert pieces or not self.names[-1] or not any(map(self.kinds, stretch))
        self.told += [(path, self.made.get(path, pieces)) for path in stretch]

    def finish(self, tallies: Tallies) -> None:
        assert tallies.total
        self.finished += 1


def found_in(vault: Vault, paths: Sequence[str]) -> Mapping[str, NoteFindings]:
    """The findings of some notes, as an earlier run may have kept them."""
    found = {path: NoteFindings(path, ()) for path in paths}
    return found | {of_note.path: of_note for of_note in by_note(Linter(Config()).lint(vault, paths).findings).notes}


def test_what_is_known_is_not_judged_again_and_what_is_new_is_kept() -> None:
    vault, linter, steps = a_vault(), Counting(), list[int]()
    paths = sorted(vault.notes)
    # of two notes a report is known, and of two more what is in them
    memory = Memory({"00.md": b"known", "01.md": b" too"}, found_in(vault, paths[:4]))
    judge = Judge(linter, vault, traces=True)
    findings = JudgedFindings(judge, paths, 1, steps.append, memory)
    made = list(findings.made(lambda found, _: found.path.encode(), lambda _: None, "names"))
    assert made[0] == b"known too"
    assert sorted(linter.asked) == paths[4:]
    assert (sum(steps), memory.names, memory.finished) == (40, ["names"], 1)
    assert [path for path, _ in memory.told] == paths
    assert next(t for t in findings.tallies if t.rule == "a-rule").count == 8
    assert ("00.md", "00.md?") in findings.missing
    everything = Linter(Config()).lint(vault).findings
    assert list(findings) == list(everything)
    assert made[1:] == [path.encode() for path in sorted({f.path for f in everything} - {*paths[:2]})]


@pytest.mark.parametrize("processes", PROCESSES)
def test_findings_that_are_known_are_not_looked_for(processes: int) -> None:
    vault, linter = a_vault(), Counting()
    paths = sorted(vault.notes)
    memory = Memory({}, found_in(vault, paths[:-1]))
    findings = JudgedFindings(Judge(linter, vault, traces=True), paths, processes, memory=memory)
    assert list(findings) == list(Linter(Config()).lint(vault).findings)
    assert linter.asked == paths[-1:]


def test_what_is_known_and_cannot_be_read_is_made_again() -> None:
    vault = a_vault()
    memory = Memory(dict.fromkeys(vault.notes, b"known"), found_in(vault, sorted(vault.notes)))
    memory.is_broken = True
    findings = JudgedFindings(Judge(Linter(Config()), vault, traces=True), sorted(vault.notes), memory=memory)
    made = b"".join(findings.made(lambda found, _: found.path.encode(), lambda _: None, "names"))
    assert made == "".join(sorted({f.path for f in findings})).encode()
