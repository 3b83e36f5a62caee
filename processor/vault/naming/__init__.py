"""Names as people write them: how Obsidian compares them, and in which tiers a name is taken for another. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

_NO_BREAK = str.maketrans("\u00a0\u202f", "  ")


def nfc(text: str) -> str:
    """Return the text in Unicode's composed form, as Obsidian records it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def path_key(path: str) -> str:
    """Return a path as links compare it: composed, a no-break space as a space, in lower case."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.translate(_NO_BREAK)).lower()


def link_name(path: str) -> str:
    """Return the name by which a link's path finds a file: its last part as links compare it, without `.md`."""
    return path_key(path).strip().rpartition("/")[2].removesuffix(".md")


def lies_in(path: str, places: Iterable[str]) -> bool:
    """Return whether a path is one of some places, or lies in one that is a folder, with a `/` behind it."""
    key = path_key(path)
    return any(key.startswith(place) if place.endswith("/") else key == place for place in map(path_key, places))


# In ASCII a byte is a letter, and `bytes.translate` is many times as fast as `str.translate`.
_NOT_IN_HEADINGS = b'!"#$%&()*+,.:;<=>?@^`{|}~/[]\\'
_HEADING = bytes.maketrans(_NOT_IN_HEADINGS, b" " * len(_NOT_IN_HEADINGS)).lower()
_HEADING_WIDE = str.maketrans(dict.fromkeys(_NOT_IN_HEADINGS.decode(), " "))


def heading_key(text: str) -> str:
    """Return a heading, or a link's fragment, as Obsidian compares them: marks are spaces, case does not count."""
    if text.isascii():
        return " ".join(text.encode().translate(_HEADING).decode().split())
    return " ".join(nfc(text).translate(_HEADING_WIDE).lower().split())


_HARMFUL = re.compile(r"[#|^:\\\[\]]|%%")


def heading_fragment(text: str) -> str:
    """Return a heading as a link names it: what does harm in links is a space, as Obsidian writes it, and so is a bracket."""
    return " ".join(_HARMFUL.sub(" ", text).split())


def linkable(name: str, *, markdown: bool = False) -> bool:
    """Return whether a link can name this path: nothing in it ends or splits a link's target."""
    return "#" not in name and (markdown or not _ENDS_LINK.search(name))


_ENDS_LINK = re.compile(r"[|^\n]|%%|\[\[|\]\]")


# --- the tiers of likeness, each coarser than the one before ---

_SPACES = b" _-\t\n"
_MARKS = bytes(i for i in range(128) if not chr(i).isalnum() and i not in _SPACES)
_NO_LETTERS = _SPACES + _MARKS
_SPACED = bytes.maketrans(_SPACES, b" " * len(_SPACES)).lower()
_SPACED_LINES = bytes.maketrans(_SPACES, b" " * (len(_SPACES) - 1) + b"\n").lower()
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACED_WIDE = str.maketrans(dict.fromkeys(_SPACES.decode() + _DASHES, " "))


def _without_marks(text: str) -> str:
    # emoji and the like (So) are part of a name; accents that have no composed form are part of their letter
    return "".join([c for c in text if c == " " or unicodedata.category(c) not in _MARKS_WIDE])


_MARKS_WIDE = frozenset(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "Cc", "Cf", "Zs", "Zl", "Zp"))


def spaced(name: str) -> str:
    """Tier 1: equal after case, Unicode form, and space = `_` = `-` (or a typographic dash)."""
    if name.isascii():
        return " ".join(name.encode().translate(_SPACED).decode().split())
    return " ".join(unicodedata.normalize("NFC", name.casefold()).translate(_SPACED_WIDE).split())


def wording(name: str) -> str:
    """Tier 2: equal after dropping punctuation too; the words of a name, with one space between them."""
    if name.isascii():
        return " ".join(name.encode().translate(_SPACED, _MARKS).decode().split())
    return unicodedata.normalize("NFC", " ".join(_without_marks(spaced(name)).split()))


def letters(name: str) -> str:
    """Tier 3: equal after dropping separators too; the letters and digits of a name."""
    if name.isascii():
        return name.encode().translate(_SPACED, _NO_LETTERS).decode()
    return unicodedata.normalize("NFC", wording(name).replace(" ", ""))


def all_letters(names: Sequence[str]) -> list[str]:
    """Return the `letters` of each name; of many at once, which is faster by far."""
    return _all(names, letters, _NO_LETTERS.replace(b"\n", b""))


def all_wordings(names: Sequence[str]) -> list[str]:
    """Return the `wording` of each name, but for the number of spaces between, before and behind the words."""
    return _all(names, wording, _MARKS)


def _all(names: Sequence[str], of_one: Callable[[str], str], dropped: bytes) -> list[str]:
    found: list[str] = []
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        lines = "\n".join(some)
        if lines.count("\n") != len(some) - 1:
            found += map(of_one, some)
            continue
        folded = lines.encode(errors="surrogatepass").translate(_SPACED_LINES, dropped)
        mine = folded.decode(errors="surrogatepass").split("\n")
        if not lines.isascii():
            mine = [of_one(name) if not name.isascii() else fold for name, fold in zip(some, mine, strict=True)]
        found += mine
    return found


_AT_ONCE = 256

SHORTEST_FOLDED = 4
"""Letters and digits that a name has at least to be folded: `C++` and `C#` are names of their own."""
