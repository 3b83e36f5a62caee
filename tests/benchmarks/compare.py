"""Times `ytvault lint` beside its peers, interleaved in one run: `python -m tests.benchmarks.compare --notes 21000`.

Each tool reads the same generated vault in each of the `SCENARIOS`: with nothing known, unchanged, after edits (which are
real ones, other ones in each run, and taken back), with three changed notes named. Then `ytvault` alone mends a copy of it,
with every stamp to be linked: that ratio is to its cold run. Every figure is of a whole process, its output read through a
pipe as a script would read it: the time on the clock, the processor time of it and all that it started, and, from a run of its
own, the peak memory of all these. Rumdl, with its four rules about links, comes from PyPI into an environment of its own
(`--peers DIR`), and so does mdsmith, if it is asked for. Printed are medians, and each ratio run by run; `--save` keeps them for
README's table, which `python -m tests.docs.generate` writes. Not part of the test suite.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.generate import Generator
from tests.edits import Edits

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
    processor: float  # seconds of the process and all below it
    megabytes: float  # peak resident memory of these
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


def run(command: list[str], cwd: Path, *, watch_memory: bool = False) -> Run:
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
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    if watch_memory:
        watcher.join()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    return Run(seconds, used.ru_utime + used.ru_stime, peak / 1e6, output)


# What is done to the vault before a run


def three_notes(edits: Edits) -> None:
    """A sentence, a heading and a stamp."""
    for kind in ("text", "heading", "stamp"):
        edits.change(kind)


OF_ALL_KINDS = (
    *("text",) * 5, *("heading",) * 2, *("stamp",) * 2, "block", "hub", "source", "video", "title", "alias", "stamps",
    *("copy", "add", "rename", "rename", "delete", "case", "text", "title", "source"),
)  # fmt: skip


def all_kinds(edits: Edits) -> None:
    """Some 25 notes are changed, come, go or get other names."""
    for kind in OF_ALL_KINDS:
        edits.change(kind)


def renamed_hub(edits: Edits) -> None:
    """The hub of the largest folder bears another name: the links of all its notes lead nowhere."""
    sizes = {hub: sum(1 for _ in (edits.root / hub).parent.iterdir()) for hub in edits.hubs()}
    hub = max(sizes, key=sizes.__getitem__)
    edits.rename(hub, hub.replace(".md", "_renamed.md"))


@dataclass
class Scenario:
    """A kind of run: by which command of a `Tool`, after what is done to the vault."""

    command: str
    edit: Callable[[Edits], None] | None = None
    anew: bool = False  # what the tool has stored is gone


SCENARIOS: Mapping[str, Scenario] = {
    "cold": Scenario("cold"),
    "first": Scenario("cached", anew=True),
    "warm": Scenario("cached"),
    "three": Scenario("cached", three_notes),
    "jsonl": Scenario("jsonl", three_notes),
    "many": Scenario("cached", all_kinds),
    "hub": Scenario("cached", renamed_hub),
    "few": Scenario("named", three_notes),
    "fix": Scenario("fix"),
}


@dataclass
class Tool:
    name: str
    commands: Mapping[str, list[str]]  # those that it has; `named`: the notes that were changed are added at the end
    cache: Path | None = None


def tools(options: argparse.Namespace, cache: Path) -> list[Tool]:
    programs = Path(options.peers, "bin")
    lint = [str(Path(sys.executable).parent / "ytvault"), "lint"]
    jsonl, fix = [*lint, "--output-format", "jsonl"], [*lint, "--no-cache", "--fix"]
    links = ["--isolated", "--flavor", "obsidian", "--enable", "MD042,MD051,MD057,MD086"]
    check = [str(programs / "rumdl"), "check", *links]
    cached = [*check, "--cache-dir", str(cache / "rumdl")]
    every = [*cached, "."]  # in the same words in whatever format
    ytvault = {"cold": [*lint, "--no-cache"], "cached": lint, "jsonl": jsonl, "named": lint, "fix": fix}
    rumdl = {"cold": [*check, "--no-cache", "."], "cached": every, "jsonl": every, "named": cached}
    found = [Tool("ytvault", ytvault, cache / "ytvault"), Tool("rumdl", rumdl, cache / "rumdl")]
    if options.mdsmith:
        found.append(Tool("mdsmith", {"cold": [str(programs / "mdsmith"), "check", "."]}))
    return found


def mdsmith_config(peers: Path) -> str:
    """mdsmith's configuration with its cross-file rule and wikilinks on and all its other rules off."""
    listing = subprocess.run([peers / "bin/mdsmith", "help", "rule"], capture_output=True, text=True, check=True).stdout
    names = [line.split()[1] for line in listing.splitlines() if line.lstrip().startswith("MDS")]
    return MDSMITH.format(off="".join(f"  {n}: false\n" for n in names if n != "cross-file-reference-integrity"))


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


