"""What a run would change, as a unified diff that `patch -p1` and `git apply` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified_diff(path: str, old: bytes, new: bytes) -> str:
    """The diff between two contents of a file, both UTF-8; empty where they are equal. Line ends stay as they are."""
    return "".join(_lines(path, old, new))


def _lines(path: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (data.decode().split("\n") for data in (old, new))
    # what follows the last \n is a line only if it is not empty, and then one without a line's end
    lines = [[*(x + "\n" for x in side[:-1]), *filter(None, side[-1:])] for side in (before, after)]
    for line in difflib.unified_diff(*lines, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
