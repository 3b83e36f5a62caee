"""Times the language server as an editor sees it: `python -m tests.benchmarks.server --notes 21000`.

The vault is a generated one, and what `ytvault lint` keeps of it is known, as on any day but the first. A client opens a
note, types in it, changes a heading to which another open note links, asks for names behind `[[` and hovers over a link;
each figure is the time on the clock from the message to its answer, the median of all. With rumdl beside it, in the same
run, where it is in the environment that `--peers` names (see `compare`): for what it answers. Not part of the test suite.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

from processor.server.documents import uri_of
from tests.benchmarks.compare import tree_memory
from tests.benchmarks.generate import Generator
from tests.server.wire import Wire

TIMES = 30
NEVER = 5  # seconds after which nothing more is shown of another note
CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "completion": {"completionItem": {"snippetSupport": False}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
}


class Client:
    """An editor with one server. Each method gives the seconds that the answer took."""

    def __init__(self, wire: Wire, root: Path) -> None:
        self.wire = wire
        self.root = root
        self.number = 1
        self.versions: dict[str, int] = {}

    def begin(self) -> None:
        folder = {"uri": uri_of(self.root), "name": "vault"}
        params = {
            "processId": os.getpid(),
            "rootUri": uri_of(self.root),
            "workspaceFolders": [folder],
            "capabilities": CAPABILITIES,
        }
        self.wire.send("initialize", params, 1)
        self.wire.answer(1)
        self.wire.send("initialized", {})

    def open(self, path: str, text: str) -> float:
        uri = uri_of(self.root / path)
        self.versions[uri] = 1
        started = time.perf_counter()
        self.wire.open(uri, text)
        return self._shown(uri, 1) - started

    def change(self, path: str, text: str, *, other: str = "") -> float:
        """Until the findings of the note are shown, or of another one that it touches."""
        uri = uri_of(self.root / path)
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        started = time.perf_counter()
        self.wire.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return (
            self._shown(uri_of(self.root / other), None) if other else self._shown(uri, self.versions[uri])
        ) - started

    def _shown(self, uri: str, version: int | None) -> float:
        def is_it(m: dict[str, Any]) -> bool:
            if m.get("method") != "textDocument/publishDiagnostics" or m["params"]["uri"] != uri:
                return False
            return version is None or m["params"].get("version") in (None, version)

        return float(self.wire.until(is_it, 60 if version else NEVER)["at"])

    def ask(self, method: str, path: str, line: int, character: int) -> float:
        self.number += 1
        place = {"textDocument": {"uri": uri_of(self.root / path)}, "position": {"line": line, "character": character}}
        started = time.perf_counter()
        self.wire.send(method, place, self.number)
        return float(self.wire.answer(self.number)["at"]) - started


@contextmanager
def watched(wire: Wire) -> Iterator[Callable[[], float]]:
    """What gives the most memory that the server and its processes held so far, in megabytes."""
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            most[0] = max(most[0], tree_memory(wire.process.pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield lambda: most[0] / 1e6
    finally:
        done.set()
        thread.join()


def chosen(root: Path) -> tuple[str, str, str]:
    """A note with a heading, and one that links to that: their paths, and the heading's line."""
    notes = sorted(root.rglob("*.md"))
    for path in notes[len(notes) // 2 :]:
        heading = re.search(r"^## [^\[\]\n]+$", path.read_text(encoding="utf-8"), re.M)
        if heading:
            first = path.relative_to(root).as_posix()
            link = f"[[{first.removesuffix('.md')}#{heading[0][3:].strip()}]]"
            (root / "linking.md").write_text(f"See {link}.\n", encoding="utf-8")
            return first, "linking.md", heading[0]
    raise LookupError("no note has a heading")


def session(wire: Wire, root: Path) -> dict[str, float]:
    """One session; the milliseconds of each thing that is done, and the megabytes."""
    path, other, heading = chosen(root)
    text = (root / path).read_text(encoding="utf-8").rstrip("\n") + "\n"
    last = text.count("\n")
    client = Client(wire, root)
    found: dict[str, float] = {}
    with watched(wire) as memory:
        client.begin()
        found["first findings"] = client.open(path, text)
        client.open(other, (root / other).read_text(encoding="utf-8"))
        time.sleep(2)  # as a person reads first
        found["a keystroke"] = median(client.change(path, f"{text}word{'s' * i}\n") for i in range(TIMES))
        with suppress(TimeoutError):  # other servers leave the other note as it was
            touching = []
            for i in range(TIMES // 3):
                touching.append(client.change(path, text.replace(heading, f"{heading} {i}"), other=other))
                client.change(path, text, other=other)
            found["another note"] = median(touching)
        completing, hovering = [], []
        for i in range(TIMES):
            typed = "[[" + "openweights"[: i % 8]
            client.wire.send(
                "textDocument/didChange",
                {
                    "textDocument": {"uri": uri_of(root / path), "version": 1000 + i},
                    "contentChanges": [{"text": f"{text}{typed}\n"}],
                },
            )
            completing.append(client.ask("textDocument/completion", path, last, len(typed)))
            time.sleep(0.05)
            hovering.append(client.ask("textDocument/hover", other, 0, 8))
        found["completion"], found["hover"] = median(completing), median(hovering)
        found = {name: 1000 * seconds for name, seconds in found.items()}
        found["megabytes"] = memory()
    wire.send("shutdown", None, 99_999)
    wire.answer(99_999)
    wire.send("exit")
    try:
        wire.process.wait(5)
    except subprocess.TimeoutExpired:
        wire.process.kill()
        wire.process.wait()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=21_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default=".peers", help="an environment that may hold rumdl")
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "vault"), str(Path(folder, "cache"))
        Generator(options.notes, 1).write(root)
        env = {"YTVAULT_CACHE_DIR": cache}
        program = str(Path(sys.executable).parent / "ytvault")
        servers = {"ytvault": [program, "server"]}
        rumdl = Path(options.peers, "bin", "rumdl").absolute()
        if rumdl.exists():
            servers["rumdl"] = [str(rumdl), "server"]
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in servers}
        for _ in range(options.runs):
            for name, command in servers.items():
                chosen(root)
                known = [program, "lint", "--statistics"]
                subprocess.run(known, cwd=root, env={**os.environ, **env}, capture_output=True, check=False)
                runs[name].append(session(Wire(root, of=command, env=env), root))
        for name, found in runs.items():
            for what in dict.fromkeys(what for one in found for what in one):
                unit = "MB" if what == "megabytes" else "ms"
                print(f"{name:8} {what:15} {median(one[what] for one in found if what in one):9.1f} {unit}")


if __name__ == "__main__":
    main()
