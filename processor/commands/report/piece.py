"""What a report tells of one note, as one line of JSON: made where the note is judged, so that it is read only once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from processor.base.compact import encode
from processor.commands.asked import Asking, asking
from processor.commands.report.excerpts import excerpt
from processor.commands.titles import Told, told
from processor.lint.findings import FEW, NoteFindings, TextOf
from processor.parse.timestamps.wellformed import SECONDS
from processor.rules.base import Finding
from processor.vault.note import Note
from processor.vault.vault import Vault

VERSION = "page 3"
"""What tells these pieces from others in the cache: it changes with what they hold."""
LINKED, UNLINKED, DOUBTFUL, PAST = "ludp"
"""How a stamp stands: a click starts its video; it does not; something speaks against its second or its video; it lies beyond
the end of the video."""
DOUBTS = frozenset(
    (
        "misplaced-timestamp",
        "mismatched-timestamp",
        "shifted-timestamp",
        "unsupported-timestamp",
        "wrong-video",
    )
)
"""The rules whose findings make a stamp doubtful."""
_PAST = "timestamp-past-end"


class Stamps(NamedTuple):
    """The stamps of a note whose second can be read: that, and how each stands. `others` says of those that lead to another
    video than the note's which one, by their index; `unread` are all others."""

    seconds: Sequence[int]
    states: str
    others: Sequence[tuple[int, str]]
    unread: int


class Row(NamedTuple):
    """What a note has of one rule in one severity. `places` are lines and columns, one after another; `first` are excerpts."""

    rule: str
    severity: str
    number: int
    safe: int
    unsafe: int
    places: Sequence[int]
    first: Sequence[Any]


class Piece(NamedTuple):
    """What is told of one note: where its links lead, as they name it, the links that lead nowhere, and what it tells of titles."""

    path: str
    links: Sequence[str]
    asks: Sequence[Asking]
    stamps: Stamps
    rows: Sequence[Row]
    told: Sequence[Any] = ()  # a `Told`, which few are asked for

    @classmethod
    def of_plain(cls, plain: Sequence[Any]) -> Piece:
        path, links, asks, stamps, rows, titles = plain
        return cls(path, links, [Asking(*ask) for ask in asks], Stamps(*stamps), [Row(*row) for row in rows], titles)


def tell(note: Note, found: NoteFindings, _text_of: TextOf, vault: Vault) -> bytes:
    """Return the piece of a note as a line of JSON."""
    note = note.whole
    piece = (
        note.path,
        list(dict.fromkeys([link.target.partition("#")[0] for link in note.links])),
        [ask for _, ask in asking(note, vault, found.single)],
        stamps_of(note, found),
        rows_of(found, note.text),
        _brief(told(note)),
    )
    return encode(piece).encode() + b"\n"


def _brief(of_note: Told) -> Sequence[Any]:
    """Return what a note tells of titles, without what of most notes is empty."""
    return of_note if any(of_note[1:]) else (of_note.title,)


def tell_findings(found: NoteFindings, text_of: TextOf) -> bytes:
    """Return the same of a note of which nothing but the findings, and perhaps the text, is at hand."""
    return encode((found.path, (), (), ((), "", (), 0), rows_of(found, text_of(found.path)), ())).encode() + b"\n"


def stamps_of(note: Note, found: Iterable[Finding]) -> Stamps:
    """Return the stamps of a note, and how each of them stands in the light of its findings."""
    all_ = note.timestamps
    states = [(at, SECONDS[clock], UNLINKED, "") for clock, at in zip(all_.clocks, all_.starts, strict=True)]
    unread = 0
    for stamp in all_.odd:
        if stamp.seconds is None:
            unread += 1
        else:
            state = LINKED if stamp.url and stamp.video_id else UNLINKED
            states.append((stamp.span.start, stamp.seconds, state, stamp.video_id))
    if len(all_.starts) and all_.odd:
        states.sort()
    shown = [state for _, _, state, _ in states]
    against = [(f.span.start, f.rule) for f in found if f.rule == _PAST or f.rule in DOUBTS]
    if against and states:
        starts = [at for at, *_ in states]
        for at, rule in against:
            i = bisect_right(starts, at) - 1
            if i >= 0 and shown[i] != PAST:
                shown[i] = PAST if rule == _PAST else DOUBTFUL
    others = [(i, video_id) for i, (_, _, _, video_id) in enumerate(states) if video_id]
    return Stamps([seconds for _, seconds, _, _ in states], "".join(shown), others, unread)


def rows_of(found: NoteFindings, text: str | None) -> list[Row]:
    """Return a row for each rule and severity, in the order of their first places."""
    rows: dict[tuple[str, str], Any] = {}
    for f in found:
        key = (f.rule, f.severity)
        row = rows.get(key)
        if row is None:
            row = rows[key] = [0, 0, 0, [], []]
        row[0] += 1
        if f.fix:
            row[1 if f.fix.safe else 2] += 1
        row[3] += f.start
        if row[0] <= FEW:
            row[4].append(excerpt(f, text))
    return [Row(*key, *row) for key, row in rows.items()]
