"""The real command, in a vault made for the test."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from tests.cli import forks


@dataclass
class Ran:
    status: int
    out: str
    err: str


def ytvault(*args: str | Path, cwd: Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    """Run `ytvault`; whatever it is given, it shows nobody a traceback."""
    words = list(map(str, args))
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONIOENCODING": "utf-8",
        **(env or {}),
    }
    ran = (_forked if forks.AVAILABLE else started)(words, cwd, stdin, environment)
    assert "Traceback" not in ran.err, ran.err
    assert ran.status in (0, 1, 2), ran
    return ran


def _forked(args: list[str], cwd: Path, stdin: bytes | None, env: dict[str, str]) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        given, out, err = (Path(folder, name) for name in ("stdin", "stdout", "stderr"))
        for path in (given, out, err):
            path.write_bytes(stdin or b"" if path is given else b"")
        status = forks.run(forks.Call(args, str(cwd), env, (str(given), str(out), str(err))))
        return Ran(status, *(p.read_bytes().decode(errors="surrogateescape") for p in (out, err)))


def started(args: list[str], cwd: Path, stdin: bytes | None, env: dict[str, str]) -> Ran:
    """The command in a process that begins with nothing, as a user starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "processor", *args], cwd=cwd, input=stdin, capture_output=True, check=False, env=env
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def called(*args: str | Path, cwd: Path) -> Ran:
    """Run `ytvault` in this process, which takes a tenth of the time; no terminal, and nothing on standard input."""
    from processor.cli import main  # not for tests that only start a process

    there, argv = os.getcwd(), sys.argv
    os.chdir(cwd)
    sys.argv = ["ytvault", *map(str, args)]
    try:
        done = CliRunner().invoke(main, [str(a) for a in args], prog_name="ytvault", catch_exceptions=False)
    finally:
        os.chdir(there)
        sys.argv = argv
        gc.enable()  # which `lint` has turned off for its short life
    return Ran(done.exit_code, done.stdout, done.stderr)


def write(root: Path, **files: str | bytes) -> Path:
    """Write files below `root`; `__` in a name is `/`, and each ends in `.md` unless it has an ending."""
    for name, content in files.items():
        put(root, name.replace("__", "/") + ("" if "." in name else ".md"), content)
    return root


def put(root: Path, name: str, content: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
