"""TOML with the place of each key, so that a message about a setting can name its line.

The values come from `tomllib`; the lines from one walk over the same text, which need not judge anything because
`tomllib` has done so.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from processor.base.regex import regex

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and for an element of an array its index."""


class TomlError(ValueError):
    """The text is no TOML; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Document(NamedTuple):
    """A parsed file. `lines` holds, from 1, the line of each key and array element."""

    values: dict[str, Any]
    lines: dict[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """Return the line of the setting, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


_TOKEN = regex(
    r"""
    (?P<space>[ \t\r]+|\#[^\n]*)
  | (?P<string>"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5} | '{3}(?:[^']|'{1,2}(?!'))*'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
  | (?P<mark>[][{}=,.\n])
  | (?P<bare>[^][{}=,.\n\s"'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_WHERE = regex(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse(text: str) -> Document:
    """Read TOML. Raises TomlError."""
    import tomllib

    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        line = int(where[1]) if where and where[1] else text.rstrip().count("\n") + 1
        message = _WHERE.sub("", message)
        raise TomlError(message[:1].lower() + message[1:], line) from None
    except RecursionError:
        raise TomlError("values are nested too deeply", 1) from None
    return Document(values, _Walk(text).document())


class _Walk:
    """One walk over the tokens of valid TOML."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            token = match.group()
            if match.lastgroup != "space":
                self._tokens.append((token, line))
            line += token.count("\n")
        self._tokens.append(("\n", line))
        self._at = 0
        self._lines: dict[KeyPath, int] = {}

    @property
    def _token(self) -> str:
        return self._tokens[self._at][0]

    def document(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        rows: dict[KeyPath, int] = {}  # how many `[[table]]` of each name there were
        while self._at < len(self._tokens):
            if self._token == "\n":
                self._at += 1
            elif self._token == "[":
                line = self._tokens[self._at][1]
                array = self._tokens[self._at + 1][0] == "["
                self._at += 1 + array
                table = self._in_rows(self._key(), rows, itself=not array)
                self._at += 1 + array
                if array:
                    rows[table] = rows.get(table, -1) + 1
                    self._note(table, line)
                    table = (*table, rows[table])
                self._note(table, line)
            else:
                self._pair(table)
        return self._lines

    @staticmethod
    def _in_rows(path: KeyPath, rows: dict[KeyPath, int], *, itself: bool) -> KeyPath:
        """Return the path with the index of the last row put behind each array of tables on the way."""
        way: KeyPath = ()
        for i, part in enumerate(path):
            way = (*way, part)
            if way in rows and (itself or i < len(path) - 1):
                way = (*way, rows[way])
        return way

    def _note(self, path: KeyPath, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)

    def _key(self) -> KeyPath:
        parts = [self._part()]
        while self._token == ".":
            self._at += 1
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> str:
        token = self._token
        self._at += 1
        if token.startswith("'"):
            return token[1:-1]
        if token.startswith('"'):
            import tomllib

            return next(iter(tomllib.loads(f"{token} = 0")))
        return token

    def _pair(self, table: KeyPath) -> None:
        line = self._tokens[self._at][1]
        path = (*table, *self._key())
        self._note(path, line)
        self._at += 1  # the =
        self._value(path)

    def _skip_lines(self) -> None:
        while self._token == "\n":
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        opening = self._token
        if opening not in ("[", "{"):
            while self._token not in ("\n", ",", "]", "}"):
                self._at += 1
            return
        self._at += 1
        index = 0
        while True:
            self._skip_lines()
            if self._token in ("]", "}"):
                self._at += 1
                return
            if opening == "[":
                self._note((*path, index), self._tokens[self._at][1])
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
            self._skip_lines()
            if self._token == ",":
                self._at += 1
