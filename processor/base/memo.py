"""Answers that are kept, so that a question that is asked again costs a lookup: as many as memory is worth."""

from __future__ import annotations

from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")

MANY = 8_000
"""Small answers: those that are asked for again and again are among the last so many, and all others cost their memory."""
FEW = 64
"""Answers that hold what a whole note says."""


class Memo(dict[_K, _V]):
    """A dict that forgets all that it knows before it holds more than `most`."""

    def __init__(self, most: int = MANY) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: _K, value: _V) -> None:
        if len(self) >= self.most:
            self.clear()
        super().__setitem__(key, value)
