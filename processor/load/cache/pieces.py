"""Pieces of bytes in a section of a file, each with a checksum of its own: some are read without all others."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from processor.load.cache.sections import Sections, SectionWriter


class Place(NamedTuple):
    """Where a piece lies in its section, in bytes, and its checksum."""

    begin: int
    length: int
    crc: int


NOWHERE = Place(0, 0, 0)
_SIZE = len(NOWHERE)


class Pieces:
    """The pieces of one section, by their numbers."""

    def __init__(self, sections: Sections, name: str) -> None:
        """Raise one of `DAMAGE` where there are none, or it is not known where they lie."""
        self._sections = sections
        self._name = name
        self._places = array("Q", sections.read(f"{name} places"))

    def __len__(self) -> int:
        return len(self._places) // _SIZE

    def lengths(self, first: int, last: int) -> Sequence[int]:
        """Return how long the pieces from the first to the last one are."""
        return self._places[first * _SIZE + 1 : last * _SIZE + 2 : _SIZE]

    def read(self, first: int, last: int) -> bytes:
        """Return the pieces from the first to the last one. Raise one of `DAMAGE` where they are not what was written."""
        lengths = self.lengths(first, last)
        begin, last_one = self._places[first * _SIZE], self._places[last * _SIZE]
        if last_one + lengths[-1] != begin + sum(lengths):  # something else lies between them
            return b"".join([self.read(i, i) for i in range(first, last + 1)])
        data = self._sections.part(self._name, begin, sum(lengths))
        at, whole = 0, memoryview(data)
        for length, crc in zip(lengths, self._places[first * _SIZE + 2 : last * _SIZE + 3 : _SIZE], strict=True):
            if zlib.crc32(whole[at : at + length]) != crc:
                raise ValueError(first)
            at += length
        return data


class PieceWriter:
    """Writes a section of pieces, and where they lie. Raises OSError."""

    def __init__(self, file: SectionWriter, name: str) -> None:
        self._file = file
        self._name = name

    def add(self, pieces: bytes, lengths: Sequence[int]) -> list[Place]:
        """Write pieces of these lengths; return where each is. Raise ValueError where the lengths are others."""
        if sum(lengths) != len(pieces):
            raise ValueError(len(pieces))
        begin, whole, places = self._file.length, memoryview(pieces), []
        for end, length in zip(accumulate(lengths), lengths, strict=True):
            places.append(Place(begin + end - length, length, zlib.crc32(whole[end - length : end])))
        self._file.add(pieces)
        return places

    def end(self, places: Iterable[Place]) -> None:
        """End the section: where its pieces lie, by the numbers under which they are to be found."""
        self._file.end(self._name)
        self._file.end(f"{self._name} places", array("Q", chain.from_iterable(places)).tobytes())
