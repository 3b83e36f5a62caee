"""What a round of fixing comes to for each note, as plain data: so that other processes can work it out.

A note that such a process has mended is known here by its outline, its facts and its bytes; what was found in it stays
packed until somebody asks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from processor.facts import FACTS
from processor.findings import FindingSequence
from processor.fix.mend import Candidate
from processor.note import Note, parse_note
from processor.outline import DeferredNote, outline
from processor.packing import packed, unpacked
from processor.rule import Finding
from processor.shares import cut
from processor.text import Source

_LENGTH = 12  # digits of the number that says how long the head is


class Outcome(NamedTuple):
    """What a round came to for one note.

    `of_note` are the findings of the rules that see one note only, nothing silenced yet (None: the same as before),
    `findings` all that are left. `note` is the note as its own fixes make it, `checked` what the rules that see one note
    only say of it, where that is known; `counts` are these fixes by rule and title. `moved`: they change what links can
    lead to. `several` are fixes that touch other notes too.
    """

    path: str
    of_note: Sequence[Finding] | None
    findings: Sequence[Finding]
    errors: Counter[str]
    left: Counter[tuple[str, str, str]]  # rule, title, reason
    note: Note | None = None
    checked: Sequence[Finding] | None = None
    counts: Counter[tuple[str, str]] = Counter()  # noqa: RUF012  never changed
    made: Sequence[Candidate] = ()
    harmful: Sequence[tuple[Candidate, str]] = ()
    moved: bool = False
    several: Sequence[Candidate] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it can be told without the fixes themselves: they concern this note alone and do no harm."""
        return not (self.harmful or self.moved or self.several)


class PackedFindings(FindingSequence):
    """The findings of one note, unpacked each time that somebody asks."""

    __slots__ = ("_data", "_path")

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self._data = data

    def _found(self) -> Sequence[Finding]:
        return unpacked(self._path, self._data)

    def __len__(self) -> int:
        return len(self._found())

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found())


class _InHand:
    """The parts of one note whose bytes are at hand."""

    def __init__(self, data: bytes, outline_: bytes, facts: dict[str, Any]) -> None:
        self.data = data
        self._outline = outline_
        self._facts = facts

    def outline(self, path: str) -> bytes:
        del path
        return self._outline

    def fact(self, name: str, path: str) -> object:
        del path
        return self._facts[name]

    def source(self, path: str) -> Source:
        del path
        return _source(self)

    def note(self, path: str) -> Note:
        return _note(self, path)


@lru_cache(8)  # several rules, one after another, ask of one note
def _source(shelf: _InHand) -> Source:
    return Source.decode(shelf.data)


@lru_cache(8)
def _note(shelf: _InHand, path: str) -> Note:
    return parse_note(_source(shelf), path)


def note_in_hand(path: str, data: bytes, outline_: bytes, facts: dict[str, Any]) -> DeferredNote:
    """A note that is parsed only where its outline and facts do not do."""
    return DeferredNote(path, _InHand(data, outline_, facts))


def whole(note: Note) -> Note:
    """The note with all that it says at hand."""
    return note.whole if isinstance(note, DeferredNote) else note


def packed_note(note: Note) -> tuple[list[bytes], dict[str, Any]]:
    """What `note_in_hand` needs of a note: bytes and outline, and its facts, so that nobody need read it for them again."""
    for ask in FACTS.values():
        ask(note)
    return [note.source.encode(), outline(note).encode()], note.facts


def notes_as_bytes(notes: Iterable[Note]) -> bytes:
    """Notes for another process: see `notes_of_bytes`."""
    head: list[Any] = []
    parts: list[bytes] = []
    for note in notes:
        mine, facts = packed_note(note)
        head.append((note.path, facts, [*map(len, mine)]))
        parts += mine
    return _joined(head, parts)


def notes_of_bytes(data: bytes) -> Iterator[Note]:
    """The notes that `notes_as_bytes` was given."""
    head, at = _head(data)
    for path, facts, lengths in head:
        mine = cut(data, at, lengths)
        at += sum(lengths)
        yield note_in_hand(path, mine[0], mine[1], facts)


def _joined(head: Sequence[Any], parts: Iterable[bytes]) -> bytes:
    data = json.dumps(head, separators=(",", ":")).encode()
    return b"".join([b"%*d" % (_LENGTH, len(data)), data, *parts])


def _head(data: bytes) -> tuple[list[Any], int]:
    """The head, and where it ends."""
    at = _LENGTH + int(data[:_LENGTH])
    return json.loads(data[_LENGTH:at]), at


def written(outcomes: Iterable[Outcome]) -> bytes:
    """The outcomes as bytes; of those that are not plain only the path."""
    head: list[Any] = []
    parts: list[bytes] = []
    for o in outcomes:
        if not o.is_plain:
            head.append((o.path,))
            continue
        mine: list[bytes] = []
        facts = None
        if o.note is not None:
            mine, facts = packed_note(o.note)
            mine.append(b"" if o.checked is None else packed(o.checked).encode())
        else:
            mine = [b"" if o.of_note is None else packed(o.of_note).encode(), packed(o.findings).encode()]
        counts = [(rule, title, n) for (rule, title), n in o.counts.items()]
        left = [(*what, n) for what, n in o.left.items()]
        head.append((o.path, o.errors, left, counts, facts, [*map(len, mine)]))
        parts += mine
    return _joined(head, parts)


def read(data: bytes) -> Iterator[tuple[str, Outcome | None]]:
    """The outcomes that were written, by their paths; None for one that was not plain."""
    head, at = _head(data)
    for path, *rest in head:
        if not rest:
            yield path, None
            continue
        errors, left, counts, facts, lengths = rest
        mine = cut(data, at, lengths)
        at += sum(lengths)
        outcome = Outcome(
            path,
            None,
            (),
            Counter(errors),
            Counter({(rule, title, why): n for rule, title, why, n in left}),
            counts=Counter({(rule, title): n for rule, title, n in counts}),
        )
        if facts is None:
            of_note = PackedFindings(path, mine[0]) if mine[0] else None
            yield path, outcome._replace(of_note=of_note, findings=PackedFindings(path, mine[1]))
        else:
            checked = PackedFindings(path, mine[2]) if mine[2] else None
            yield path, outcome._replace(note=note_in_hand(path, mine[0], mine[1], facts), checked=checked)
