"""Standard output and errors, made ready for whatever is printed: a locale of few characters stops no report."""

from __future__ import annotations

import codecs
import io
import os
import sys

_PLAIN = {"…": "...", "→": "->", "–": "-", "—": "-", "≈": "~", "“": '"', "”": '"', "‘": "'", "’": "'", "␛": "^["}


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """In place of a character that the encoding lacks what it looks like, else its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(c) or c.encode("ascii", "backslashreplace").decode() for c in text), error.end


def prepare() -> None:
    """Have standard output and errors take any text. One that is closed takes it and forgets it."""
    codecs.register_error("ytvault", _plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  it is open to the end
        elif isinstance(stream, io.TextIOWrapper):
            lacks = stream.errors == "surrogateescape" and codecs.lookup(stream.encoding).name != "utf-8"
            if lacks or stream.errors == "strict":
                stream.reconfigure(errors="ytvault")
