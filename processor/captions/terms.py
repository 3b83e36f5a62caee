"""What a text is about: its terms, alike whether somebody says it or writes of it.

A term is a word's first five letters, so that its forms are one; a number in figures or in words; two neighbouring signs of
a script that puts no spaces between words. Which of them tell anything is told by the video: see `Index`.
"""

from __future__ import annotations

from functools import lru_cache

from processor.base.regex import regex

_STEM = 5  # letters
_TOKENS = regex(
    r"[぀-ヿ㐀-鿿가-힯豈-﫿]+"  # scripts without spaces, or with words too short to tell
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*%?"
    r"|[$€£]"
)
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
    """The terms of what stands between two spaces."""
    found: list[str] = []
    for token in _TOKENS.findall(word.lower()):
        first = token[0]
        if first.isdigit():
            found.append(token.rstrip("%").replace(",", ""))
            if token[-1] == "%":
                found.append("perce")
        elif first in _CURRENCY:
            found.append(_CURRENCY[first])
        elif first >= "぀" and not first.isascii() and _TOKENS.match(first) and _is_dense(first):
            found += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif len(token) > 1:
            bare = _CLITIC.sub("", token)
            found.append(_NUMBERS.get(bare) or bare[:_STEM])
    return tuple(found)


def _is_dense(sign: str) -> bool:
    return "぀" <= sign <= "ヿ" or "㐀" <= sign <= "鿿" or "가" <= sign <= "힯" or "豈" <= sign <= "﫿"


def terms_of(text: str) -> list[str]:
    """The terms of a text, in its order."""
    return [term for word in text.split() for term in terms_of_word(word)]
