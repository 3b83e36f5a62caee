"""What is told beside the text: how many links lead to a note and its headings, and where an ambiguous link leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from processor.base.text import Span, count
from processor.server.home import Home
from processor.server.places import linking
from processor.server.targets import Target, of_heading

_BROKEN = frozenset(("broken-link", "broken-heading", "broken-block", "broken-embed", "missing-note"))


class Lens(NamedTuple):
    """A place above which links are counted: the note as a whole (`heading` None), or a heading."""

    span: Span
    heading: str | None = None


def lenses(home: Home) -> Iterator[Lens]:
    """Yield where links are counted in an open note."""
    yield Lens(Span(0, 0))
    yield from (Lens(h.span, h.text) for h in home.note.headings if h.outline and h.text)


def counted(home: Home, span: Span) -> str:
    """Return what is told above a place: of a heading the links to it, of the note those to it and how many of its own lead
    nowhere."""
    heading = next((h for h in home.note.headings if h.outline and h.span == span), None)
    if heading is not None and span != Span(0, 0):
        return count(sum(1 for _ in linking(home.vault, of_heading(home.path, heading))), "link")
    told = count(sum(1 for _ in linking(home.vault, Target("note", span, home.path))), "backlink")
    broken = sum(f.rule in _BROKEN for f in home.vault.findings(home.path))
    return f"{told} · {broken:,} broken" if broken else told


class Hint(NamedTuple):
    """A text that is shown behind a place."""

    at: int
    text: str
    told: str


def hints(home: Home, span: Span) -> Iterator[Hint]:
    """Yield where the links lead in a stretch of an open note that might lead elsewhere from another note."""
    vault = home.vault.vault
    for link in home.note.links:
        if link.span.start > span.end or link.span.end < span.start:
            continue
        found = vault.resolve(link.target, home.path)
        if len(found.candidates) > 1 and found.decider in ("folder", "shortest", "tie"):
            yield Hint(link.span.end, f"→ {found.path}", f"{found.reason}; {', '.join(found.candidates)}")
