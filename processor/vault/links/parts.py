"""The parts of a link as they are written: its path and its fragment, where they stand and how to write others."""

from __future__ import annotations

import re

from processor.base.text import Span
from processor.parse.grammar import normal
from processor.parse.nodes import Link
from processor.vault.links.writing import encode, within_quotes
from processor.vault.naming import nfc
from processor.vault.note import Note
from processor.vault.vault import Vault


def styled_path(vault: Vault, path: str, source: str, *, suffixed: bool) -> str:
    """Return how the vault's style names a file from a note; `suffixed`: with its `.md`, as a Markdown link has it."""
    form = nfc(vault.path_to(path, source))
    is_suffixed = suffixed and vault.resolve(normal(form + ".md"), source).path == path
    return form + ".md" if is_suffixed else form


_MARK = re.compile(r"\\?#|%23")


def parts_of(note: Note, link: Link) -> tuple[Span, Span]:
    """Return where a link's path stands, and its fragment."""
    start, end = link.target_span
    target = note.text[start:end]
    if target.startswith("<") and target.endswith(">"):
        start, target = start + 1, target[1:-1]
    if link.form in ("markdown", "reference"):
        m = _MARK.search(target)
        first, last = m.span() if m else (len(target), len(target))
    else:
        first = target.find("#") if "#" in target else len(target)
        last = min(first + 1, len(target))
    path = target[:first].strip()
    begin = start + len(target[:first]) - len(target[:first].lstrip())
    return Span(begin, begin + len(path)), Span(start + last, start + len(target))


def as_written(note: Note, link: Link, text: str) -> str:
    """Return a path or fragment as it stands in a link of this form."""
    start = link.target_span.start
    if link.form in ("markdown", "reference"):
        text = encode(text, angled="<" in (note.text[start : start + 1], note.text[start - 1 : start]))
    quoted = within_quotes(note, link, text)
    return text if quoted is None else quoted
