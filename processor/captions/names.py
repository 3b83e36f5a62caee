"""What the name of a file says of the captions in it: `Title [n3Vq8ZtKp0A].en-orig.vtt`."""

from __future__ import annotations

from typing import NamedTuple

from processor.base.regex import regex
from processor.parse.youtube import is_possible_video_id, is_video_id

_BRACKETED = regex(r"\[([A-Za-z0-9_-]{11})\]")
_LAST = regex(r"(?:^|[ _.(-])([A-Za-z0-9_-]{11})\)?$")
_LANGUAGE = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,2}")
_REGIONS = frozenset(("au", "ar", "br", "ca", "cn", "gb", "hk", "in", "mx", "tw", "uk", "us"))
_MARKS = frozenset(("live_chat", "info", "transcript", "captions", "subtitles", "auto", "manual"))


class Named(NamedTuple):
    """What a name says; empty where it is silent. A language as yt-dlp writes it: `en`, `en-orig`, `de-en` (German, translated
    from English)."""

    video_id: str
    language: str


def named(name: str) -> Named:
    """Return what the name of a file, without its ending, says: its id in brackets, or at the end; the language behind that."""
    stem, language = name, ""
    while "." in stem:
        before, _, last = stem.rpartition(".")
        if _LANGUAGE.fullmatch(last) and not language and before:
            language = last
        elif last.lower() not in _MARKS:
            break
        stem = before
    bracketed = _BRACKETED.findall(name)
    if bracketed:
        return Named(bracketed[-1], language)
    if is_video_id(stem):
        return Named(stem, language)
    if (found := _LAST.search(stem)) and _looks_random(found[1]):
        return Named(found[1], language)
    return Named("", language)


def _looks_random(text: str) -> bool:
    """Return whether eleven characters at the end of a name are an id rather than a word: they mix cases or hold a digit."""
    inner = text.strip("-_")
    has_digit = any(c.isdigit() for c in inner)
    mixes = any(c.isupper() for c in inner[1:]) and any(c.islower() for c in inner)
    return is_possible_video_id(text) and (mixes or (has_digit and not inner.isdigit() and "-" not in inner))


def is_translation(language: str) -> bool:
    """Return whether a language is that of a translation by YouTube, which names the language that it is made from."""
    first, _, second = language.partition("-")
    return (
        len(second) in (2, 3) and second.isalpha() and second.islower() and second not in _REGIONS and first != second
    )


def base_language(language: str) -> str:
    """Return the language without region, script and origin."""
    return language.partition("-")[0].lower()
