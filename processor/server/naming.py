"""The names of a vault's notes, looked through for what somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from processor.vault.facts import names
from processor.vault.naming import spaced
from processor.vault.naming.names import NameKind
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault

MOST = 100
"""How many names are offered at once."""


class Named(NamedTuple):
    """A name of a file: its own, its title or an alias."""

    path: str
    text: str
    kind: NameKind


class _Table(NamedTuple):
    names: list[Named]
    keys: list[str]  # of each name what of it counts when it is looked for


@per_vault(names, traced=False)
def _notes(vault: Vault) -> _Table:
    found = [Named(path, _stem(path), "name") for path in vault.notes]
    for path, texts in vault.facts(names).items():
        stem = spaced(_stem(path))
        more = zip(texts[::2], texts[1::2], strict=True)
        found += [Named(path, text, kind) for kind, text in more if spaced(text) != stem]  # type: ignore[arg-type]
    return _Table(found, [spaced(name.text) for name in found])


@per_vault(names, traced=False)
def _files(vault: Vault) -> _Table:
    found = [Named(path, path.rpartition("/")[2], "name") for path in sorted(vault.files)]
    return _Table(found, [spaced(name.text) for name in found])


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def named(vault: Vault, typed: str, source: str, *, files: bool = False) -> list[Named]:
    """Return the names that fit what is typed in the note at `source`, the likeliest first: those that begin so, then those with
    a word that does, then those that hold it; of equals the nearest folder. With `files` those of attachments come first."""
    tables = [_files(vault), _notes(vault)] if files else [_notes(vault)]
    words, folder = spaced(typed).split(), source.rpartition("/")[0]
    fitting = chain.from_iterable(_fitting(table, words, folder, at) for at, table in enumerate(tables))
    return [found for _, found in nsmallest(MOST, fitting, key=lambda one: one[0])]


def _fitting(table: _Table, words: list[str], folder: str, at: int) -> Iterator[tuple[tuple[object, ...], Named]]:
    first = " ".join(words)
    for name, key in zip(table.names, table.keys, strict=True):
        if not words or first in key:
            begins = 0 if key.startswith(first) else 1 if f" {first}" in f" {key}" else 2
        elif len(words) > 1 and all(word in key for word in words):
            begins = 3
        else:
            continue
        yield (at, begins, _distance(name.path, folder), name.kind != "name", len(key), name.path, name.text), name


def _distance(path: str, folder: str) -> int:
    """Return how many folders lie between a file and a folder."""
    own = path.rpartition("/")[0]
    if own == folder:
        return 0
    a, b = own.split("/") if own else [], folder.split("/") if folder else []
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return len(a) + len(b) - 2 * same


def channels(vault: Vault, typed: str, source: str) -> list[Named]:
    """Return the notes of channels that fit what is typed, the likeliest first."""
    hubs = vault.hubs
    table = _notes(vault)
    mine = [(name, key) for name, key in zip(table.names, table.keys, strict=True) if name.path in hubs]
    small = _Table([name for name, _ in mine], [key for _, key in mine])
    words, folder = spaced(typed).split(), source.rpartition("/")[0]
    return [found for _, found in nsmallest(MOST, _fitting(small, words, folder, 0), key=lambda one: one[0])]
