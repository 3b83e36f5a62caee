"""The notes of a large vault, each made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping

from processor.vault.note import Note
from processor.vault.outline import DeferredNote, Shelf


class DeferredNotes(Mapping[str, Note]):
    """Notes by path, in the order of the paths: those that are `kept`, and of all others a `DeferredNote`."""

    def __init__(self, paths: Iterable[str], shelf: Shelf, kept: Mapping[str, Note]) -> None:
        self._made: dict[str, Note | None] = dict.fromkeys(paths)
        self._made.update(kept)
        self._shelf = shelf

    def __getitem__(self, path: str) -> Note:
        note = self._made[path]
        if note is None:
            note = self._made[path] = DeferredNote(path, self._shelf)
        return note

    def __contains__(self, path: object) -> bool:
        return path in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def keys(self) -> KeysView[str]:
        """The paths, as quick to compare with others as those of a dict."""
        return self._made.keys()
