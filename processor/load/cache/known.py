"""What an earlier run made of the notes of which there is nothing else to say now."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import pairwise, starmap

from processor.lint.findings import Kind, Tallies
from processor.lint.judging import Verdict
from processor.load.cache import DAMAGE
from processor.load.cache.notes import UNKNOWN, NoteCache
from processor.load.cache.sections import Sections

_STRETCH = 256  # notes of which what was made is read at once


class KnownNotes:
    """What was made of notes, and found in them, by an earlier run: see `lint.judging.Known`."""

    def __init__(self, cache: NoteCache, report: Sections, paths: Collection[str]) -> None:
        """Raise one of `DAMAGE` where the report does not belong to the base, or is damaged."""
        if report.read("generation") != cache.sections.read("generation"):
            raise ValueError("another base")
        self._sections = cache.sections
        self._places = array("Q", report.read("places"))
        report.check("pieces")
        self._report = report
        self._verdicts = cache.sections.read("verdicts").split(b"\n")
        if not len(self._places) == 2 * len(self._verdicts) == 2 * len(cache.kept):
            raise ValueError(len(self._places))
        self._rows = {p: row for row, p in enumerate(cache.kept) if p in paths and self._verdicts[row] != UNKNOWN}
        tallies = Tallies.of_plain(json.loads(cache.sections.read("totals")))
        for path, verdict in zip(cache.kept, self._verdicts, strict=True):
            if path not in self._rows and verdict != UNKNOWN:
                tallies.add(kinds_of(verdict), -1)
        self._tallies = tallies.plain()

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def tallies(self) -> Tallies:
        """See `Known.tallies`."""
        return Tallies.of_plain(self._tallies)

    def stretches(self, paths: Sequence[str]) -> Iterator[Sequence[str]]:
        """See `Known.stretches`."""
        rows = [self._rows.get(path, -1) for path in paths]
        ends = [i for i, (row, next_) in enumerate(pairwise(rows), 1) if next_ != row + 1 or row < 0]
        for begin, end in pairwise((0, *ends, len(paths))):
            yield from (paths[i : min(i + _STRETCH, end)] for i in range(begin, end, _STRETCH))

    def lengths(self, paths: Sequence[str]) -> Sequence[int]:
        """Return how many bytes were made of each note."""
        return [self._places[2 * self._rows[path] + 1] for path in paths]

    def pieces(self, stretch: Sequence[str]) -> bytes | None:
        """See `Known.pieces`."""
        begin, length = self._places[2 * self._rows[stretch[0]]], sum(self.lengths(stretch))
        with suppress(*DAMAGE):
            return self._report.part("pieces", begin, length)
        return None

    def missing(self, path: str) -> Sequence[str]:
        """See `Known.missing`."""
        return Verdict(*json.loads(self._verdicts[self._rows[path]])).missing

    def reads(self, path: str) -> str:
        """See `Known.reads`."""
        return self._reads[self._rows[path]]

    @cached_property
    def _reads(self) -> list[str]:
        return self._sections.read("reads").decode(errors="surrogatepass").split("\n")

    def lines(self, path: str) -> tuple[str, str]:
        """Return the verdict as JSON, and what the rules of the note read."""
        return self._verdicts[self._rows[path]].decode(), self.reads(path)


def kinds_of(verdict: str | bytes) -> Iterator[Kind]:
    """Return the kinds of findings that a verdict as JSON names."""
    return starmap(Kind, Verdict(*json.loads(verdict)).kinds)
