"""Work on a long list done in shares, each in a process of its own, where that needs all that this process knows.

A forked process knows it at once. Where forking is not safe (macOS) or not there (Windows), all is done in this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST = 400  # items a process: below that, starting one costs more than it saves

_T = TypeVar("_T")


def processes_for(items: int) -> int:
    """How many processes pay for so many notes."""
    return max(1, min(os.cpu_count() or 1, items // FEWEST)) if sys.platform == "linux" else 1


def in_shares(work: Callable[[Sequence[_T]], bytes], items: Sequence[_T], processes: int | None = None) -> list[bytes]:
    """What `work` makes of each share of the items, in their order; each share is a stretch of them.

    With several processes all but the first are forks: what they change nobody else sees. A share whose process fails
    is done again here, so that an error shows itself. Processes: as many as pay (None), or so many.
    """
    number = processes_for(len(items)) if processes is None else processes
    size = -(-len(items) // max(1, number)) or 1
    first, *others = [items[i : i + size] for i in range(0, len(items), size)] or [items]
    if not others:
        return [work(first)]
    import multiprocessing

    context = multiprocessing.get_context("fork")
    started = []
    for share in others:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(theirs, work, share), daemon=True)
        process.start()
        theirs.close()
        started.append((ours, process))
    made = [work(first)]
    for share, (ours, process) in zip(others, started, strict=True):
        try:
            made.append(ours.recv_bytes())
        except (EOFError, OSError):
            made.append(work(share))
        ours.close()
        process.join()
    return made


def _send(to: Connection, work: Callable[[Sequence[_T]], bytes], share: Sequence[_T]) -> None:
    try:
        to.send_bytes(work(share))
    except Exception:  # noqa: BLE001  whatever it is, it comes again where somebody sees it
        os._exit(1)
    to.close()
