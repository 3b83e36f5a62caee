"""Names as people write them: how Obsidian compares them, in which tiers a name is taken for another, which names lie near.

Pure: strings in, strings out. `Names` is the index that the vault asks which note was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

NameKind = Literal["name", "title", "alias"]

_NO_BREAK = str.maketrans("\u00a0\u202f", "  ")


def nfc(text: str) -> str:
    """The text in Unicode's composed form, as Obsidian records it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def path_key(path: str) -> str:
    """A path as links compare it: composed, a no-break space as a space, in lower case."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.translate(_NO_BREAK)).lower()


_NOT_IN_HEADINGS = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\', " "))


def heading_key(text: str) -> str:
    """A heading, or a link's fragment, as Obsidian compares them: marks are spaces, case does not count."""
    return " ".join(nfc(text).translate(_NOT_IN_HEADINGS).lower().split())


_HARMFUL = re.compile(r"[#|^:\\]|%%|\[\[|\]\]")


def heading_fragment(text: str) -> str:
    """A heading as a link names it: what does harm in links is a space, as Obsidian writes it."""
    return " ".join(_HARMFUL.sub(" ", text).split())


def linkable(name: str, *, markdown: bool = False) -> bool:
    """Whether a link can name this path: nothing in it ends or splits a link's target."""
    return "#" not in name and (markdown or not re.search(r"[|^\n]|%%|\[\[|\]\]", name))


# --- the tiers of likeness, each coarser than the one before ---

_ASCII_SPACES = {ord(c): " " for c in " _-\t\n"}
_ASCII_MARKS = {i: None for i in range(128) if not chr(i).isalnum() and i not in _ASCII_SPACES}
_SPACED = str.maketrans(_ASCII_SPACES)
_WORDED = str.maketrans(_ASCII_SPACES | _ASCII_MARKS)
_LETTERED = str.maketrans(dict.fromkeys(_ASCII_SPACES) | _ASCII_MARKS)


def _without_marks(text: str) -> str:
    # emoji and the like (So) are part of a name; accents that have no composed form are part of their letter
    return "".join([c for c in text if c == " " or unicodedata.category(c) not in _MARKS])


