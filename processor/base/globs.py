"""Patterns for paths in a vault, as `.gitignore` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@lru_cache(maxsize=512)
def compile_globs(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the patterns made ready for paths from the vault's root; of several that fit, the last decides.

    `*` and `?` stop at a `/`, `**` does not. A pattern without a `/` but at its end fits at any depth, others count
    from the root. One that names a folder fits all that is in it; one behind `!` takes back what others fit. Raises
    ValueError for one that is none, or that could fit nothing.
    """
    from pathspec import GitIgnoreSpec

    compiled = []
    for pattern in patterns:
        try:
            found = list(GitIgnoreSpec.from_lines([pattern.removeprefix("./")]).patterns)
        except (ValueError, re.error):  # pathspec's own error is a ValueError
            found = []
        if any(p.include is None for p in found) or not found:
            raise ValueError(f'"{pattern}" is no valid pattern for paths')
        compiled += found
    return GitIgnoreSpec(compiled)


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Return whether the patterns fit the path."""
    patterns = tuple(patterns)
    return bool(patterns) and compile_globs(patterns).match_file(path)
