"""Disk → a vault, with as many processes as pay, and with what the cache knows of notes that have not changed.

Of many notes only what others ask of them is worked out here, their facts; each is parsed where it is judged. A few are
kept as they were read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.base.parallel import FEWEST, FORKS, processes_for
from processor.base.text import Source
from processor.captions.model import NO_CAPTIONS
from processor.config import Config
from processor.disk import Listing, ReadProblem
from processor.lint.linter import Linter
from processor.load.cache import program
from processor.load.cache.memory import RunMemory
from processor.load.cache.notes import NoteCache
from processor.load.cache.stats import Stats
from processor.load.captions import CaptionLook
from processor.load.reading import Read, Reader, Reading
from processor.vault.deferred import DeferredNotes
from processor.vault.facts import FACTS, Fact
from processor.vault.links.gone import Gone
from processor.vault.naming.kept import KnownNames
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

if TYPE_CHECKING:
    from processor.load.cache.captions import Beside


class Scan(NamedTuple):
    """A vault that was read. `memory` is what earlier runs have found, and keeps what a linter finds for the next run, where
    there are a linter and a cache."""

    vault: Vault
    problems: tuple[ReadProblem, ...]
    reader: Reader
    memory: RunMemory | None = None
    known: int = 0  # notes that were taken from the cache
    processes: int = 1
    captions: Beside | None = None


_NEAR = 8  # notes whose file is not read again at once: a report, and several rules, ask of one note after another


class _Shelf:
    """The parts of deferred notes: what was read, else what the cache keeps, else their files.

    A note whose file has vanished is empty.
    """

    def __init__(self, reader: Reader, read: Read, cache: NoteCache | None) -> None:
        self._reader = reader
        self._read = read
        self._cache = cache
        self.source = lru_cache(_NEAR)(self._source)
        self.note = lru_cache(_NEAR)(self._note)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Shelf, (self._reader, self._read, self._cache)

    def outline(self, path: str) -> bytes:
        if path in self._read.places:
            return self._read.outline(path)
        raise ValueError(path)

    def fact(self, name: str, path: str) -> object:
        if path in self._read.places:
            return self._read.fact(name, path)
        if self._cache is None:
            raise KeyError(name)
        return self._cache.fact(name, path)

    def cells(self, path: str) -> bytes | None:
        return None if self._cache is None or path in self._read.places else self._cache.cells(path)

    def encoded(self, path: str) -> bytes:
        data = self._reader.read(path)
        return b"" if isinstance(data, ReadProblem) else data

    def _source(self, path: str) -> Source:
        return Source.decode(self.encoded(path))

    def _note(self, path: str) -> Note:
        return parse_note(self.source(path), path)


class _Known(NamedTuple):
    """What is known of the notes of a vault without looking at them: what was `read`, and what the cache keeps of those
    that are `cached`."""

    read: Read
    cache: NoteCache | None
    cached: Collection[str]

    def facts(self, name: str) -> Mapping[str, Any]:
        """Return a fact of all notes of which it is known."""
        new = self.read.column(name)
        return self.cache.column(name, new, self.cached) if self.cache and self.cached else new

    def sharing(self, name: str, what: str) -> Iterable[str] | None:
        """Return the notes of which a fact is this text; None where all must be looked at for that."""
        old = self.cache.sharing(name, what) if self.cache and self.cached and not self.read.places else None
        if old is None:
            return None
        ask, new = FACTS[name], self.read.notes
        return [*(path for path in old if path in self.cached), *(path for path, n in new.items() if ask(n) == what)]

    def names(self) -> KnownNames | None:
        """Return what the cache knows of the names of notes, where that is nearly all there is to know."""
        letters = self.cache.letters() if self.cache and self.cached and not self.read.places else None
        if self.cache is None or letters is None:
            return None
        kept = self.cache.kept
        return KnownNames(letters, kept, frozenset(kept).difference(self.cached), list(self.read.notes))


class Wanted(NamedTuple):
    """What is worked out of each note where it is read: the facts that the rules of the `linter` ask of all notes, or other
    `facts`. With `outlines` the links and headings of all notes are kept, for a command that looks at all of them."""

    linter: Linter | None = None
    facts: Sequence[Fact[Any]] = ()
    outlines: bool = False


class Bytes(NamedTuple):
    """Where the bytes of notes come from: the disk, but for what is `given` otherwise.

    Of the notes that are to be `held` the bytes
    are, so that they stay as they were read. With `stats` of the listing a note that has not changed since an earlier run
    is not read again. For `gone` see `Vault`.
    """

    given: Mapping[str, bytes] = MappingProxyType({})
    held: Collection[str] = ()
    stats: Stats | None = None
    gone: Gone | None = None


NOTHING, FILES = Wanted(), Bytes()


def scan(
    root: Path,
    listing: Listing,
    config: Config,
    wanted: Wanted = NOTHING,
    bytes_: Bytes = FILES,
    advance: Callable[[int], None] = lambda _count: None,
    processes: int | None = None,
) -> Scan:
    """Read all notes of a vault.

    `advance` is called with the number of notes done since the last call. A note that cannot be read is among the
    problems, and known to the vault as a file only. The result does not depend on the number of `processes`; None: as
    many as there are cores, where it pays.
    """
    linter, facts, outlines = wanted
    given, held, stats, gone = bytes_
    facts = linter.facts if linter else facts
    beside = _beside(root, config, cached=stats is not None or linter is None)
    reader = Reader(root, dict(given))
    cache = NoteCache(root, _judged(linter)) if stats and linter else None
    known = cache.look(stats) if cache and stats else frozenset[str]()
    if held and cache:
        reader = reader.holding(held)
        known = cache.look_again(reader.held, held)
        held = ()
    if reader.given or held:
        known = frozenset(known).difference(reader.given, held)
    todo = [path for path in listing.notes if path not in known] if known else listing.notes
    reader = reader.holding(held)
    lasts = not (reader.given or held)
    sealed = cache.unsettled(todo) if cache and lasts and not reader.held else frozenset()
    if processes is None:  # to tell others what is held would take longer than to look at it here
        processes = 1 if reader.held and not FORKS else processes_for(len(todo), anywhere=True)
    read = Read(keep=len(todo) <= FEWEST)
    how = Reading(reader, facts, sealed, outlines)
    read.all(how, todo, processes, advance)
    advance(len(known))
    shelf = _Shelf(reader, read, cache)
    unread = {problem.path for problem in read.problems}
    paths = [path for path in listing.notes if path not in unread] if unread else listing.notes
    sources = _Known(read, cache, known)
    vault = Vault(
        DeferredNotes(paths, shelf, read.notes),
        (*listing.files, *[p.path for p in read.problems]),
        also=listing.also,
        style=config.link_style,
        video_properties=config.video_property,
        gone=gone,
        captions=beside.library if beside else NO_CAPTIONS,
        known=sources.facts,
        sharing=sources.sharing,
        known_names=sources.names,
    )
    memory = None
    if cache and linter and lasts:  # what is held is about to change, and nothing of it is kept
        memory = RunMemory(cache, vault, todo, read.digests, linter, beside, keeps=not reader.held)
    return Scan(vault, tuple(sorted(read.problems)), reader, memory, len(known), processes, beside)


def _beside(root: Path, config: Config, *, cached: bool) -> Beside | None:
    """Return the captions that the settings name, as they are before any note is judged; None where they name none."""
    if not config.captions and config.durations is None:
        return None
    from processor.load.cache.captions import Beside

    return Beside(root, CaptionLook(config.captions, config.durations), cached=cached)


def _judged(linter: Linter) -> str:
    """Return all that the findings and facts of a note depend on, besides the note."""
    config = replace(linter.config, origins={}, remarks=())
    return f"{program()} {[r.id for r in linter.rules]} {config!r}"
