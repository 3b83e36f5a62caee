"""The parts of a build, one after another, so that its caller can show progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Advance = Callable[[int], None]
Stage = Callable[[str, int], AbstractContextManager[Advance]]
"""Begin a part, by its name and how much there is to do: a context, whose value is called with how much more is done."""


@contextmanager
def unseen(_label: str, _length: int) -> Iterator[Advance]:
    """Show no progress."""
    yield lambda _count: None
