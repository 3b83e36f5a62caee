"""What an earlier run found in a vault, for the notes that nothing has touched since, and what this one found, for the next."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

from processor.base.compact import encode
from processor.base.text import Source
from processor.lint.findings import Tallies
from processor.lint.judging import IsSame, Verdict
from processor.lint.linter import Linter
from processor.lint.touched import Change, Reads
from processor.load.cache import DAMAGE, digest, folder
from processor.load.cache.columns import lines_of
from processor.load.cache.known import KnownNotes, kinds_of
from processor.load.cache.notes import FEWEST, KEPT, NOT_JUDGED, UNKNOWN, NoteCache
from processor.load.cache.sections import Sections, SectionWriter
from processor.load.cache.stats import GONE, NO_DIGEST, fingerprint
from processor.vault.deferred import DeferredNotes
from processor.vault.facts import names as other_names
from processor.vault.naming.kept import KeptLetters
from processor.vault.note import Note
from processor.vault.vault import Vault

if TYPE_CHECKING:
    from processor.load.cache.captions import Beside

KEPT_REPORTS = 8
LARGEST = 1_000_000_000  # bytes of all reports that are kept
_MANY = 10  # when one note in so many is judged anew, what was found is written anew


class RunMemory:
    """What is known of a vault's notes, and keeps what is made of them: see `lint.judging.Memory`.

    The notes as they were when all were judged are the base; of notes that have changed since, what the change touches is
    found anew by each run, until that is much.
    """

    def __init__(
        self,
        cache: NoteCache,
        vault: Vault,
        read: Collection[str],
        digests: Mapping[str, bytes],
        linter: Linter,
        beside: Beside | None = None,
    ) -> None:
        """`read` are the notes of the vault of which the cache knows nothing, or nothing of today, and `digests` tell the
        bytes of those whose stat does not tell what they hold. The facts of the `linter` are kept of all notes.
        """
        self._cache = cache
        self._vault = vault
        self._read = frozenset(read)
        self._digests = digests
        self._beside = beside
        self._facts = linter.facts
        self._with_edits = linter.with_edits
        self.is_same: IsSame | None = partial(_is_same, digests) if digests else None
        self._generation = ""
        self._known: KnownNotes | None = None
        self._base_file: SectionWriter | None = None
        self._report: SectionWriter | None = None
        self._places: dict[str, tuple[int, int]] = {}
        """Of each note where in the report what was made of it begins, and its length."""
        self._found: dict[str, tuple[str, str]] = {}
        """Of each note its verdict as JSON, and what its rules read."""
        self._rows = cache.kept
        """The notes of the base, in its order."""
        self._doubtful: set[str] = set()
        """The notes that have changed while they were judged."""

    # --- what is known ---

    def known(self, made: str, paths: Sequence[str]) -> KnownNotes | None:
        """See `Memory.known`."""
        report = (
            folder() / "reports" / digest(f"{self._cache.path} {made} {self._with_edits}".encode()) if made else None
        )
        touched = self._touched()
        changed = len(self._read) + self._cache.compared
        is_much = touched is None or changed * FEWEST > len(paths) or len(touched) * _MANY > len(paths)
        if touched is not None and report is not None:
            with suppress(*DAMAGE):
                self._known = KnownNotes(self._cache, Sections(report), frozenset(paths).difference(touched))
        if self._known is None or is_much:
            self._begin(report, writes_base=is_much or bool(touched))
        return self._known

    def _touched(self) -> set[str] | None:
        """Return the notes of which there may be something else to say than of the base; None: all of them."""
        with suppress(*DAMAGE):
            cache, sections = self._cache, self._cache.sections
            if "reads" not in sections:
                return None
            files, also = json.loads(sections.read("files"))
            style, videos = self._vault.style, self._vault.video_properties
            was = DeferredNotes(cache.kept, _Before(cache), {})
            before = Vault(was, files, also=also, style=style, video_properties=videos, known=cache.as_kept)
            changed = [path for path in cache.kept if path not in cache.at and path in self._vault.notes]
            kept = sections.read("captions") if "captions" in sections else b""
            heard = self._beside.changed_since(kept) if self._beside else ()
            return Change(before, self._vault, changed, heard).touched(Reads(cache.kept, sections.read("reads")))
        return None

    # --- what this run finds ---

    def _begin(self, report: Path | None, *, writes_base: bool) -> None:
        """Begin to write: what is made, and, with `writes_base`, what it rests on."""
        with suppress(*DAMAGE):
            if writes_base:
                self._generation = os.urandom(16).hex()
                self._base_file = SectionWriter(self._cache.path)
            else:
                self._generation = self._cache.sections.read("generation").decode()
            if report is not None:
                self._report = SectionWriter(report)

    def add(self, path: str, piece: bytes, verdict: Verdict, reads: str | None) -> None:
        """See `Memory.add`."""
        if reads is None:
            self._doubtful.add(path)
        if self._base_file is not None:
            self._found[path] = encode(verdict), reads or ""
        self._add_to_report((path,), (len(piece),), piece)

    def add_known(self, paths: Sequence[str], pieces: bytes) -> None:
        """See `Memory.add_known`."""
        if self._known is None:
            return
        if self._base_file is not None:
            self._found.update((path, self._known.lines(path)) for path in paths)
        if self._report is not None:
            self._add_to_report(paths, self._known.lengths(paths), pieces)

    def _add_to_report(self, paths: Sequence[str], lengths: Sequence[int], pieces: bytes) -> None:
        if self._report is None:
            return
        begins = [*accumulate(lengths, initial=self._report.length)]
        self._places.update(zip(paths, zip(begins, lengths, strict=False), strict=True))
        try:
            self._report.add(pieces)
            if self._report.length != begins[-1] or begins[-1] > LARGEST:
                raise ValueError(begins[-1])
        except DAMAGE:
            self._report.drop()
            self._report = None

    def keep_facts(self) -> None:
        """Keep what was read, where only some notes are to be judged."""
        changed = len(self._read) + self._cache.compared
        enough = _MANY if "reads" in self._cache.sections else FEWEST
        if changed * enough > len(self._cache.stats.paths) or not self._cache.kept:
            self._begin(None, writes_base=True)
            self.finish(Tallies())

    def finish(self, tallies: Tallies) -> None:
        """See `Memory.finish`."""
        try:
            if self._base_file is not None:
                self._write_base(self._base_file, tallies)
            if self._report is not None:
                places = [self._places.get(path, (0, 0)) for path in self._rows]
                self._report.end("pieces")
                self._report.end("places", array("Q", chain.from_iterable(places)).tobytes())
                self._report.end("generation", self._generation.encode())
                self._report.complete(KEPT_REPORTS, LARGEST)
                self._report = None
        except DAMAGE:
            pass
        self.drop()

    def drop(self) -> None:
        """Leave nothing behind of what is not complete."""
        for file in filter(None, (self._base_file, self._report)):
            file.drop()
        self._base_file = self._report = None

    def _write_base(self, file: SectionWriter, tallies: Tallies) -> None:
        cache, vault = self._cache, self._vault
        names: list[str] = []
        stats: list[bytes] = []
        for path, now in zip(cache.stats.paths, cache.stats.each(), strict=True):
            if path not in vault.notes or "\n" in path:  # names are kept in lines
                continue
            stat = now
            if now[-16:] != NO_DIGEST and now != GONE:
                seal = self._digests.get(path, b"") if path in self._read else cache.seal(path)
                stat = now[:-16] + seal if seal else GONE
            names.append(path)
            stats.append(GONE if path in self._doubtful else stat)
        file.end("paths", "\n".join(names).encode())
        file.end("stats", b"".join(stats))
        file.end("files", encode((sorted(vault.files), dict(vault.also))).encode())
        for ask in self._facts:
            found = vault.facts(ask)
            column = [found[path] for path in names]
            file.end(f"fact {ask.name}", lines_of(column))
            if ask.name == other_names.name:
                file.end("letters", KeptLetters.of(names, column).written())
            vault.forget_facts()
        if self._beside:
            file.end("captions", self._beside.kept())
        if self._found:
            lines = [self._found.get(path, (UNKNOWN.decode(), NOT_JUDGED.decode())) for path in names]
            file.end("verdicts", "\n".join([verdict for verdict, _ in lines]).encode())
            file.end("reads", "\n".join([reads for _, reads in lines]).encode(errors="surrogatepass"))
            for path in self._found.keys() - set(names):
                tallies.add(kinds_of(self._found[path][0]), -1)
            file.end("totals", encode(tallies.plain()).encode())
        file.end("generation", self._generation.encode())
        file.complete(KEPT)
        self._base_file = None
        self._rows = names


class _Before:
    """The facts of notes as they were when the cache was written; all else of them is not known."""

    def __init__(self, cache: NoteCache) -> None:
        self._cache = cache

    def fact(self, name: str, path: str) -> object:
        return self._cache.fact_before(name, path)

    def outline(self, path: str) -> bytes:
        raise ValueError(path)

    def cells(self, path: str) -> bytes:
        raise ValueError(path)

    def encoded(self, path: str) -> bytes:
        raise ValueError(path)

    def source(self, path: str) -> Source:
        raise ValueError(path)

    def note(self, path: str) -> Note:
        raise ValueError(path)


def _is_same(digests: Mapping[str, bytes], note: Note) -> bool:
    """Whether a note holds the bytes that were read first, where its stat does not tell."""
    digest = digests.get(note.path)
    return not digest or (note.source.invalid is None and fingerprint(note.source.encode()) == digest)
