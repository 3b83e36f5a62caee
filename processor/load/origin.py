"""Where the bytes of a vault's notes come from: the disk, or a commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from processor.disk import Listing, walk
from processor.load.cache.stats import Stats
from processor.load.premises import looked, seen
from processor.load.scan import Bytes, Scan

Read = Callable[[Bytes], Scan]


class Origin(Protocol):
    """What a vault holds, and how to come by it."""

    @property
    def listing(self) -> Listing: ...

    def scanned(self, read: Read) -> Scan:
        """Return what `read` makes of the notes, told where their bytes are."""

    def listed_again(self, root: Path) -> Listing:
        """Return what the vault at `root` holds by now."""


@dataclass(frozen=True)
class Disk:
    """The files as they are, but for those that are `given` otherwise.

    With the `stats` of the listed notes, taken no later than any of them is read, what an earlier run found in notes that
    have not changed is taken from the cache; the answers are the same. `again` lists the vault once more, as it was
    listed. For `mark` see `Look`.
    """

    listing: Listing
    stats: Stats | None = None
    given: Mapping[str, bytes] = field(default_factory=dict)
    again: Callable[[], Listing] | None = None
    mark: str | None = None

    @classmethod
    def now(cls, root: Path, again: Callable[[], Listing], *, cached: bool) -> Disk:
        """Return the files of the vault at `root`, which `again` lists. With `cached` what is in the cache is used, and what was
        looked up a moment ago for a remembered answer."""
        if not cached:
            return cls(again(), again=again)
        if found := looked(root):
            return cls(found.listing, found.stats, again=again, mark=found.mark)
        listing = again()
        return cls(listing, Stats(root, listing.notes), again=again)

    def seen(self) -> dict[str, Any] | None:
        """Return what an answer rests on of the listing; None where it cannot be remembered."""
        return None if self.stats is None else seen(self.listing, self.stats, self.mark)

    def scanned(self, read: Read) -> Scan:
        return read(Bytes(given=self.given, stats=self.stats))

    def listed_again(self, root: Path) -> Listing:
        return self.again() if self.again else walk(root)
