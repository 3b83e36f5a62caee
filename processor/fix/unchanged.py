"""What edits changed outside of themselves: the check that a fix leaves the rest of a note as it means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from processor.base.text import Edit, Span
from processor.vault.backlinks import fragment_backlinks
from processor.vault.note import Note
from processor.vault.resolution import Resolution
from processor.vault.vault import Vault


class Shift:
    """Where the places outside of some edits went. The edits must not overlap."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = sorted(edits, key=itemgetter(0, 1))
        # of the edits in the old text and in the new one, and by how much what follows each of them moves
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._new_starts: list[int] = []
        self._new_ends: list[int] = []
        self._by = [0]
        for edit in self.edits:
            by = self._by[-1]
            self._starts.append(edit.start)
            self._ends.append(edit.end)
            self._new_starts.append(edit.start + by)
            self._new_ends.append(edit.start + by + len(edit.text))
            self._by.append(by + len(edit.text) - (edit.end - edit.start))

    def forward(self, span: Span) -> Span | None:
        """Return the place of an old span in the new text; None where an edit changes it."""
        i = bisect_right(self._ends, span.start)
        if i < len(self._starts) and self._starts[i] < span.end:
            return None
        return Span(span.start + self._by[i], span.end + self._by[i])

    def is_new(self, span: Span) -> bool:
        """Return whether a span of the new text holds something of an edit."""
        i = bisect_right(self._new_ends, span.start)
        return i < len(self._new_starts) and self._new_starts[i] < span.end

    def is_within(self, span: Span) -> bool:
        """Return whether a span of the new text lies wholly in what an edit wrote."""
        i = bisect_right(self._new_starts, span.start) - 1
        return i >= 0 and span.end <= self._new_ends[i]

    def covers(self, span: Span) -> bool:
        """Return whether one edit covers the whole of an old span."""
        i = bisect_right(self._starts, span.start) - 1
        return i >= 0 and span.end <= self._ends[i]

    def back(self, offset: int) -> int:
        """Return the place in the old text of an offset in the new one; in what an edit wrote, that edit's end."""
        i = bisect_right(self._new_ends, offset)
        if i < len(self._new_starts) and self._new_starts[i] < offset:
            return self._ends[i]
        return offset - self._by[i]


_Construct = tuple[Span, tuple[object, ...]]
"""Where something stands, and what it says."""


def _links(note: Note) -> Iterator[_Construct]:
    definitions: dict[_Construct, None] = {}
    for x in note.links:
        if x.form == "reference":  # it leads where its definition says, which stands elsewhere
            definitions[x.target_span, ("definition", x.target)] = None
            yield x.span, (x.form, x.embed, x.display, x.place)
        else:
            yield x.span, (x.form, x.embed, x.target, x.display, x.place)
    yield from definitions
    for y in note.external_links:
        yield y.span, (y.form, y.embed, y.url, y.text, y.place)


def _codes(note: Note) -> Iterator[_Construct]:
    for x in note.code:
        yield x.span, (x.form, x.info, x.closed)


def _headings(note: Note) -> Iterator[_Construct]:
    for x in note.headings:
        # with the end of its line: what is written there belongs to the heading
        yield Span(x.span.start, x.span.end + 1), (x.level, x.text, x.outline)


def _entries(note: Note) -> Iterator[_Construct]:
    for x in note.properties.entries:
        yield x.span, (x.key, x.style, repr(x.value))


_KINDS: tuple[tuple[str, Callable[[Note], Iterable[_Construct]]], ...] = (
    ("code", _codes),
    ("a property", _entries),
    ("a link", _links),
    ("a heading", _headings),
)


def changed_outside(old: Note, new: Note, edits: Iterable[Edit]) -> str | None:
    """Return what edits of `old`, which made it `new`, changed outside of themselves: `a link: [[x]]`; None: nothing.

    A fix may change what its edits cover, no more: code, properties, headings and links beside them stay, and code is
    covered as a whole or not at all. What is read as properties for the first time counts as covered.
    """
    shift = Shift(edits)
    if old.properties.span is not None and old.properties.fault is None and old.properties.entries:
        lost = new.properties.fault is not None or new.properties.span is None
        if lost and any(shift.forward(e.span) for e in old.properties.entries):
            return "the properties, which could not be read any more"
    first = _read_first(old, new, shift)
    for name, constructs in _KINDS:
        if where := _changed(old, new, shift, constructs, first):
            return f"{name}: {where}"
    return None


def _read_first(old: Note, new: Note, shift: Shift) -> tuple[Span, Span] | None:
    """Return where properties stand that Obsidian could not read before, in the old text and in the new."""
    span = new.properties.span
    if span is None or new.properties.fault or (old.properties.span is not None and not old.properties.fault):
        return None
    return Span(shift.back(span.start), shift.back(span.end)), span


def _changed(
    old: Note,
    new: Note,
    shift: Shift,
    constructs: Callable[[Note], Iterable[_Construct]],
    first: tuple[Span, Span] | None,
) -> str | None:
    """Return the first construct of one kind that is not as it was."""
    is_code = constructs is _codes
    before: dict[_Construct, Span] = {}
    for span, says in constructs(old):
        at = shift.forward(span)
        if at is not None:
            if not (first and _overlap(span, first[0])):
                before[at, says] = span
        elif is_code and not shift.covers(span):
            return _shown(old, span)
    for span, says in constructs(new):
        if shift.is_new(span):
            if is_code and not shift.is_within(span):
                return _shown(new, span)
        elif before.pop((span, says), None) is None and not (first and _overlap(span, first[1])):
            return _shown(new, span)
    return _shown(old, min(before.values())) if before else None


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _shown(note: Note, span: Span) -> str:
    words = " ".join(note.text[span.start : min(span.end, span.start + 200)].split())
    return words if len(words) <= 60 else words[:59] + "…"


def unread_text(note: Note) -> list[str]:
    """Return what stands in code, and in front matter that Obsidian cannot read."""
    properties = note.properties
    spans = [c.span for c in note.code]
    spans += [
        s for s in (properties.span if properties.fault else None, properties.misplaced, properties.unclosed) if s
    ]
    return [note.quote(span) for span in spans]


# Links from elsewhere


def anchors(note: Note) -> object:
    """Return what a link can lead to within a note, to be compared."""
    return [(h.level, h.text) for h in note.headings if h.outline], [b.id for b in note.blocks]


def lost_links(path: str, before: Vault, after: Vault) -> Iterator[tuple[str, str]]:
    """Links to a heading or block of a note (source and target) that are as they were and lead elsewhere now."""
    for source, link in fragment_backlinks(before, path):
        then = before.resolve(link.target, source)
        if then.heading is None and then.block is None:
            continue
        note = after.notes[source]
        if note is not before.notes[source] and all(x.target != link.target for x in note.links):
            continue  # the link was changed too
        if not _lead_alike(before, then, after, after.resolve(link.target, source)):
            yield source, link.target


def _lead_alike(before: Vault, then: Resolution, after: Vault, now: Resolution) -> bool:
    if then.block or now.block:
        return (then.block and then.block.id) == (now.block and now.block.id)
    if then.heading is None or now.heading is None:
        return False
    # a heading is the same by its text, or by its place where none came or went
    if then.heading.text == now.heading.text:
        return True
    places = [
        [h for h in vault.notes[found.path or ""].headings if h.outline]
        for vault, found in ((before, then), (after, now))
    ]
    return len(places[0]) == len(places[1]) and places[0].index(then.heading) == places[1].index(now.heading)
