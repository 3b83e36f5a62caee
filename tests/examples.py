"""How many examples a property is tried with."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

SHARE = 3


def examples(many: int = 100, **more: Any) -> settings:
    """Try so many new examples, and a third of them in the suite, which tries the same in every run."""
    return settings(max_examples=many // SHARE if settings().derandomize else many, **more)
