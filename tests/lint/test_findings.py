"""Findings that are alike: the same as one by one, wherever they go."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.config import Config
from processor.lint.findings import AlikeFindings, Findings, NoteFindings, by_note, severities
from processor.lint.linter import Linter, LintResult
from processor.lint.packing import packed, unpacked
from processor.report import FORMATS, View, render
from processor.rules.base import Finding, FoundFix, all_rules
from processor.rules.guards import Asked
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.examples import examples
from tests.soup import document

PARTS = (
    '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>', '<a class="yt-timestamp" data-t="05:00:00">[05:00:00]</a>',
    "[00:01:02]", "words", "\n", "\n\n", "# ", "[[a]]", "- ", "%% ytvault-disable unlinked-timestamp %%",
)  # fmt: skip
HEADS = (
    "",
    "---\ntitle: x\nvideoId: aBcD_-12-4w\n---\n\n",
    "---\nvideoId: nonsense\n---\n",
    "---\nvideoId: aBcD_-12-4w\nduration: 300\n---\n",
)


def stamped(r: random.Random) -> str:
    """A note full of stamps, most of them well-formed."""
    few = r.choice((PARTS[:1], PARTS[:2], PARTS))
    body = "".join(r.choice((*few, " ", "\n")) for _ in range(r.randint(0, 40)))
    return r.choice(HEADS) + r.choice((body, body, document(r)))


@cache
def at_once() -> Linter:
    return Linter(Config())


@cache
def one_by_one() -> Linter:
    """A linter that asks every rule for single problems."""
    linter = Linter(Config())
    rules = [replace(rule, check_alike=None) for rule in linter.rules if rule.needs == "note"]
    linter._of_note = Asked((rule.where, (rule, linter._context(rule))) for rule in rules)
    return linter


def test_there_is_a_rule_to_test() -> None:
    assert any(rule.check_alike for rule in all_rules().values())


@examples(60)
@given(st.randoms(use_true_random=False).map(stamped))
def test_what_is_found_at_once_is_what_is_found_one_by_one(text: str) -> None:
    note = parse_note(text, "a.md")
    found = at_once().check_note(note)
    single = one_by_one().check_note(note)
    assert list(found) == list(single)
    assert list(unpacked("a.md", packed(found))) == list(found)
    assert list(at_once().unsuppressed(note, found)) == list(one_by_one().unsuppressed(note, single))
    assert len(found) == len(list(found))
    vault = Vault([note])
    results = [linter.lint(vault) for linter in (at_once(), one_by_one())]
    assert list(results[0].findings) == list(results[1].findings)
    assert severities(results[0].findings) == {f.severity for f in results[1].findings}
    for everything in (False, True):
        view = View(text_of={"a.md": note.text}.get, all=everything)
        shown = ["".join(render("text", result, view)) for result in results]
        assert shown[0] == shown[1]
    for name in FORMATS:
        shown = ["".join(render(name, result, View())) for result in results]
        assert shown[0] == shown[1]


def groups(note: Note) -> NoteFindings:
    found = Linter(Config()).check_note(note)
    assert isinstance(found, NoteFindings)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="no forks there")
@pytest.mark.parametrize("with_edits", [False, True])
def test_several_processes_find_what_one_finds(with_edits: bool) -> None:
    r = random.Random(5)
    notes = [parse_note(stamped(r), f"{i:02}.md") for i in range(40)]
    linter = Linter(Config(), with_edits=with_edits)
    vault = Vault(notes)
    alone, shared = (linter.lint(vault, None, n) for n in (1, 3))
    assert list(alone.findings) == list(shared.findings)
    assert list(alone.missing) == list(shared.missing) != []
    assert alone.notes == shared.notes == 40


def test_stamps_are_kept_together() -> None:
    found = groups(parse_note(HEADS[1] + f"{PARTS[0]}\nx {PARTS[0]} y\n", "a.md"))
    (group,) = found.alike
    assert (group.rule, group.lines, group.columns) == ("unlinked-timestamp", [6, 7], [1, 3])
    assert [f.message for f in found if f.rule == "unlinked-timestamp"] == [
        "00:06:10 is no link: a click on it does nothing"
    ] * 2


def test_with_edits_each_is_single() -> None:
    found = Linter(Config(), with_edits=True).check_note(parse_note(HEADS[1] + PARTS[0], "a.md"))
    assert [len(f.fix.edits) for f in found if f.fix] == [1]


def test_findings_of_several_notes_are_a_sequence() -> None:
    notes = [parse_note(HEADS[1] + PARTS[0] * n, f"{n}.md") for n in (1, 0, 2)]
    findings = Linter(Config()).lint(Vault(notes)).findings
    assert isinstance(findings, Findings)
    single: list[Finding] = list(findings)
    assert len(findings) == len(single)
    assert findings == single
    assert findings[1:] == single[1:]
    assert findings[-1] == single[-1]
    assert [list(of_note) for of_note in by_note(findings)] == [list(of_note) for of_note in by_note(single)]
    result = LintResult(single, 3)
    assert "".join(render("text", result, View())) == "".join(render("text", LintResult(findings, 3), View()))


@pytest.mark.parametrize(
    "damage",
    [
        lambda parts: parts.pop(),
        lambda parts: parts[3][0].pop(),
        lambda parts: parts[3][0][5].pop(),
        lambda parts: parts[3].append(None),
        lambda parts: parts[3].append([1] * 9),
    ],
)
def test_a_damaged_pack_is_a_value_error(damage: object) -> None:
    group = AlikeFindings("r", "warning", "{}", FoundFix("t", safe=True), 3, [5], ["w"], [1], [6])
    parts = json.loads(packed(NoteFindings("a.md", [], [group])))
    damage(parts)  # type: ignore[operator]
    with pytest.raises(ValueError):  # noqa: PT011  of json and of ours, whatever it says
        unpacked("a.md", json.dumps(parts))
