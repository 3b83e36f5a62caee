"""Notes of a large vault, each made when it is wanted, from its outline and its facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, KeysView, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any, Protocol
from weakref import ref

from processor.base.text import LineTable, Source, Span
from processor.parse.frontmatter import Properties, YamlFault
from processor.parse.nodes import (
    Block,
    Callout,
    Code,
    Comment,
    DeadLink,
    ExternalLink,
    Heading,
    Link,
    Region,
    Suppression,
    Tag,
)
from processor.parse.timestamps.wellformed import Stamps
from processor.vault.note import Note
from processor.vault.outline import link_of, property_of, span_of


class Shelf(Protocol):
    """Where the parts of deferred notes lie, by path."""

    def outline(self, path: str) -> str | bytes:
        """Return the outline. Raise ValueError where there is none."""

    def fact(self, name: str, path: str) -> Any:  # noqa: ANN401
        """Return a fact of the note (see `facts.fact`). Raise KeyError where it is not stored."""

    def cells(self, path: str) -> bytes | None:
        """Return the cells that its rules read (see `trace.Trace.line`), those of its links among them; None where that is not
        known of the note as it is."""

    def encoded(self, path: str) -> bytes:
        """Return the bytes of the file now."""

    def source(self, path: str) -> Source:
        """Return the text of the file now."""

    def note(self, path: str) -> Note:
        """Return the note with all that its file says now."""


class _Facts(dict[str, Any]):
    """The facts of a note, each fetched when it is first read; new ones are stored here."""

    def __init__(self, note: DeferredNote) -> None:
        super().__init__()
        self._note = ref(note)  # which holds these: each would keep the other in memory

    def __contains__(self, name: object) -> bool:
        if not super().__contains__(name):
            try:
                note = self._note()
                assert note is not None
                self[str(name)] = note.kept_fact(str(name))
            except KeyError:
                return False
        return True


_ESCAPE = re.compile(rb"%(?!20)[0-9a-f]{2}|&#?[0-9a-z]+;")


def _may_hide(raw: bytes) -> bool:
    """Return whether a file, in small letters, may write a word of a link's target otherwise than the target has it."""
    if b"\\" in raw or b"''" in raw:  # in Markdown, and in YAML
        return True
    return (b"%" in raw or b"&" in raw) and _ESCAPE.search(raw) is not None