def one_run(tool: Tool, scenario: Scenario, vault: Path, seed: str, *, watch_memory: bool) -> Run:
    """A run of a tool, in a vault of which it knows all but what is edited now; the vault is left as it was, and known."""
    command = tool.commands[scenario.command]
    if scenario.command == "fix":
        with copied(vault) as copy:
            return run(command, copy, watch_memory=watch_memory)
    edits = Edits(vault, random.Random(seed))
    if scenario.anew and tool.cache:
        shutil.rmtree(tool.cache)
    known = tool.commands["cached"] if scenario.command == "named" else command
    if scenario.edit:
        run(known, vault)  # what is known is known in the format in which it is asked for
        scenario.edit(edits)
    found = run([*command, *(edits.told if scenario.command == "named" else ())], vault, watch_memory=watch_memory)
    if scenario.edit:
        edits.restore()
        run(known, vault)
    return found


def measure(options: argparse.Namespace, vault: Path, cache: Path) -> Iterator[dict[str, object]]:
    """Of each kind of run and each tool the median times, their ratio to rumdl's, the memory and what was printed."""
    contenders = tools(options, cache)
    for tool in contenders:
        if "cached" in tool.commands:
            run(tool.commands["cached"], vault)
    cold: dict[str, Run] = {}
    wanted = {*(options.only or SCENARIOS)}
    if "fix" in wanted:
        wanted.add("cold")  # to which it is compared
    for kind in (kind for kind in SCENARIOS if kind in wanted):
        scenario = SCENARIOS[kind]
        runs: dict[str, list[Run]] = {tool.name: [] for tool in contenders if scenario.command in tool.commands}
        for i in range(options.runs + 1):  # the last looks at the memory
            for tool in contenders:
                if tool.name in runs:
                    found = one_run(tool, scenario, vault, f"{kind} {i}", watch_memory=i == options.runs)
                    runs[tool.name].append(found)
        for name, (*timed, last) in runs.items():
            seconds, processor = (median(getattr(run, what) for run in timed) for what in ("seconds", "processor"))
            if kind == "cold":
                cold[name] = Run(seconds, processor, 0, 0)
            others = [cold[name]] * len(timed) if kind == "fix" else runs["rumdl"]
            pairs = [*zip(timed, others, strict=False)]
            yield {
                "kind": kind,
                "tool": name,
                "seconds": round(seconds, 3),
                "processor": round(processor, 3),
                "megabytes": round(last.megabytes),
                "ratio": round(median(a.seconds / b.seconds for a, b in pairs), 2),
                "processor ratio": round(median(a.processor / b.processor for a, b in pairs), 2),
                "printed": round(last.output / 1e6, 1),
            }


def shown(figure: Mapping[str, object]) -> str:
    """A line of the table."""
    line = (
        "{kind:6} {tool:8} {seconds:7.2f} s, {ratio:6.2f} ×; processor {processor:7.2f} s, {processor ratio:6.2f} ×; "
        "{megabytes:4.0f} MB  ({printed:.1f} MB printed)"
    )
    return line.format(**figure) + ("; × the cold run" if figure["kind"] == "fix" else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--notes", type=int, nargs="+", default=[21_000], help="sizes of the vault, one after another (20000 100000)"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=[*SCENARIOS], help="these scenarios")
    parser.add_argument("--peers", default=".peers", help="an environment with the peers, made if it is not there")
    parser.add_argument("--mdsmith", action="store_true", help="measure mdsmith too (slow)")
    parser.add_argument("--work", type=Path, help="where the vaults are written (default: a temporary folder)")
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
            if options.mdsmith:
                (vault / ".mdsmith.yml").write_text(mdsmith_config(Path(options.peers)), encoding="utf-8")
            print(f"\n{notes} notes, {size / 1e6:.0f} MB")
            for figure in measure(options, vault, Path(work, "cache")):
                print(shown(figure), flush=True)
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


if __name__ == "__main__":
    main()
