"""The parts of a note as an editor lists, folds and selects them, and the notes of the vaults by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from processor.base.text import Span, line_end
from processor.disk import read
from processor.parse.youtube import is_video_id
from processor.server.home import Home
from processor.server.naming import named
from processor.server.opened import OpenVault
from processor.server.targets import targets
from processor.vault.deferred import DeferredNote
from processor.vault.note import Note

Sort = Literal["properties", "section", "callout", "note", "alias", "heading", "video"]
_MOST = 200  # headings that are found in a vault
_SHORTEST = 3  # letters of a heading that is looked for


class Part(NamedTuple):
    """A part of a note: what it is called, all of it, the line that names it, and the parts in it."""

    name: str
    sort: Sort
    span: Span
    title: Span
    parts: Sequence[Part] = ()


class Found(NamedTuple):
    """Something of a vault that is called so, where it stands, and in what."""

    name: str
    sort: Sort
    path: str
    span: Span
    within: str


def parts(note: Note) -> list[Part]:
    """Return the properties, sections and callouts of a note, those in a section within it."""
    found: list[Part] = []
    if (front := note.properties.span) is not None:
        found.append(
            Part("properties", "properties", _lines(note, front), Span(front.start, line_end(note.text, front.start)))
        )
    headings = [h for h in note.headings if h.outline]
    callouts = [_callout(note, c.span, note.quote(c.type_span)) for c in note.callouts]
    first = headings[0].span.start if headings else len(note.text)
    found += [c for c in callouts if c.span.start < first]
    return found + _sections(note, [(h.level, h.text, h.span) for h in headings], callouts, len(note.text))


def _sections(note: Note, headings: Sequence[tuple[int, str, Span]], callouts: Sequence[Part], end: int) -> list[Part]:
    """Return the sections that headings begin, the last of which ends at `end`, each with those below it."""
    tops: list[int] = []
    for i, (level, _, _) in enumerate(headings):
        if not tops or level <= headings[tops[-1]][0]:
            tops.append(i)
    found = []
    for at, after in pairwise([*tops, len(headings)]):
        _, text, span = headings[at]
        close = headings[after][2].start if after < len(headings) else end
        stop = headings[at + 1][2].start if at + 1 < after else close
        own = [c for c in callouts if span.start <= c.span.start < stop]
        inner = [*own, *_sections(note, headings[at + 1 : after], callouts, close)]
        found.append(Part(text or "#", "section", _trimmed(note, Span(span.start, close)), span, inner))
    return found


def _callout(note: Note, span: Span, kind: str) -> Part:
    """Return a callout: its lines are those that begin with a `>`."""
    line = note.lines.line(span.start)
    title = note.text[span.start : line_end(note.text, span.start)].partition("]")[2].strip(" +-")
    last = line
    while last + 1 < len(note.lines) and note.text[note.lines.start(last + 1) :][:200].lstrip(" \t").startswith(">"):
        last += 1
    whole = Span(note.lines.start(line), note.lines.end(last))
    return Part(title or kind, "callout", whole, Span(span.start, note.lines.end(line)))


def _lines(note: Note, span: Span) -> Span:
    return _trimmed(note, Span(span.start, max(span.end, line_end(note.text, max(span.start, span.end - 1)))))


def _trimmed(note: Note, span: Span) -> Span:
    """Return a stretch without the blank lines at its end."""
    end = span.end
    while end > span.start and note.text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


def folds(note: Note) -> list[tuple[int, int]]:
    """Return the first and last lines (from 0) of what can be folded: sections, properties, callouts, fences."""

    def each(some: Sequence[Part]) -> Iterator[Span]:
        for part in some:
            yield part.span
            yield from each(part.parts)

    spans = [*each(parts(note)), *(code.span for code in note.code if code.form == "fence")]
    lines = {(note.lines.line(start), note.lines.line(max(start, end - 1))) for start, end in spans}
    return sorted((first, last) for first, last in lines if last > first)


_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\n[ \t>]*\n")


def selections(home: Home, offset: int) -> list[Span]:
    """Return the stretches around a place, each within the next: word, link, line, paragraph, sections, the whole note."""
    note, text = home.note, home.note.text
    start, end = text.rfind("\n", 0, offset) + 1, line_end(text, offset)
    found = [Span(*m.span()) for m in _WORD.finditer(text, start, end) if m.start() <= offset <= m.end()]
    found += [t.span for t in targets(home) if t.span.start <= offset <= t.span.end]
    above = [m.end() for m in _BLANK.finditer(text, 0, start)]
    below = _BLANK.search(text, max(0, end))
    found += [Span(start, end), Span(above[-1] if above else 0, below.start() if below else len(text))]

    def around(some: Sequence[Part]) -> Iterator[Span]:
        for part in some:
            if part.span.start <= offset <= part.span.end:
                yield part.span
                yield from around(part.parts)

    found += [*around(parts(note)), Span(0, len(text))]
    nested: list[Span] = []
    for span in sorted(set(found), key=lambda s: (s.end - s.start, s.start)):
        inner = nested[-1] if nested else Span(offset, offset)
        if span.start <= inner.start and inner.end <= span.end and span != inner:
            nested.append(span)
    return nested or [Span(offset, offset)]


# The vault


def symbols(vault: OpenVault, query: str) -> Iterator[Found]:
    """Yield the notes that are called so, by name, title or alias; the notes of a video, by its id; behind a `#` the headings."""
    query = query.strip()
    if query.startswith("#"):
        yield from _headings(vault, query.lstrip("# "))
        return
    if is_video_id(query):
        for path, video_id in vault.vault.video_ids.items():
            if video_id == query:
                yield Found(path.rpartition("/")[2].removesuffix(".md"), "video", path, Span(0, 0), query)
    for path, text, kind in named(vault.vault, query, ""):
        yield Found(text, "note" if kind != "alias" else "alias", path, Span(0, 0), path.rpartition("/")[0])


def _headings(vault: OpenVault, query: str) -> Iterator[Found]:
    """Yield the headings that hold a text. Notes are read for that in which a line may be one."""
    if len(query) < _SHORTEST:
        return
    words = query.casefold()
    raw = re.compile(rb"^#{1,6}[ \t].*" + re.escape(query.encode()), re.I | re.M) if query.isascii() else None
    seen = 0
    for path, note in vault.vault.notes.items():
        if raw is not None and isinstance(note, DeferredNote):
            data = read(vault.root, path)
            if not isinstance(data, bytes) or raw.search(data) is None:
                continue
        for heading in note.anew().headings:
            if heading.outline and words in heading.text.casefold():
                yield Found(heading.text, "heading", path, heading.span, path)
                seen += 1
                if seen == _MOST:
                    return
