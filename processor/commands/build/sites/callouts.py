"""Callouts as GitHub's alerts, and as the admonitions of Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Edit, line_end
from processor.parse.nodes import Callout
from processor.vault.note import Note

_ALERTS = {
    kind: alert
    for alert, kinds in {
        "NOTE": "note info todo abstract summary tldr",
        "TIP": "tip hint success check done",
        "IMPORTANT": "important",
        "WARNING": "warning attention",
        "CAUTION": "caution danger error bug failure fail missing",
    }.items()
    for kind in kinds.split()
}
"""Which of GitHub's five alerts a callout is; all others are quotes with a title in bold."""

_HEAD = re.compile(r"\[![^\[\]\n]*\](?P<fold>[+-]?)[ \t]*")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_PREFIX = re.compile(r"(?:[ ]{4}|\t)*(?:>[ \t]*)+")
"""What an admonition may stand behind: in a list its indent, and marks of quotes."""
_MARKERS = re.compile(r"[^\s>]")


class _Head(NamedTuple):
    """The first line of a callout: what stands before it, its fold, and where its title stands."""

    before: str
    fold: str
    title_start: int
    title_end: int

    @property
    def has_title(self) -> bool:
        return self.title_start < self.title_end


def _head(note: Note, callout: Callout) -> _Head | None:
    text = note.text
    start = callout.span.start
    m = _HEAD.match(text, start)
    if m is None:
        return None
    end = line_end(text, start)
    while end > m.end() and text[end - 1] in " \t":
        end -= 1
    return _Head(text[note.lines.start(note.lines.line(start)) : start], m["fold"], min(m.end(), end), end)


def alerts(note: Note) -> Iterator[Edit]:
    """Write callouts as GitHub has them: its five kinds, at the top level; the title, which it does not know, is a line in bold."""
    for callout in note.callouts:
        head = _head(note, callout)
        if head is None:
            continue
        alert = _ALERTS.get(callout.type.lower()) if head.before.strip() == ">" and head.before[0] == ">" else None
        if alert and not head.has_title:
            yield Edit(callout.span.start, head.title_start, f"[!{alert}]")
        else:
            yield from _titled_quote(note, callout, head, f"[!{alert}]\n{head.before}" if alert else "")


def _titled_quote(note: Note, callout: Callout, head: _Head, opening: str = "") -> Iterator[Edit]:
    """Write a callout as a quote whose title is a paragraph of its own, in bold."""
    title = "" if head.has_title else callout.type.replace("-", " ").capitalize()
    depth, text, apart = head.before.count(">"), note.text, _MARKERS.sub(" ", head.before).rstrip()
    m = _QUOTED.match(text, min(line_end(text, head.title_end) + 1, len(text)))
    if m and m[0].count(">") >= depth > 0:  # of a list's item the first line and the next may stand apart
        apart = text[m.start() : _place_of(text, m.start(), depth) + 1]
    is_marked = "*" in text[head.title_start : head.title_end]  # stars beside stars are read in several ways
    bold, end = ("<strong>", "</strong>") if is_marked else ("**", "**")
    yield Edit(callout.span.start, head.title_start, f"{opening}{bold}{title}")
    yield Edit(head.title_end, head.title_end, f"{end}\n{apart}")


def admonitions(note: Note) -> Iterator[Edit]:
    """Write callouts as admonitions, `!!! note "Title"`, and those that fold as `???`; their quotes' marks are indents. Where Python-Markdown
    reads none, as on the line of a list's mark, they are quotes with a title.
    """
    text, lines = note.text, note.lines
    written: dict[int, int] = {}  # how many of a line's marks are indents
    for callout in note.callouts:
        head = _head(note, callout)
        if head is None or ">" not in head.before:
            continue
        if _PREFIX.fullmatch(head.before) is None:
            yield from _titled_quote(note, callout, head)
            continue
        depth = head.before.count(">")
        first = lines.line(callout.span.start)
        mark = {"": "!!!", "-": "???", "+": "???+"}[head.fold]
        kind = re.sub(r"[^\w-]+", "-", callout.type.lower())
        at = lines.start(first) + head.before.rindex(">")
        if first and text[lines.start(first - 1) : lines.end(first - 1)].strip(" \t>"):
            yield Edit(lines.start(first), lines.start(first), "\n")
        title = f'{mark} {kind} "' if head.has_title else f"{mark} {kind}"
        yield Edit(at, head.title_start, title)
        if head.has_title:
            yield Edit(head.title_end, head.title_end, '"')
        for line in range(first + 1, len(lines)):
            m = _QUOTED.match(text, lines.start(line), lines.end(line))
            if m is None or m[0].count(">") < depth:
                break
            at = _place_of(text, lines.start(line), depth)
            takes_space = (
                text[at - 1 : at] == ">" and written.get(line, 0) < depth - 1
            )  # the mark of the quote around it
            yield Edit(at, at + 1 + (text[at + 1 : at + 2] in (" ", "\t")), " " * (4 + takes_space))
            written[line] = depth


def _place_of(text: str, start: int, depth: int) -> int:
    """Return where the quote mark of that depth stands on the line that begins at `start`."""
    at = start - 1
    for _ in range(depth):
        at = text.index(">", at + 1)
    return at
