"""Runs the `git` command."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from pathlib import Path
from typing import Protocol


class GitError(Exception):
    """Git is not there, or refused; the message says so in a line."""


def git(folder: Path, *words: str, given: bytes = b"", without: Collection[str] = ()) -> bytes:
    """Return what a git command prints. `without` are variables of the environment that it is not to know. Raise GitError."""
    return started(folder, *words, without=without)(given)


class Answer(Protocol):
    def __call__(self, given: bytes = b"") -> bytes: ...


def started(folder: Path, *words: str, without: Collection[str] = ()) -> Answer:
    """Start a git command. Return a function that takes what the command reads and returns what it prints. Both raise GitError."""
    # a linter takes no lock: somebody may be committing
    inherited = {name: value for name, value in os.environ.items() if name not in without}
    environment = {**inherited, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    pipe = subprocess.PIPE
    try:
        running = subprocess.Popen(  # noqa: S603  our own words; names of commits stand behind --end-of-options
            ["git", *words],  # noqa: S607  the git that the user's PATH names
            cwd=folder,
            env=environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None

    def answer(given: bytes = b"") -> bytes:
        out, err = running.communicate(given)
        if running.returncode:
            lines = err.decode(errors="replace").strip().splitlines()
            raise GitError(lines[0].removeprefix("fatal: ") if lines else f"git {words[0]} failed")
        return out

    return answer
