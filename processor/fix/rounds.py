"""What a round of fixing comes to for each note, as plain data: so that other processes can work it out.

Of a note that such a process has mended its bytes are at hand here, and what is new to other notes; what was found in it
stays packed until somebody asks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

from processor.base.compact import encode
from processor.base.parallel import cut
from processor.base.text import Source
from processor.fix.mend import Candidate
from processor.lint.findings import Kind, NoteFindings
from processor.lint.packing import packed, unpacked
from processor.vault.facts import FACTS
from processor.vault.note import Note, parse_note
from processor.vault.outline import DeferredNote, outline

_LENGTH = 12  # digits of the number that says how long the head is


class PackedFindings(NamedTuple):
    """The findings of one note as they crossed, and how many there are of what."""

    path: str
    data: bytes
    counted: bytes  # the kinds, as JSON

    def kinds(self) -> Iterable[Kind]:
        return starmap(Kind, json.loads(self.counted))


Kept = NoteFindings | PackedFindings
"""The findings of one note, as they are kept from round to round."""


def opened(kept: Kept) -> NoteFindings:
    """The findings, to be looked at."""
    return unpacked(kept.path, kept.data) if isinstance(kept, PackedFindings) else kept


class Outcome(NamedTuple):
    """What a round came to for one note.

    `of_note` are the findings of the rules that see one note only, nothing silenced yet (None: the same as before),
    `findings` all that are left; of a note that is mended both are of no interest, as it will be judged again. `note` is
    the note as its own fixes make it, `checked` what the rules that see one note only say of it, where that is known;
    `counts` are these fixes by rule and title. `moved`: they change what links can lead to.
    `waits`: a fix was in the way of another, and was not made yet. `steps`: how often the note was mended, each time as what
    it had become. `is_quiet`: nothing was left to mend then, as far as is known. `several` are fixes that touch other notes
    too.
    """

    path: str
    of_note: Kept | None
    findings: Kept
    errors: Counter[str]
    left: Counter[tuple[str, str, str]]  # rule, title, reason
    note: Note | None = None
    checked: Kept | None = None
    counts: Counter[tuple[str, str]] = Counter()  # noqa: RUF012  never changed
    made: Sequence[Candidate] = ()
    harmful: Sequence[tuple[Candidate, str]] = ()
    moved: bool = False
    waits: bool = False
    steps: int = 1
    is_quiet: bool = False
    several: Sequence[Candidate] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it can be told without the fixes themselves: they concern this note alone and do no harm."""
        return not (self.harmful or self.moved or self.several)


class _InHand:
    """The parts of one note whose bytes are at hand. Facts that are asked of all notes and are not among its own `facts`
    are as they were `before`."""

    def __init__(self, data: bytes, outline_: bytes, facts: Mapping[str, Any], before: Note | None) -> None:
        if isinstance(before, _MendedNote):  # whose bytes are not to be kept
            facts, before = {**before.parts.facts, **facts}, before.parts.before
        self.data = data
        self.facts: Mapping[str, Any] = facts
        self.before: Note | None = before
        self._outline = outline_

    def outline(self, path: str) -> bytes:
        del path
        return self._outline

    def fact(self, name: str, path: str) -> object:
        del path
        if name not in self.facts and self.before is not None and FACTS[name].of_all:
            return FACTS[name](self.before.anew())
        return self.facts[name]

    def encoded(self, path: str) -> bytes:
        del path
        return self.data

    def source(self, path: str) -> Source:
        del path
        return _source(self)

    def note(self, path: str) -> Note:
        return _note(self, path)


class _MendedNote(DeferredNote):
    """A note that is parsed only where its outline and facts do not do."""

    def __init__(self, path: str, parts: _InHand) -> None:
        super().__init__(path, parts)
        self.parts = parts

    def facts_since(self, before: Note | None) -> Mapping[str, Any] | None:
        return self.parts.facts if before is not None and self.parts.before is before else None


@lru_cache(8)  # several rules, one after another, ask of one note
def _source(shelf: _InHand) -> Source:
    return Source.decode(shelf.data)


