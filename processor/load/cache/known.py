"""What an earlier run found in the notes of which there is nothing else to say now, and what was made of that."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import pairwise, starmap
from typing import NamedTuple

from processor.base.compact import encode
from processor.lint.findings import Kind, NoteFindings, Tallies
from processor.lint.memory import Recalled, Verdict
from processor.lint.packing import PackedFindings, unpacked
from processor.load.cache import DAMAGE
from processor.load.cache.notes import UNKNOWN, NoteCache
from processor.load.cache.pieces import Pieces
from processor.load.cache.sections import Sections

NO_ID = 0
_STRETCH = 256  # notes of which what was made is read at once


class Line(NamedTuple):
    """What is known of a note besides its findings: the verdict as JSON, what its rules read, and the number by which the
    findings are known."""

    verdict: str
    reads: str
    number: int


class KnownNotes:
    """What was found in notes by an earlier run, and what was made of it: see `lint.memory.Known`."""

    def __init__(
        self, cache: NoteCache, report: Sections | None, paths: Collection[str], *, with_edits: bool = False
    ) -> None:
        """`paths` are the notes of which there is nothing else to say than the base has. With `with_edits` findings are wanted
        with the edits of their fixes, which are not kept.

        Raise one of `DAMAGE` where the base does not tell.
        """
        sections = self._sections = cache.sections
        self._with_edits = with_edits
        self._verdicts = sections.read("verdicts").split(b"\n")
        self._ids = array("Q", sections.read("ids"))
        self._found = Pieces(sections, "findings")
        if not len(self._ids) == len(self._found) == len(self._verdicts) == len(cache.kept):
            raise ValueError(len(self._verdicts))
        self._fresh = cache.at
        self._rows = {p: row for row, p in enumerate(cache.kept) if p in paths and self._verdicts[row] != UNKNOWN}
        tallies = Tallies.of_plain(json.loads(sections.read("totals")))
        for path, verdict in zip(cache.kept, self._verdicts, strict=True):
            if path not in self._rows and verdict != UNKNOWN:
                tallies.add(kinds_of(verdict), -1)
        self._tallies = tallies.plain()
        self._numbers: dict[str, int] = {}
        """Of the notes of which the findings have been reported on before, the number of what was made of each."""
        if report is not None:
            with suppress(*DAMAGE):
                made = Pieces(report, "pieces")
                numbers = dict(zip(array("Q", report.read("ids")), range(len(made)), strict=True))
                numbers.pop(NO_ID, None)
                self._made = made
                ids = self._ids
                self._numbers = {path: numbers[ids[row]] for path, row in self._rows.items() if ids[row] in numbers}

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    @property
    def lacking(self) -> int:
        """Of how many known notes nothing was made."""
        return len(self._rows) - len(self._numbers)

    def tallies(self) -> Tallies:
        """See `Known.tallies`."""
        return Tallies.of_plain(self._tallies)

    # --- what was made ---

    def stretches(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        """See `Known.stretches`."""
        numbers = [self._numbers.get(path, -1) for path in paths]
        ends = [i for i, (one, next_) in enumerate(pairwise(numbers), 1) if next_ != one + 1 or one < 0]
        for begin, end in pairwise((0, *ends, len(paths))):
            yield from (paths[i : min(i + _STRETCH, end)] for i in range(begin, end, _STRETCH))

    def has_pieces(self, path: str) -> bool:
        """See `Known.has_pieces`."""
        return path in self._numbers

    def lengths(self, stretch: Sequence[str]) -> Sequence[int]:
        """Return how many bytes were made of each note of a stretch."""
        return self._made.lengths(self._numbers[stretch[0]], self._numbers[stretch[-1]])

    def pieces(self, stretch: Sequence[str]) -> bytes | None:
        """See `Known.pieces`."""
        with suppress(*DAMAGE):
            return self._made.read(self._numbers[stretch[0]], self._numbers[stretch[-1]])
        return None

    # --- what was found ---

    def has_findings(self, path: str) -> bool:
        """See `Known.has_findings`."""
        if path not in self._rows:
            return False
        return not self._with_edits or all(kind.safe is None for kind in self.kinds(path))

    def findings(self, path: str) -> NoteFindings | None:
        """See `Known.findings`."""
        if not self.has_findings(path):
            return None
        return self.before(path) if self.kinds(path) else NoteFindings(path, ())

    def before(self, path: str) -> NoteFindings | None:
        """See `Known.before`."""
        row = self._fresh.get(path)
        if row is not None and self._verdicts[row] != UNKNOWN:
            with suppress(*DAMAGE):
                return unpacked(path, self._found.read(row, row))
        return None

    def recalled(self, path: str) -> Recalled | None:
        """Return what is known of a note of which there is nothing else to say, if anything."""
        with suppress(*DAMAGE):
            if (row := self._rows.get(path)) is not None:
                counted = encode(self.kinds(path)).encode()
                return Recalled(PackedFindings(path, self._found.read(row, row), counted), self.reads(path))
        return None

    def kinds(self, path: str) -> Sequence[Kind]:
        """See `Known.kinds`."""
        return [*kinds_of(self._verdicts[self._rows[path]])]

    def missing(self, path: str) -> Sequence[str]:
        """See `Known.missing`."""
        return Verdict(*json.loads(self._verdicts[self._rows[path]])).missing

    def reads(self, path: str) -> str:
        """See `Known.reads`."""
        return self._reads[self._rows[path]]

    @cached_property
    def _reads(self) -> list[str]:
        return self._sections.read("reads").decode(errors="surrogatepass").split("\n")

    def number(self, path: str) -> int:
        """Return the number by which the findings in a known note are known."""
        return self._ids[self._rows[path]]

    # --- as it is kept ---

    def rows(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        """Divide paths of known notes into those that lie one behind another in the base."""
        rows = [self._rows[path] for path in paths]
        ends = [i for i, (one, next_) in enumerate(pairwise(rows), 1) if next_ != one + 1]
        yield from (paths[begin:end] for begin, end in pairwise((0, *ends, len(paths))))

    def kept(self, paths: Sequence[str]) -> tuple[Sequence[Line], Sequence[int], bytes]:
        """Return what is known of notes that lie one behind another: a line of each, and the lengths of their findings, and
        these, packed. Raise one of `DAMAGE`."""
        first, last = self._rows[paths[0]], self._rows[paths[-1]]
        lines = [Line(self._verdicts[i].decode(), self._reads[i], self._ids[i]) for i in range(first, last + 1)]
        return lines, self._found.lengths(first, last), self._found.read(first, last)


def kinds_of(verdict: str | bytes) -> Iterator[Kind]:
    """Return the kinds of findings that a verdict as JSON names."""
    return starmap(Kind, Verdict(*json.loads(verdict)).kinds)
