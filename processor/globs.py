"""Patterns for paths in a vault, as `.gitignore` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^]/]*\]|.", re.DOTALL)


def _translate(part: str) -> str:
    if part == "**/":
        return "(?:[^/]+/)*"
    if part == "**":
        return ".*"
    if part == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if len(part) > 1:
        inner = part[2:-1] if part[1] == "!" else part[1:-1]
        inner = re.sub(r"([\\\[\]^&|~])", r"\\\1", inner)
        return f"(?![/])[{'^' if part[1] == '!' else ''}{inner}]"
    return re.escape(part)


@lru_cache(maxsize=512)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression to `match` a path from the vault's root with.

    `*` and `?` stop at a `/`, `**` does not. A pattern without a `/` but at its end fits at any depth, others count
    from the root. One that names a folder fits all that is in it.
    """
    body = pattern.removeprefix("./").removesuffix("/")
    anywhere = "/" not in body
    regex = "".join(map(_translate, _PART.findall(body.removeprefix("/"))))
    start = "(?:.*/)?" if anywhere else ""
    end = "/" if pattern.endswith("/") else r"(?:/|\Z)"
    try:
        return re.compile(f"(?s:{start}{regex}{end})")
    except re.error:
        raise ValueError(f'"{pattern}" is no valid pattern for paths') from None


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns fits the path."""
    return any(compile_glob(p).match(path) for p in patterns)
