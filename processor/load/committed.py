"""The notes of a vault as a commit has them, or as they are staged for one.

Most of them the work tree holds alike, and there they are read, with the line ends that are wanted there; git is asked for
the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from processor.disk import Listing
from processor.load.cache.blobs import remember, remembered
from processor.load.cache.stats import Stats
from processor.load.origin import Read
from processor.load.scan import Bytes, Scan, TooLittleKnownError
from processor.vault.links.gone import Gone

_FEW = 8  # looks at what the work tree holds before it pays to ask git of all files


@dataclass(frozen=True)
class Committed:
    """What a commit has of the vault at `root`: the blobs of its files by path, and what it takes away.

    `aside` gives the files that the work tree holds otherwise, of some or (None) of all: to ask of all takes git longest.
    `contents` gives what blobs hold, by their names. With `cached` what an earlier run found is taken from the cache; with
    `by_blob` also where only git says that a note is the same.
    """

    root: Path
    listing: Listing
    blobs: Mapping[str, str]
    gone: Gone
    aside: Callable[[Sequence[str] | None], frozenset[str]]
    contents: Callable[[Iterable[str]], Mapping[str, bytes]]
    cached: bool
    by_blob: bool

    def scanned(self, read: Read) -> Scan:
        """The vault: from the cache and git alone where the cache knows what most blobs hold."""
        notes = self.listing.notes
        if self.cached and self.by_blob and (stats := remembered(self.root, notes, self.blobs)):
            with suppress(TooLittleKnownError):
                return read(Bytes(gone=self.gone, stats=stats, fetch=_Fetch(self)))
        stats = Stats(self.root, notes) if self.cached else None
        found = read(Bytes(gone=self.gone, stats=stats, given=self.given(None)))
        if stats and self.by_blob:
            remember(stats, self.blobs, self.aside(None))
        return found

    def listed_again(self, root: Path) -> Listing:  # noqa: ARG002  as a disk has it
        """The same: a commit does not change."""
        return self.listing

    def given(self, notes: Sequence[str] | None) -> dict[str, bytes]:
        """What git holds of those of some notes (None: of all) that the work tree holds otherwise, or not at all."""
        aside = self.aside(notes)
        # a sparse checkout leaves files out, and git does not call that a difference
        asked = self.listing.notes if notes is None else notes
        given = [p for p in asked if p in aside or not os.path.lexists(f"{self.root}/{p}")]
        contents = self.contents(self.blobs[p] for p in given)
        return {p: contents[self.blobs[p]] for p in given}


class _Fetch:
    """Gives what git holds of notes, where that is not what their files hold. At first git is asked of these notes only."""

    def __init__(self, committed: Committed) -> None:
        self._given = committed.given
        self._left = _FEW
        self._all: dict[str, bytes] | None = None

    def __call__(self, paths: Sequence[str]) -> dict[str, bytes]:
        self._left -= 1
        if self._left >= 0:
            return self._given(paths)
        if self._all is None:
            self._all = self._given(None)
        return {path: self._all[path] for path in paths if path in self._all}
