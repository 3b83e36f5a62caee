"""Generated regions: what stands between two markers is replaced by the next build, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.text import Edit, Span
from processor.parse.nodes import Link
from processor.vault.facts import fact
from processor.vault.note import Note

INDEX = "index"
STUB = "missing"
RELATED = "related"
VIDEO = "video"
"""The regions that there are: the list of channels, what a stub says, notes that belong together, the way to a note's video."""

_MARKER = re.compile(r"%%[ \t]*ytvault:([a-z]+)[ \t]*%%|%%[ \t]*/ytvault:([a-z]+)[ \t]*%%")


def marked(name: str, body: str) -> str:
    """Return a region of that name; `body` is Markdown without a line end at its end."""
    return f"%% ytvault:{name} %%\n\n{body}\n\n%% /ytvault:{name} %%"


def regions(note: Note) -> Iterator[tuple[str, Span]]:
    """Yield the regions of a note: name, and the span from the first marker's start to the last one's end."""
    opened: tuple[str, int] | None = None
    for comment in note.comments:
        if comment.form != "obsidian" or not comment.closed:
            continue
        m = _MARKER.fullmatch(note.text, *comment.span)
        if m and m[1]:
            opened = (m[1], comment.span.start)
        elif m and opened and m[2] == opened[0]:
            yield opened[0], Span(opened[1], comment.span.end)
            opened = None


@fact
def region_names(note: Note) -> list[str]:
    """Return the names of the generated regions that a note holds."""
    return [name for name, _ in regions(note)] if "ytvault:" in note.text else []


def region(note: Note, name: str) -> Span | None:
    """Return the first region of that name."""
    return next((span for found, span in regions(note) if found == name), None)


def written_links(note: Note) -> list[Link]:
    """Return the links of a note that stand in no generated region."""
    if "ytvault:" not in note.text:
        return list(note.links)
    spans = [span for _, span in regions(note)]
    return [x for x in note.links if not any(s.start <= x.span.start < s.end for s in spans)]


def holds(note: Note, name: str, body: str) -> bool:
    """Return whether the note has that region, and it is just what was to be written."""
    span = region(note, name)
    return span is not None and note.quote(span) == marked(name, body)


def set_region(note: Note, name: str, body: str) -> Edit | None:
    """Return the edit that replaces the body of a note's region, adding the region at the foot of the note where there is none.

    An empty `body` takes the region out. None: nothing is to be done. Where the foot of the note is code or
    a comment that never ends, what the edit adds is no region: the caller checks that the note `holds` it.
    """
    span, text = region(note, name), note.text
    if span is None:
        at = len(text.rstrip())
        if not body:
            return None
        apart = "\n\n"
        if at <= note.body_start:
            at = note.body_start
            apart = "" if not at else "\n" if text[at - 1] == "\n" else "\n\n"
        return Edit(at, len(text), f"{apart}{marked(name, body)}\n")
    if body:
        new = marked(name, body)
        return Edit(*span, new) if note.quote(span) != new else None
    return Edit(len(text[: span.start].rstrip()), span.end, "")
