"""A vault that is open: the one way to its notes, and to what the rules say of them.

How its notes are read, by how many processes, what of them is kept in memory and what the cache knows, is seen to here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from processor.base.parallel import processes_for
from processor.base.text import Source
from processor.config import Config
from processor.disk import Listing, ReadProblem, read
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter, LintResult
from processor.lint.memory import Recalled
from processor.lint.targets import Cause, causes
from processor.lint.touched import Change
from processor.load.following import Following
from processor.load.origin import Origin
from processor.load.scan import Bytes, Scan, Wanted, scan
from processor.rules.base import Finding
from processor.vault.facts import Fact
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault

Advance = Callable[[int], None]
"""Is called with the number of notes done since the last call."""


@dataclass(frozen=True)
class ToLint:
    """A vault is opened to judge its notes: those at `paths` (None: all), in the light of the whole.

    With `edits` each finding's fix holds its edits. With `held` these notes stay as they were read: what is made of them
    may be written over what they were. With `followed` the vault is going to be told of changes: what the rules read is
    recorded, so that these tell which notes to judge again.
    """

    paths: tuple[str, ...] | None = None
    edits: bool = False
    held: bool = False
    followed: bool = False


@dataclass(frozen=True)
class ToAsk:
    """A vault is opened to ask something of its notes: `facts` of every one, and, with `links`, for the links and headings of
    all. All else can be asked too, and is read where it is."""

    facts: Sequence[Fact[Any]] = ()
    links: bool = False


ASK = ToAsk()
_FEW = 200  # notes that are judged faster than it is found out what is known of them


def open_vault(
    root: Path,
    config: Config,
    origin: Origin,
    purpose: ToLint | ToAsk = ASK,
    advance: Advance = lambda _count: None,
) -> Workspace:
    """Open the vault at `root`, whose notes `origin` gives.

    A note that cannot be read is among the problems, and known to the vault as a file only.
    """
    linter, held = None, tuple[str, ...]()
    if isinstance(purpose, ToAsk):
        wanted = Wanted(facts=purpose.facts, outlines=purpose.links)
    else:
        linter = Linter(config, with_edits=purpose.edits)
        wanted = Wanted(linter)
        if purpose.held:
            held = origin.listing.notes if purpose.paths is None else purpose.paths

    def read_all(bytes_: Bytes) -> Scan:
        return scan(root, origin.listing, config, wanted, bytes_._replace(held=held), advance)

    whole = isinstance(purpose, ToLint) and purpose.paths is None
    followed = isinstance(purpose, ToLint) and purpose.followed
    return Workspace(root, config, origin, origin.scanned(read_all), linter, whole=whole, followed=followed)


class Workspace:
    """An open vault, and how its configuration judges it.

    `vault` is what its notes are now; `known` of them were taken from the cache when it was opened, all others were read, by
    so many `processes`; what could not be read is among the `problems`.
    """

    def __init__(
        self,
        root: Path,
        config: Config,
        origin: Origin,
        scanned: Scan,
        linter: Linter | None = None,
        *,
        whole: bool = False,
        followed: bool = False,
    ) -> None:
        self.root = root
        self.config = config
        self.origin = origin
        self.listing = origin.listing
        self.vault = scanned.vault
        self.problems: tuple[ReadProblem, ...] = scanned.problems
        self.known = scanned.known
        self.processes = scanned.processes
        self._scanned = scanned
        self._linter = linter
        self._memory = scanned.memory  # until the notes are others than they were read
        self._is_whole = whole
        self._following = Following() if followed else None
        self._written: set[str] = set()
        self._no_notes = _no_notes(origin.listing)

    @cached_property
    def linter(self) -> Linter:
        """The rules that are on."""
        return self._linter or Linter(self.config)

    def close(self) -> None:
        """Give up what was to be kept of a run that did not end."""
        if self._scanned.memory:
            self._scanned.memory.drop()

    # What the rules say

    def lint(self, paths: Collection[str], advance: Advance = lambda _count: None) -> LintResult:
        """Return what there is to say of the notes at `paths`. Many notes are judged where somebody asks for the findings."""
        processes = processes_for(len(paths), anywhere=True)
        memory, self._memory = self._memory, None
        if memory and not self._is_whole:
            memory.keep_facts()
            memory = memory if len(paths) > _FEW else None
        told = self._following.before(memory) if self._following else memory
        result = self.linter.lint(self.vault, paths, processes, advance, told)
        return replace(result, processes=processes)

    def recall(self) -> Callable[[str], Recalled | None]:
        """Return what gives what is known of a note from an earlier run, if there is nothing else to say of it now."""
        memory, self._memory = self._memory, None
        known = memory.known("", self.listing.notes) if memory else None
        return known.recalled if known else lambda _path: None

    def has_other_captions(self) -> bool:
        """Return whether the files of captions are others than when the vault was opened."""
        beside = self._scanned.captions
        return beside is not None and beside.has_changed()

    def caption_problems(self, paths: Iterable[str] | None) -> list[tuple[str, str]]:
        """Return the files of captions that cannot be used, and why not: those of the videos of the notes at `paths` (None: all);
        and what is wrong in the table of durations.
        """
        beside = self._scanned.captions
        if beside is None:
            return []
        video_ids = None if paths is None else {self.vault.video_id(path) or "" for path in paths}
        found = list(beside.problems(video_ids))
        beside.keep()
        return found

    def check(self, note: Note) -> list[Finding]:
        """Return what there is to say of another text of a note, were it the note's text."""
        check = self.linter.vault_check(self.vault.with_notes([note]))
        return list(self.linter.unsuppressed(note, [*self.linter.check_note(note), *check(note)]))

    def causes(self, path: str, found: NoteFindings) -> Iterator[Cause]:
        """Yield what the findings of the note at a path are about."""
        return causes(self.vault.notes[path].anew(), found, self.vault)

    # The notes

    def note(self, path: str) -> Note | None:
        """Return a note with all that its file says, for a look that is not kept; None where there is no such note."""
        note = self.vault.notes.get(path)
        return None if note is None else note.whole

    def text(self, path: str) -> str | None:
        """Return the text of a note as it was judged; of one whose text was not kept, as its file is now; None where there is no
        such note."""
        note = self.vault.notes.get(path)
        return None if note is None else note.text

    def basis(self, path: str) -> bytes:
        """Return the bytes that a new text of a note is based on: those that were read, or written since. Raises KeyError of a
        note that was not to be held.
        """
        return self.vault.notes[path].encoded() if path in self._written else self._scanned.reader.basis(path)

    @property
    def has_written(self) -> bool:
        """Whether notes were written since the vault was opened."""
        return bool(self._written)

    def wrote(self, paths: Iterable[str]) -> None:
        """Be told which notes hold on the disk what they are going to `become`."""
        self._written.update(paths)

    def become(self, vault: Vault) -> None:
        """Be told what the notes are from now on, the same ones with other texts."""
        self.vault = vault
        self._memory = None

    # What happens to them meanwhile

    def changed(self, paths: Iterable[str]) -> list[str]:
        """Of the files and folders at which something happened, the files that may be other than they were."""
        vault, paths = self.vault, list(paths)
        if all(path in vault.notes and os.path.isfile(self.root / path) for path in paths):
            return sorted(paths)  # as it mostly is, and the vault need not be listed
        listing = self.origin.listed_again(self.root)
        files = frozenset(listing.files).union(p.path for p in self.problems)
        there = {*listing.notes, *listing.files}
        found = {*vault.notes, *vault.files} ^ {*listing.notes, *files}  # came or went
        for path in paths:
            if path in there:
                found.add(path)
            else:
                found.update(p for p in there if p.startswith(path + "/"))
        self._no_notes = _no_notes(listing)
        # what an attachment holds is nothing to us
        return sorted(p for p in found if self._is_note(p) or p not in vault.files or p not in files)

    def _is_note(self, path: str) -> bool:
        return path.endswith(".md") and path not in self._no_notes

    def update(self, changed: Iterable[str], texts: Mapping[str, bytes] = MappingProxyType({})) -> list[str]:
        """Read files that have changed, came or are gone; those in `texts` hold that instead of what the disk has.

        Return the notes of which there may be something else to say: these, and of those that were judged the ones whose rules
        have read something that is another now. Of a vault that is not `followed`: all notes.
        """
        changed = sorted({*changed, *texts})
        notes: dict[str, Note] = {}
        files, gone = set(self.vault.files), set()
        for path in changed:
            data = texts[path] if path in texts else read(self.root, path)
            files.discard(path)
            if isinstance(data, bytes) and self._is_note(path):
                notes[path] = parse_note(Source.decode(data), path)
            else:
                gone.add(path)
                if not isinstance(data, ReadProblem) or os.path.lexists(self.root / path):
                    files.add(path)
        before = self.vault
        gone &= before.notes.keys()
        if not gone and notes.keys() <= self.vault.notes.keys() and files == self.vault.files:
            self.vault = self.vault.with_notes(notes.values())
        else:
            kept = {p: n for p, n in self.vault.notes.items() if p not in gone} | notes
            self.vault = self.vault.with_files([kept[p] for p in sorted(kept)], files, notes.keys())
        self._memory = None
        if self._following is None:
            return sorted(self.vault.notes)
        was_there = [path for path in notes if path in before.notes]
        return sorted(self._following.touched(Change(before, self.vault, was_there)))


def _no_notes(listing: Listing) -> frozenset[str]:
    """Return the files with the ending of notes that are none: which git ignores."""
    return frozenset(path for path in listing.files if path.endswith(".md"))
