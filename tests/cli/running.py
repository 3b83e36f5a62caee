"""The real command, in a vault made for the test."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Ran:
    status: int
    out: str
    err: str


def ytvault(*args: str | Path, cwd: Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    """Run `ytvault`; whatever it is given, it shows nobody a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "processor", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONIOENCODING": "utf-8",
            **(env or {}),
        },
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err, ran.err
    assert ran.status in (0, 1, 2), ran
    return ran


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
