"""What users count on, over notes gone wrong at random: a second run finds nothing to mend, the safe fixes first and then all
are as all at once, and what is left to report is what is found in the notes as they are then."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from processor.base.text import Source
from processor.config import Config
from processor.fix import fix_vault
from processor.lint.linter import Linter
from processor.rules.base import Finding, all_rules
from processor.vault.note import parse_note
from processor.vault.vault import Vault
from tests.mutants import vault_of_mutants

SAMPLE = Path(__file__).parents[2] / "vault"


def own_texts() -> dict[str, str]:
    """Our own notes: those of the sample vault and of the rules' documentation."""
    notes = {str(p.relative_to(SAMPLE)): p.read_text(encoding="utf-8") for p in sorted(SAMPLE.rglob("*.md"))}
    for rule in all_rules().values():
        for number, sample in enumerate(
            s for s in rule.samples if s.kind in ("bad", "file") and s.path.endswith(".md")
        ):
            notes[f"{rule.id}/{number}-{sample.path}"] = sample.text
    return notes


def vault_of(notes: Mapping[str, bytes]) -> Vault:
    return Vault([parse_note(Source.decode(data), path) for path, data in notes.items()])


def fixed(notes: Mapping[str, bytes], *, unsafe: bool) -> dict[str, bytes]:
    """The notes after a run; what it says is left in them is what is found in these bytes."""
    result = fix_vault(vault_of(notes), Linter(Config(), with_edits=True), unsafe=unsafe)
    made = {**notes, **result.contents}
    assert said(result.findings) == said(Linter(Config()).lint(vault_of(made)).findings)
    return made


def said(findings: Iterable[Finding]) -> Counter[tuple[object, ...]]:
    return Counter((f.path, f.span, f.rule, f.severity, f.message) for f in findings)


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, tuple[bytes, bytes]]:
    return {path: (before[path], after[path]) for path in before if before[path] != after[path]}


def check(seed: int, number: int) -> None:
    found = vault_of_mutants(random.Random(seed), own_texts(), number)
    notes = {path: text.encode() for path, text in found.items()}
    safe, every = fixed(notes, unsafe=False), fixed(notes, unsafe=True)
    assert changed(notes, safe)
    assert not changed(safe, fixed(safe, unsafe=False))
    assert not changed(every, fixed(every, unsafe=True))
    assert not changed(every, fixed(safe, unsafe=True))


@pytest.mark.parametrize("seed", range(3))
def test_a_second_run_changes_nothing(seed: int) -> None:
    check(seed, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_second_run_changes_nothing_in_many_notes(seed: int) -> None:
    check(seed, 2_500)


NOTES = {
    "stamps in a tag that is none": {
        "a.md": "---\ntitle: x\nvideoId: dQw4w9WgXcQ\n---\n\n[<?!<[00:05:10](https://youtu.be/dQw4w9WgXcQ?t=310)ab\n[00:05:11] ?>\n"
        '![[<a class="yt-timestamp" data-t="00:05:1to si0">[00:05:10]</a>\n',
        "b.md": "---\nvideoId: xsiV_-o5488\n---\n<a data=02:58>%%ytvault-enable x%%",
    },
    "an error that is gone once another note is mended": {
        "2.md": '%%ytvault-disable-next-line%%---\nvideoId: 8idr1WZ1A7Q\n---\n<a ="yt-"00:05b[[ a ]]',
        "1.md": ' a\n\n-<a class="yt-timestamp" data-t="00last :05:10">x</a>',
    },
    "a title that a note has only then": {
        "d2/b.md": 'a\n<a"data-.',
        "d5/1.md": "[[a#)]]",
        "d5/2.md": "From:[[a]]",
    },
}


@pytest.mark.parametrize("name", NOTES)
def test_what_a_second_run_found_once(name: str) -> None:
    notes = {path: text.encode() for path, text in NOTES[name].items()}
    safe, every = fixed(notes, unsafe=False), fixed(notes, unsafe=True)
    assert not changed(safe, fixed(safe, unsafe=False))
    assert not changed(every, fixed(every, unsafe=True))
    assert not changed(every, fixed(safe, unsafe=True))
