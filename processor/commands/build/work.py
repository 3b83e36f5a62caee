"""The vault while it is built: changed and added to step by step, with an account of what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from processor.base.text import Edit
from processor.commands.build.report import Remark
from processor.fix.unchanged import changed_outside
from processor.vault.naming import letters, nfc
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault


class Work:
    """A vault under construction. `made` counts the links that were made, by what they are."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.original = vault
        self.made: Counter[str] = Counter()
        self.added: list[str] = []  # paths of notes that the source does not have
        self.remarks: list[Remark] = []

    def change(self, notes: Sequence[Note]) -> None:
        if notes:
            self.vault = self.vault.with_notes(notes)

    def add(self, notes: Sequence[Note]) -> None:
        """Add notes that the vault did not have."""
        if notes:
            self.added += [n.path for n in notes]
            old = self.vault  # what links lead to must be worked out anew
            self.vault = Vault(
                (*old.notes.values(), *notes),
                old.files,
                style=old.style,
                video_properties=old.video_properties,
                captions=old.captions,
            )

    @property
    def made_notes(self) -> frozenset[str]:
        """The paths of the notes that the source does not have: what they say is no evidence of anything."""
        return frozenset(self.added)

    def remark(self, path: str, message: str) -> None:
        self.remarks.append(Remark(path, message))

    def may_edit(self, note: Note) -> bool:
        """Return whether a note is text that can be written back."""
        return note.source.invalid is None


def edited(note: Note, edits: Sequence[Edit]) -> Note | None:
    """Return the note after edits; None where these change anything but themselves."""
    new = parse_note(note.source.edited(edits), note.path)
    return None if changed_outside(note, new, edits) else new


def is_free(vault: Vault, name: str) -> bool:
    """Return whether no file of the vault has that name (without `.md`), so that a new note of that name changes no link's target."""
    return vault.resolve(name, "").path is None and vault.resolve(name + ".md", "").path is None


def free_name(vault: Vault, names: Iterable[str], avoid: Collection[str]) -> str:
    """Return the first of some names that is free, else the last one with a number; none that is like one of `avoid` (the letters of names)."""

    def tries() -> Iterator[str]:
        name = ""
        for name in names:
            yield name
        number = 2
        while True:
            yield f"{name} {number}"
            number += 1

    return next(n for n in tries() if letters(n) not in avoid and is_free(vault, n))


class Places:
    """Where new notes can lie among the files of a vault, as Windows and macOS see names."""

    def __init__(self, vault: Vault) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}
        self._exact: set[str] = set()
        for path in sorted((*vault.notes, *vault.files)):
            self._keep(path)

    def take(self, path: str) -> str | None:
        """Return the path that a new note gets, its folders in the case of those that are there already, and keep the place; None
        where a file has that path, or is what should be a folder.
        """
        folder, _, name = path.rpartition("/")
        there = self._folder(folder)
        placed = f"{there}/{name}" if there else name
        if there is None or _seen(placed) in self._files or _seen(placed) in self._folders:
            return None
        self._keep(placed)
        return placed

    def _keep(self, path: str) -> None:
        self._files.add(_seen(path))
        while (path := path.rpartition("/")[0]) and path not in self._exact:
            self._exact.add(path)
            self._folders.setdefault(_seen(path), path)

    def _folder(self, folder: str) -> str | None:
        there = ""
        for part in folder.split("/") if folder else ():
            there = f"{there}/{part}" if there else part
            if _seen(there) in self._files:
                return None
            if there not in self._exact:
                there = self._folders.get(_seen(there), there)
        return there


def _seen(path: str) -> str:
    return nfc(path).casefold()
