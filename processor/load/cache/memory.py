"""What an earlier run found in a vault, for the notes that nothing has touched since, and what this one found, for the next."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from processor.base.compact import encode
from processor.base.text import Source
from processor.lint.findings import Tallies
from processor.lint.linter import Linter
from processor.lint.memory import IsSame, Verdict
from processor.lint.touched import Change, Reads
from processor.load.cache import DAMAGE, digest, folder
from processor.load.cache.columns import lines_of
from processor.load.cache.known import NO_ID, KnownNotes, Line, kinds_of
from processor.load.cache.notes import FEWEST, KEPT, NOT_JUDGED, UNKNOWN, NoteCache
from processor.load.cache.pieces import NOWHERE, PieceWriter, Place
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
    """What is known of a vault's notes, and keeps what is made of them: see `lint.memory.Memory`.

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
        *,
        keeps: bool = True,
    ) -> None:
        """`read` are the notes of the vault of which the cache knows nothing, or nothing of today, and `digests` tell the
        bytes of those whose stat does not tell what they hold. The facts of the `linter` are kept of all notes. Without
        `keeps` nothing is.
        """
        self._cache = cache
        self._vault = vault
        self._read = frozenset(read)
        self._digests = digests
        self._beside = beside
        self._facts = linter.facts
        self._with_edits = linter.with_edits
        self.is_same: IsSame | None = partial(_is_same, digests) if digests else None
        self._keeps = keeps
        self._known: KnownNotes | None = None
        self._base_file: SectionWriter | None = None
        self._findings: PieceWriter | None = None  # in the base
        self._found: dict[str, _Found] = {}
        self._report: SectionWriter | None = None
        self._pieces: PieceWriter | None = None  # in the report
        self._made: list[tuple[int, Place]] = []
        """Of what was made of each note the number of its findings, and where it lies in the report."""
        first = int.from_bytes(os.urandom(5), "little") << 24
        self._numbers = count(first + NO_ID + 1)
        """Findings of one note, known by a number that no others had in any run."""
        self._doubtful: set[str] = set()
        """The notes that have changed while they were judged."""

    # --- what is known ---

    def known(self, made: str, paths: Sequence[str]) -> KnownNotes | None:
        """See `Memory.known`."""
        if self._vault.gone:  # what there is to say of a commit holds of no other one, nor of the vault as it is
            return None
        name = digest(f"{self._cache.path} {made} {self._with_edits}".encode())
        report = Sections(folder() / "reports" / name) if made else None
        touched = self._touched()
        changed = len(self._read) + self._cache.compared
        is_much = touched is None or changed * FEWEST > len(paths) or len(touched) * _MANY > len(paths)
        if touched is not None:
            lasting = frozenset(paths).difference(touched)
            with suppress(*DAMAGE):
                if is_much:  # all is written anew, and all of it must be what it was
                    self._cache.sections.check("findings")
                self._known = KnownNotes(self._cache, report, lasting, with_edits=self._with_edits)
        if not self._keeps:
            return self._known
        writes_base = is_much or self._known is None
        is_lacking = self._known is not None and self._known.lacking * _MANY > len(paths)
        self._begin(report if writes_base or is_lacking else None, writes_base=writes_base)
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

    def _begin(self, report: Sections | None, *, writes_base: bool) -> None:
        """Begin to write: what is made, in place of an earlier report, and, with `writes_base`, what is found."""
        with suppress(*DAMAGE):
            if writes_base:
                self._base_file = SectionWriter(self._cache.path, self._cache.sections)
                self._findings = PieceWriter(self._base_file, "findings")
            if report is not None:
                self._report = SectionWriter(report.path, report)
                self._pieces = PieceWriter(self._report, "pieces")

    def add(self, path: str, piece: bytes, verdict: Verdict, found: bytes, reads: str | None) -> None:
        """See `Memory.add`."""
        if reads is None:
            self._doubtful.add(path)
        number = next(self._numbers) if self._findings else NO_ID
        self._add_to_base((path,), lambda: ([Line(encode(verdict), reads or "", number)], (len(found),), found))
        self._add_to_report((number,), (len(piece),), piece)

    def add_known(self, stretch: Sequence[str], pieces: bytes) -> None:
        """See `Memory.add_known`."""
        known = self._known
        assert known is not None
        for row in known.rows(stretch):
            self._add_to_base(row, partial(known.kept, row))
        if self._pieces:
            lengths = known.lengths(stretch) if known.has_pieces(stretch[0]) else (len(pieces),)
            self._add_to_report([known.number(path) for path in stretch], lengths, pieces)

    def _add_to_base(
        self, paths: Sequence[str], kept: Callable[[], tuple[Sequence[Line], Sequence[int], bytes]]
    ) -> None:
        if self._findings is None or self._base_file is None:
            return
        try:
            lines, lengths, found = kept()
            places = self._findings.add(found, lengths)
            self._found.update(zip(paths, map(_Found, lines, places), strict=True))
        except DAMAGE:
            self._base_file.drop()
            self._base_file = self._findings = None

    def _add_to_report(self, numbers: Sequence[int], lengths: Sequence[int], pieces: bytes) -> None:
        if self._pieces is None or self._report is None:
            return
        try:
            self._made += zip(numbers, self._pieces.add(pieces, lengths), strict=True)
            if self._report.length > LARGEST:
                raise ValueError(LARGEST)
        except DAMAGE:
            self._report.drop()
            self._report = self._pieces = None

    def keep_facts(self) -> None:
        """Keep what was read, where only some notes are to be judged."""
        if not self._keeps:
            return
        self._keeps = False
        changed = len(self._read) + self._cache.compared
        enough = _MANY if "reads" in self._cache.sections else FEWEST
        if changed * enough > len(self._cache.stats.paths) or not self._cache.kept:
            with suppress(*DAMAGE):
                file = SectionWriter(self._cache.path, self._cache.sections)
                self._write_base(file, Tallies())
            self.drop()

    def finish(self, tallies: Tallies) -> None:
        """See `Memory.finish`."""
        with suppress(*DAMAGE):
            if self._base_file is not None:
                self._write_base(self._base_file, tallies)
            if self._report is not None and self._pieces is not None:
                self._pieces.end(place for _, place in self._made)
                self._report.end("ids", array("Q", [number for number, _ in self._made]).tobytes())
                self._report.complete(KEPT_REPORTS, LARGEST)
                self._report = None
        self.drop()

    def drop(self) -> None:
        """Leave nothing behind of what is not complete."""
        for file in filter(None, (self._base_file, self._report)):
            file.drop()
        self._base_file = self._findings = self._report = self._pieces = None

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
        if self._findings:
            self._write_found(file, self._findings, names, tallies)
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
        file.complete(KEPT)
        self._base_file = None

    def _write_found(self, file: SectionWriter, findings: PieceWriter, names: Sequence[str], tallies: Tallies) -> None:
        """Write what was found in the notes of these names."""
        rows = [self._found.get(path, _NOTHING) for path in names]
        findings.end([row.place for row in rows])
        verdicts, reads, numbers = zip(*[row.line for row in rows], strict=True)
        file.end("ids", array("Q", numbers).tobytes())
        file.end("verdicts", "\n".join(verdicts).encode())
        file.end("reads", "\n".join(reads).encode(errors="surrogatepass"))
        for path in self._found.keys() - set(names):
            tallies.add(kinds_of(self._found[path].line.verdict), -1)
        file.end("totals", encode(tallies.plain()).encode())


class _Found(NamedTuple):
    """What was found in a note, and where its findings are in the base."""

    line: Line
    place: Place


_NOTHING = _Found(Line(UNKNOWN.decode(), NOT_JUDGED.decode(), NO_ID), NOWHERE)


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
    """Return whether a note holds the bytes that were read first, where its stat does not tell."""
    digest = digests.get(note.path)
    return not digest or (note.source.invalid is None and fingerprint(note.source.encode()) == digest)
