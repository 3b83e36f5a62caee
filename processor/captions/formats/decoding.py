"""What all formats have in common: from bytes to text, and clocks to seconds."""

from __future__ import annotations

import codecs
import json
from typing import Any

from processor.base.regex import regex
from processor.captions.cues import CaptionsError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes) -> str:
    """Return the text of a file, with `\\n` at the ends of its lines. Raise CaptionsError where it is no UTF-8, nor UTF-16 that says so."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CaptionsError(f"is not UTF-8 (line {line:,})") from None
    if "\0" in text:
        raise CaptionsError("is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


_FULL = len("01:02:03.456")
_SUBTITLE_CLOCK = regex(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?")


def clock_seconds(text: str) -> float | None:
    """Return the seconds of `01:02:03.456`, `02:03.456` or `01:02:03,456`; None where it is none."""
    if len(text) == _FULL and text[2] == text[5] == ":" and text[8] == ".":  # as nearly all are
        try:
            return int(text[:2]) * 3600 + int(text[3:5]) * 60 + float(text[6:])
        except ValueError:
            pass
    match = _SUBTITLE_CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + (float(f"0.{fraction}") if fraction else 0.0)


def json_of(data: bytes) -> Any:  # noqa: ANN401  whatever it holds
    """Return what a JSON file holds. Raise CaptionsError."""
    try:
        return json.loads(decoded(data))
    except json.JSONDecodeError as error:
        raise CaptionsError(f"is no JSON (line {error.lineno:,}: {error.msg})") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, CaptionsError):
            raise
        raise CaptionsError("is no JSON that can be read") from None


def number(value: object) -> float | None:
    """Return a number that JSON or a text holds, None where it is none or no moment of a video."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < float("inf") else None


def text_of(value: object) -> str:
    """Return a text that JSON holds, empty where it is none."""
    return value if isinstance(value, str) else ""