class DeferredNote(Note):
    """A note of which the outline and the facts are fetched when they are needed; all else is read from its file, and so is what
    an outline holds where there is none."""

    def __init__(self, path: str, shelf: Shelf) -> None:
        self.path = path
        self._parts = shelf

    def __reduce__(self) -> tuple[Any, ...]:
        return DeferredNote, (self.path, self._parts)

    def anew(self) -> DeferredNote:
        """Return the same note with nothing unpacked, so that what is read of it is not held in memory."""
        return DeferredNote(self.path, self._parts)

    @cached_property
    def _plain(self) -> list[Any] | None:
        """The outline; None where there is none."""
        try:
            plain: list[Any] = json.loads(self._parts.outline(self.path))
        except ValueError:
            return None
        return plain

    def may_hold(self, choices: Iterable[Iterable[bytes]]) -> bool:
        """Return whether its links may hold all words of one of the choices; they are not read for that.

        The words are of small letters, digits and marks that JSON writes as they are, all ASCII; capitals are found too.
        """
        if "_plain" in self.__dict__:
            return True
        try:
            found = self._parts.outline(self.path)
            raw, is_plain = (found.encode() if isinstance(found, str) else found).lower(), True
        except ValueError:
            cells = self._parts.cells(self.path)
            raw = (self._parts.encoded(self.path) if cells is None else cells).lower()
            is_plain = cells is not None or not _may_hide(raw)
        return not is_plain or any(all(word in raw for word in words) for words in choices)

    @property
    def whole(self) -> Note:
        """The note with all that its file says now, read each time: the notes of a large vault do not fit into memory."""
        return self._parts.note(self.path)

    @property
    def source(self) -> Source:  # type: ignore[override]
        """The text of its file now, read each time."""
        return self._parts.source(self.path)

    def encoded(self) -> bytes:
        return self._parts.encoded(self.path)

    @cached_property
    def properties(self) -> Properties:
        if self._plain is None:
            return self.whole.properties
        start, p = self._plain[0], self._plain[1]
        if p is None:
            return Properties(body_start=start)
        return Properties(
            span_of(p[0]),
            span_of(p[1]),
            tuple([property_of(x) for x in p[2]]),
            tuple([property_of(x) for x in p[3]]),
            None if p[4] is None else YamlFault(Span(*p[4][0]), p[4][1]),
            span_of(p[5]),
            span_of(p[6]),
            span_of(p[7]),
            start,
        )

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        if self._plain is None:
            return self.whole.headings
        return tuple([Heading(Span(*a), b, c, Span(*d), e) for a, b, c, d, e in self._plain[2]])

    @cached_property
    def links(self) -> tuple[Link, ...]:
        if self._plain is None:
            return self.whole.links
        return tuple([link_of(x) for x in self._plain[3]])

    @cached_property
    def channel(self) -> Link | None:
        if self._plain is None:
            return self.whole.channel
        index = self._plain[4]
        return None if index < 0 else self.links[index]

    @cached_property
    def channel_target(self) -> str | None:
        if self._plain is None:
            return self.whole.channel_target
        return None if self.channel is None else self.channel.target

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        if self._plain is None:
            return self.whole.blocks
        return tuple([Block(Span(*a), b, Span(*c)) for a, b, c in self._plain[5]])

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        if self._plain is None:
            return self.whole.suppressions
        return tuple(
            [Suppression(Span(*a), b, tuple(c), tuple([Span(*x) for x in d])) for a, b, c, d in self._plain[6]]
        )

    @cached_property
    def has_anchor(self) -> bool:
        return self.whole.has_anchor if self._plain is None else bool(self._plain[7])

    @cached_property
    def lines(self) -> LineTable:
        if self._plain is None:
            return self.whole.lines
        return LineTable.of([*accumulate(self._plain[8], initial=0)], self._plain[9])

    @cached_property
    def dead_links(self) -> tuple[DeadLink, ...]:
        if self._plain is None:
            return self.whole.dead_links
        return tuple([DeadLink(Span(*a), b) for a, b in self._plain[10]])

    @cached_property
    def facts(self) -> dict[str, Any]:
        return _Facts(self)

    def kept_fact(self, name: str) -> object:
        """Return a stored fact of the note. Raise KeyError where there is none of that name."""
        return self._parts.fact(name, self.path)

    # of the rest there is nothing in an outline

    @property
    def external_links(self) -> tuple[ExternalLink, ...]:
        return self.whole.external_links

    @property
    def tags(self) -> tuple[Tag, ...]:
        return self.whole.tags

    @property
    def callouts(self) -> tuple[Callout, ...]:
        return self.whole.callouts

    @property
    def code(self) -> tuple[Code, ...]:
        return self.whole.code

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.whole.comments

    @property
    def timestamps(self) -> Stamps:
        return self.whole.timestamps

    @property
    def regions(self) -> tuple[Region, ...]:
        return self.whole.regions


class DeferredNotes(Mapping[str, Note]):
    """Notes by path, in the order of the paths: those that are given as `kept`, and of all others a `DeferredNote`."""

    def __init__(self, paths: Iterable[str], shelf: Shelf, kept: Mapping[str, Note]) -> None:
        self._made: dict[str, Note | None] = dict.fromkeys(paths)
        self._made.update(kept)
        self._shelf = shelf

    def __getitem__(self, path: str) -> Note:
        note = self._made[path]
        if note is None:
            note = self._made[path] = DeferredNote(path, self._shelf)
        return note

    def __contains__(self, path: object) -> bool:
        return path in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def keys(self) -> KeysView[str]:
        """Return the paths, as quick to compare with others as those of a dict."""
        return self._made.keys()
