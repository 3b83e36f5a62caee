"""Which links lead to a file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from processor.parse.nodes import Link
from processor.vault.deferred import DeferredNote
from processor.vault.facts import fragment_targets
from processor.vault.naming import link_name, nfc
from processor.vault.per_vault import per_vault
from processor.vault.trace import EVERYTHING
from processor.vault.vault import Vault


class Backlink(NamedTuple):
    """A link and the note it stands in."""

    path: str
    link: Link


_Backlinks = Mapping[str, Sequence[Backlink]]


def backlinks(vault: Vault, path: str) -> Sequence[Backlink]:
    """Return the links that lead to a file, from any note, itself included."""
    vault.trace.add(EVERYTHING)
    if "backlinks" not in vault.memo:
        with vault.trace.paused():
            vault.memo["backlinks"] = _all(vault)
    return cast(_Backlinks, vault.memo["backlinks"]).get(path, ())


def _all(vault: Vault) -> _Backlinks:
    found: dict[str, list[Backlink]] = {}
    for path in sorted(vault.notes):
        for link in vault.notes[path].links:
            led = vault.resolve(link.target, path).path
            if led is not None:
                found.setdefault(led, []).append(Backlink(path, link))
    return found


def fragment_backlinks(vault: Vault, path: str) -> Iterator[Backlink]:
    """Yield the links to a heading or block of a file, reading only the notes that have some."""
    vault.trace.add("^", link_name(path))
    for source in _with_fragments(vault).get(path, ()):
        for link in vault.notes[source].links:
            if link.fragment is not None and vault.resolve(_path_of(link.target), source).path == path:
                yield Backlink(source, link)


@per_vault(fragment_targets, traced=False)
def _with_fragments(vault: Vault) -> Mapping[str, Sequence[str]]:
    """Return the notes with links to a heading or block of a file, by that file's path."""
    found: dict[str, dict[str, None]] = {}
    for source, targets in sorted(vault.facts(fragment_targets).items()):
        for target in targets:
            led = vault.resolve(_path_of(target), source).path
            if led is not None:
                found.setdefault(led, {})[source] = None
    return {path: list(sources) for path, sources in found.items()}


def _path_of(target: str) -> str:
    """Return a target without what stands behind its `#`: it leads to the same file."""
    return target.partition("#")[0] or "#"


def links_to(vault: Vault, path: str) -> Iterator[Backlink]:
    """Yield the links that lead to a file, as `backlinks` does, for one that is asked once: of most notes it shows without a look
    at their links that none of these leads there."""
    names = {path, *[name for name, first in vault.also.items() if first == path]}
    for source in may_name(vault, names, {path}):
        yield from links_from(vault, source, path)


def links_from(vault: Vault, source: str, path: str) -> Iterator[Backlink]:
    """Yield the links of one note that lead to a file."""
    for link in vault.notes[source].anew().links:
        if vault.resolve(_path_of(link.target), source).path == path:
            yield Backlink(source, link)


def may_name(vault: Vault, paths: Iterable[str], besides: Container[str] = ()) -> Iterator[str]:
    """Yield the notes of which links may name one of the files, as far as that shows without a look at them, and those `besides`,
    all sorted."""
    choices = [_words(path) for path in paths]
    for source in sorted(vault.notes):
        note = vault.notes[source]
        if source in besides or not isinstance(note, DeferredNote) or note.may_hold(choices):
            yield source


_WORD = re.compile(r"[A-Za-z0-9]+")


def _words(path: str) -> list[bytes]:
    """Return words that stand in every link to a file, in small letters."""
    name = nfc(path).rpartition("/")[2].removesuffix(".md")
    return [word.lower().encode() for word in _WORD.findall(name)]
