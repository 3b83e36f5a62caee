"""A clock of the file system that stands still."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from processor.load import cache


def stop_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every file seems to have changed at this moment: an edit that keeps its size leaves no sign."""
    stat, now = os.stat, time.time_ns()

    def still(path: str, **more: object) -> SimpleNamespace:
        s = stat(path, **more)  # type: ignore[call-overload]
        found = {name: getattr(s, name) for name in dir(s) if name.startswith("st_")}
        return SimpleNamespace(**{**found, "st_mtime_ns": now, "st_ctime_ns": now})

    monkeypatch.setattr(cache.os, "stat", still)
