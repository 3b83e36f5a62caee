"""Which note was meant by a link that leads nowhere: by name, title and alias, in the tiers of `processor.vault.naming`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from itertools import chain, repeat
from typing import Any, NamedTuple

from processor.base.memo import Memo
from processor.vault.facts import channel_target, names
from processor.vault.naming import spaced
from processor.vault.naming.kept import FAULTS, KeptNames, stem
from processor.vault.naming.names import Columns, Entry, Filed, Meant, NameKind, Names, Near
from processor.vault.per_vault import per_vault
from processor.vault.resolution import joined
from processor.vault.vault import Vault

_ATTACHMENTS = frozenset(
    "3gp avif base bmp canvas flac gif jpeg jpg m4a mkv mov mp3 mp4 ogg ogv pdf png svg wav webm webp".split()
)


def _suffix(path: str) -> str:
    name, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return suffix.lower() if name and dot and suffix.isalnum() else ""


def names_attachment(path: str) -> bool:
    """Return whether a path has the suffix of a picture or another file that Obsidian shows and that is no note."""
    return _suffix(path) in _ATTACHMENTS


def _by_name(entry: Entry) -> bool:
    return entry.kind == "name"


def _by_title(entry: Entry) -> bool:
    return entry.kind != "name"


class Like(NamedTuple):
    """Which note a link that leads nowhere means; where that is not certain, the names that lie near."""

    meant: Meant = Meant()
    near: Near = Near()


_NOTHING = Like()
_DEPENDS = Like()  # a mark: what is like a path depends on the note that asks


def _filed(vault: Vault) -> Filed:
    """Return the names of the notes: as they are kept, where that is known, else from the notes."""
    known = vault.known_names()
    with suppress(*FAULTS):
        if known is not None:
            return KeptNames(known, lambda path: names(vault.notes[path]), lambda: _columns(vault))
    return _columns(vault)


def _columns(vault: Vault) -> Columns:
    found = vault.facts(names)
    paths = [*vault.notes, *chain.from_iterable(map(repeat, found, [len(texts) // 2 for texts in found.values()]))]
    stems = [stem(path) for path in vault.notes]
    more: list[Any] = list(chain.from_iterable(found.values()))  # kinds and texts in turn, see `named_by`
    kinds: list[NameKind] = ["name"] * len(stems)
    return Columns(paths, [*stems, *more[1::2]], kinds + more[::2])


class Guess:
    """The names of one vault, which say what was meant. Made once a vault (see `guess`); each question is answered once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._suffixes = (frozenset(map(_suffix, vault.files)) | _ATTACHMENTS) - {"", "md"}
        self._notes = Names(_filed(vault))
        self._everywhere: dict[str, Like] = Memo()  # by path, where it is the same from every note
        self._likes: dict[tuple[str, str, str | None], Like] = Memo()  # by path, folder and channel

    @cached_property
    def _files(self) -> Names:
        files = list(self._vault.files)
        return Names(Columns(files, [f.rpartition("/")[2] for f in files], ["name"] * len(files)))

    def is_attachment(self, path: str) -> bool:
        """Return whether a link's path names an attachment: it ends as one does."""
        return "." in path and _suffix(path) in self._suffixes

    def titled(self, text: str) -> Entry | None:
        """Return the one note whose title or alias a text is, but for case, punctuation and the choice of spaces."""
        trace = self._vault.trace
        trace.add("?", text)
        with trace.paused():
            found = self._notes.alike(text, _by_title) if self._notes.has(text) else Meant()
        return found.answer if found.certain else None

    def like(self, path: str, source: str) -> Like:
        """Return what is like the path of a link from `source` that leads nowhere."""
        trace = self._vault.trace
        if trace.on:
            trace.add("?", self._names_for(path)[1])
        with trace.paused():
            return self._like(path, source)

    def _like(self, path: str, source: str) -> Like:
        found = self._everywhere.get(path)
        if found is None:
            found = self._everywhere[path] = self._from_everywhere(path)
        if found is not _DEPENDS:
            return found
        hub = self._vault.hub(source)
        key = (path, source.rpartition("/")[0], hub)
        found = self._likes.get(key)
        if found is None:
            found = self._likes[key] = self._from(source, hub, path)
        return found

    def _names_for(self, path: str) -> tuple[Names, str]:
        """Among which names to look for which one."""
        return self._files if self.is_attachment(path) else self._notes, path.removesuffix(".md").rpartition("/")[2]

    def _from_everywhere(self, path: str) -> Like:
        """Return what is like a path, if that is the same from every note; else `_DEPENDS`."""
        names, name = self._names_for(path)
        if not name or names.unlike(name):
            return _NOTHING
        if names is self._notes and "/" not in path and (meant := names.alike(name)).certain:
            return Like(meant)
        return _DEPENDS

    def _from(self, source: str, hub: str | None, path: str) -> Like:
        """Return what is like a path from a note of a channel."""
        names, name = self._names_for(path)
        head = path.removesuffix(".md").rpartition("/")[0]
        folder, hub_of = source.rpartition("/")[0], self._vault.hub

        def place(entry: Entry) -> int:
            return 0 if entry.folder == folder else 1 if hub is not None and hub_of(entry.path) == hub else 2

        def is_there(entry: Entry) -> bool:
            return spaced(entry.folder) == there and same_kind(entry)

        def ends_there(entry: Entry) -> bool:
            return ("/" + spaced(entry.folder)).endswith("/" + there) and same_kind(entry)

        def same_kind(entry: Entry) -> bool:
            return names is self._notes or _suffix(entry.path) == _suffix(name)

        fits: Callable[[Entry], bool] | None = same_kind if names is self._files else None
        if path.startswith(("./", "../", "/")):
            there, fits = spaced(joined("" if path[0] == "/" else folder, head).strip("/")), is_there
        elif head:
            there, fits = spaced(head), ends_there
        if (meant := names.meant(name, place, fits)).entries:
            return Like(meant)
        if fits is not None and (moved := names.alike(name, _by_name)).tier == 1:
            # the folder is wrong and the name right: the file was moved
            return Like(near=Near(moved.entries[:3], moved.answer, slip=True))
        return Like(near=names.nearest(name, place, fits))


@per_vault(names, channel_target, traced=False)
def guess(vault: Vault) -> Guess:
    """Return the vault's `Guess`, which is made at the first call and records itself what it is asked."""
    return Guess(vault)
