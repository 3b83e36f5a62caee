"""How a target is written that was meant for another notation: percent signs, backslashes, entities, invisible letters."""

from __future__ import annotations

import re
from urllib.parse import unquote

from processor.base.regex import regex
from processor.parse.grammar import without_entities

_HIDDEN = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_WORTH_A_LOOK = regex(rf"[%\\&{_HIDDEN}]|//|/\Z|\.md\.md|\s/|/\s", re.I)
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SUFFIXES = re.compile(r"(?:\.md){2,}\Z", re.I)


def as_meant(text: str) -> str:
    """Return a target's text without what only another notation would read: what is percent-encoded or an entity is the sign that
    it stands for, and letters that nobody sees are dropped.
    """
    if "%" in text:
        text = _PERCENT.sub(_decoded, text)
    if "&" in text:
        text = without_entities(text)
    return text if text.isascii() else _UNSEEN.sub("", text)


def _decoded(m: re.Match[str]) -> str:
    try:
        text = unquote(m[0], errors="strict")
    except UnicodeDecodeError:
        return m[0]
    return text if text.isprintable() else m[0]


def path_as_meant(path: str) -> str:
    """Return the path of a link as it was meant: with `/` for `\\`, one `.md`, and no slash behind it."""
    if not _WORTH_A_LOOK.search(path):
        return path
    meant = as_meant(path).replace("\\", "/")
    parts = [part.strip() for part in meant.split("/")]
    head = "/" if meant.startswith("/") else ""
    return _SUFFIXES.sub(".md", head + "/".join(filter(None, parts)))


def target_as_meant(target: str) -> tuple[str, str | None]:
    """Return the path and the fragment of a link as they were meant. The `#` of an entity splits no target."""
    if "&#" in target:
        target = as_meant(target)
    path, mark, fragment = target.partition("#")
    return path_as_meant(path.strip()), as_meant(fragment) if mark else None