_MARKS = frozenset(("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "Cc", "Cf", "Zs", "Zl", "Zp"))


def spaced(name: str) -> str:
    """Tier 1: equal after case, Unicode form, and space = `_` = `-`."""
    if name.isascii():
        return " ".join(name.lower().translate(_SPACED).split())
    return " ".join(unicodedata.normalize("NFC", name.casefold()).translate(_SPACED).split())


def wording(name: str) -> str:
    """Tier 2: equal after dropping punctuation too; the words of a name, with one space between them."""
    if name.isascii():
        return " ".join(name.lower().translate(_WORDED).split())
    return " ".join(_without_marks(spaced(name)).split())


def letters(name: str) -> str:
    """Tier 3: equal after dropping separators too; the letters and digits of a name."""
    if name.isascii():
        return name.lower().translate(_LETTERED)
    return wording(name).replace(" ", "")


SHORTEST_FOLDED = 4  # letters and digits: `C++` and `C#` are names of their own


class Entry(NamedTuple):
    """A name of a note or file: its file name, its title or one of its aliases."""

    path: str
    text: str
    kind: NameKind

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


class Meant(NamedTuple):
    """Which note a name means: exactly one entry is the answer, several end the search, none: nothing is like it."""

    entries: tuple[Entry, ...] = ()
    tier: int = 0

    @property
    def answer(self) -> Entry | None:
        return self.entries[0] if len(self.entries) == 1 else None


class Near(NamedTuple):
    """Names that lie near one, nearest first.

    `by_far` is the one that stands out so far that it is probably right; `slip` says that the first looks like a slip
    of the pen, and not like another name of the same words.
    """

    entries: tuple[Entry, ...] = ()
    by_far: Entry | None = None
    slip: bool = False


Place = Callable[[Entry], int]
"""Where a name is: 0 in the same folder, 1 in the same channel, 2 elsewhere."""


def _one_a_note(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The first entry of each note: a note whose name and title are alike is one candidate."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.path, entry)
    return tuple(found.values())


class Names:
    """The names of a vault, found by likeness. Which one is found does not depend on the order of `entries`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            found[letters(entry.text)].append(entry)
        self._by_letters = found

    def meant(self, name: str, place: Place, fits: Callable[[Entry], bool] | None = None) -> Meant:
        """The note that a name means, by the tiers; `fits` leaves out entries, such as those in another folder than named."""
        key = letters(name)
        entries = self._by_letters.get(key)
        if not entries:
            return Meant()
        if fits is not None:
            entries = [e for e in entries if fits(e)]
        order = {"name": 0, "title": 1, "alias": 2}
        entries = sorted(entries, key=lambda e: (order[e.kind], e.path, e.text))
        if len(key) < SHORTEST_FOLDED:
            text = nfc(name)
            tiers = [(1, 3, [e for e in entries if nfc(e.text) == text])]
        else:
            one, two = spaced(name), wording(name)
            tiers = [
                (1, 3, [e for e in entries if spaced(e.text) == one]),
                (2, 3, [e for e in entries if wording(e.text) == two]),
                (3, 1, entries),
            ]
        for tier, places, alike in tiers:
            for where in range(places):
                if here := _one_a_note(e for e in alike if place(e) == where):
                    return Meant(here, tier)
        return Meant()

    # --- nearest names ---

    @cached_property
    def _near(self) -> _NearIndex:
        return _NearIndex(self._by_letters)

    def nearest(self, name: str, place: Place, fits: Callable[[Entry], bool] | None = None) -> Near:
        """The names that a slip of the pen, an article or the order of words keeps apart from this one, at most three."""
        words = wording(name).split()
        key = "".join(words)
        if len(key) < SHORTEST_FOLDED:
            return Near()
        ranked: list[tuple[int, float, int, str, Entry]] = []
        for other, distance in self._near.candidates(key, words).items():
            for entry in self._by_letters[other]:
                if fits is None or fits(entry):
                    grade = self._near.grade(words, wording(entry.text).split(), distance)
                    ranked.append((grade, distance, place(entry), entry.path, entry))
        ranked.sort()
        entries = _one_a_note(r[4] for r in ranked)
        best = [r for r in ranked if r[0] == 0]
        if best:
            where = min(r[2] for r in best)
            best = [r for r in best if r[2] == where]
        by_far = best[0][4] if len({r[3] for r in best}) == 1 else None
        return Near(entries[:3], by_far, slip=bool(ranked) and ranked[0][0] < 2)


_ARTICLES = frozenset(("a", "an", "the"))
_CONNECTIVES = _ARTICLES | frozenset(
    ["and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "to", "with"]
)
_DIGITS = re.compile(r"\d+")
_SLIPS = 2  # letters that may differ
_LONG = 8  # letters from which a slip is told from another word
_MANY = 12  # so many names that are near say nothing


def _stem(word: str) -> str:
    """An English word without its plural ending."""
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _gist(words: Sequence[str]) -> str:
    return " ".join(sorted([_stem(w) for w in words if w not in _CONNECTIVES]))


class _NearIndex:
    """Finds names with the same words or with a few letters changed, without comparing with every name.

    A string that differs from another in two places leaves one of its three parts as it was, at most two places along:
    so each name is filed under its three parts, and few lookups find every candidate.
    """

    def __init__(self, names: Mapping[str, Sequence[Entry]]) -> None:
        from rapidfuzz.distance import OSA

        self._distance = OSA.distance  # letters that are wrong, missing, too many or swapped
        self._parts: dict[int, list[dict[str, list[str]]]] = {}  # by length, then by part
        self._gists: dict[str, list[str]] = defaultdict(list)
        self._words: set[str] = set()
        for key, entries in names.items():
            if len(key) < SHORTEST_FOLDED:
                continue
            parts = self._parts.setdefault(len(key), [{} for _ in range(_SLIPS + 1)])
            for part, (start, end) in zip(parts, _cuts(len(key)), strict=True):
                part.setdefault(key[start:end], []).append(key)
            for text in {wording(e.text) for e in entries}:
                words = text.split()
                self._words.update(words)
                if gist := _gist(words):
                    self._gists[gist].append(key)

    def candidates(self, key: str, words: Sequence[str]) -> dict[str, int]:
        """The letters of near names, with their slips (`_SLIPS + 1` where only the words are the same)."""
        found: dict[str, int] = {}
        limit = _SLIPS if len(key) >= _LONG else 1
        seen: set[str] = set()
        for length in range(max(SHORTEST_FOLDED, len(key) - limit), len(key) + limit + 1):
            if length not in self._parts:
                continue
            delta = len(key) - length
            for i, (part, (start, end)) in enumerate(zip(self._parts[length], _cuts(length), strict=True)):
                # the slips before the part and those behind it bound how far it can have moved
                for shift in range(max(-i, delta - (_SLIPS - i)), min(i, delta + (_SLIPS - i)) + 1):
                    if start + shift >= 0 and (hit := part.get(key[start + shift : end + shift])):
                        seen.update(hit)
        digits = _DIGITS.findall(key)
        for other in seen:
            slips = self._distance(key, other, score_cutoff=limit)
            if slips <= limit and _DIGITS.findall(other) == digits:
                found[other] = slips
        for other in self._gists.get(_gist(words), ()):
            if sorted(_DIGITS.findall(other)) == sorted(digits):
                found.setdefault(other, _SLIPS + 1)
        found.pop(key, None)
        return found if len(found) <= _MANY else {}

    def grade(self, words: Sequence[str], others: Sequence[str], slips: int) -> int:
        """0: surely a slip of the pen, or only an article or a plural apart; 1: a likely slip; 2: another name, it may be."""
        mine = [w for w in words if w not in _ARTICLES]
        theirs = [w for w in others if w not in _ARTICLES]
        letters_of_mine = sum(map(len, mine))
        if [_stem(w) for w in mine] == [_stem(w) for w in theirs] and letters_of_mine >= _LONG:
            return 0
        if slips > _SLIPS or letters_of_mine < _LONG:
            return 2
        if len(mine) == len(theirs):
            pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
            # a word that other names hold too is no slip of the pen
            if all(a not in self._words and len(a) > 3 and self._distance(a, b, score_cutoff=1) <= 1 for a, b in pairs):
                return 0
        return 1


@cache
def _cuts(length: int) -> list[tuple[int, int]]:
    """Where a string of this length is cut into its parts."""
    cuts = [length * i // (_SLIPS + 1) for i in range(_SLIPS + 2)]
    return list(pairwise(cuts))


def nearest_of(name: str, others: Iterable[str], *, cutoff: float = 70) -> list[tuple[str, float]]:
    """The nearest of a few names (the headings of one note), best first, at most three: each with its likeness of 100."""
    from rapidfuzz import fuzz, process

    counted = Counter(others)
    found = process.extract(
        wording(name), {o: wording(o) for o in counted}, scorer=fuzz.ratio, score_cutoff=cutoff, limit=3
    )
    return [(key, score) for _, score, key in found]
