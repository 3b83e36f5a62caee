"""A bounded memory of results, so that a call made again costs a lookup."""

from __future__ import annotations

from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")

MANY = 8_000
"""How many small results a memory holds: those that are needed again are among the last so many."""
FEW = 64
"""How many results it holds that are as large as a note."""


class Memo(dict[_K, _V]):
    """A dict that is emptied before it would hold more than `most` entries."""

    def __init__(self, most: int = MANY) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: _K, value: _V) -> None:
        if len(self) >= self.most:
            self.clear()
        super().__setitem__(key, value)
