"""Work on a long list done in shares, each in a process of its own.

A forked process has at once all the data of this one. Where forking is not safe (macOS) or not there (Windows), a process
is started anew and given what it needs: that takes longer, and works only for what can be pickled. All else is done
in this process there.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from processor.base.compact import encode

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FORKS = sys.platform == "linux"
FEWEST = 400  # items a process: below that, starting one costs more than it saves
FEWEST_ANEW = 2_000  # the same for one that is not forked
_SHORT = 64  # stretches for each process: what it makes is passed on at once
_PIPE = 1 << 20  # bytes: as much as anybody may ask for

_T = TypeVar("_T")
_Data = TypeVar("_Data", bytes, memoryview)


def processes_for(items: int, *, anywhere: bool = False) -> int:
    """Return how many processes pay for so many notes; `anywhere`: for work that can be pickled."""
    if not (FORKS or anywhere):
        return 1
    return max(1, min(os.cpu_count() or 1, items // (FEWEST if FORKS else FEWEST_ANEW)))


def streamed(
    work: Callable[[Sequence[_T]], bytes],
    items: Sequence[_T],
    processes: int | None = None,
    *,
    anywhere: bool = False,
    short: int = _SHORT,
) -> Iterator[bytes]:
    """Yield what `work` makes of the items, stretch by stretch, in their order.

    The stretches are dealt out among several processes (None: as many as pay), and there are so many `short` ones for each:
    what takes long often stands together, so each gets some from everywhere. Each part is passed on when its turn has come,
    so what was made is not held for long. What a process fails to do is done again here, so that an error shows itself. With `anywhere` the work can be pickled, and there are several
    processes where nothing can be forked, too.
    """
    number = max(1, processes_for(len(items), anywhere=anywhere) if processes is None else processes)
    stretches = _stretches(items, number * short)
    number = min(number, len(stretches))
    pickled = None if FORKS or not anywhere or number < 2 else _pickled(work)
    if number < 2 or not (FORKS or pickled):
        yield from map(work, stretches)
        return
    # this process does a share too: one less that holds all there is to know
    started = [_started(pickled or work, stretches[i::number]) for i in range(1, number)]
    ended: set[int] = set()
    for i, stretch in enumerate(stretches):
        turn = i % number - 1
        if turn >= 0 and turn not in ended:
            try:
                part = started[turn][0].recv_bytes()
            except (EOFError, OSError):
                ended.add(turn)
            else:
                yield part
                continue
        yield work(stretch)
    for ours, process in started:
        ours.close()
        process.join()


def with_head(head: object, parts: Iterable[bytes]) -> bytes:
    """Return the parts one after another, below a line of JSON that says what they are: see `head_of`."""
    return b"".join([encode(head).encode(), b"\n", *parts])


def head_of(data: bytes) -> tuple[Any, int]:
    """Return the head that `with_head` wrote, and where the parts begin."""
    begin = data.index(b"\n") + 1
    return json.loads(data[:begin]), begin


def cut(data: _Data, at: int, lengths: Iterable[int]) -> list[_Data]:
    """Return the parts of these lengths that stand one after another in what a process made, from `at` on."""
    return [data[a:b] for a, b in pairwise(accumulate(lengths, initial=at))]


def _stretches(items: Sequence[_T], number: int) -> list[Sequence[_T]]:
    size = -(-len(items) // number) or 1
    return [items[i : i + size] for i in range(0, len(items), size)] or [items]


def _pickled(work: Callable[[Sequence[_T]], bytes]) -> bytes | None:
    """Return the work as bytes for a process that is started anew; None where it cannot be pickled."""
    import pickle

    try:
        return pickle.dumps(work)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None


def _started(
    work: bytes | Callable[[Sequence[_T]], bytes], stretches: Sequence[Sequence[_T]]
) -> tuple[Connection, Any]:
    import multiprocessing

    context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    _widen(theirs)
    how = {"collects": gc.isenabled()}
    process = context.Process(target=_send, args=(theirs, work, stretches), kwargs=how, daemon=True)
    with _held_back():
        process.start()
    theirs.close()
    return ours, process


@contextmanager
def _held_back() -> Iterator[None]:
    """While a process is started, Ctrl-C waits: the new process takes that over, so that it ends with this one and has
    nothing to say of it."""
    if sys.platform == "win32":
        yield
        return
    if not FORKS:
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # which lets Ctrl-C in when it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _widen(pipe: Connection) -> None:
    """Have a pipe take what a process made while this one is at work and does not read, where the system lets us."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)


def _send(
    to: Connection,
    work: bytes | Callable[[Sequence[_T]], bytes],
    stretches: Sequence[Sequence[_T]],
    *,
    collects: bool,
) -> None:
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not collects:
        gc.disable()
    try:
        if isinstance(work, bytes):
            import pickle

            work = pickle.loads(work)  # noqa: S301  what this program wrote a moment ago
        assert callable(work)
        made = map(work, stretches)
        for part in made:
            to.send_bytes(part)
    except Exception:  # noqa: BLE001  whatever it is, it comes again where somebody sees it
        os._exit(1)
    to.close()
