"""What a text is about: its terms, alike whether somebody says it or writes of it.

A term is a word's first five letters, so that its forms are one; a number in figures or in words; two neighbouring signs of
a script that puts no spaces between words. Which of them tell anything is told by the video: see `Index`.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import name, normalize

from processor.base.regex import regex

_STEM = 5  # letters
_TOKENS = regex(
    r"[぀-ヿ㐀-鿿가-힯豈-﫿\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"  # scripts without spaces, or with words too short to tell
    r"|[\u0900-\u0dff]+"  # of India, whose vowels are marks
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*%?"
    r"|[$€£]"
)
_DENSE = regex(r"[぀-ヿ㐀-鿿가-힯豈-﫿\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_EAST = regex(r"[぀-ヿ㐀-鿿豈-﫿]")
_CLITIC = regex(r"['’](?:s|re|ve|ll|d|m|t)$")
_CURRENCY = {"$": "dolla", "€": "euro", "£": "pound"}
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
    if word != "one"
} | {
    word: str(number)
    for number, word in zip(
        range(20, 110, 10), "twenty thirty forty fifty sixty seventy eighty ninety hundred".split(), strict=True
    )
}


@lru_cache(maxsize=1 << 15)
def terms_of_word(word: str) -> tuple[str, ...]:
    """Return the terms of what stands between two spaces."""
    found: list[str] = []
    word = word.lower() if word.isascii() else normalize("NFC", word).casefold()  # `ä` is one sign or two
    for token in _TOKENS.findall(word):
        first = token[0]
        if first.isdigit():
            found.append(token.rstrip("%").replace(",", ""))
            if token[-1] == "%":
                found.append("perce")
        elif first in _CURRENCY:
            found.append(_CURRENCY[first])
        elif not first.isascii() and _DENSE.match(first):
            found += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif len(token) > 1:
            bare = _CLITIC.sub("", token)
            found.append(_NUMBERS.get(bare) or bare[:_STEM])
    return tuple(found)


def terms_of(text: str) -> list[str]:
    """Return the terms of a text, in its order."""
    return [term for word in text.split() for term in terms_of_word(word)]


@lru_cache(maxsize=1 << 12)
def script_of(term: str) -> str:
    """Return the script in which a term is written, `LATIN`; those of East Asia are one, and a number has none."""
    if term.isascii():
        return "LATIN" if term[0].isalpha() else ""
    if _EAST.match(term):
        return "EAST"
    return name(term[0], "").partition(" ")[0] if term[0].isalpha() else ""
