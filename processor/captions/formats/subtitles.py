"""WebVTT (`.vtt`) and SubRip (`.srt`): blocks of a line with times and lines of text.

00:00:00.160 --> 00:00:02.389 align:start position:0%
hello<00:00:00.560><c> everyone</c>
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.regex import regex
from processor.captions.cues import Cue, Piece, Track, bare, track
from processor.captions.formats.decoding import clock_seconds, decoded

_TIMES = regex(r"[ \t]*([\d:.,]{4,20})[ \t]*-+>[ \t]*([\d:.,]{4,20})(?:[ \t].*)?")
_WORD_TIME = regex(r"<([\d:.]{4,20})>")
_LANGUAGE = regex(r"^Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9-]{1,20})?)[ \t]*$")


def read(data: bytes) -> Track:
    """Return the words of subtitles. Raise CaptionsError."""
    text = decoded(data)
    cues = list(_cues(text))
    head = text[: text.find("-->")].split("\n")[:20]
    language = next((found[1] for line in head if (found := _LANGUAGE.match(line))), "")
    has_word_times = any(piece.start is not None for cue in cues for line in cue.lines for piece in line)
    return track(cues, "automatic" if has_word_times else None, language)


def _cues(text: str) -> Iterator[Cue]:
    """Yield the blocks that have times. A blank line ends one, but for one that yt-dlp leaves amid the lines that roll up."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if "->" in line and _TIMES.fullmatch(line)]
    for row, at in enumerate(starts):
        begin, end = (clock_seconds(clock) for clock in _TIMES.fullmatch(lines[at]).groups())  # type: ignore[union-attr]
        if begin is None or end is None:
            continue
        last = starts[row + 1] if row + 1 < len(starts) else len(lines)
        body = lines[at + 1 : last]
        body = body[next((i for i, line in enumerate(body) if line), 0) :]
        if "" in body:  # what stands behind it is the number or the name of the next cue, or a note
            body = body[: body.index("")]
        elif row + 1 < len(starts) and body and body[-1].strip().isdigit():
            body = body[:-1]
        yield Cue(begin, max(begin, end), [_pieces(line) for line in body])


def _pieces(line: str) -> list[Piece]:
    """Return the parts of a line of text, each with its time where it has one."""
    if "<" not in line:
        return [Piece(None, bare(line))]
    parts = _WORD_TIME.split(line)
    times = [None, *map(clock_seconds, parts[1::2])]
    return [Piece(time, bare(text)) for time, text in zip(times, parts[::2], strict=True)]
