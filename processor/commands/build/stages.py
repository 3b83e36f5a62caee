"""The parts of a build, one after another, so that who asked for it can show how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Advance = Callable[[int], None]
Stage = Callable[[str, int], AbstractContextManager[Advance]]
"""Begins a part, by its name and how much there is to do: a context that gives what is called with how much more is done."""


@contextmanager
def unseen(_label: str, _length: int) -> Iterator[Advance]:
    """Where nobody looks on."""
    yield lambda _count: None
