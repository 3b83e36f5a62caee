"""What is known of notes from earlier runs, as judging asks for it: `load` says where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from processor.lint.findings import Kind, NoteFindings, Tallies
from processor.lint.packing import PackedFindings
from processor.vault.note import Note


class Verdict(NamedTuple):
    """What is kept of a note that was judged: the kinds of its findings, and the targets of its links to notes that do not
    exist; both as JSON can write them."""

    kinds: Sequence[Sequence[Any]] = ()
    missing: Sequence[str] = ()


class Recalled(NamedTuple):
    """The findings in a note, without the edits of fixes, and the cells that its rules have read."""

    found: PackedFindings
    reads: str


class Known(Protocol):
    """What an earlier run found in notes of which there is nothing else to say now, and made of that. It can be pickled."""

    def __contains__(self, path: object) -> bool: ...

    def tallies(self) -> Tallies:
        """Return the tallies of all of them."""

    def stretches(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        """Divide the paths into those of known notes of which what was made lies one behind another, and those of single notes
        that are not known, or of which nothing was made."""

    def has_pieces(self, path: str) -> bool:
        """Return whether something was made of the findings in a note."""

    def pieces(self, stretch: Sequence[str]) -> bytes | None:
        """Return what was made of the findings in the notes of a stretch; None where it cannot be read."""

    def has_findings(self, path: str) -> bool:
        """Return whether the findings in a note are known, with all that is wanted of them."""

    def findings(self, path: str) -> NoteFindings | None:
        """Return the findings in a note; None where they are not known, or cannot be read."""

    def before(self, path: str) -> NoteFindings | None:
        """Return what was found in a note whose text is as it was, without the edits of fixes, be there something else to say
        now or not; None where that is not known."""

    def kinds(self, path: str) -> Sequence[Kind]:
        """Return how many findings there are of what in a known note."""

    def missing(self, path: str) -> Sequence[str]:
        """Return the targets of the links of a known note to notes that do not exist."""

    def reads(self, path: str) -> str:
        """Return the cells that the rules of a known note have read."""


IsSame = Callable[[Note], bool]


class Memory(Protocol):
    """What is known from earlier runs, and keeps what this one makes of all notes, in their order."""

    def known(self, made: str, paths: Sequence[str]) -> Known | None:
        """Return what is known of notes of which the same was `made`; None: nothing."""

    @property
    def is_same(self) -> IsSame | None:
        """Says of a note whether it is as it was when the vault was read; None: all are. It can be pickled."""

    def add(self, path: str, piece: bytes, verdict: Verdict, found: bytes, reads: str | None) -> None:
        """Keep what was made of the note at a path, and the findings in it, packed; and the cells that its rules have read;
        None: it was another text."""

    def add_known(self, stretch: Sequence[str], pieces: bytes) -> None:
        """Keep what is known of the notes of a stretch, and was made of them."""

    def finish(self, tallies: Tallies) -> None:
        """That was all: `tallies` are those of all notes."""
