"""How words are spelt: their stems, and a name written as another has its words."""

from __future__ import annotations

import re

from processor.vault.naming import wording

ARTICLES = frozenset(("a", "an", "the"))


def stem(word: str) -> str:
    """Return an English word without its plural ending."""
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def same_words(name: str, other: str) -> bool:
    """Return whether two names differ in no word, but for articles and plural endings."""
    return _without_forms(name) == _without_forms(other)


def _without_forms(name: str) -> list[str]:
    return [stem(word) for word in wording(name).split() if word not in ARTICLES]


_WORD = re.compile(r"[^\W_]+")


def respelt(name: str, right: str) -> str:
    """Return a name with its words spelt as in the right one, in the case and with the marks of their writer; the right one where
    the words are not as many.
    """
    words, theirs = _WORD.findall(name), _WORD.findall(right)
    if len(words) != len(theirs):
        return right
    spelt = iter(
        [
            mine if mine.casefold() == word.casefold() else _in_case_of(mine, word)
            for mine, word in zip(words, theirs, strict=True)
        ]
    )
    return _WORD.sub(lambda _: next(spelt), name)


def _in_case_of(mine: str, word: str) -> str:
    if mine.islower():
        return word.lower()
    if mine.isupper() and len(mine) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if mine[:1].isupper() else word
