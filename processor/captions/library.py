"""The captions in files: which there are of a video, and those that are to be believed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from processor.captions.cues import CaptionsError, Track
from processor.captions.durations import read_titles
from processor.captions.files import seen_from
from processor.captions.model import Captions, Details, Kind, Length, Summary
from processor.captions.names import Named, base_language, is_translation, named
from processor.captions.reading import CAPTIONS_ONLY, DETAILS, bytes_of, ending_of, read_details, read_track

_ORDER: tuple[Kind, ...] = ("written", "automatic", "transcript", "translated")
_K = TypeVar("_K")
_V = TypeVar("_V")
_HELD = 32  # videos whose captions stay in memory: notes on one video mostly lie near one another


class Row(NamedTuple):
    """What is known of a file without reading it again: plain data. `problem` is for people, empty where it holds captions;
    a file that holds none, and whose name does not promise any, has neither words nor a problem."""

    video_id: str = ""
    kind: Kind = "automatic"
    language: str = ""
    words: int = 0
    length: float = 0.0
    stated: float | None = None
    problem: str = ""


class Store(Protocol):
    """Keeps what files hold from one run to the next."""

    def get(self, path: str) -> Track | None:
        """Return what a file holds, if that is known."""

    def put(self, path: str, track: Track) -> None:
        """Keep what a file holds."""


class FileLibrary:
    """The captions in some files. Whatever these hold, asking raises nothing."""

    def __init__(
        self,
        files: Sequence[str] = (),
        durations: Mapping[str, Length] | None = None,
        known: MutableMapping[str, Row] | None = None,
        root: str = "",
        store: Store | None = None,
        table: str | None = None,
    ) -> None:
        """`files` are paths, `durations` what the file `table` says of lengths; `known` is what is known of files, and learns more.
        What is said of a file names it from the `root` of the vault. In the `store` is what was read before.
        """
        self.files = tuple(files)
        self.durations = durations or {}
        self.known: MutableMapping[str, Row] = {} if known is None else known
        self.root = root
        self.store = store
        self.table = table
        self._held: dict[str, Track] = {}
        self._vocabularies: dict[str, frozenset[str]] = {}
        self._given: dict[tuple[str, str], Captions] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return FileLibrary, (self.files, self.durations, self.known, self.root, self.store, self.table)

    # --- which files there are ---

    def ids(self) -> Collection[str]:
        """See `Library.ids`."""
        return {*self._named, *self._inside, *self.durations}

    def files_of(self, video_id: str) -> list[str]:
        """Return the files of a video, sorted as they were given."""
        return [*self._named.get(video_id, ()), *self._inside.get(video_id, ())]

    @cached_property
    def _names(self) -> Mapping[str, Named]:
        names = {path: named(_stem(path)) for path in self.files if ending_of(path)}
        inside = f"{self.root}{os.sep}"
        # the vault knows of its notes itself which of them hold a transcript
        notes = {
            p
            for p, n in names.items()
            if self.root and not n.video_id and ending_of(p) == ".md" and p.startswith(inside)
        }
        return {path: name for path, name in names.items() if path not in notes} if notes else names

    @cached_property
    def _named(self) -> Mapping[str, list[str]]:
        """The files whose names say which video they are of."""
        found: dict[str, list[str]] = {}
        for path, name in self._names.items():
            if name.video_id:
                found.setdefault(name.video_id, []).append(path)
        return found

    @cached_property
    def _inside(self) -> Mapping[str, list[str]]:
        """The files that say so themselves."""
        found: dict[str, list[str]] = {}
        for path, name in self._names.items():
            if not name.video_id and (video_id := self.row(path).video_id):
                found.setdefault(video_id, []).append(path)
        return found

    def video_of(self, path: str) -> str:
        """Return the id of the video that a file is of; empty where neither its name nor itself says so."""
        name = self._names.get(path)
        return "" if name is None else name.video_id or self.row(path).video_id

    # --- what they hold ---

    def row(self, path: str) -> Row:
        """Return what is known of a file."""
        if path not in self.known:
            self.known[path] = self._looked_up(path)
        return self.known[path]

    def _looked_up(self, path: str) -> Row:
        name, ending = self._names[path], ending_of(path)
        try:
            if ending == DETAILS:
                about = read_details(path)
                return Row(name.video_id or about.video_id, stated=about.length)
            track = self._track(path)
        except CaptionsError as error:
            is_promised = ending in CAPTIONS_ONLY or (name.video_id and str(error) != _NONE) or ending == DETAILS
            return Row(name.video_id, problem=str(error) if is_promised else "")
        language = name.language or track.language
        kind = track.kind or "automatic"
        if is_translation(name.language):
            kind = "translated"
        elif name.language.endswith("-orig"):
            kind = "automatic"
        video_id = name.video_id or track.video_id
        return Row(video_id, kind, language, len(track.words), track.length, track.stated)

    def _track(self, path: str) -> Track:
        if path not in self._held:
            found = self.store.get(path) if self.store else None
            if found is None:
                found = read_track(path)
                if self.store:
                    self.store.put(path, found)
            _hold(self._held, path, found)
        return self._held[path]

    def unknown(self, video_ids: Collection[str] | None = None) -> list[str]:
        """Return the files of some videos (None: of all) that were not looked into yet, and those of nobody knows which."""
        names = ((path, name.video_id) for path, name in self._names.items() if path not in self.known)
        return [path for path, of in names if video_ids is None or not of or of in video_ids]

    def problems(self, video_ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """Yield the files of some videos (None: of all) that cannot be used, and why not."""
        for path in self._names:
            name = self._names[path].video_id
            if (video_ids is None or not name or name in video_ids) and (problem := self.row(path).problem):
                yield path, problem

    def captions(self, video_id: str, text: str = "") -> Captions | None:
        """See `Library.captions`."""
        chosen = self._best(video_id)
        if len(chosen) > 1 and text:
            chosen = sorted(chosen, key=lambda path: -self._likeness(path, text))
        for path in chosen:
            with suppress(CaptionsError):  # it is there no more, or another one
                return self._captions(video_id, path)
        return None

    def _best(self, video_id: str) -> list[str]:
        """Return the best captions of a video in each language, the very best first."""
        found = [path for path in self.files_of(video_id) if ending_of(path) != DETAILS and self.row(path).words]
        best: dict[str, str] = {}
        for path in sorted(found, key=self._rank):
            best.setdefault(base_language(self.row(path).language), path)
        return list(best.values())

    def summary(self, video_id: str) -> Summary | None:
        """See `Library.summary`."""
        rows = [(path, self.row(path)) for path in self._best(video_id)]
        if not rows:
            return None
        languages = dict.fromkeys(row.language for _, row in rows)
        path, row = rows[0]
        return Summary(seen_from(self.root, path), row.kind, tuple(languages), row.length)

    def _captions(self, video_id: str, path: str) -> Captions:
        if (video_id, path) not in self._given:
            track, row = self._track(path), self.row(path)
            found = Captions(
                video_id, seen_from(self.root, path), row.kind, row.language, track.seconds, track.words, track.length
            )
            _hold(self._given, (video_id, path), found)
        return self._given[video_id, path]

    def _rank(self, path: str) -> tuple[int, bool, str]:
        """Return what comes first: whoever knows best what is said, `en` before `en-orig`."""
        row = self.row(path)
        return _ORDER.index(row.kind), row.language.endswith("-orig"), path

    def _likeness(self, path: str, text: str) -> float:
        """Return how much of a note's words the captions hold, by which its language is told."""
        if path not in self._vocabularies:
            with suppress(CaptionsError):
                _hold(self._vocabularies, path, frozenset(map(str.casefold, self._track(path).words)))
        words = {word.casefold() for word in text.split()}
        return len(words & self._vocabularies.get(path, frozenset())) / max(1, len(words))

    def length(self, video_id: str) -> Length | None:
        """See `Library.length`: what somebody says of it comes before the end of the captions."""
        rows = {path: self.row(path) for path in self.files_of(video_id)}
        stated = [(ending_of(path) != DETAILS, path, row.stated) for path, row in rows.items() if row.stated]
        if stated and not min(stated)[0]:
            _, path, seconds = min(stated)
            return Length(seconds, "details", seen_from(self.root, path))
        if video_id in self.durations:
            return self.durations[video_id]
        if stated:
            _, path, seconds = min(stated)
            return Length(seconds, "property", seen_from(self.root, path))
        last = max(((row.length, path) for path, row in rows.items() if row.words), default=None)
        return Length(last[0], "captions", seen_from(self.root, last[1])) if last else None

    def details(self, video_id: str) -> Details | None:
        """See `Library.details`."""
        for path in self.files_of(video_id):
            if ending_of(path) == DETAILS and not self.row(path).problem:
                with suppress(CaptionsError):
                    return replace(read_details(path), path=seen_from(self.root, path))
        return None

    def title(self, video_id: str) -> str:
        """See `Library.title`."""
        details = self.details(video_id)
        return (details and details.title) or self._titles.get(video_id, "")

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        with suppress(CaptionsError):
            return read_titles(bytes_of(self.table)) if self.table else {}
        return {}


_NONE = "holds no captions"


def _hold(held: dict[_K, _V], key: _K, value: _V) -> None:
    """Keep a value, and let the one go that came first where there are too many."""
    while len(held) >= _HELD:
        del held[next(iter(held))]
    held[key] = value


def _stem(path: str) -> str:
    name = os.path.basename(path)
    return name[: -len(ending_of(name))]
