"""The names of a vault's notes, looked through for what somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from typing import NamedTuple

from processor.vault.facts import names
from processor.vault.naming import path_key, spaced
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
    paths: list[str]
    texts: list[str]
    kinds: list[NameKind]
    keys: list[str]  # of each name what of it counts when it is looked for


@per_vault(names, traced=False)
def _notes(vault: Vault) -> _Table:
    found = vault.facts(names)
    paths, kinds = list(vault.notes), ["name"] * len(vault.notes)
    texts = [_stem(path) for path in paths]
    for path, more in found.items():
        paths += [path] * (len(more) // 2)
        kinds += more[::2]
        texts += more[1::2]
    return _table(paths, texts, kinds)


@per_vault(names, traced=False)
def _files(vault: Vault) -> _Table:
    paths = sorted(vault.files)
    return _table(paths, [path.rpartition("/")[2] for path in paths], ["name"] * len(paths))


def _table(paths: list[str], texts: list[str], kinds: list[str]) -> _Table:
    keys = "\n".join(texts).lower().translate(_SPACES).split("\n")  # one call for all
    if len(keys) != len(texts):
        keys = [spaced(text) for text in texts]
    else:
        keys = [key if key.isascii() else spaced(text) for key, text in zip(keys, texts, strict=True)]
    return _Table(paths, texts, kinds, keys)  # type: ignore[arg-type]


_SPACES = str.maketrans("_-\t", "   ")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def warm(vault: Vault) -> None:
    """Make ready what the first question takes long to make."""
    _notes(vault)
    _files(vault)


def named(vault: Vault, typed: str, source: str, *, files: bool = False) -> list[Named]:
    """Return the names that fit what is typed in the note at `source`, the likeliest first: those that begin so, then those with
    a word that does, then those that hold it; of equals the nearest folder. With `files` those of attachments come first. Behind
    a `/` come also the names in the folder that stands before it."""
    tables = [_files(vault), _notes(vault)] if files else [_notes(vault)]
    found: list[Named] = []
    for table in tables:
        found += _likeliest(table, typed, source, range(len(table.keys)), MOST - len(found))
    folder, slash, name = typed.rpartition("/")
    if slash and (asked := path_key(folder).strip("/ ")):
        for table in tables:
            inside = [i for i, path in enumerate(table.paths) if f"/{asked}/" in f"/{path_key(path)}"]
            found += _likeliest(table, name, source, inside, MOST - len(found))
    return list(dict.fromkeys(found))


def channels(vault: Vault, typed: str, source: str) -> list[Named]:
    """Return the notes of channels that fit what is typed, the likeliest first."""
    hubs, table = vault.hubs, _notes(vault)
    return _likeliest(table, typed, source, [i for i, path in enumerate(table.paths) if path in hubs], MOST)


def _likeliest(table: _Table, typed: str, source: str, among: Sequence[int], most: int) -> list[Named]:
    words, folder, keys = spaced(typed).split(), source.rpartition("/")[0], table.keys
    first, distances = " ".join(words), _Distances(folder)
    if first:
        fitting = [i for i in among if first in keys[i]]
        if len(fitting) > _MANY:
            begins = [i for i in fitting if keys[i].startswith(first)]
            fitting = begins if len(begins) >= most else fitting
        elif len(words) > 1:
            fitting += [i for i in among if first not in keys[i] and all(word in keys[i] for word in words)]
    else:
        own = folder + "/" if folder else ""
        fitting = [i for i in among if table.paths[i].startswith(own)]
        fitting = fitting if len(fitting) >= most else list(among)

    def rank(i: int) -> tuple[int, int, bool, int, str, str]:
        key, path, text = keys[i], table.paths[i], table.texts[i]
        fit = 0 if key.startswith(first) else 1 if f" {first}" in key else 2 if first in key else 3
        return fit, distances.to(path), table.kinds[i] != "name", len(key), path, text

    found = nsmallest(2 * most, fitting, key=rank)
    named = dict.fromkeys(Named(table.paths[i], table.texts[i], table.kinds[i]) for i in found)
    shown = {
        (name.path, spaced(name.text)): name for name in reversed(named)
    }  # a title that says what the file's name says
    return [name for name in named if shown[name.path, spaced(name.text)] is name][:most]


_MANY = 2000  # names that fit, above which those that begin so are enough


class _Distances:
    """How many folders lie between a folder and files."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._known: dict[str, int] = {}

    def to(self, path: str) -> int:
        """Return the distance to a file."""
        own = path.rpartition("/")[0]
        if own not in self._known:
            a, b = own.split("/") if own else [], self._folder.split("/") if self._folder else []
            same = 0
            while same < min(len(a), len(b)) and a[same] == b[same]:
                same += 1
            self._known[own] = len(a) + len(b) - 2 * same
        return self._known[own]
