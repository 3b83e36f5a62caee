"""Which notes a change of the vault touches: those of which there may be something else to say after it.

A note that was judged left a line of the cells that its rules read (see `vault.trace`). A change is a set of cells too, and
what it touches are the notes that read one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from processor.base.regex import regex
from processor.vault.facts import FACTS, channel_target, fragment_targets, names
from processor.vault.naming import all_letters, all_wordings, link_name
from processor.vault.naming.nearness import SLIPS, gist_of
from processor.vault.per_vault import PER_VAULT
from processor.vault.trace import EVERYTHING, SEPARATOR, cell, names_of_file
from processor.vault.vault import Vault

_RARE = b"#=^*"  # the kinds of cells of which few were read
_RARE_CELL = regex(b"%b([%b][^%b]*)" % (SEPARATOR.encode(), re.escape(_RARE), SEPARATOR.encode()))
_FEW = 12  # cells of other kinds that are looked for one by one before it pays to look at all that were read


class Reads:
    """The cells that the rules of each of some notes have read, a line a note: see `Trace.line`."""

    def __init__(self, paths: Collection[str], lines: bytes) -> None:
        """Raise ValueError where there is not one line for each path."""
        self._paths = list(paths)
        self._lines = lines
        if lines.count(b"\n") + 1 != max(1, len(self._paths)):
            raise ValueError(len(self._paths))

    def reading(self, cells: Collection[str]) -> set[str]:
        """Return the notes that have read one of the cells."""
        wanted = {c.encode(errors="surrogatepass") for c in cells}
        common = [c for c in wanted if c[:1] not in _RARE]
        mark = SEPARATOR.encode()
        if not self._paths:
            return set()
        if len(common) > _FEW:
            lines = self._lines.split(b"\n")
            return {p for p, line in zip(self._paths, lines, strict=True) if not wanted.isdisjoint(line.split(mark))}
        found: list[int] = []
        if len(common) < len(wanted):
            found += [m.start() for m in _RARE_CELL.finditer(self._lines) if m[1] in wanted]
        for wanted_cell in common:
            at = self._lines.find(mark + wanted_cell + mark)
            while at >= 0:
                found.append(at)
                at = self._lines.find(mark + wanted_cell + mark, at + 1)
        paths, row, before = set(), 0, 0
        for at in sorted(found):
            row += self._lines.count(b"\n", before, at)
            before = at
            paths.add(self._paths[row])
        return paths

    def has_asked(self, function: str) -> bool:
        """Return whether a function of the vault was asked for any of the notes."""
        return f"{SEPARATOR}@{function}".encode() in self._lines

    @cached_property
    def likened(self) -> list[str]:
        """The texts of which it was asked which names are like them."""
        mark = f"{SEPARATOR}?"
        text = self._lines.decode(errors="surrogatepass").replace("\n", SEPARATOR)
        return list({part.partition(SEPARATOR)[0] for part in text.split(mark)[1:]})


class Change:
    """A vault as it was and as it is, of the same configuration: `changed` notes hold other bytes; all else of which the
    paths are the same is the same."""

    def __init__(self, before: Vault, after: Vault, changed: Collection[str], heard: Collection[str] = ()) -> None:
        """Of the videos that were `heard` there are other captions, or another length."""
        self.before, self.after = before, after
        self.changed = changed
        self.heard = heard
        self.came = sorted(after.notes.keys() - before.notes.keys())
        self.went = sorted(before.notes.keys() - after.notes.keys())
        files = [*before.files - after.files, *after.files - before.files]
        self._moved = [*self.came, *self.went, *files]
        """The paths of files that came or went."""

    def touched(self, reads: Reads) -> set[str] | None:
        """Return the notes of which there may be something else to say, of those that there are now; None: all of them."""
        if not (self._moved or self.changed or self.heard):
            return set()
        if self.before.also != self.after.also or self._has_other_endings:
            return None
        cells = set(self._cells())
        marked = set(chain(self.changed, self.came, self._bound()))
        for key, value in self._answers(reads):
            cells.add(value)
            marked.add(key)
        if self._moves_names:
            cells.update(self._likenesses(reads.likened))
            marked.update(self._with_other_hubs)
            marked.update(self.before.hubs ^ self.after.hubs)
        marked |= reads.reading(cells)
        return {path for path in marked if path in self.after.notes}

    # --- what holds for every change ---

    @property
    def _notes(self) -> Iterator[tuple[Vault, str]]:
        """The notes that changed, came or went, each as it was and as it is."""
        for path in chain(self.changed, self.went):
            yield self.before, path
        for path in chain(self.changed, self.came):
            yield self.after, path

    def _cells(self) -> Iterator[str]:
        yield EVERYTHING
        yield from (cell("~", video_id) for video_id in self.heard)
        for vault, path in self._notes:
            yield cell("=", path)
            yield from (cell("#", name) for name in self._names(path))
            for target in fragment_targets(vault.notes[path]):
                yield from self._into(link_name(target.partition("#")[0].strip() or path))
        for path in chain(self._moved, self._renamed):
            yield from (cell(":", name) for name in self._names(path))
        for path in self._moved:  # a link that led there leads into a namesake, or did
            yield from chain.from_iterable(map(self._into, self._names(path)))
        if self._moved:
            for folder in _folders(self.before) ^ _folders(self.after):
                yield cell(":", link_name(folder))
                yield from (cell(":", name) for name in ("", ".", ".."))

    def _into(self, name: str) -> Iterator[str]:
        """Yield the cells of the links into files that links may ask for by a name."""
        return (cell("^", first) for first in (name, *self._first_names.get(name, ())))

    def _names(self, path: str) -> Iterator[str]:
        """Yield the names by which links may ask for a file, those of its second paths too."""
        yield from names_of_file(path)
        for second in self._second_paths.get(path, ()):
            yield from names_of_file(second)

    @cached_property
    def _second_paths(self) -> Mapping[str, Collection[str]]:
        found: dict[str, list[str]] = {}
        for second, first in self.after.also.items():
            found.setdefault(first, []).append(second)
        return found

    @cached_property
    def _first_names(self) -> Mapping[str, Collection[str]]:
        """Of the name of a second path those of the files that have it."""
        found: dict[str, set[str]] = {}
        for second, first in self.after.also.items():
            for name in names_of_file(second):
                found.setdefault(name, set()).update(names_of_file(first))
        return found

    @property
    def _has_other_endings(self) -> bool:
        """Whether the files of the vault end otherwise now, by which attachments are told from notes."""
        return bool(self._moved) and _endings(self.before) != _endings(self.after)

    def _bound(self) -> Iterator[str]:
        """Yield the notes that share a binding fact with one of those that changed, came or went."""
        for ask in [ask for ask in FACTS.values() if ask.binding]:
            values = {ask(vault.notes[path]) for vault, path in self._notes} - {""}
            if values:
                yield from (path for path, value in self.after.facts(ask).items() if value in values)

    def _answers(self, reads: Reads) -> Iterator[tuple[str, str]]:
        """Yield the keys under which functions of the vault that were asked have something else, each with its cell."""
        for name, function, of in PER_VAULT.values():
            if not (self._moved or any(map(self._is_other, of))) or not reads.has_asked(name):
                continue
            was, now = function(self.before), function(self.after)
            if not isinstance(was, Mapping):
                if was != now:
                    yield "", cell("@", name)
                continue
            for key in was.keys() | now.keys():
                if was.get(key) != now.get(key):
                    yield key, cell("@", f"{name} {key}")

    def _is_other(self, fact: str) -> bool:
        """Return whether a note that changed has another fact of this name."""
        ask = FACTS[fact]
        return any(ask(self.before.notes[path]) != ask(self.after.notes[path]) for path in self.changed)

    # --- names ---

    @cached_property
    def _renamed(self) -> list[str]:
        """The notes that changed and have other titles or aliases now."""
        return [p for p in self.changed if names(self.before.notes[p]) != names(self.after.notes[p])]

    @cached_property
    def _moves_names(self) -> bool:
        return bool(self._moved or self._renamed or self._is_other(channel_target.name))

    @cached_property
    def _with_other_hubs(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The notes whose channel has another hub now, or none: which it was, and is."""
        return {path: hubs for path, hubs in self._hubs.items() if hubs[0] != hubs[1]}

    @cached_property
    def _hubs(self) -> Mapping[str, tuple[str | None, str | None]]:
        was = {path: self.before.hub(path) for path in self.before.notes}
        return {path: (was.get(path), self.after.hub(path)) for path in self.after.notes}

    @property
    def _nearer_or_farther(self) -> Iterator[str]:
        """The notes that are of the same channel as some note now, or no longer, though that one has the hub that it had."""
        lasting = {now for was, now in self._hubs.values() if was == now} - {None}
        return (path for path, hubs in self._with_other_hubs.items() if not lasting.isdisjoint(hubs))

    def _likenesses(self, likened: list[str]) -> Iterator[str]:
        """Yield the cells of the texts of which the likeness to the names of the vault may be another one."""
        moved = set(chain.from_iterable(_texts(self.before, p) for p in chain(self.went, self._renamed)))
        moved ^= set(chain.from_iterable(_texts(self.after, p) for p in chain(self.came, self._renamed)))
        for path in (*self.went, *self.came):  # where a name is counts too
            moved.update(_texts(self.before if path in self.before.notes else self.after, path))
        for path in self._nearer_or_farther:
            moved.update(_texts(self.after, path))
        moved.update(path.rpartition("/")[2] for path in self._moved)
        if not moved or not likened:
            return
        texts = dict(zip(likened, all_letters(likened), strict=True))
        keys = set(all_letters(list(moved)))
        wordings = [text.split() for text in all_wordings(list(moved))]
        words = set(chain.from_iterable(wordings)) - self._lasting_words(moved)
        gists = {gist_of(mine) for mine in wordings} - {""}
        near = _near(keys, set(texts.values()))
        for (text, key), mine in zip(texts.items(), map(str.split, all_wordings(likened)), strict=True):
            if key in keys or key in near or not words.isdisjoint(mine) or (mine and gist_of(mine) in gists):
                yield cell("?", text)

    def _lasting_words(self, moved: Collection[str]) -> set[str]:
        """Return the words of all names that were there, and are."""
        texts = [path.rpartition("/")[2].removesuffix(".md") for path in chain(self.after.notes, self.after.files)]
        texts += chain.from_iterable(found[1::2] for found in self.after.facts(names).values())
        return set(" ".join(all_wordings([text for text in texts if text not in moved])).split())


def _near(keys: Iterable[str], others: Collection[str]) -> set[str]:
    """Return those of the others in which so few letters are wrong that one of the keys may be meant."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    by_length: dict[int, list[str]] = {}
    for other in others:
        by_length.setdefault(len(other), []).append(other)
    found: set[str] = set()
    for key in keys:
        for length in range(len(key) - SLIPS, len(key) + SLIPS + 1):
            alike = by_length.get(length, ())
            hits = process.extract(key, alike, scorer=OSA.distance, score_cutoff=SLIPS, limit=None)
            found.update(hit for hit, _, _ in hits)
    return found


def _texts(vault: Vault, path: str) -> list[str]:
    """Return what a note is called: its file's name, its title and aliases."""
    return [path.rpartition("/")[2].removesuffix(".md"), *names(vault.notes[path])[1::2]]


def _folders(vault: Vault) -> set[str]:
    found = {path.rpartition("/")[0] for path in chain(vault.notes, vault.files)}
    for folder in list(found):
        while folder := folder.rpartition("/")[0]:
            found.add(folder)
    return found


def _endings(vault: Vault) -> set[str]:
    return {path.rpartition("/")[2].rpartition(".")[2].lower() for path in vault.files}
