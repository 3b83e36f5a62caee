"""The notes of a vault as a commit has them, or as they are staged for one.

Most of them the work tree holds alike, and there they are read, with the line ends that are wanted there; git is asked for
the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from processor.disk import Listing
from processor.load.cache.stats import Stats
from processor.load.origin import Read
from processor.load.scan import Bytes, Scan
from processor.vault.links.gone import Gone


@dataclass(frozen=True)
class Committed:
    """What a commit has of the vault at `root`: the blobs of its files by path, and what it takes away.

    `aside` gives the files that the work tree holds otherwise. `contents` gives what blobs hold, by their names. With
    `cached` what an earlier run found is taken from the cache.
    """

    root: Path
    listing: Listing
    blobs: Mapping[str, str]
    gone: Gone
    aside: Callable[[], frozenset[str]]
    contents: Callable[[Iterable[str]], Mapping[str, bytes]]
    cached: bool

    def scanned(self, read: Read) -> Scan:
        """Return the vault."""
        stats = Stats(self.root, self.listing.notes) if self.cached else None
        return read(Bytes(gone=self.gone, stats=stats, given=self.given))

    def listed_again(self, root: Path) -> Listing:  # noqa: ARG002  as a disk has it
        """Return the same: a commit does not change."""
        return self.listing

    @property
    def given(self) -> dict[str, bytes]:
        """What git holds of the notes that the work tree holds otherwise, or not at all."""
        aside = self.aside()
        # a sparse checkout leaves files out, and git does not call that a difference
        given = [p for p in self.listing.notes if p in aside or not os.path.lexists(f"{self.root}/{p}")]
        contents = self.contents(self.blobs[p] for p in given)
        return {p: contents[self.blobs[p]] for p in given}
