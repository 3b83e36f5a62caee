"""How a build writes: plain words as Markdown, counts."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*\[\]<>$|~=]|#(?=[^\s\d])|%(?=%)|(?<!\w)_|_(?!\w)")


def plain(text: str) -> str:
    """Words as Markdown that shows just these: on one line, with what would mean something else escaped."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
