"""Transcripts, a column of clocks with text between them, in plain text or Markdown.

    Anna Lind (00:12:34):            **0:05** · text            [00:12:34] text            0:05
    text                                                                                   text

What is said between two clocks takes about as long as it takes to say it. By that a transcript is told from a list of chapters,
or from a summary whose sentences name their moments.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Span
from processor.captions.cues import CaptionsError, Cue, Piece, Track, bare, track
from processor.captions.formats.decoding import decoded, number
from processor.parse.youtube import CLOCK, find_video_id, is_video_id, read_clock, read_duration

_SLOWEST, _SLOWEST_IN_NOTES, _FASTEST = 0.3, 1.0, 8.0  # words a second
_FEWEST, _FEWEST_IN_NOTES = 2, 8
_MANY, _MOST = 40, 0.6  # turns that are said as fast, in a video that is silent in between: a share of all
_UNSPACED = regex(r"[぀-ヿ㐀-鿿\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SIGNS_OF_A_WORD = 2
_NAME = r"[^\n()\[\]:]"  # a sign of a speaker's name, which is no long one

_LINK_STARTS, _LINK_ENDS = (
    r"(?:<a[ ][^<>\n]*>)?\[?",
    r"\]?(?:</a>)?(?:\([^\s()]*\))?",
)  # a clock is one, once it is linked
_TURN = regex(
    rf"""^[ \t>]*(?:[-*+][ \t]+)?(?:\#{{1,6}}[ \t]+)?
    (?:
      {_NAME}{{0,60}}[(（]{_LINK_STARTS}(?P<round>{CLOCK}){_LINK_ENDS}[)）](?:\*\*)?[ \t]*[:：–—-]?(?=[ \t]|$)
    | (?:\*\*)?(?:<a[ ][^<>\n]*>)?\[(?P<square>{CLOCK})(?:[.,]\d{{1,3}})?(?:[ \t]*-+>[ \t]*{CLOCK}(?:[.,]\d{{1,3}})?)?{_LINK_ENDS}(?:\*\*)?
    | (?:\*\*)?(?P<bare>{CLOCK})(?:\*\*)?(?=[ \t]|$)
    | {_NAME}{{1,60}}:[ \t]+{_LINK_STARTS}(?P<behind>{CLOCK}){_LINK_ENDS}[ \t]*$
    )
    (?:[ \t]*[·|:：–—-](?=[ \t]|$))?[ \t]*""",
    re.VERBOSE | re.MULTILINE,
)
_MARKUP = regex(r"\*\*|__|^[ \t]*>+[ \t]?", re.MULTILINE)
_LINK = regex(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_SECTION = regex(r"^(\#{1,6})[ \t]", re.MULTILINE)
_HEADING = regex(r"^[ \t>]*\#{1,6}[ \t].*$", re.MULTILINE)
_FRONT = regex(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_PROPERTY = regex(r"^([A-Za-z][\w -]*?)[ \t]*:[ \t]*(?:\"(.*)\"|'(.*)'|(.*?))[ \t]*$", re.MULTILINE)


class Turn(NamedTuple):
    """A clock that stands first on its line, or behind a name, and what is said from then on."""

    second: int
    text: str
    span: Span


def transcript_in(text: str, *, in_note: bool) -> list[Turn]:
    """Return the turns of the transcript in a text; empty where it holds none. Of a note, more is asked than of a file among
    captions."""
    found = _alike(list(_TURN.finditer(text)))
    if len(found) < (_FEWEST_IN_NOTES if in_note else _FEWEST):
        return []
    seconds = [read_clock(next(filter(None, match.groups()))) or 0 for match in found]
    kept = in_order(seconds)
    starts = [found[i].start() for i in kept]
    ends = [*starts[1:], _end(text, starts)]
    turns = [
        Turn(seconds[i], _plain(text[found[i].end() : end]), Span(found[i].start(), end))
        for i, end in zip(kept, ends, strict=True)
    ]
    return turns if _is_said(turns, in_note=in_note) else []


def _alike(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the clocks that are written as most of them are: above a transcript there may be a list of chapters."""
    shapes = [(match.lastgroup, "**" in match[0]) for match in found]
    usual = Counter(shapes).most_common(1)
    return [match for match, shape in zip(found, shapes, strict=True) if shape == usual[0][0]]


def in_order(seconds: Sequence[int]) -> list[int]:
    """Return the places of as many of some seconds as there are that never go back: what is left out is of another list, or
    miswritten."""
    tails: list[int] = []  # of the runs of each length the least last second, and its place
    places: list[int] = []
    before: list[int] = []
    for i, second in enumerate(seconds):
        length = bisect_right(tails, second)
        tails[length : length + 1] = [second]
        places[length : length + 1] = [i]
        before.append(places[length - 1] if length else -1)
    found = []
    at = places[-1] if places else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]


def _end(text: str, starts: Sequence[int]) -> int:
    """Return where a transcript ends: at the next heading that is no lower than the one that it stands below."""
    above = [len(match[1]) for match in _SECTION.finditer(text, 0, starts[0])]
    level = above[-1] if above else 6
    match = next((m for m in _SECTION.finditer(text, starts[-1] + 1) if len(m[1]) <= level), None)
    return match.start() if match else len(text)


def _plain(text: str) -> str:
    """Return what is said, without headings between the paragraphs and without Markdown."""
    text = _LINK.sub(r"\1", _HEADING.sub("", text))
    return bare(_MARKUP.sub("", text))


def _is_said(turns: Sequence[Turn], *, in_note: bool) -> bool:
    """Return whether what stands between the clocks takes about as long to say as lies between them."""
    if len(turns) < (_FEWEST_IN_NOTES if in_note else _FEWEST):
        return False
    words = [words_in(turn.text) for turn in turns[:-1]]
    lasts = turns[-1].second - turns[0].second
    slowest = _SLOWEST_IN_NOTES if in_note else _SLOWEST
    if slowest * lasts <= sum(words) <= _FASTEST * max(lasts, len(turns)):
        return True
    paces = [number / max(1, b.second - a.second) for number, (a, b) in zip(words, pairwise(turns), strict=True)]
    return len(turns) >= _MANY and sum(slowest <= pace <= _FASTEST for pace in paces) >= _MOST * len(paces)


def words_in(text: str) -> float:
    """Return how many words a text has; of scripts that put no spaces between them, by their signs."""
    signs = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + signs / _SIGNS_OF_A_WORD


def cues_of(turns: Sequence[Turn]) -> Iterator[Cue]:
    """Yield what is said from each clock on."""
    return (Cue(turn.second, None, [[Piece(None, turn.text)]]) for turn in turns)


class Front(NamedTuple):
    """What the properties of a transcript say."""

    video_id: str = ""
    length: float | None = None
    language: str = ""


def front_of(text: str) -> Front:
    """Return what the properties at the head of a text say of its video."""
    head = _FRONT.match(text)
    if head is None:
        return Front()
    given = {m[1].lower(): next(filter(None, m.groups()[1:]), "") for m in _PROPERTY.finditer(head[1])}
    exact = (given[key] for key in _IDS if is_video_id(given.get(key, "")))
    led = (found for value in given.values() if (found := find_video_id(value)))
    return Front(next(chain(exact, led), ""), length_in(given), given.get("language", given.get("lang", "")))


_IDS = ("video_id", "videoid", "video-id", "youtube_id", "yt_id", "id")
_LENGTHS = ("duration_seconds", "length_seconds", "duration", "length")


def length_in(properties: Mapping[str, str]) -> float | None:
    """Return how long properties say that a video is: in seconds, or as a clock."""
    for key in _LENGTHS:
        value = properties.get(key, "").strip()
        if value and (seconds := number(value) or read_duration(value)):
            return float(seconds)
    return None


def read(data: bytes) -> Track:
    """Return the words of a transcript. Raise CaptionsError."""
    text = decoded(data)
    turns = transcript_in(text, in_note=False)
    if not turns:
        raise CaptionsError("holds no captions")
    front = front_of(text)
    return track(cues_of(turns), "transcript", front.language, front.video_id)._replace(stated=front.length)
