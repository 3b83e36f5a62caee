"""Which links lead to a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from processor.parse.nodes import Link
from processor.vault.facts import fragment_targets
from processor.vault.naming import link_name
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
