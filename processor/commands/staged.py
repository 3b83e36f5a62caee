"""What a commit does to a vault: which notes it touches, and whose links it breaks. Pure: from names and notes to names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from processor.disk import is_unicode
from processor.disk.git import Difference, within
from processor.fix.unchanged import anchors
from processor.vault.deferred import DeferredNote
from processor.vault.naming import path_key
from processor.vault.note import Note
from processor.vault.vault import Vault


class Change(NamedTuple):
    """What a commit does to one vault, seen from one commit before it. Paths count from the root of the vault.

    As `git.Difference`, but `old` holds the blobs of notes only, and what moved out of the vault is gone for good.
    """

    changed: frozenset[str]
    gone: Mapping[str, str | None]
    old: Mapping[str, str]


def in_vault(path: str) -> bool:
    """Return whether a file is part of its vault: what a name with a dot at its start hides is not, nor what is not Unicode."""
    return path[0] != "." and "/." not in path and is_unicode(path)


def change_of(difference: Difference, folder: str) -> Change:
    """Return the part of a difference that is about the vault in a folder (empty: the top of the repository)."""
    inside = {whole: path for whole, path in within(difference.gone, folder) if in_vault(path)}
    now = {whole: path for whole, path in within([n for n in difference.gone.values() if n], folder) if in_vault(path)}
    return Change(
        frozenset(path for _, path in within(difference.changed, folder) if in_vault(path)),
        {path: now.get(difference.gone[whole] or "") for whole, path in inside.items()},
        {
            path: difference.old[whole]
            for whole, path in within(difference.old, folder)
            if path.endswith(".md") and in_vault(path)
        },
    )


def _names(paths: Iterable[str]) -> Iterator[str]:
    """Yield how the last part of a link may name files, as links compare it."""
    for path in paths:
        key = path_key(path.rpartition("/")[2])
        yield key
        if key.endswith(".md"):
            yield key[:-3]


def shadowing(change: Change, paths: Iterable[str]) -> frozenset[str]:
    """Return the names of the files that come new to where others of their name are: links may lead to them now instead."""
    new = change.changed - change.old.keys()
    names = set(_names(new))
    return frozenset(n for n in _names(p for p in paths if p not in new) if n in names) if names else frozenset()


def broken_by(change: Change, old: Mapping[str, Note], shadowed: frozenset[str], vault: Vault) -> Iterator[str]:
    """Yield the notes that a change leaves as they are, and that hold a link which led somewhere before it and leads nowhere now.

    `old` are the notes as they were that the change touches or takes away, `vault` is what there is after it. A link
    leads nowhere also where its note has no such heading or block any more.
    """
    gone = frozenset(_names(change.gone))
    moved = (
        p for p, n in old.items() if p not in change.gone and p in vault.notes and anchors(n) != anchors(vault.notes[p])
    )
    lessened = shadowed.union(_names(moved))
    if not gone and not lessened:
        return
    files = (vault.files - change.changed).union(p for p in change.gone if p not in old)
    untouched = [n for p, n in vault.notes.items() if p not in change.changed]
    before = Vault([*untouched, *old.values()], files, style=vault.style)
    concerned: dict[str, bool] = {}  # whether a target is worth a look

    def concerns(target: str) -> bool:
        path, _, fragment = target.partition("#")
        name = path_key(path.strip()).rpartition("/")[2]
        return name in gone or (fragment != "" and name in lessened)

    words = _words({name.removesuffix(".md") for name in (*gone, *lessened)})
    for note in untouched:
        if words and isinstance(note, DeferredNote) and not note.may_hold(words):
            continue
        for link in note.links:
            is_concerned = concerned.get(link.target)
            if is_concerned is None:
                is_concerned = concerned[link.target] = concerns(link.target)
            if is_concerned and _leads(link.target, note.path, before) and not _leads(link.target, note.path, vault):
                yield note.path
                break


_WORD = re.compile(r"[a-z0-9_.,'()!&+-]{2,}(?!\u0307)")  # an İ in small is an i with a dot of its own


def _words(names: Iterable[str]) -> list[list[bytes]]:
    """For each name the words that a link to it holds, in whatever case; nothing at all where one name has none."""
    found = {name: [word.encode() for word in _WORD.findall(name)] for name in names}
    return [*found.values()] if all(found.values()) else []


def _leads(target: str, source: str, vault: Vault) -> bool:
    return vault.resolve(target, source).status in ("ok", "ambiguous")
