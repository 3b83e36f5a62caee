"""From cues, as the formats have them, to words with their seconds."""

from __future__ import annotations

import html
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from processor.base.regex import regex
from processor.captions.model import Kind

LATEST = 1_000_000.0
"""No second of a video lies behind this one, which is eleven days; a cue that says so is broken."""
SLOWEST = 10.0
"""Characters a second: nobody speaks more slowly for long, so a cue that is shown on does not draw its words out."""
_ROLLING = 0.3  # of the cues that repeat what the one before shows: more than a speaker ever does
_FEWEST_ROLLING = 3
_PAUSE = 0.5  # seconds between two cues of which the second goes on showing the first


class CaptionsError(ValueError):
    """A file is not what its name promises; the message, for people, goes on from its name: `is not UTF-8`."""


class Piece(NamedTuple):
    """Some text of a cue; `start` is when it begins, where the format says so."""

    start: float | None
    text: str


class Cue(NamedTuple):
    """What is shown for a while: `lines` of pieces. Without an `end` it is shown until the next one."""

    start: float
    end: float | None
    lines: Sequence[Sequence[Piece]]


class Track(NamedTuple):
    """What a file holds. What it does not say is empty or None."""

    seconds: array[float]
    words: tuple[str, ...]
    length: float
    kind: Kind | None = None
    language: str = ""
    video_id: str = ""
    stated: float | None = None
    """How long the file says that the video is."""


def plain_cue(start: float, end: float | None, text: str) -> Cue:
    """Return a cue whose words have no times of their own."""
    return Cue(start, end, [[Piece(None, line)] for line in text.splitlines()])


_TAG = regex(r"</?[A-Za-z][^<>]*>|\{\\[^{}]*\}|\[SPEAKER_\d+\]:")


def bare(text: str) -> str:
    """Return the text of a cue without tags, character references and the numbers that WhisperX gives to speakers."""
    if (
        text.startswith("<c>") and text.endswith("</c>") and text.count("<") == 2 and "&" not in text
    ):  # a word of yt-dlp's
        return text[3:-4]
    if "<" in text or "{" in text or "[SPEAKER_" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return text if text.isascii() else text.replace("\u200b", "").replace("\u00a0", " ")


def track(
    cues: Iterable[Cue], kind: Kind | None = None, language: str = "", video_id: str = "", *, slowest: float = SLOWEST
) -> Track:
    """Return the words of cues, each once and in the order of their times. Raise CaptionsError where there are none."""
    ordered = sorted((cue for cue in cues if 0 <= cue.start <= LATEST), key=lambda cue: cue.start)
    is_rolling, ordered = _kept_once(ordered)
    seconds, words, length, said = array("d"), list[str](), 0.0, 0.0
    for i, cue in enumerate(ordered):
        limit = ordered[i + 1].start if i + 1 < len(ordered) else LATEST
        for start, end, text in _runs(cue, limit, said):
            new = text.split()
            if len(new) == 1:
                seconds.append(start)
            else:
                seconds.extend(_spread(new, start, end, slowest))
            words += new
            said = seconds[-1]
        if cue.end is not None:
            length = max(length, min(cue.end, LATEST))
    if not words:
        raise CaptionsError("holds no captions")
    if ordered[-1].end is None:
        length = max(length, ordered[-1].start + len(_text(ordered[-1])) / slowest)
    return Track(seconds, tuple(words), max(length, said), kind or _kind(words, is_rolling), language, video_id)


def _kind(words: Sequence[str], is_rolling: bool) -> Kind:
    """Return who made captions that do not say so: a machine writes line below line, or no full stop."""
    ends = sum(word[-1] in ".?!,。？！،؟।" for word in words)
    return "automatic" if is_rolling or ends * 100 < len(words) else "written"


def _text(cue: Cue) -> str:
    return " ".join("".join(piece.text for piece in line) for line in cue.lines)


def _runs(cue: Cue, limit: float, said: float) -> Iterator[tuple[float, float, str]]:
    """Yield the texts of a cue, each with when it begins and ends: when the next one does, or the cue. What was said before
    has ended at `said`, and nothing is said beyond the `limit` but what has a time of its own there."""
    at, run = max(said, cue.start), list[str]()
    for start, text in [piece for line in cue.lines for piece in (*line, _LINE_END)]:
        if start is not None:
            until = min(max(at, start), LATEST)
            if "".join(run).strip():
                yield at, until, "".join(run)
            at, run = until, []
        run.append(text)
    if "".join(run).strip():
        yield at, max(at, min(limit, LATEST if cue.end is None else cue.end)), "".join(run)


_LINE_END = Piece(None, "\n")


def _spread(words: Sequence[str], start: float, end: float, slowest: float) -> list[float]:
    """Return when each of some words begins that are said between two moments."""
    letters = sum(map(len, words)) + len(words)
    pace = min((end - start) / letters, 1 / slowest)
    return [start + pace * before for before in accumulate((len(word) + 1 for word in words[:-1]), initial=0)]


# What rolls up is shown twice and more: the line that is said now, below the one that was said before


def _kept_once(cues: Sequence[Cue]) -> tuple[bool, list[Cue]]:
    """Return whether the lines of captions roll up, and the cues without the lines that the one before has shown."""
    new, repeats, before, shown_until = list[Cue](), 0, list[str](), 0.0
    for cue in cues:
        lines = [(line, " ".join("".join(piece.text for piece in line).split())) for line in cue.lines]
        lines = [(line, text) for line, text in lines if text]
        texts = [text for _, text in lines]
        again = _overlap(before, texts) if cue.start <= shown_until + _PAUSE else 0
        repeats += again > 0
        new.append(cue._replace(lines=[line for line, _ in lines[again:]]))
        before, shown_until = texts, -LATEST if cue.end is None else cue.end  # a turn of a speaker does not roll up
    has_word_times = any(piece.start is not None for cue in cues for line in cue.lines for piece in line)
    enough = 0 if has_word_times else max(_FEWEST_ROLLING, _ROLLING * len(cues))
    if not repeats or repeats < enough:
        return False, list(cues)
    return True, [cue for cue in new if cue.lines]


def _overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many of the first lines are the last ones of those before."""
    for size in range(min(len(before), len(lines)), 0, -1):
        if before[-size:] == lines[:size]:
            return size
    return 0
