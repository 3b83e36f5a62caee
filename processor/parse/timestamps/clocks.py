"""Clocks gone wrong, and what a label says: what was meant, and whether that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from processor.base.regex import regex
from processor.parse.youtube import CLOCK, LONGEST_VIDEO, read_clock, read_start

LOOSE = r"[0-9]{1,4}(?:[:：][0-9]{1,4}){1,4}[:：]?"
"""Anything that may have been meant for a clock, as a regular expression without groups."""

AND = r"(?:[,;/&|·、，；]|(?:and|or|und|oder|et|ou|y|o|e|и|или|en|och|og|i|ve)\b|和|与|與|及|と|や|및|와|과)"
TO = r"(?:[-–—~～]|(?:to|until|till|through|bis|à|a|hasta|até|al|до|по|tot|til|do)\b|から|至|到|부터)"
"""What stands between the clocks of a list, and of a range, in many languages."""

_DIGITS = regex(r"[0-9:]*[0-9][0-9:]*")
_HARMLESS = regex(r"[\s\[\](){}<>\"'“”`~≈.,;=|*_-]*(?:t=|at)?[\s\[\](){}<>\"'“”`~≈.,;=|*_-]*")
_BETWEEN = regex(rf"[\])\s]*{TO}[\[(\s]*", re.IGNORECASE)
_RANGE = regex(
    rf"({CLOCK})(?:[.,][0-9]{{1,3}})?[ \t]*(?:→|{TO})[ \t]*({CLOCK})(?:[.,][0-9]{{1,3}})?(?![0-9:])",
    re.IGNORECASE,
)
_FIRST = regex(rf"({CLOCK})(?=[ \t]*(?:[+]|{AND}))")
_FRACTION = regex(rf"({CLOCK})[.,][0-9]{{1,3}}")
_FIELDS = regex(r"[0-9]+(?:[:：][0-9]+)*")
_COLON = regex(r"[:：]")


class Reading(NamedTuple):
    """A second that was meant; `certain` where the notation has no other reading."""

    seconds: int
    certain: bool
    end: int | None = None  # of a range


def read_broken_clock(text: str) -> Reading | None:
    """Return what a clock gone wrong means, None where no reading is better than another. A well-formed one is certain."""
    if len(text) > 60:
        return None
    text = text.replace("：", ":")
    exact = read_clock(text)
    if exact is not None:
        return Reading(exact, certain=True)
    runs = list(_DIGITS.finditer(text))
    if (
        not runs
        or _HARMLESS.fullmatch(text[: runs[0].start()]) is None
        or _HARMLESS.fullmatch(text[runs[-1].end() :]) is None
    ):
        return None
    if len(runs) == 2:
        first, between = read_clock(runs[0][0]), text[runs[0].end() : runs[1].start()]
        if _BETWEEN.fullmatch(between):
            begin, end = (_read_digits(run[0]) if ":" in run[0] else None for run in runs)
            return begin and end and Reading(begin.seconds, begin.certain and end.certain, end.seconds)
        if first is not None and between in (".", ","):
            return Reading(first, certain=True)
        return None
    return _read_digits(runs[0][0]) if len(runs) == 1 else None


def _read_digits(run: str) -> Reading | None:
    """Return what a run of digits and colons means, None where that is open."""
    fields = run.split(":")
    exact = read_clock(run)
    if exact is not None:
        return Reading(exact, certain=True)
    if len(fields) == 1:  # `2241`: seconds, or `22:41` without its colon
        return Reading(int(run), certain=False) if len(run) in (3, 5) else None
    if fields[0] == "" or fields[-1] == "":  # `01:03:07:` is whole; `01:26:` may have lost its seconds
        rest = read_clock(run.strip(":"))
        return (
            None
            if rest is None
            else Reading(rest, certain=run.count(":") - run.startswith(":") - run.endswith(":") == 2)
        )
    if not all(fields):
        return None
    if (rounded := read_rounded(fields)) is not None:
        return Reading(rounded, certain=False)
    if len(fields) == 4:
        # `01:00:17:51`: frames or hundredths behind it; `00:01:10:02` may also have a zero too many before it, and
        # `01:10:00:00` two behind it
        hours = read_clock(":".join(fields[:3]))
        return None if hours is None else Reading(hours, certain=fields[0].strip("0") != "" and fields[2] != "00")
    if len(fields) == 3 and len(fields[0]) == 3 and fields[0][0] == "0":  # `001:00:23`
        rest = read_clock(run[1:])
        return None if rest is None else Reading(rest, certain=True)
    if len(fields[-1]) == 3:  # `04:27:819`: thousandths
        rest = read_clock(":".join(fields[:-1]))
        return None if rest is None else Reading(rest, certain=False)
    if len(fields) == 3 and len(fields[2]) == 2 and fields[2] >= "60":  # `29:14:68`: hundredths, but `00:06:75`?
        if not fields[0].strip("0"):
            return None
        rest = read_clock(":".join(fields[:2]))
        return None if rest is None else Reading(rest, certain=False)
    # `05:4:00`, `00:43:0`: a digit was lost, most likely a zero before it
    padded = read_clock(":".join([fields[0], *(f.rjust(2, "0") for f in fields[1:-1]), fields[-1].ljust(2, "0")]))
    return None if padded is None else Reading(padded, certain=False)


def read_rounded(fields: Sequence[str]) -> int | None:
    """Return what a clock means of which a program rounded the last field, and forgot to carry: `00:06:60` is `00:07:00`, and
    `1:60:00` is `2:00:00`. None for any other, and for more hours than a video has: `29:14:60` ends in hundredths."""
    if len(fields) > 3 or "60" not in fields[1:] or len(fields[0]) > 2:
        return None
    sixty = fields.index("60", 1)
    if any(len(f) != 2 or f > "59" for f in fields[1:sixty]) or any(f != "00" for f in fields[sixty + 1 :]):
        return None
    seconds = 0
    for field in fields:
        seconds = seconds * 60 + int(field)
    return seconds if seconds <= LONGEST_VIDEO else None


def count_fields(written: str) -> int:
    """Return how many fields a clock has, of several the first: two of `06:10`, three of `0:06:10–0:07:10`."""
    m = _FIELDS.search(written)
    return len(_COLON.findall(m[0])) + 1 if m else 0


class Label(NamedTuple):
    """What a reader sees of a stamp.

    `text` is without brackets. `seconds` are those of a clock, of the first of a list or range; `end` closes a range.
    `exact` is a clock in full, `HH:MM:SS`, and nothing else.
    """

    text: str
    kind: Literal["clock", "several", "words", "empty", "broken"]
    seconds: int | None = None
    end: int | None = None
    reading: Reading | None = None

    @property
    def is_exact(self) -> bool:
        return self.kind == "clock" and len(self.text) == 8


def read_label(raw: str) -> Label:
    """Return what a label says; `raw` may stand in brackets and among white space."""
    text = raw.strip()
    if text[:1] == "[" and text[-1:] == "]" and "[" not in text[1:]:
        text = text[1:-1].strip()
    bare = text.lstrip("~≈").strip().replace("：", ":")
    if not bare:
        return Label(text, "empty")
    seconds = read_clock(bare)
    if seconds is not None:
        return Label(text, "clock", seconds)
    if m := _RANGE.match(bare):
        return Label(text, "several", read_clock(m[1]), read_clock(m[2]))
    if m := _FIRST.match(bare):
        return Label(text, "several", read_clock(m[1]))
    if m := _FRACTION.fullmatch(bare):
        return Label(text, "clock", read_clock(m[1]))
    if _DIGITS.search(bare) and (reading := read_broken_clock(text)) and ":" in bare:
        return Label(text, "several" if reading.end is not None else "broken", None, None, reading)
    return Label(text, "words" if any(c.isalpha() for c in bare) else "broken")


_LONG_CLIP = 3600
SURE = 4 * 3600
"""A label in full below this many seconds is believed where its target cannot be read: beyond lie the shifted ones."""


def is_long_clip(start: int | None, end: int | None) -> bool:
    """Return whether a range is so long that it may be none of a video, but opening hours."""
    return start is not None and end is not None and end - start > _LONG_CLIP


def decide(target: str, label: Label) -> Reading | None:
    """Return what a malformed stamp means: its target may be no clock, or it and its label are well but its tag is not."""
    exact = read_clock(target)
    shown = label.seconds
    if exact is None and shown is not None and label.is_exact and shown < SURE:
        return Reading(shown, certain=True)
    said = read_broken_clock(target)
    if shown is not None:
        if exact is not None and shown >= 60 and shown == exact // 60:  # `10:50:00` beside `10:50`
            return Reading(shown, certain=False, end=label.end)
        if said is not None:
            agree = said.seconds == shown
            return Reading(said.seconds if exact is not None else shown, certain=agree, end=label.end or said.end)
        return Reading(shown, certain=shown < SURE, end=label.end)
    guess = label.reading
    if said is None:
        return Reading(guess.seconds, guess.certain, guess.end) if guess else None
    if guess is None:
        return said if label.kind in ("empty", "words") else said._replace(certain=False)
    agree = guess.seconds == said.seconds
    return said._replace(certain=agree and (said.certain or guess.certain), end=said.end or guess.end)


def is_label_at_fault(label: str, seconds: int) -> bool:
    """Return whether a link's label that is no clock shows its second wrongly: `1:2:3` for 1:02:03 does not. What has two
    fields may be a ratio, but for a clock rounded up (`5:60`)."""
    clock = label.lstrip("~≈ ")
    fields = clock.split(":")
    if len(fields) < 3:
        return read_rounded(fields) is not None
    return "60" in fields or read_start(clock) != seconds


def decide_by_url(said: Reading, seconds: int, *, sure: bool) -> Reading:
    """Return what a link's broken label means: what its URL says, and that is certain where both agree."""
    if not sure:  # the URL names no second
        return said._replace(certain=False)
    agree = abs(said.seconds - seconds) <= 1
    end = said.end if said.end is None or said.end >= seconds else None
    return Reading(said.seconds if agree else seconds, certain=agree, end=end)
