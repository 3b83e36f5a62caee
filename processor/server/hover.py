"""What is shown of what stands at a place: the section that a link leads to, the moment of a stamp, the page of a rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from processor.base.text import Span, line_end
from processor.config.settings import FILE
from processor.parse.nodes import Link
from processor.parse.youtube import write_clock
from processor.rules.base import all_rules
from processor.server.documents import Document, uri_of
from processor.server.home import Home
from processor.server.stamps import Aimed, stamp_at
from processor.vault.links.writing import title_of
from processor.vault.note import Note
from processor.vault.said import captions_of, length_of
from processor.vault.vault import Vault

_LINES, _LONGEST = 24, 2000  # of a section that is shown
_IMAGES = frozenset("avif bmp gif jpeg jpg png svg webp".split())
_BEFORE, _BEHIND = 2, 20  # seconds of what is said around a stamp
_WORD = re.compile(r"[A-Za-z][\w-]*")


class Shown(NamedTuple):
    """Markdown, and what it is about."""

    text: str
    span: Span


def hover(home: Home, offset: int) -> Shown | None:
    """Return what is shown at a place of an open note."""
    note = home.note
    if rule := _of_rule(note, offset):
        return rule
    if one := stamp_at(home, offset):
        return Shown(_moment(home, one), one.stamp.span)
    for link in note.links:
        if link.span.start <= offset <= link.span.end:
            text = _leads(home, link)
            return Shown(text, link.span) if text else None
    return None


# Rules


def _of_rule(note: Note, offset: int) -> Shown | None:
    for suppression in note.suppressions:
        for name, span in zip(suppression.rules, suppression.rule_spans, strict=True):
            if span.start <= offset <= span.end and name in all_rules():
                return Shown(page(name), span)
    return None


def in_settings(document: Document, offset: int) -> Shown | None:
    """Return the page of the rule that is named at a place of `ytvault.toml`."""
    if document.path is None or document.path.name != FILE:
        return None
    text = document.text
    start = text.rfind("\n", 0, offset) + 1
    for word in _WORD.finditer(text, start, line_end(text, offset)):
        if word.start() <= offset <= word.end() and word[0] in all_rules():
            return Shown(page(word[0]), Span(*word.span()))
    return None


def page(name: str) -> str:
    """Return the page of a rule."""
    rule = all_rules()[name]
    return f"**{name}** ({rule.severity})\n\n{rule.doc}"


# Links


def _leads(home: Home, link: Link) -> str:
    vault = home.vault.vault
    found = vault.resolve(link.target, home.path)
    if found.path is None:
        return ""
    if found.path not in vault.notes:
        suffix = found.path.rpartition(".")[2].lower()
        name = found.path.rpartition("/")[2]
        return f"![{name}]({uri_of(home.vault.root / found.path)})" if suffix in _IMAGES else f"`{found.path}`"
    note = home.vault.note(found.path)
    if note is None:
        return ""
    part = note.body_start, len(note.text)
    if found.heading is not None:
        part = section(note, found.heading.span)
    elif found.block is not None:
        part = found.block.span
    shown = excerpt(note.text[part[0] : part[1]])
    head = f"**{title_of(note)}** · `{found.path}`"
    fault = ""
    if found.status in ("missing-heading", "missing-block"):
        fault = f'\n\n*it has no {found.status.removeprefix("missing-")} "{link.fragment}"*'
    return f"{head}{fault}\n\n---\n\n{shown}" if shown else head + fault


def section(note: Note, heading: Span) -> Span:
    """Return the section that a heading begins."""
    headings = [h for h in note.headings if h.outline]
    at = bisect_left(headings, heading.start, key=lambda h: h.span.start)
    own = headings[at]
    end = next((h.span.start for h in headings[at + 1 :] if h.level <= own.level), len(note.text))
    return Span(own.span.start, end)


def excerpt(text: str) -> str:
    """Return the beginning of a text."""
    lines = text.strip().split("\n")
    shown = "\n".join(lines[:_LINES])
    is_cut = len(lines) > _LINES or len(shown) > _LONGEST
    shown = shown[:_LONGEST].rstrip()
    if shown.count("```") % 2:
        shown += "\n```"
    return shown + "\n\n…" if is_cut else shown


# Stamps


def _moment(home: Home, one: Aimed) -> str:
    vault = home.vault.vault
    clock, length = write_clock(one.seconds), length_of(vault, one.video_id)
    total = f" of {write_clock(int(length.seconds))}" if length else ""
    parts = [f"**{clock}**{total} · [{_title(vault, home, one.video_id)}]({one.url})"]
    if said := _said(vault, home.note, one):
        parts.append(f"> {said}")
    parts.append(f"![](https://i.ytimg.com/vi/{one.video_id}/mqdefault.jpg)")
    return "\n\n".join(parts)


def _title(vault: Vault, home: Home, video_id: str) -> str:
    """Return the title of a video: by its publisher, by this note, or by another one of it."""
    details = vault.captions.details(video_id)
    if details and details.title:
        return details.title
    if vault.video_id(home.path) == video_id:
        return title_of(home.note)
    path = next((path for path, known in vault.video_ids.items() if known == video_id), None)
    return title_of(vault.notes[path]) if path else video_id


def _said(vault: Vault, note: Note, one: Aimed) -> str:
    """Return what is said from just before a stamp on; empty where nobody knows."""
    found = captions_of(vault, one.video_id, note.text)
    if found is None:
        return ""
    first = bisect_left(found.seconds, one.seconds - _BEFORE)
    last = bisect_left(found.seconds, one.seconds + _BEHIND)
    words = " ".join(found.words[first:last])
    return f"… {words} …" if words else ""