@lru_cache(8)
def _note(shelf: _InHand, path: str) -> Note:
    note = parse_note(_source(shelf), path)
    note.facts.update(shelf.facts)
    return note


def _parts(note: Note) -> list[bytes]:
    """Bytes and outline of a note, which has all its facts then: so that nobody need read it for them again."""
    for ask in FACTS.values():
        ask(note)
    return [note.encoded(), outline(note).encode()]


def _new_facts(note: Note, before: Note) -> dict[str, Any]:
    """The facts of a note but for those that were known of it before and are the same."""
    return {name: f for name, f in note.facts.items() if not (FACTS[name].of_all and f == FACTS[name](before))}


def notes_as_bytes(notes: Iterable[Note]) -> bytes:
    """Notes for another process: see `notes_of_bytes`."""
    head: list[Any] = []
    parts: list[bytes] = []
    for note in notes:
        mine = _parts(note)
        head.append((note.path, note.facts, [*map(len, mine)]))
        parts += mine
    return _joined(head, parts)


def notes_of_bytes(data: bytes) -> Iterator[Note]:
    """The notes that `notes_as_bytes` was given."""
    head, at = _head(data)
    for path, facts, lengths in head:
        mine = cut(data, at, lengths)
        at += sum(lengths)
        yield _MendedNote(path, _InHand(mine[0], mine[1], facts, None))


def _joined(head: Sequence[Any], parts: Iterable[bytes]) -> bytes:
    data = encode(head).encode()
    return b"".join([b"%*d" % (_LENGTH, len(data)), data, *parts])


def _head(data: bytes) -> tuple[list[Any], int]:
    """The head, and where it ends."""
    at = _LENGTH + int(data[:_LENGTH])
    return json.loads(data[_LENGTH:at]), at


def _packed(found: Kept | None) -> tuple[bytes, bytes]:
    """The findings and their kinds; for None both are empty."""
    if found is None:
        return b"", b""
    return packed(opened(found)).encode(), encode([*found.kinds()]).encode()


def _kept(path: str, data: bytes, counted: bytes) -> PackedFindings | None:
    return PackedFindings(path, data, counted) if data else None


def written(outcomes: Iterable[Outcome], before: Mapping[str, Note]) -> bytes:
    """The outcomes as bytes; of those that are not plain only the path. `before` are the notes as they were."""
    head: list[Any] = []
    parts: list[bytes] = []
    for o in outcomes:
        if not o.is_plain:
            head.append((o.path,))
            continue
        facts = None
        if o.note is not None:
            mine = [*_parts(o.note), *_packed(o.checked)]
            facts = _new_facts(o.note, before[o.path].anew())
        else:
            mine = [*_packed(o.of_note), *_packed(o.findings)]
        counts = [(rule, title, n) for (rule, title), n in o.counts.items()]
        left = [(*what, n) for what, n in o.left.items()]
        head.append((o.path, o.errors, left, counts, (o.steps, o.is_quiet), facts, [*map(len, mine)]))
        parts += mine
    return _joined(head, parts)


def read(data: bytes, before: Mapping[str, Note]) -> Iterator[tuple[str, Outcome | None]]:
    """The outcomes that were written, by their paths; None for one that was not plain."""
    head, at = _head(data)
    for path, *rest in head:
        if not rest:
            yield path, None
            continue
        errors, left, counts, (steps, is_quiet), facts, lengths = rest
        mine = cut(data, at, lengths)
        at += sum(lengths)
        outcome = Outcome(
            path,
            None,
            NoteFindings(path, ()),
            Counter(errors),
            Counter({(rule, title, why): n for rule, title, why, n in left}),
            counts=Counter({(rule, title): n for rule, title, n in counts}),
            steps=steps,
            is_quiet=is_quiet,
        )
        if facts is None:
            of_note, found = _kept(path, *mine[:2]), _kept(path, *mine[2:])
            assert found is not None
            yield path, outcome._replace(of_note=of_note, findings=found)
        else:
            note = _MendedNote(path, _InHand(mine[0], mine[1], facts, before[path]))
            yield path, outcome._replace(note=note, checked=_kept(path, *mine[2:]))
