"""What the rules of judged notes have read, kept while a vault is followed through its changes: so that after each it is
known which of these notes are to be judged again."""

from __future__ import annotations

from collections.abc import Sequence

from processor.lint.findings import Tallies
from processor.lint.memory import IsSame, Known, Memory, Verdict
from processor.lint.touched import Change, Reads


class Following:
    """A memory of what was read, before another one if there is any: see `lint.memory.Memory`."""

    def __init__(self) -> None:
        self._reads: dict[str, str] = {}
        """Of each note that was judged the cells that its rules have read."""
        self._stale: set[str] = set()
        """The notes that a change has touched since they were judged."""
        self._inner: Memory | None = None
        self._known: Known | None = None

    def before(self, inner: Memory | None) -> Memory:
        """Return the memory of one run, which tells the other one, too, what is found."""
        self._inner, self._known = inner, None
        return self

    def touched(self, change: Change) -> set[str]:
        """Return the notes of which there may be something else to say after a change, or was since they were judged: of
        those that were, and of those that the change itself is of."""
        found = change.touched(Reads(self._reads, "\n".join(self._reads.values()).encode(errors="surrogatepass")))
        notes = change.after.notes
        self._reads = {path: cells for path, cells in self._reads.items() if path in notes}
        found = (self._stale | (self._reads.keys() if found is None else found)) & notes.keys()
        self._stale = found & self._reads.keys()
        return found

    # As a memory

    @property
    def is_same(self) -> IsSame | None:
        """See `Memory.is_same`."""
        return self._inner.is_same if self._inner else None

    def known(self, made: str, paths: Sequence[str]) -> Known | None:
        """See `Memory.known`."""
        self._known = self._inner.known(made, paths) if self._inner else None
        return self._known

    def add(self, path: str, piece: bytes, verdict: Verdict, found: bytes, reads: str | None) -> None:
        """See `Memory.add`."""
        self._reads[path] = reads or ""
        if reads is None:
            self._stale.add(path)
        else:
            self._stale.discard(path)
        if self._inner:
            self._inner.add(path, piece, verdict, found, reads)

    def add_known(self, stretch: Sequence[str], pieces: bytes) -> None:
        """See `Memory.add_known`."""
        assert self._inner is not None
        assert self._known is not None
        for path in stretch:
            self._reads[path] = self._known.reads(path)
        self._inner.add_known(stretch, pieces)

    def finish(self, tallies: Tallies) -> None:
        """See `Memory.finish`."""
        if self._inner:
            self._inner.finish(tallies)
        self._inner = self._known = None
