"""Another program rewrites notes while we write: not one of its words is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from processor.disk import swap, write
from processor.disk.journal import Change, Journal

OTHER = """
import os, random, sys, time
root, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
notes = sorted(n for n in os.listdir(root) if n.endswith(".md"))
end = time.monotonic() + seconds
turn = 0
print("ready", flush=True)
while time.monotonic() < end:
    name = chance.choice(notes)
    path = os.path.join(root, name)
    with open(path, "rb") as file:
        data = file.read()
    data += b"mine %d\\n" % turn
    how = chance.choice(["in place", "renamed", "slowly", "appended"])
    if how == "renamed":
        with open(path + ".theirs", "wb") as file:
            file.write(data)
        os.replace(path + ".theirs", path)
    elif how == "appended":
        with open(path, "ab") as file:
            file.write(b"mine %d\\n" % turn)
    else:
        with open(path, "wb", buffering=0) as file:
            for at in range(0, len(data), 50):
                file.write(data[at : at + 50])
                if how == "slowly":
                    time.sleep(0.0002)
    print(name, turn, flush=True)
    turn += 1
"""


def contest(root: Path, seconds: float, seed: int) -> tuple[int, int, int]:
    """Let another program add lines to notes while we rewrite all of them; gives its writes, ours, and our refusals."""
    for i in range(12):
        (root / f"{i}.md").write_bytes(b"word word\n")
    written = refused = 0
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(root), str(seconds), str(seed)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
        with Journal(root) as journal:
            while other.poll() is None:
                changes = []
                for file in [root / f"{i}.md" for i in range(12)]:
                    old = file.read_bytes()
                    new = old.replace(b"word", b"WORD", 1) if b"word" in old else old.replace(b"WORD", b"word")
                    if new != old:
                        changes.append(Change(file.name, old, new))
                outcome = journal.write(changes)
                written += len(outcome.written)
                refused += len(outcome.problems)
        lines = other.stdout.read().splitlines()
    assert other.returncode == 0
    for line in lines:
        name, turn = line.split()
        texts = [(root / name).read_bytes(), *(p.read_bytes() for p in root.glob(f"{name[:-3]} (conflict *).md"))]
        assert any(b"mine %s" % turn.encode() in text.split(b"\n") for text in texts), f"{name}: {turn} is lost"
    assert not [p.name for p in root.iterdir() if p.name.startswith(".")]
    conflicts = len(list(root.glob("*conflict*")))
    print(f"theirs {len(lines)}, ours {written}, refused {refused}, kept beside {conflicts}")
    assert conflicts <= len(lines) / 1000 + 1, "two writes of one note in the same instant are rare"
    return len(lines), written, refused


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YTVAULT_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault"


needs_swap = pytest.mark.skipif(swap._rename() is None, reason="names cannot be swapped here")


@needs_swap
def test_no_write_of_another_program_is_lost(vault: Path) -> None:
    theirs, ours, _ = contest(vault, 1.5, 1)
    assert theirs > 5
    assert ours > 5


@needs_swap
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_write_of_another_program_is_lost_for_long(vault: Path, seed: int) -> None:
    assert contest(vault, 20, seed)[2] > 0


def test_the_window_where_names_cannot_be_swapped(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the last look at the file to the call that replaces it: what `write` states of it."""
    monkeypatch.setattr(swap, "_rename", lambda: None)
    looked: list[float] = []
    windows: list[float] = []
    real_replace = os.replace

    class Held(swap.Held):
        def __init__(self, path: str) -> None:
            super().__init__(path)
            looked.append(time.perf_counter())

    def replace(old: str, new: str) -> None:
        windows.append(time.perf_counter() - looked[-1])
        real_replace(old, new)

    file = vault / "a.md"
    file.write_bytes(b"0")
    with monkeypatch.context() as patch:
        patch.setattr(write, "Held", Held)
        patch.setattr(os, "replace", replace)
        for i in range(200):
            old, new = b"%d" % i, b"%d" % (i + 1)
            write.put(str(file), str(vault / ".spare"), new, lambda data, old=old: data == old)
    median = sorted(windows)[len(windows) // 2]
    print(f"window: median {median * 1e6:.0f} µs, longest {max(windows) * 1e6:.0f} µs")
    assert median < 0.0005
