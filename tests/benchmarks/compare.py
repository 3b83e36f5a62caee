"""Times `ytvault lint` beside its peers, interleaved in one run: `python -m tests.benchmarks.compare --notes 21000`.

Each tool reads the same generated vault: cold (no cache), warm (an unchanged vault, cached) and with three changed notes
named on the command line. Then `ytvault` alone mends it, with every stamp to be linked: its ratio is to the cold run. Every figure is of a whole process, its output read through a pipe as a script would read it;
memory is the peak of the whole process tree. The peers come from PyPI into an environment of their own (`--peers DIR`).
Printed are medians, and each tool's ratio to rumdl, pair by pair; `--save` keeps them for README's table, which
`python -m tests.docs.generate` writes. Not part of the test suite.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import Generator

LATEST = Path(__file__).with_name("latest.json")
MDSMITH = """\
front-matter: true
rules:
{off}  cross-file-reference-integrity:
    wikilinks: true
"""


@dataclass
class Run:
    seconds: float
    megabytes: float  # peak resident memory of the process and all below it
    output: int  # bytes


def tree_memory(pid: int) -> int:
    """Bytes that a process and its descendants hold now, shared pages counted once where the system says (Linux)."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            total += 1024 * int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, StopIteration, ValueError):
            continue
    return total


def run(command: list[str], cwd: Path, *, watch_memory: bool) -> Run:
    peak = 0
    done = threading.Event()
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    if watch_memory:  # looking costs time, so figures of time come from runs of their own
        watcher.start()
    assert process.stdout is not None
    output = sum(map(len, iter(lambda: process.stdout.read(1 << 16), b"")))  # type: ignore[union-attr]
    status = process.wait()
    seconds = time.perf_counter() - started
    done.set()
    if watch_memory:
        watcher.join()
    if status not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit status {status}")
    return Run(seconds, peak / 1e6, output)


@dataclass
class Tool:
    name: str
    cold: list[str]
    warm: list[str] | None
    few: list[str] | None  # the three notes are added at the end
    fix: list[str] | None = None  # in a copy of the vault


def tools(options: argparse.Namespace, cache: Path) -> list[Tool]:
    peers = Path(options.peers)
    ytvault = [str(Path(sys.executable).parent / "ytvault"), "lint"]
    rumdl = [
        str(peers / "bin/rumdl"),
        "check",
        "--isolated",
        "--flavor",
        "obsidian",
        "--enable",
        "MD042,MD051,MD057,MD086",
    ]
    cached = [*rumdl, "--cache-dir", str(cache)]
    found = [
        Tool("ytvault", [*ytvault, "--no-cache"], ytvault, ytvault, [*ytvault, "--no-cache", "--fix"]),
        Tool("rumdl", [*rumdl, "--no-cache", "."], [*cached, "."], cached),
    ]
    if options.mdsmith:
        mdsmith = [str(peers / "bin/mdsmith"), "check"]
        found.append(Tool("mdsmith", [*mdsmith, "."], None, None))
    return found


