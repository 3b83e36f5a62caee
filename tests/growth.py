"""How time grows with the length of what is read: for campaigns marked `slow`, to be run on a quiet machine.

The ordinary suite only reads the same hostile texts: what grows with their square does not end before pytest-timeout
ends it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 4.0
"""What `growth` gives of a function whose time is proportional to its input's length; of a quadratic one it is 16."""


def growth(work: Callable[[int], object], length: int) -> float:
    """By how much longer `work` takes for four times the length."""
    return _seconds(work, 4 * length) / max(_seconds(work, length), 0.01)  # shorter times say nothing


def _seconds(work: Callable[[int], object], length: int) -> float:
    best = float("inf")
    gc.disable()
    try:
        for _ in range(3):
            begun = time.process_time()
            work(length)
            best = min(best, time.process_time() - begun)
    finally:
        gc.enable()
    return best
