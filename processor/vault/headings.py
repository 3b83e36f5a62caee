"""The headings of a note as links find them: by Obsidian's way, and by the anchors that GitHub gives them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from processor.base.regex import regex
from processor.base.text import Span
from processor.parse.grammar import CLOSE_TAG, OPEN_TAG
from processor.parse.nodes import Heading
from processor.vault.naming import heading_key


class HeadingIndex:
    """The headings of one note that links can lead to, by their keys (see `naming.heading_key`); with `anchors` also by
    the ones that GitHub gives them.
    """

    def __init__(self, headings: Iterable[Heading], *, anchors: bool = False) -> None:
        self._all = list(headings)
        self._has_anchors = anchors
        self._headings = [h for h in self._all if h.outline]
        self._places: dict[str, list[int]] = {}
        for i, heading in enumerate(self._headings):
            self._places.setdefault(heading_key(heading.text), []).append(i)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def having(self, key: str) -> list[Heading]:
        """Return the headings of a key, of which links find the first."""
        return [self._headings[i] for i in self._places.get(key, ())]

    def walk(self, fragment: str) -> list[Heading]:
        """Return the headings that `A#B` goes through, one a part: B after A and deeper than A; empty where one is missing.

        The first of equal headings wins.
        """
        walked: list[Heading] = []
        last = -1
        for part in fragment.split("#"):
            if not part.strip():
                continue
            places = self._places.get(heading_key(part), ())
            for at in places[bisect_right(places, last) :]:
                if not walked or self._headings[at].level > walked[-1].level:
                    walked.append(self._headings[at])
                    last = at
                    break
            else:
                anchored = self.anchored(fragment)
                return [] if anchored is None else [anchored]
        return walked

    def anchored(self, fragment: str) -> Heading | None:
        """Return the heading that a fragment leads to by its anchor alone, where anchors count."""
        heading = self._by_anchor.get(anchor_key(fragment)) if self._has_anchors else None
        return None if heading is None or heading_key(fragment) in self._places else heading

    @cached_property
    def _by_anchor(self) -> Mapping[str, Heading]:
        return dict(zip(anchors_of([h.text for h in self._all]), self._all, strict=True))


# What GitHub makes of a heading

_SHOWN = regex(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!\[[^\[\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])"
    rf"|{OPEN_TAG}|{CLOSE_TAG}"
)
_EMPHASIS = regex(r"(?<!\w)(_{1,3})(?=[^\s_])([^\n]*?[^\s_]|[^\s_])\1(?!\w)")
_LONGEST = 1000  # letters of a heading that a person wrote
_HIDDEN = "\x00"  # stands for an underscore of code or behind a backslash


def shown_heading(text: str) -> str:
    """Return what a reader sees of a heading: of emphasis, links and code the text, nothing of pictures and tags."""
    if len(text) > _LONGEST:
        return text

    def one(m: re.Match[str]) -> str:
        return (m["code"] or m["escaped"] or "").replace("_", _HIDDEN)

    text = _SHOWN.sub(one, text)
    text = _EMPHASIS.sub(r"\2", text) if "_" in text else text
    if "&" in text:
        from html import unescape  # here, as few headings need it

        text = unescape(text)
    return text.replace(_HIDDEN, "_")


def github_anchor(text: str) -> str:
    """Return the anchor that GitHub gives a heading of this text, the first of its note: `What's new?` is `whats-new`."""
    return "".join(
        "-" if c == " " else c
        for c in shown_heading(text).lower()
        if c in " -" or unicodedata.category(c)[0] in "LMN" or unicodedata.category(c) == "Pc"
    )


def anchors_of(texts: Sequence[str]) -> list[str]:
    """Return the anchors that GitHub gives the headings of a note: a number follows where an anchor is taken."""
    last: dict[str, int] = {}  # of each anchor that is taken the last number that followed it
    found = []
    for text in texts:
        anchor = first = github_anchor(text)
        number = last.get(first, 0)
        while anchor in last:
            number += 1
            anchor = f"{first}-{number}"
        last[first] = number
        last.setdefault(anchor, 0)
        found.append(anchor)
    return found


def anchor_key(fragment: str) -> str:
    """Return a link's fragment as anchors are looked for; GitHub's own prefix may stand before it."""
    return fragment.strip().lower().removeprefix("user-content-")


def moved_anchors(headings: Sequence[Heading], texts: Mapping[Span, str]) -> dict[Span, str]:
    """Return the new anchors of the headings, by their spans, that get another one where some have new texts."""
    before = anchors_of([h.text for h in headings])
    after = anchors_of([texts.get(h.span, h.text) for h in headings])
    return {h.span: new for h, old, new in zip(headings, before, after, strict=True) if old != new}


_TAG = regex(r"<[A-Za-z][^<>]{0,2000}>")
_ID = regex(
    r"""\s(?P<attribute>id|name)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))""", re.I
)


def html_anchors(text: str) -> list[tuple[int, str]]:
    """Return the places that HTML tags name, `<a id="x">`, `<a name="x">`, `<h2 id="x">`: where each tag stands, and the name."""
    return [
        (tag.start(), (m["double"] or m["single"] or m["bare"] or "").strip().lower())
        for tag in _TAG.finditer(text)
        for m in _ID.finditer(tag[0])
        if m["attribute"].lower() == "id" or tag[0][1:2] in "aA"
    ]
