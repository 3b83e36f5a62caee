"""Chromium, and what drives it.

It needs Node.js and Chromium on the machine, and installs the rest itself, from npm, beside this file. Without them what needs
them is skipped; with `YTVAULT_BROWSER=required` in the environment it fails instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PACKAGES = ("playwright-core", "axe-core", "unified", "@quartz-community/utils")


class MissingError(Exception):
    """Something is not on this machine; the message says what."""


@pytest.fixture(scope="session")
def browser() -> str:
    """Chromium's path, once all that is needed is there."""
    try:
        return found_browser()
    except MissingError as error:
        if os.environ.get("YTVAULT_BROWSER") == "required":
            pytest.fail(str(error))
        pytest.skip(str(error))


def found_browser() -> str:
    """Chromium's path, once all that is needed is there. Raise MissingError."""
    found = os.environ.get("CHROMIUM") or next((p for name in BROWSERS if (p := shutil.which(name))), None)
    missing = [
        name
        for name, there in (("Chromium", found), ("node", shutil.which("node")), ("npm", shutil.which("npm")))
        if not there
    ]
    if not missing and not all((HERE / "node_modules" / name).is_dir() for name in PACKAGES):
        done = subprocess.run(
            ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            missing.append(f"packages from npm ({done.stderr.strip().splitlines()[-1:]})")
    if missing:
        raise MissingError(f"not on this machine: {', '.join(missing)}")
    assert found is not None
    return found
