"""Paths as a program reads them in a link: what would end it, or be taken for something else, is percent-encoded."""

from __future__ import annotations

import re

from processor.base.regex import regex
from processor.vault.links.writing import encode


def encoded(path: str) -> str:
    """Return a path as an address, in Markdown and in HTML."""
    return encode(path).replace("#", "%23").replace("?", "%3F")


_OUT_OF_NAMES = str.maketrans(dict.fromkeys("#?:"))
_MISREAD = regex(r"%(?:2[346BCF]|3[ABDF]|40)|\\&(?=#?\w+;)", re.I)


def quartz_encoded(path: str) -> str:
    """Return a path as an address that Quartz finds, in Markdown: of what is encoded it leaves `;/?:@&=+$,#` so, and its pages have
    no `#`, `?` and `:` in their names."""
    return encode(path.translate(_OUT_OF_NAMES)).replace("%26", "&amp;")


def quartz_misreads(written: str) -> bool:
    """Return whether Quartz looks for another file by a Markdown link's destination than Obsidian: by one that is encoded where it
    decodes nothing, or has a backslash before an entity, which to Obsidian is one nevertheless."""
    return _MISREAD.search(written) is not None