def mdsmith_config(peers: Path) -> str:
    """mdsmith's configuration with its cross-file rule and wikilinks on and all its other rules off."""
    listing = subprocess.run([peers / "bin/mdsmith", "help", "rule"], capture_output=True, text=True, check=True).stdout
    names = [line.split()[1] for line in listing.splitlines() if line.lstrip().startswith("MDS")]
    return MDSMITH.format(off="".join(f"  {n}: false\n" for n in names if n != "cross-file-reference-integrity"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, nargs="+", default=[21_000], help="sizes of the vault, one after another")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--peers", default=".peers", help="an environment with rumdl and mdsmith, made if it is not there"
    )
    parser.add_argument("--mdsmith", action="store_true", help="measure mdsmith too (slow)")
    parser.add_argument(
        "--work", type=Path, default=None, help="where the vaults are written (default: a temporary folder)"
    )
    parser.add_argument("--save", action="store_true", help=f"keep the figures in {LATEST.name}")
    options = parser.parse_args()
    if not Path(options.peers, "bin/rumdl").exists():
        subprocess.run([sys.executable, "-m", "venv", options.peers], check=True)
        subprocess.run([f"{options.peers}/bin/pip", "install", "-q", "rumdl", "mdsmith"], check=True)
    options.peers = os.path.abspath(options.peers)
    machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(machine)
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        os.environ["XDG_CACHE_HOME"], os.environ["XDG_DATA_HOME"] = f"{work}/cache", f"{work}/data"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program is installed compiled, and measured so
        for notes in options.notes:
            vault = Path(work, "vault")
            size = Generator(notes, 1).write(vault)
            (vault / ".mdsmith.yml").write_text(mdsmith_config(Path(options.peers)), encoding="utf-8")
            print(f"\n{notes} notes, {size / 1e6:.0f} MB")
            for figure in measure(options, vault, Path(work, "cache")):
                beside = "the cold run" if figure["kind"] == "fix" else "rumdl"
                print(
                    "{kind:5} {tool:8} {seconds:7.2f} s {megabytes:6.0f} MB  {ratio:6.2f} × {beside}"
                    "  ({printed:.1f} MB printed)".format(beside=beside, **figure)
                )
                figures.append({"notes": notes, "size": round(size / 1e6), **figure})
            shutil.rmtree(vault)
    if options.save:
        peers = [_version(options.peers, name) for name in ("rumdl", "mdsmith")[: 1 + options.mdsmith]]
        found = {"date": str(dt.date.today()), "machine": machine, "peers": peers, "figures": figures}  # noqa: DTZ011  the date where it was run
        LATEST.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _version(peers: str, name: str) -> str:
    code = f"import importlib.metadata as m; print('{name}', m.version('{name}'))"
    return subprocess.run(
        [f"{peers}/bin/python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


@contextmanager
def copied(vault: Path) -> Iterator[Path]:
    """A copy of a vault, on the disk before it is given."""
    copy = vault.with_name("copy")
    shutil.copytree(vault, copy)
    os.sync()
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def measure(options: argparse.Namespace, vault: Path, cache: Path) -> Iterator[dict[str, object]]:
    """Of each kind of run and each tool the median time, its ratio to rumdl's, the memory and what was printed."""
    three = sorted(p.relative_to(vault).as_posix() for p in vault.glob("channel00/*.md"))[:3]
    contenders = tools(options, cache)
    cold: dict[str, float] = {}
    for kind in ("cold", "warm", "few", "fix"):
        runs: dict[str, list[Run]] = {t.name: [] for t in contenders if getattr(t, kind)}
        for i in range(-1, options.runs + 1):  # the first warms up, the last looks at the memory
            for tool in contenders:
                command = getattr(tool, kind)
                if not command:
                    continue
                if kind == "few":
                    for name in three:
                        with (vault / name).open("a", encoding="utf-8") as file:
                            file.write(f"\nChanged, run {i} of {tool.name}.")
                    command = [*command, *three]
                if kind == "fix" and i < 0:
                    continue  # nothing is left warm by a run in a copy
                with copied(vault) if kind == "fix" else nullcontext(vault) as place:
                    found = run(command, place, watch_memory=i == options.runs)
                if i >= 0:
                    runs[tool.name].append(found)
        for name, mine in runs.items():
            timed, last = mine[:-1], mine[-1]
            seconds = statistics.median(r.seconds for r in timed)
            cold.setdefault(name, seconds)
            others = [cold[name]] * len(timed) if kind == "fix" else [r.seconds for r in runs["rumdl"][:-1]]
            ratios = [a.seconds / b for a, b in zip(timed, others, strict=True)]
            yield {
                "kind": kind,
                "tool": name,
                "seconds": round(seconds, 3),
                "megabytes": round(last.megabytes),
                "ratio": round(statistics.median(ratios), 2),
                "printed": round(last.output / 1e6, 1),
            }


if __name__ == "__main__":
    main()
