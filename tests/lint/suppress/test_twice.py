"""What `--add-suppressions` has written it does not write again: a second run adds nothing."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from processor.config import Config
from processor.lint.linter import Linter
from processor.lint.suppress.silencing import add_suppressions
from processor.rules.base import Finding
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from tests.cli.running import put, ytvault
from tests.soup import document

HEADS = (
    "", "", "", "---\ntitle: A\n---\n", "---\nvideoId: Yw2sMd8fRj0\n---\n", "---\nytvault-disable: [nope]\ntitle: x\n---\n",
    "---\nytvault-disable: missing-note\ntilte: x\n---\n", "---\ntags: [2024, ai]\ntitle: !a b\n---\n", '---\nup: "[[zzz]]"\n---',
    "---\na: [b\n---\n", "\n---\ntitle: x\n---\n", "---\ntitle: x\n", "---\nytvault-disable:\n---\n", "---\n{title: a}\n---\n",
    '---\nytvault-disable:\n  - "broken-link" # why\n---\n', "---\ntitle: x\ntitle: x\n---\n",
)  # fmt: skip
SUPPRESSIONS = (
    "%% ytvault-disable no-such %%", "%% ytvault-disable-next-line missing-note, badrule %%", "%% ytvault-disable %%",
    "%% ytvault-enable %%", "%% ytvault-enable bad %%", "%% ytvault-disable links %%", "%% ytvault-disable-next-line %%",
    "%% ytvault-disable unused-suppression %%", "> %% ytvault-disable-next-line broken-link %%", "%% ytvault-enable missing-note %%",
    "text %% ytvault-disable-next-line unclosed-fence %% more",
)  # fmt: skip
LINTERS = tuple(Linter(Config(extend_select=more)) for more in ((), ("ALL",)))


def mutated(seed: int) -> Note:
    rng = random.Random(seed)
    lines = (rng.choice(HEADS) + document(rng)).split("\n")
    for _ in range(rng.randint(0, 3)):
        lines.insert(rng.randint(0, len(lines)), rng.choice(SUPPRESSIONS))
    return parse_note(rng.choice(("\n", "\n", "\n", "\r\n")).join(lines), "a/note.md")


def found(linter: Linter, note: Note) -> list[Finding]:
    vault = Vault([note, parse_note("x", "a/target.md")])
    return list(linter.unsuppressed(note, [*linter.check_note(note), *linter.vault_check(vault)(note)]))


def adds_nothing_again(seed: int) -> None:
    linter = LINTERS[seed % 2]
    note = mutated(seed)
    added = add_suppressions(note, found(linter, note))
    silent = parse_note(note.source.edited(added.edits), note.path)
    left = found(linter, silent)
    if not Counter(f.rule for f in left) <= Counter(f.rule for f in added.left):
        return  # a comment would change what a rule sees: the command writes nothing then
    assert add_suppressions(silent, left).edits == (), note.text


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_a_second_run_adds_nothing(start: int) -> None:
    for seed in range(start, start + 100):
        adds_nothing_again(seed)


@pytest.mark.slow
def test_a_second_run_adds_nothing_to_thousands() -> None:
    for seed in range(400, 5000):
        adds_nothing_again(seed)


@pytest.mark.parametrize("seed", [969, 3334, 66, 284])
def test_notes_that_once_were_written_twice(seed: int) -> None:
    adds_nothing_again(seed)


def test_a_name_that_no_rule_has_is_left_to_its_author(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    texts = {
        "a.md": "%% ytvault-disable no-such-rule %%\n\nText.\n",
        "b.md": "---\nytvault-disable: [bad-rule]\n---\nText.\n",
        "c.md": "Text.\n%% ytvault-disable-next-line bad-rule %%\n[[nowhere]]\n%% ytvault-enable badrule %%\n",
    }
    for path, text in texts.items():
        put(tmp_path, path, text)
    first = ytvault("lint", "--add-suppressions", cwd=tmp_path)
    wanted = texts | {
        "c.md": texts["c.md"].replace("[[nowhere]]", "%% ytvault-disable-next-line missing-note %%\n[[nowhere]]")
    }
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in texts} == wanted
    assert first.out.count("no rule is called") == 4
    second = ytvault("lint", "--add-suppressions", cwd=tmp_path)
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in texts} == wanted
    assert second.out.count("no rule is called") == 4
