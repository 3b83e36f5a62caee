"""Text for a terminal: what must be made visible, how wide it is, colours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processor.base.regex import regex

# what a terminal would obey, what turns the order of letters around, and what cannot be seen
_UNSEEN = regex(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


# what takes one column, shows itself and goes together with nothing: these ranges hold most of any text
_NARROW = regex(
    "[ -~\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03b1-\u03c9\u0410-\u044f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]*"
)


def is_narrow(text: str) -> bool:
    """Return whether each code point is sure to be shown as it is, in one column: `cells` can be spared then."""
    if text.isascii():
        return text.isprintable()
    return _NARROW.fullmatch(text) is not None


def _show(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """Return the text with everything shown that would not show itself: control characters (`␛`), zero width ones (`<U+200B>`).

    A tab becomes a space. The result is one line, and safe to print whatever the text was.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_show, text.replace("\t", " "))


def cells(text: str) -> list[tuple[str, int]]:
    """For each code point how it is shown and how many columns that takes: 0 for a mark on the one before, 2 for a wide one.

    A tab is shown as four spaces. Emoji that are joined or coloured by what follows count as one.
    """
    if is_narrow(text):
        return [(c, 1) for c in text]
    import unicodedata

    shown: list[tuple[str, int]] = []
    base = 0  # the width of the last character that is no mark
    joined = False
    for c in text:
        if c == "\t":
            shown.append(("    ", 4))
            base, joined = 1, False
        elif _UNSEEN.match(c):
            made = visible(c)
            shown.append((made, len(made)))
            base, joined = 1, False
        elif c == "\ufe0f":  # asks for the emoji form, which is wide
            shown.append((c, 1 if base == 1 and shown[-1][1] == 1 else 0))
            base = 2 if base else 0
        elif (joined or "\U0001f3fb" <= c <= "\U0001f3ff") and base == 2:
            shown.append((c, 0))
            joined = False
        elif unicodedata.category(c) in ("Mn", "Me", "Cf") or "\u1160" <= c <= "\u11ff":
            shown.append((c, 0))
            joined = c == "\u200d"
        else:
            base = 2 if unicodedata.east_asian_width(c) in "WF" else 1
            shown.append((c, base))
            joined = False
    return shown


def columns(shown: Sequence[tuple[str, int]]) -> int:
    """Return how many columns some cells take."""
    return sum(width for _, width in shown)


def clipped(text: str, width: int) -> str:
    """Return the text made visible, cut to so many columns, with `…` where something was cut off."""
    if len(text) <= width and is_narrow(text):
        return text
    seen = visible(text[: width * 4 + 4])
    if len(seen) * 2 <= width:  # none of what is seen takes more than two columns
        return seen
    shown = cells(seen)
    if columns(shown) <= width and len(text) <= width * 4 + 4:
        return "".join(c for c, _ in shown)
    taken, room = [], width - 1
    for c, n in shown:
        room -= n
        if room < 0:
            break
        taken.append(c)
    return "".join(taken) + "…"


_CODES = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36, "reverse": 7}
_ROLES = {
    "error": ("bold", "red"),
    "warning": ("bold", "yellow"),
    "information": ("bold", "blue"),
    "path": ("bold",),
    "strong": ("bold",),
    "rule": ("cyan",),
    "frame": ("dim",),
    "fix": ("green",),
    "removed": ("red",),
    "added": ("green",),
    "removed part": ("red", "reverse"),
    "added part": ("green", "reverse"),
}


class Paint:
    """Colours by role. No information lies in a colour alone."""

    def __init__(self, *, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, role: str) -> str:
        opening, closing = self.ends(role) if text else ("", "")
        return f"{opening}{text}{closing}"

    def ends(self, role: str) -> tuple[str, str]:
        """Return what stands before and behind a text in the colours of a role."""
        return (f"\x1b[{';'.join(str(_CODES[c]) for c in _ROLES[role])}m", "\x1b[0m") if self.on else ("", "")
