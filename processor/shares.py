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
_STRETCHES = 16  # for each process

_T = TypeVar("_T")


def processes_for(items: int) -> int:
    """How many processes pay for so many notes."""
    return max(1, min(os.cpu_count() or 1, items // FEWEST)) if sys.platform == "linux" else 1


def in_shares(work: Callable[[Sequence[_T]], bytes], items: Sequence[_T], processes: int | None = None) -> list[bytes]:
    """What `work` makes of the items, stretch by stretch, in their order.

    With several processes (as many as pay: None) the stretches are dealt out among them: what takes long often stands
    together, so each gets some from everywhere. All but the first are forks: what they change nobody else sees. What a
    process fails to do is done again here, so that an error shows itself.
    """
    number = processes_for(len(items)) if processes is None else processes
    size = -(-len(items) // max(1, number if number < 2 else number * _STRETCHES)) or 1
    stretches = [items[i : i + size] for i in range(0, len(items), size)] or [items]
    number = min(number, len(stretches))
    if number < 2:
        return [work(stretch) for stretch in stretches]
    import multiprocessing

    context = multiprocessing.get_context("fork")
    started = []
    for share in range(1, number):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(theirs, work, stretches[share::number]), daemon=True)
        process.start()
        theirs.close()
        started.append((share, ours, process))
    made = [b""] * len(stretches)
    made[::number] = [work(stretch) for stretch in stretches[::number]]
    for share, ours, process in started:
        try:
            made[share::number] = [ours.recv_bytes() for _ in stretches[share::number]]
        except (EOFError, OSError):
            made[share::number] = [work(stretch) for stretch in stretches[share::number]]
        ours.close()
        process.join()
    return made


def _send(to: Connection, work: Callable[[Sequence[_T]], bytes], stretches: Sequence[Sequence[_T]]) -> None:
    try:
        # all at once: nobody reads while the first process works, and sending waits for a reader
        for part in [work(stretch) for stretch in stretches]:
            to.send_bytes(part)
    except Exception:  # noqa: BLE001  whatever it is, it comes again where somebody sees it
        os._exit(1)
    to.close()
