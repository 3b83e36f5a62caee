"""Columns of facts: of each note a JSON value on a line, so that one is read, or looked for, without making all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from processor.base.compact import encode

_FEW = 20  # values that are read one by one before it pays to make all
_PLAIN = {str, int, float, bool, type(None)}


def lines_of(values: Sequence[Any]) -> bytes:
    """Return the values as lines."""
    kinds = set(map(type, values))
    text = ""
    # to write all at once is faster by far; no text holds a line's end, which JSON writes otherwise
    if kinds <= _PLAIN:
        text = json.dumps(values, separators=(",\n", ":"))[1:-1].replace(",\n", "\n")
    elif kinds == {list} and (text := encode(values)[1:-1]).count("],[") == len(values) - 1:
        text = text.replace("],[", "]\n[")
    else:
        text = "\n".join(map(encode, values))
    return text.encode()


class Column:
    """A fact of a number of notes, as lines. What is damaged raises one of `DAMAGE`."""

    def __init__(self, raw: bytes, length: int) -> None:
        if raw.count(b"\n") + 1 != length:
            raise ValueError(length)
        self._raw = raw
        self._length = length
        self._lines: Sequence[bytes] = ()  # the same one by one, while few are read
        self._values: Sequence[Any] = ()  # all of them, once they are made
        self._left = _FEW

    def values(self) -> Sequence[Any]:
        """Return all of them."""
        if not self._values:
            values = json.loads(b"[%b]" % self._raw.replace(b"\n", b","))
            if len(values) != self._length:
                raise ValueError(len(values))
            self._values, self._lines, self._raw = values, (), b""
        return self._values

    def value(self, row: int) -> object:
        """One of them."""
        self._left -= 1
        if self._values or self._left < 0:
            return self.values()[row]
        self._lines = self._lines or self._raw.split(b"\n")
        return json.loads(self._lines[row])

    def rows(self, value: str) -> list[int]:
        """Return where this text stands."""
        if self._values:
            return [row for row, other in enumerate(self._values) if other == value]
        raw, line = b"\n%b\n" % self._raw, b"\n%b\n" % encode(value).encode()
        found: list[int] = []
        at = raw.find(line)
        while at >= 0:
            found.append(raw.count(b"\n", 0, at))
            at = raw.find(line, at + 1)
        return found
