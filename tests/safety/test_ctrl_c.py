"""Ctrl-C, which reaches every process of a command: one line, exit status 130, and nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found by /proc")

NOTE = """\
---
title: Note {n}
videoId: dQw4w9WgXcQ
---

See [[note {m}]], [[x|y|z]] and [00:01:00].
"""
# so few notes would be judged in one process, and too fast to stop
COMMAND = """\
import os
import sys
import time
import processor.base.parallel as shares
shares.FORKS, shares.FEWEST, shares.FEWEST_ANEW = {forks}, 2, 2
os.cpu_count = lambda: 3
import processor.load.reading
import processor.load.scan
processor.load.scan.FEWEST = 1
real = processor.load.reading.parse_note
def parse_note(*args):
    time.sleep(0.05)
    return real(*args)
processor.load.reading.parse_note = parse_note
if __name__ == "__main__":
    from processor.__main__ import start
    start()
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    for n in range(200):
        (root / f"note {n}.md").write_text(NOTE.format(n=n, m=n + 1))
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def children(process: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stopped(vault: Path, args: list[str], delay: float, *, forks: bool, wait: bool = True) -> str:
    """Start a command, stop it while other processes work for it, and give what it says on standard error."""
    script = vault.parent / f"command_{forks}.py"
    script.write_text(COMMAND.format(forks=forks))
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "YTVAULT_DATA_DIR": str(vault.parent / "data"),
        "YTVAULT_CACHE_DIR": str(vault.parent / "cache"),
    }
    with subprocess.Popen(
        [sys.executable, str(script), *args],
        cwd=vault,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while wait and process.poll() is None and not children(process.pid):
            time.sleep(0.002)
        workers = children(process.pid)
        time.sleep(delay)
        assert process.poll() is None, process.communicate()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130, err
    end = time.monotonic() + 5
    while any(map(is_running, workers)):
        assert time.monotonic() < end, "a process goes on"
        time.sleep(0.01)
    return err


@pytest.mark.parametrize("forks", [True, False], ids=["forked", "anew"])
@pytest.mark.parametrize("delay", [0, 0.4])
@pytest.mark.parametrize("args", [["lint"], ["lint", "--fix"], ["build", ".", "--out", "../out"]], ids=" ".join)
def test_one_line(vault: Path, args: list[str], delay: float, forks: bool) -> None:
    if args[-1] == "--fix" and not forks:
        pytest.skip("notes that are held are read in one process there")
    old = contents(vault)
    assert stopped(vault, args, delay, forks=forks) == "ytvault: stopped\n"
    assert contents(vault) == old
    assert not (vault.parent / "out").exists() or not [*(vault.parent / "out").glob("*.md")]


def test_watch(vault: Path) -> None:
    pytest.importorskip("watchfiles")
    assert stopped(vault, ["lint", "--watch", "note 1.md"], 1.5, forks=True, wait=False) == "ytvault: stopped\n"


LOADED = """\
import sys
class Stopped:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stopped())
from processor.__main__ import start
start()
"""


@pytest.mark.parametrize(
    "module",
    [
        *("processor.cli", "click", "processor.cli.streams", "processor.cli.lint"),
        *("processor.rules", "processor.config", "processor.fix", "processor.disk.journal"),
    ],
)
def test_one_line_while_the_program_is_loaded(vault: Path, module: str) -> None:
    for path in vault.glob("note 1*.md"):
        path.unlink()
    old = contents(vault)
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module), "lint", "--fix"],
        cwd=vault,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (130, "ytvault: stopped\n")
    assert contents(vault) == old


LATE = """\
import sys
class Late:
    def __del__(self):
        raise KeyboardInterrupt
import processor.cli
real = processor.cli.main
def main():
    late = Late()
    del late
    real()
processor.cli.main = main
from processor.__main__ import start
start()
"""


def test_one_line_while_an_object_is_thrown_away(vault: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LATE, "lint", "--no-cache"],
        cwd=vault,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (130, "ytvault: stopped\n")
