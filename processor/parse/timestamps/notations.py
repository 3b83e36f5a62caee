"""Clocks that are stamps without brackets of their own: the notations, each with where it stands and how sure it is.

A clock alone may be anything: a time of day, a length, a ratio. What makes a stamp of it is the shape of its line, and that
other lines of the note have the same: a column. Only notes that name a video are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from processor.base.regex import regex
from processor.parse.nodes import Place
from processor.parse.timestamps.clocks import AND, TO

_CLOCK = r"[0-9]{1,3}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9]|[:：][0-9])(?:[.,][0-9]{1,3}(?![0-9]))?"
_BETWEEN = rf"[ \t]*(?:-->|→|{AND}|{TO})[ \t]*"
_RANGE = rf"[~≈]?{_CLOCK}(?:[ \t]*(?:→|{TO})[ \t]*{_CLOCK})?"
_FOUND = regex(
    rf"(?<![0-9A-Za-z/+&%@#.-])(?<![0-9][:：])(?:([(（【])[ \t]?{_RANGE}(?:{_BETWEEN}{_RANGE})*[ \t]*([)）】])|{_RANGE})"
)
EACH = regex(_RANGE)
IN_CODE_SPAN = regex(rf"`\[?({_RANGE})\]?`")
# what every clock holds; with a sign before all else it is looked for in a tenth of the time
_AMID = regex(r":(?<=[0-9]:)[0-5][0-9]")
_AMID_ANY = regex(r"[:：](?<=[0-9].)[0-5][0-9]")

# what may stand before a clock: quotes, list marks, a box to tick; a symbol; emphasis; a name
_MARK = r"(?P<mark>[ \t>]*(?:(?:(?:[-*+]|[0-9]{1,3}[.)])[ \t]+|[0-9]{1,3}[、．])(?:\[[^\[\]\n]\][ \t]+)?)*)"
_HASHES = r"(?P<mark>[ \t>]*(?:#{1,6}[ \t]+)?)"
_SIGN = r"(?:[^\w\s\x00-\x7f（）【】「」『』“”‘’«»、。，：；·•–—]+[ \t]*)?"
_EM = r"(?:\*\*|__|==|\*|_)"
_NAME = r"(?P<name>[^\W_](?:[^\n:：()（）【】\[\]|<>*_=]{0,58}[^\s:：()（）【】\[\]|<>*_=])?)"
_END = rf"{_EM}?[ \t]*\Z"
_TEXT = rf"{_EM}?[:：]?{_EM}?(?:[ \t]*[-–—:：·•~|]+[ \t]*|[ \t]+|(?=[^\x00-\x7f])){_EM}?[^\s*]"
_WORDS = r"[^\W\d_]+(?:[ \t'’.-]+[^\W\d_]+){0,3}[ \t]*[:,]?[ \t]+"

Kind = Literal["", "round", "square", "several"]
Fix = Literal["safe", "column", "turns", "from zero", "unsafe"]


class Notation(NamedTuple):
    """A way to write a stamp: what stands `before` the clock on its line, all of it, and `behind` it.

    `kinds` says whether the clock is bare, in `round` brackets or `square` ones (【】), or one of `several` (a range, a list) in
    them. It is `safe` to link alone where it has three fields, else in a column; or only in a `column` (`turns`: one in which
    speakers take turns; `from zero`: one that begins at 0:00); or it is `unsafe`: probably a stamp.
    """

    name: str
    before: re.Pattern[str]
    behind: re.Pattern[str]
    fix: Fix
    kinds: tuple[Kind, ...] = ("",)
    place: Literal["text", "heading", "table", ""] = "text"


SUBTITLES = "0:05 --> 0:07"
"""The notation of subtitles: its sign leaves no doubt, even of two fields."""
BEHIND_WORDS = "[words 0:05]"
"""The notation of remarks, `[inaudible 00:44:48]`: of two fields behind a capital it may be a verse."""
NOTATIONS = (
    Notation("**0:05** text", regex(rf"{_MARK}{_SIGN}{_EM}"), regex(rf"[:：]?{_EM}"), "safe"),
    Notation(SUBTITLES, regex(_MARK), regex(rf"[ \t]*-->[ \t]*{_CLOCK}"), "safe"),
    Notation(
        "Name (0:05):",
        regex(rf"{_MARK}{_EM}?(?:{_NAME}[:：]?{_EM}?)?[ \t]*"),
        regex(rf"[ \t]*(?:[:：]|[-–—][ \t]*(?=\Z|{_EM}[ \t]*\Z)){_END}"),
        "safe",
        ("round",),
    ),
    Notation(
        "**Name** (0:05) -",
        regex(rf"{_MARK}{_EM}{_NAME}{_EM}?[ \t]*"),
        regex(rf"[ \t]*[-–—:：]{_EM}?"),
        "safe",
        ("round",),
    ),
    Notation(
        "Name (0:05): text",
        regex(rf"{_MARK}{_EM}?{_NAME}{_EM}?[ \t]*"),
        regex(rf"[ \t]*{_EM}?[:：]"),
        "turns",
        ("round",),
    ),
    Notation("(0:05)", regex(rf"{_MARK}{_EM}?"), regex(_END), "safe", ("round",)),
    Notation(
        "**Name 0:05**",
        regex(rf"{_MARK}{_EM}{_NAME}[:：]?[ \t]+"),
        regex(rf"[:：]?{_EM}[ \t]*\Z"),
        "turns",
    ),
    Notation(
        "Name: 0:05",
        regex(rf"{_MARK}{_EM}?{_NAME}(?:[ \t]*[:：]{_EM}?[ \t]*|{_EM}?[:：]?[ \t]+)"),
        regex(_END),
        "turns",
    ),
    Notation(
        "⏱ 0:05 text",
        regex(rf"{_MARK}{_SIGN.removesuffix('?')}{_EM}?"),
        regex(rf"(?:{_TEXT}|{_END})"),
        "column",
        ("", "round"),
    ),
    Notation("0:05 text", regex(rf"{_MARK}{_EM}?"), regex(rf"(?:{_TEXT}|{_END})"), "column", ("", "round")),
    Notation(
        "# 0:05 text",
        regex(rf"{_HASHES}{_SIGN}{_EM}?"),
        regex(rf"(?:{_TEXT}|{_END})"),
        "column",
        ("", "round"),
        "heading",
    ),
    Notation("# text (0:05)", regex(rf"{_HASHES}.+[ \t]"), regex(_END), "column", ("round",), "heading"),
    Notation(
        "| 0:05 |",
        regex(rf"(?:[^\x00]*\|)?[ \t>]*{_EM}?"),
        regex(rf"{_EM}?[ \t]*(?:\||\Z)"),
        "from zero",
        ("",),
        "table",
    ),
    Notation(BEHIND_WORDS, regex(rf".*(?<!\])\[(?P<name>{_WORDS})"), regex(r"\](?![(\[:])"), "safe", place=""),
    Notation("(0:05–0:07)", regex(r".*"), regex(r"(?!\()"), "safe", ("several",), ""),
    Notation("【0:05】", regex(r".*"), regex(r""), "safe", ("square",), ""),
    Notation("text (0:05)", regex(r".+"), regex(r"(?!\()"), "column", ("round",)),
    Notation("<start>0:05", regex(r".*<(?:start|begin|time(?:stamp)?|ts?)>"), regex(r"<"), "unsafe"),
)
BARE = frozenset(("0:05 text", "# 0:05 text", "Name: 0:05"))
"""Those in which as often a time of day is written."""
AT_END = frozenset(("# text (0:05)", "text (0:05)"))
"""Those in which as often a length is written."""
IN_CODE = "`0:05`"
LEADING, TRAILING = "[0:05] text", "text [0:05]"
NAMES = (*[n.name for n in NOTATIONS], IN_CODE, LEADING, TRAILING)
"""Of all notations that have a name."""
_BEFORE_LEADING = regex(rf"{_MARK}{_SIGN}{_EM}?(?:{_NAME}[:：]?{_EM}?[ \t]*)?")
_BEHIND_TRAILING = regex(rf"[.。]?{_END}")
TRANSCRIPTS = frozenset(
    (LEADING, *[n.name for n in NOTATIONS if n.fix in ("safe", "turns") and n.kinds != ("several",)])
)
"""Those in which a whole transcript is written."""


def find_notation(
    kind: Kind, place: Place, before: str, behind: str
) -> tuple[Notation, Mapping[str, str | None]] | None:
    """Return the first notation of what stands in a place, and the parts of its line before the clock; None: it is of none."""
    for notation in _notations_of(kind, place):
        head = notation.before.fullmatch(before)
        if head and notation.behind.match(behind):
            return notation, head.groupdict()
    return None


@lru_cache
def _notations_of(kind: Kind, place: Place) -> Sequence[Notation]:
    return [n for n in NOTATIONS if kind in n.kinds and (n.place == place or (not n.place and place != "table"))]


def bracketed(before: str, behind: str) -> str:
    """Return the notation of a clock in square brackets by what stands before and behind these: of one at the beginning of its
    line, perhaps behind a name, or at its end; empty for one amid text."""
    if _BEFORE_LEADING.fullmatch(before):
        return LEADING
    return TRAILING if _BEHIND_TRAILING.match(behind) else ""


def find_clocks(text: str, start: int) -> Iterator[re.Match[str]]:
    """Return the clocks of a text from `start` on, each with the round brackets around it, or a list of them in such brackets;
    but those in square brackets or straight quotes, as in tags."""
    end = start
    for m in (_AMID_ANY if "：" in text else _AMID).finditer(text, start):
        at = m.start() - 1
        while at > end and m.start() - at < _MOST_DIGITS and text[at - 1].isdigit():
            at -= 1
        before = text[at - 1 : at]
        if at < end or (before in _NOT_BEFORE and text[at - 2 : at] != "`["):
            continue
        if before in ("~", "≈"):
            at -= 1
            before = text[at - 1 : at]
        opening = at - 2 if before in _BLANKS else at - 1
        found = (text[opening : opening + 1] in _OPENING and _FOUND.match(text, opening)) or _FOUND.match(text, at)
        if found:
            yield found
            end = found.end()


_MOST_DIGITS = 3
_NOT_BEFORE = ("[", '"')
_OPENING = ("(", "（", "【")
_BLANKS = (" ", "\t")
