"""Notes on their way between processes: as bytes, with their outline and facts, so that few have to be parsed again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from processor.base.compact import encode
from processor.base.parallel import cut, head_of, with_head
from processor.base.spool import Content, content
from processor.base.text import Source
from processor.vault.deferred import DeferredNote
from processor.vault.facts import FACTS
from processor.vault.note import Note, parse_note
from processor.vault.outline import outline


def parts_of(note: Note) -> list[bytes]:
    """Return the bytes of a note, its outline, and the facts that are its own; the note has all its facts afterwards."""
    own = {name: fact(note) for name, fact in FACTS.items() if not fact.of_all}
    return [note.encoded(), outline(note).encode(), encode(own).encode()]


def new_facts(note: Note, before: Note) -> dict[str, Any]:
    """Return the facts of all notes that are not the same of this note as of it `before`, by name."""
    return {name: f for name, fact in FACTS.items() if fact.of_all and (f := fact(note)) != fact(before)}


def note_of(path: str, parts: Sequence[Content], facts: Mapping[str, Any], before: Note | None = None) -> Note:
    """Return the note of which these are the parts, and the facts or the new ones: see `parts_of` and `new_facts`."""
    return _SentNote(path, _Sent(parts, facts, before))


def notes_as_bytes(notes: Iterable[Note]) -> bytes:
    """Return notes as bytes, for another process: see `notes_of_bytes`."""
    head: list[Any] = []
    parts: list[bytes] = []
    for note in notes:
        mine = parts_of(note)
        head.append((note.path, {n: fact(note) for n, fact in FACTS.items() if fact.of_all}, [*map(len, mine)]))
        parts += mine
    return with_head(head, parts)


def notes_of_bytes(data: bytes) -> Iterator[Note]:
    """Yield the notes that `notes_as_bytes` was given."""
    head, at = head_of(data)
    for path, facts, lengths in head:
        yield note_of(path, cut(data, at, lengths), facts)
        at += sum(lengths)


class _Sent:
    """What was sent of one note. Facts of all notes that are not among its `facts` are as they were `before`."""

    def __init__(self, parts: Sequence[Content], facts: Mapping[str, Any], before: Note | None) -> None:
        if isinstance(before, _SentNote):  # whose bytes are not to be held any longer
            facts, before = {**before.sent.facts, **facts}, before.sent.before
        self.facts: Mapping[str, Any] = facts or _NO_FACTS
        self.before: Note | None = before
        self._data, self._outline, self._own = parts

    def outline(self, path: str) -> bytes:
        del path
        return content(self._outline)

    def fact(self, name: str, path: str) -> object:
        del path
        if not FACTS[name].of_all:
            return _own_facts(self)[name]
        if name not in self.facts and self.before is not None:
            return FACTS[name](self.before.anew())
        return self.facts[name]

    def own_facts(self) -> Mapping[str, Any]:
        """Return the facts that are read of it only."""
        found: Mapping[str, Any] = json.loads(content(self._own))
        return found

    def cells(self, path: str) -> None:
        del path

    def encoded(self, path: str) -> bytes:
        del path
        return content(self._data)

    def source(self, path: str) -> Source:
        del path
        return _source(self)

    def note(self, path: str) -> Note:
        return _note(self, path)


class _SentNote(DeferredNote):
    """A note that is parsed only where its outline and facts do not do."""

    def __init__(self, path: str, sent: _Sent) -> None:
        super().__init__(path, sent)
        self.sent = sent

    def facts_since(self, before: Note | None) -> Mapping[str, Any] | None:
        return self.sent.facts if before is not None and self.sent.before is before else None


_NO_FACTS: Mapping[str, Any] = MappingProxyType({})  # one for all


@lru_cache(8)  # several rules, one after another, read one note
def _own_facts(sent: _Sent) -> Mapping[str, Any]:
    return sent.own_facts()


@lru_cache(8)
def _source(sent: _Sent) -> Source:
    return Source.decode(sent.encoded(""))


@lru_cache(8)
def _note(sent: _Sent, path: str) -> Note:
    note = parse_note(_source(sent), path)
    note.facts.update(_own_facts(sent))
    note.facts.update(sent.facts)
    return note
