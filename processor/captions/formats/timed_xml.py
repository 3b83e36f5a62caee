"""Captions in XML: YouTube's own (`.srv1`, `.srv2`, `.srv3`) and TTML (`.ttml`).

    <timedtext format="3"><body><p t="160" d="2229"><s>hello</s><s t="400"> all</s></p></body></timedtext>
    <transcript><text start="0.16" dur="2.229">hello all</text></transcript>
    <tt xml:lang="en"><body><div><p begin="00:00:00.160" end="00:00:02.389">hello<br/>all</p></div></body></tt>

A file that declares a document type is refused: with one a few lines can ask for any amount of memory, or for other files.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from processor.base.regex import regex
from processor.captions.cues import CaptionsError, Cue, Piece, Track, bare, track
from processor.captions.formats.decoding import clock_seconds, number
from processor.captions.model import Kind

_CUES = frozenset(("p", "text"))
_OFFSET = regex(r"(\d+(?:\.\d+)?)(h|ms|m|s|f|t)")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_FRAMES = 30.0


def read(data: bytes) -> Track:
    """Return the words of captions in XML. Raise CaptionsError."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise CaptionsError(f"is no XML (line {error.lineno:,}: {expat.ErrorString(error.code)})") from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        if isinstance(error, CaptionsError):
            raise
        raise CaptionsError("is no XML that can be read") from None
    return track(reader.cues, reader.kind, reader.language)


def _refuse(*_: object) -> None:
    raise CaptionsError("declares a document type, which captions have no use for")


class _Reader:
    """Gathers the cues of a document, element by element."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.language = ""
        self.kind: Kind | None = None
        self._in_milliseconds = False
        self._tick = 1 / _FRAMES
        self._start: float | None = None
        self._end: float | None = None
        self._lines: list[list[Piece]] = []
        self._time: float | None = None
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name in ("tt", "timedtext", "transcript"):
            self.language = given.get("lang", "")
            self._in_milliseconds = name == "timedtext"
            if rate := number(given.get("tickRate")):
                self._tick = 1 / rate
        elif name in _CUES and "t" in given:
            self._begin(number(given["t"]), number(given.get("d")), 1000)
        elif name in _CUES and "start" in given:
            self._begin(number(given["start"]), number(given.get("dur")), 1)
        elif name in _CUES and "begin" in given:
            start, length = self._seconds(given["begin"]), self._seconds(given.get("dur", ""))
            self._begin(start, length, 1)
            if (end := self._seconds(given.get("end", ""))) is not None and start is not None:
                self._end = max(start, end)
        elif name == "s" and self._start is not None:
            offset = number(given.get("t"))
            if "ac" in given or "t" in given:
                self.kind = "automatic"
            self._time = None if offset is None else self._start + offset / 1000
        elif name == "br" and self._start is not None:
            self._lines.append([])

    def _begin(self, start: float | None, length: float | None, unit: float) -> None:
        self._start = None if start is None else start / unit
        self._end = None if self._start is None or length is None else self._start + length / unit
        self._lines, self._time = [[]], None

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] in _CUES and self._start is not None:
            if any(
                piece.text.strip() for line in self._lines for piece in line
            ):  # an empty one only moves the lines up
                self.cues.append(Cue(self._start, self._end, self._lines))
            self._start = None

    def text(self, text: str) -> None:
        if self._start is not None:
            first, *more = bare(text).split("\n")
            self._lines[-1].append(Piece(self._time, first))
            self._lines += [[Piece(None, line)] for line in more]
            self._time = None

    def _seconds(self, text: str) -> float | None:
        """Return the seconds of `00:00:01.360`, `1.36s`, `1360ms` or `13600000t`."""
        if match := _OFFSET.fullmatch(text):
            return float(match[1]) * _UNITS.get(match[2], 1 / _FRAMES if match[2] == "f" else self._tick)
        if text.count(":") == 3:  # the last field counts frames
            text, _, frame = text.rpartition(":")
            start = clock_seconds(text)
            return None if start is None or not frame.isdigit() else start + int(frame[:4]) / _FRAMES
        return clock_seconds(text)
