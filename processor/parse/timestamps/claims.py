"""Which video a part of a note speaks of, where the note names several.

A line that names a video speaks of it. What is more than a mention speaks for what follows, too: a heading for its section; an
embed, or a line that is nothing but a video's URL or link, for the rest of its section; the title of a callout for the
callout; a list item, or the line above a list or a column of stamps, for the items below it; a table's first row for the table. The nearest above
decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from processor.base.regex import regex
from processor.parse.nodes import ExternalLink, Heading
from processor.parse.timestamps.mentions import Mention, is_nothing_else, is_player, is_prose, read_mentions

_DEFINITION = regex(r"[ \t>]*\[(\^?)[^\]]+\]:")
_PREFIX = regex(r"[ \t>]*")
_ITEM = regex(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_CALLOUT = regex(r"[ \t]*>[ \t>]*\[!")
_DELIMITERS = regex(r"[ \t>]*+\|?[ \t:|]*+-[ \t:|-]*+")
_NO_TEXT = regex(r"[ \t>]*(?:[-*+|#`~]|[0-9]{1,9}[.)][ \t]|\Z)")  # a line that begins a block of its own, or is blank
_CLOCK_FIRST = regex(r"[\W_]*+(?:a class=\"yt[^<>]*+>[\W_]*+)?[0-9]{1,3}:[0-9]{2}")
_SENTENCE_END = regex(r"(?:[.!?:;…。！？][\"'”’)\]*_]*|\\|  )\Z")


Scope = Literal["heading", "player", "alone", "list", "line", "mention"]
"""What speaks for a video: a heading for its section; an embed (`player`) or a line that is nothing but a video's URL or link
(`alone`) for the rest of its section; a `list`, callout or table for what is in it; a `line` for itself; a `mention` amid a
sentence, which may be no more than that."""
SECTIONS: frozenset[Scope] = frozenset(("heading", "player", "alone", "list"))


class Claim(NamedTuple):
    """The part of a note from `start` to `end` speaks of this video (by its id, or by its address where it is not YouTube's).
    The id is empty where several are named."""

    start: int
    end: int
    video_id: str
    scope: Scope


class Claims:
    """The claims of a note, to be asked for any place of it."""

    def __init__(self, claims: Sequence[Claim] = ()) -> None:
        self._all = claims
        self._starts: list[int] = []  # from where on each of the `_claims` is the nearest
        self._claims: list[Claim | None] = []
        opened: list[Claim] = []
        for claim in sorted(claims, key=lambda c: (c.start, -c.end)):
            self._close(opened, claim.start)
            opened.append(claim)
            self._begin(claim.start, claim)
        self._close(opened, None)

    def _close(self, opened: list[Claim], at: int | None) -> None:
        """Close those of the open claims, the nearest last, that end up to `at`; None: all."""
        while opened and (at is None or opened[-1].end <= at):
            end = opened.pop().end
            while opened and opened[-1].end <= end:
                opened.pop()
            self._begin(end, opened[-1] if opened else None)

    def _begin(self, at: int, claim: Claim | None) -> None:
        self._starts.append(at)
        self._claims.append(claim)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def at(self, offset: int) -> Claim | None:
        """Return the nearest claim on a place, None where no other video than the note's is spoken of."""
        i = bisect_right(self._starts, offset) - 1
        return self._claims[i] if i >= 0 else None

    @cached_property
    def firm(self) -> Claims:
        """The same without mentions, for stamps that say themselves that they are of the note's video."""
        return Claims([claim for claim in self._all if claim.scope != "mention"])

    @cached_property
    def sections(self) -> Claims:
        """Those alone that speak for more than their line."""
        return Claims([claim for claim in self._all if claim.scope in SECTIONS])

    def by_other(self, offset: int, video_id: str) -> Claim | None:
        """Return the claim on a place if that is another video's, or several videos'."""
        claim = self.at(offset)
        return claim if claim and claim.video_id != video_id else None


NO_CLAIMS = Claims()


def read_claims(
    text: str, start: int, headings: Sequence[Heading], external_links: Sequence[ExternalLink], video_id: str
) -> Claims:
    """Return all claims from `start` on, where the text's body begins. A link to a second of the note's own video, as of a stamp,
    claims nothing."""
    found = read_mentions(text, start, external_links)
    mentions = [m for m in found if m.video_id != video_id or m.seconds is None]
    return Claims(list(_Lines(text, headings).claims(mentions))) if mentions else NO_CLAIMS


def read_scopes(
    text: str, start: int, headings: Sequence[Heading], external_links: Sequence[ExternalLink]
) -> list[tuple[Mention, Scope]]:
    """Return all places from `start` on where a text names a video, and what they are: of lines that are nothing else, or of
    text."""
    mentions = sorted(read_mentions(text, start, external_links))
    lines = _Lines(text, headings) if mentions else None
    return [(mention, lines.scope(lines.line_of(mention.offset)) or "mention") for mention in mentions if lines]


class _Lines:
    """The lines of a text. Every claim begins and ends with one of them."""

    def __init__(self, text: str, headings: Sequence[Heading]) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]  # and where one more would
        self._levels = {self.line_of(heading.span.start): heading.level for heading in headings if heading.outline}
        self._inner = {self.line_of(heading.span.start) for heading in headings if not heading.outline}
        self._heading_lines = sorted(self._levels)
        self._section_ends = self._find_section_ends()

    def claims(self, mentions: Iterable[Mention]) -> Iterator[Claim]:
        """Return the claims of all lines with mentions of videos."""
        named: defaultdict[int, set[str]] = defaultdict(set)
        for offset, video_id, _ in mentions:
            named[self.line_of(offset)].add(video_id)
        for line, videos in named.items():
            video_id = videos.pop() if len(videos) == 1 else ""
            if (m := _DEFINITION.match(self._lines[line])) and not m[1]:
                continue
            first, last = line, line
            end = self._section_end(line) if m is None else line + 1
            if end > line + 1:
                yield Claim(self._starts[line], self._starts[end] - 1, video_id, self.scope(line) or "list")
            elif m is None:
                first, last = self._sentence(line, named)
            scope: Scope = "mention" if is_prose(self._lines[line]) else "line"
            yield Claim(self._starts[first], self._starts[last + 1] - 1, video_id, scope)

    def line_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _find_section_ends(self) -> list[int]:
        """Return for each line the one behind its section: that of the next heading as high as the one above it, or higher."""
        behind = len(self._lines)
        ends = [behind] * behind  # above all headings: the note's own part
        lower: list[tuple[int, int]] = []  # the headings further down that may end a section, the nearest last
        below = behind
        for line in range(behind - 1, -1, -1):
            level = self._levels.get(line)
            if level is not None:
                while lower and lower[-1][0] > level:
                    lower.pop()
                end = lower[-1][1] if lower else behind
                ends[line:below] = [end] * (below - line)
                lower.append((level, line))
                below = line
        return ends

    def scope(self, line: int) -> Literal["heading", "player", "alone"] | None:
        """Return what a line with a video is, if more than a line of text."""
        text = self._lines[line]
        if line in self._levels or line in self._inner:
            return "heading"
        if is_nothing_else(text):
            return "player" if is_player(text) else "alone"
        return None

    def _section_end(self, line: int) -> int:
        """Return the line behind all that a line with a video speaks for: the next, where that is itself."""
        text = self._lines[line]
        depth = _depth(text)
        above = self._lines[line - 1] if line else ""
        if _CALLOUT.match(text) and _depth(above) < depth:
            return self._while(line + 1, lambda below: _depth(below) >= depth)
        scope = self.scope(line)
        if scope == "heading":
            return self._section_ends[line]
        if scope:
            last = bisect_right(self._heading_lines, line) - 1
            # a link at the top of a note, as in a description, is not what the note's parts are about; a player may be
            top = (last < 0 or self._levels[self._heading_lines[last]] == 1) and scope != "player"
            return self._heading_lines[last + 1] if top and last + 1 < len(self._levels) else self._section_ends[line]
        below = self._lines[line + 1] if line + 1 < len(self._lines) else ""
        if "|" in text and "|" not in above and _DELIMITERS.fullmatch(below):
            return self._while(line + 1, lambda below: "|" in below)
        return self._items_end(line)

    def _items_end(self, line: int) -> int:
        """Return the line behind the items below a list item, or below a line that a list or a column of stamps follows."""
        text = self._lines[line]
        width = _width(text)
        if _ITEM.match(text) or _CLOCK_FIRST.match(text):
            end = self._while(line + 1, lambda below: _is_blank(below) or _width(below) > width)
        else:
            announced = text.rstrip().endswith((":", "：", ":**"))
            first = self._while(line + 1, _is_blank) if announced else line + 1
            end = self._while(first, lambda below: _CLOCK_FIRST.match(below) is not None)
            if end < first + 2 and not (announced and end > first):  # one alone may go on with the sentence
                end = line + 1
            if first < len(self._lines) and _ITEM.match(self._lines[first]):
                end = self._while(
                    first,
                    lambda below: (
                        _is_blank(below)
                        or _width(below) > width
                        or (_width(below) == width and _ITEM.match(below) is not None)
                    ),
                )
        while end > line + 1 and _is_blank(self._lines[end - 1]):
            end -= 1
        return min(end, self._section_ends[line])

    def _while(self, line: int, holds: Callable[[str], bool]) -> int:
        """Return the first line from this one on that does not hold, or the one behind the last."""
        while line < len(self._lines) and holds(self._lines[line]):
            line += 1
        return line

    def _sentence(self, line: int, named: Collection[int]) -> tuple[int, int]:
        """Return the first and the last line of a sentence that may be broken over lines: one before and one behind at most, that
        name no video themselves."""
        first = line - 1 if line and line - 1 not in named and self._goes_on(line - 1) else line
        last = line + 1 if line + 1 < len(self._lines) and line + 1 not in named and self._goes_on(line) else line
        return first, last

    def _goes_on(self, line: int) -> bool:
        """Return whether the sentence at the end of a line goes on below it."""
        text, below = self._lines[line], self._lines[line + 1]
        if _is_blank(text) or line in self._levels or "|" in text or _SENTENCE_END.search(text[-9:]):
            return False
        both = _CLOCK_FIRST.match(text) and _CLOCK_FIRST.match(below)  # a column of stamps
        return not both and not _NO_TEXT.match(below)


def _is_blank(line: str) -> bool:
    return _PREFIX.fullmatch(line.rstrip()) is not None


def _depth(line: str) -> int:
    """Return how many quotes a line stands in."""
    m = _PREFIX.match(line)
    return m[0].count(">") if m else 0


def _width(line: str) -> int:
    m = _PREFIX.match(line)
    return len(m[0].expandtabs(4)) if m else 0
