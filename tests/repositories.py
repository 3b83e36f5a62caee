"""Real git repositories for tests, which know nothing of the configuration of whoever runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A. Writer",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A. Writer",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2024-05-01T12:00:00Z",
    "GIT_COMMITTER_DATE": "2024-05-01T12:00:00Z",
}


def environment(**more: str) -> dict[str, str]:
    """The environment without what git or pre-commit may have left in it."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))} | NOBODY | more


class Repo:
    """A git repository at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, status: int | None = 0) -> str:
        """Run git; fails where its exit status is not `status` (None: any)."""
        done = subprocess.run(["git", *words], cwd=self.path, env=environment(), capture_output=True, check=False)
        assert status is None or done.returncode == status, done
        return done.stdout.decode(errors="surrogateescape")

    def put(self, name: str, text: str | bytes) -> Path:
        """Write a file of the work tree."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def stage(self, **files: str) -> None:
        """Write files and stage them; `__` in a name is `/`, and each is a note."""
        for name, text in files.items():
            self.add(name.replace("__", "/") + ".md", text)

    def add(self, name: str, text: str | bytes) -> None:
        self.put(name, text)
        self.git("add", "--", f":(literal){name}")

    def commit(self, **files: str) -> str:
        """Stage files and commit all that is staged; gives the commit."""
        self.stage(**files)
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD").strip()
