"""Notes on their way between processes: as bytes, with their outline and facts, so that few have to be parsed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from processor.base.parallel import cut, head_of, with_head
from processor.base.spool import Content, content
from processor.base.text import Source
from processor.vault.deferred import DeferredNote
from processor.vault.facts import FACTS
from processor.vault.note import Note, parse_note
from processor.vault.outline import outline


def parts_of(note: Note) -> list[bytes]:
    """Return the bytes of a note and its outline; the note has all its facts afterwards."""
    for fact in FACTS.values():
        fact(note)
    return [note.encoded(), outline(note).encode()]


def new_facts(note: Note, before: Note) -> dict[str, Any]:
    """Return the facts of a note by name, without those of all notes that are the same of it as it was `before`."""
    return {name: f for name, f in note.facts.items() if not (FACTS[name].of_all and f == FACTS[name](before))}


def note_of(path: str, parts: Sequence[Content], facts: Mapping[str, Any], before: Note | None = None) -> Note:
    """Return the note of which these are the parts, and the facts or the new ones: see `parts_of` and `new_facts`."""
    return _SentNote(path, _Sent(parts[0], parts[1], facts, before))


def notes_as_bytes(notes: Iterable[Note]) -> bytes:
    """Return notes as bytes, for another process: see `notes_of_bytes`."""
    head: list[Any] = []
    parts: list[bytes] = []
    for note in notes:
        mine = parts_of(note)
        head.append((note.path, note.facts, [*map(len, mine)]))
        parts += mine
    return with_head(head, parts)


def notes_of_bytes(data: bytes) -> Iterator[Note]:
    """Yield the notes that `notes_as_bytes` was given."""
    head, at = head_of(data)
    for path, facts, lengths in head:
        yield note_of(path, cut(data, at, lengths), facts)
        at += sum(lengths)


class _Sent:
    """What was sent of one note. Facts of all notes that are not among its own `facts` are as they were `before`."""

    def __init__(self, data: Content, outline_: Content, facts: Mapping[str, Any], before: Note | None) -> None:
        if isinstance(before, _SentNote):  # whose bytes are not to be held any longer
            facts, before = {**before.sent.facts, **facts}, before.sent.before
        self.data = data
        self.facts: Mapping[str, Any] = facts
        self.before: Note | None = before
        self._outline = outline_

    def outline(self, path: str) -> bytes:
        del path
        return content(self._outline)

    def fact(self, name: str, path: str) -> object:
        del path
        if name not in self.facts and self.before is not None and FACTS[name].of_all:
            return FACTS[name](self.before.anew())
        return self.facts[name]

    def cells(self, path: str) -> None:
        del path

    def encoded(self, path: str) -> bytes:
        del path
        return content(self.data)

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


@lru_cache(8)  # several rules, one after another, read one note
def _source(sent: _Sent) -> Source:
    return Source.decode(content(sent.data))


@lru_cache(8)
def _note(sent: _Sent, path: str) -> Note:
    note = parse_note(_source(sent), path)
    note.facts.update(sent.facts)
    return note
