"""After any change of a vault, what the program stored of it gives the answer that it would give without."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from tests.benchmarks.generate import Generator
from tests.cli.running import called
from tests.edits import Edits
from tests.load.cache.campaign import other_store, pretend

OUTPUTS = (
    *(("--output-format", name) for name in ("text", "concise", "jsonl", "json", "sarif", "github", "gitlab", "junit")),
    ("--statistics",),
    *(
        ("--output-format", one, "--report", f"{other}=../second")
        for one, other in (("text", "jsonl"), ("json", "html"))
    ),
    *((fix, "--diff") for fix in ("--fix", "--unsafe-fixes")),
)


def compare(edits: Edits, rng: random.Random) -> None:
    """Ask the same with what is stored and without, of the whole vault or of some notes."""
    words = rng.choice(OUTPUTS)
    if rng.random() < 0.2:
        words += tuple(rng.sample(edits.notes(), 3))
    told = [*edits.told[-12:], " ".join(words)]
    one, other = (answer(edits.root, *more, *words) for more in ((), ("--no-cache",)))
    assert one == other, told


def answer(root: Path, *words: str) -> tuple[object, ...]:
    """What the command says, and what it writes besides."""
    second = root.with_name("second")
    second.unlink(missing_ok=True)
    ran = called("lint", *words, cwd=root)
    out = re.sub(r' time="[0-9.]+"', "", ran.out)  # as JUnit has it
    return ran.status, out, ran.err, second.read_text() if second.exists() else ""


def lived(seed: int, vault: Path, patch: pytest.MonkeyPatch, *, notes: int, steps: int) -> None:
    """Change a vault of short notes of all kinds so many times, and ask each time; now and then several things change, or
    nothing."""
    rng = random.Random(seed)
    patch.setenv("YTVAULT_CACHE_DIR", str(vault.parent / "cache"))
    Generator(notes, seed, length=0.06).write(vault)
    edits = Edits(vault, rng)
    kinds = [*edits.KINDS]
    rng.shuffle(kinds)  # so that a few dozen steps are of all kinds
    for step in range(steps):
        for _ in range(rng.choice((1, 1, 1, 0, 4))):
            edits.change(kinds[step % len(kinds)])
        pretend(rng, patch)
        if rng.random() < 0.05:
            other_store(rng, vault.parent / "kept")
        compare(edits, rng)
    mend(edits, rng)


def mend(edits: Edits, rng: random.Random) -> None:
    """Mend the vault with what is stored, and a copy of it without."""
    other = edits.root.with_name("other")  # beside the same captions
    shutil.copytree(edits.root, other)
    words = (rng.choice(("--fix", "--unsafe-fixes")), "--output-format", "jsonl")
    with_store, without = called("lint", *words, cwd=edits.root), called("lint", "--no-cache", *words, cwd=other)
    assert (with_store.status, with_store.out) == (without.status, without.out)
    for path in edits.notes():
        assert (edits.root / path).read_bytes() == (other / path).read_bytes(), path


def test_the_answer_after_some_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(1, tmp_path / "vault", monkeypatch, notes=40, steps=29)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1400))
def test_the_answer_after_many_changes(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(seed, tmp_path / "vault", monkeypatch, notes=random.Random(seed).choice((30, 150, 500)), steps=50)
