"""YAML scalars: what a plain one means, and how to write a text so that every reader takes it for that text."""

from __future__ import annotations

import math
import re

from processor.base.regex import regex

NAN = math.nan  # one object, so that two readings of `.nan` compare equal

_NUMBER_START = frozenset("+-.0123456789")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
# The YAML 1.2 core schema, in the order in which Obsidian's reader tries it.
_OCTAL = regex(r"0o[0-7]+", re.A)
_DECIMAL = regex(r"[-+]?[0-9]+", re.A)
_HEX = regex(r"0x[0-9a-fA-F]+", re.A)
_INFINITE = regex(r"([-+]?)\.(?:inf|Inf|INF)", re.A)
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.A)

# What YAML 1.1 (PyYAML, Ruby, Hugo's older readers) takes for something else than text, and 1.2 for text.
_OTHER_IN_11 = regex(
    r"""[yYnN] | (?:yes|no|on|off)
    | [-+]?0b[01_]+ | [-+]?0[0-7_]+ | [-+]?0x[0-9a-f_]+ | [-+]?[0-9][0-9_]*
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    | [-+]?(?:[0-9][0-9_]*)?\.[0-9_.]*(?:e[-+]?[0-9]+)?
    | [0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:t|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:z|[-+][0-9:]+)?)?
    | = | <<""",
    re.X | re.I | re.A,
)


def resolve_plain(text: str) -> object:
    """Return what an unquoted scalar means to Obsidian: None, bool, int, float or the text itself.

    Numbers are what JavaScript makes of them: an integer beyond ±2⁵³ is a float, one too large infinity.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _DECIMAL.fullmatch(text):
        return int(text) if len(text) <= 16 else _whole(float(text))
    if _OCTAL.fullmatch(text):
        return _whole(int(text, 0))
    if _HEX.fullmatch(text):
        return _whole(int(text, 0))
    if m := _INFINITE.fullmatch(text):
        return -math.inf if m[1] == "-" else math.inf
    if text in {".nan", ".NaN", ".NAN"}:
        return NAN
    return float(text) if _FLOAT.fullmatch(text) else text


def _whole(number: float) -> float:
    """Return a whole number as JavaScript holds it."""
    if abs(number) <= 2**53:
        return int(number)
    try:
        return float(number)
    except OverflowError:
        return math.inf


def is_text_everywhere(plain: str) -> bool:
    """Return whether an unquoted scalar is text to readers of YAML 1.2 and of YAML 1.1."""
    return isinstance(resolve_plain(plain), str) and not _OTHER_IN_11.fullmatch(plain)


_NO_PLAIN_START = frozenset("-?:,[]{}#&*!|>'\"%@`")
_ESCAPED = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Return whether the text can stand unquoted as a value (in `flow`: inside `[…]` or `{…}`) and still be that text."""
    if not text or text != text.strip() or _ESCAPED.search(text):
        return False
    if text[0] in _NO_PLAIN_START and not (text[0] == "-" and len(text) > 1 and text[1].isalnum()):
        return False
    if ": " in text or " #" in text or text[-1] == ":" or text.startswith(("---", "...")):
        return False
    if flow and any(c in text for c in ",[]{}:?"):
        return False
    return is_text_everywhere(text)


def quote_scalar(text: str, *, flow: bool = False, quotes: bool = False) -> str:
    """Return a YAML scalar on one line that every reader takes for `text`.

    Plain where that is safe (never with `quotes=True`), else in double quotes, or in single ones where that spares
    escapes. `flow` is for a place inside `[…]` or `{…}`.
    """
    if not quotes and is_plain(text, flow=flow):
        return text
    if _ESCAPED.search(text) or ("'" in text and ('"' in text or "\\" in text)):
        body = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _ESCAPED.sub(_escape, body) + '"'
    if '"' in text or "\\" in text:
        return f"'{text}'"
    return f'"{text}"'


def _escape(m: re.Match[str]) -> str:
    char = m.group()
    return _ESCAPES.get(char) or (f"\\x{ord(char):02x}" if char < "\x80" else f"\\u{ord(char):04x}")
