"""Looks at what happens on the disk where the editor does not tell: by the library of the extra `watch`, if it is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from processor.server.opened import Log

_POLL = 500  # milliseconds between two looks at whether it is to end
_QUIET = 50  # milliseconds without a further change


class Watching:
    """Calls `happened` with the files at which something happened."""

    def __init__(self, happened: Callable[..., None], log: Log) -> None:
        self._happened = happened
        self._log = log
        self._ends = threading.Event()
        self._roots: set[Path] = set()

    def follow(self, root: Path) -> None:
        """Follow a vault from now on."""
        if root in self._roots:
            return
        self._roots.add(root)
        if find_spec("watchfiles") is None:
            self._log(
                f"{root}: the editor does not tell what happens on the disk; "
                "changes outside of it are seen with the extra `watch`"
            )
        else:
            threading.Thread(target=self._watch, args=(root,), daemon=True).start()

    def end(self) -> None:
        """Follow none any more."""
        self._ends.set()

    def _watch(self, root: Path) -> None:
        from watchfiles import watch

        def is_ours(_change: object, name: str) -> bool:
            inner = Path(name).relative_to(root).parts if name.startswith(str(root)) else ()
            return ".obsidian" in inner or not any(part.startswith(".") for part in inner)

        try:
            for events in watch(
                root,
                watch_filter=is_ours,
                step=_QUIET,
                rust_timeout=_POLL,
                stop_event=self._ends,
                raise_interrupt=False,
            ):
                self._happened(*(Path(name) for _, name in events))
        except (OSError, RuntimeError) as error:
            self._log(f"{root} is not watched any more: {error}")
