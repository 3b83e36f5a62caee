"""The proof that a copy is up to date, which is quick to check: the stats of all their files, with what else a build depends on,
kept in the user's cache folder. Lost or damaged, the files themselves are compared again.

It is looked for before anything of the builder is loaded, so this module imports little.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from processor.commands.build.copying import digest_file
from processor.commands.build.options import Asked
from processor.commands.build.places import FILE, NEW
from processor.commands.build.report import Report
from processor.disk import Listing
from processor.load.cache import DAMAGE, digest, folder, program, replace_file
from processor.load.cache.stats import Stats
from processor.load.captions import is_as_seen


class Standing(NamedTuple):
    """What a build came to that would change nothing: its report, and how many files the copy has."""

    report: Report
    files: int


class Seal:
    """The seal of one copy; made before any file of its source or of the copy is read."""

    def __init__(
        self,
        root: Path,
        out: str,
        listing: Listing,
        options: Asked,
        settings: Iterable[Path],
        captions: Iterable[Path] = (),
    ) -> None:
        """`out` is a real path, `options` what the command line asks; `settings` are the files that hold settings, or may; `captions` the folders that were named."""
        where = repr((os.path.realpath(root), out))
        self._path = folder() / "answers" / f"{digest(where.encode(errors='surrogatepass'))}-build"
        self._out = out
        self._options = {
            "program": program(),
            "options": asdict(options),
            "captions": [*map(os.path.abspath, captions)],
        }
        self._settings = _hashes(settings)
        self._heard: Mapping[str, Any] = {}
        self._source = Stats(root, (*listing.notes, *listing.files, *listing.also))

    def standing(self) -> Standing | None:
        """Return what was built, where all is as it was when the copy was last sealed."""
        with suppress(*DAMAGE):
            record = json.loads(self._path.read_bytes())
            if record["asked"] != self._options or record["source"] != _mark(self._source):
                return None
            if record["settings"] != _hashes({*record["settings"], *self._settings}):
                return None
            self._heard = record["captions"]
            if self._heard and not is_as_seen(self._heard):
                return None
            copy = Stats(self._out, record["paths"].split("\n"))
            if record["copy"] != _mark(copy) or os.path.lexists(f"{self._out}/{NEW}"):
                return None
            young = ((self._source, record["young source"]), (copy, record["young copy"]))
            for stats, hashes in young:
                if any(_hash(f"{stats.root}/{path}") != recorded for path, recorded in hashes.items()):
                    return None
            standing = Standing(Report.from_data(record["report"]), int(record["files"]))
            if any(hashes for _, hashes in young):  # they are older now, and need not be read the next time
                self._settings = record["settings"]
                self._write(copy, standing, *[hashes for _, hashes in young])
            return standing
        return None

    def set(
        self,
        settings: Iterable[Path],
        source: Mapping[str, str],
        copy: Mapping[str, str],
        report: Report,
        heard: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Record that the copy is up to date. `source` and `copy` are the hashes of their files, as they were
        read and as they should be; `settings` are further files that the settings named, and `heard` what was seen of the captions
        before any was read. Without effect where the copy is something else by now.
        """
        stats = Stats(self._out, (FILE, *sorted(copy)))
        if any(_hash(f"{self._out}/{path}") != recorded for path, recorded in copy.items()):
            return
        self._settings |= _hashes(settings)
        self._heard = heard
        self._write(stats, Standing(report, len(copy)), source, {**copy, FILE: _hash(f"{self._out}/{FILE}")})

    def _write(
        self, copy: Stats, standing: Standing, source_hashes: Mapping[str, str], copy_hashes: Mapping[str, str | None]
    ) -> None:
        record = {
            "asked": self._options,
            "settings": self._settings,
            "captions": dict(self._heard),
            "source": _mark(self._source),
            "young source": _young(self._source, source_hashes),
            "paths": "\n".join(copy.paths),
            "copy": _mark(copy),
            "young copy": _young(copy, copy_hashes),
            "report": standing.report.as_data(),
            "files": standing.files,
        }
        with suppress(*DAMAGE):
            replace_file(self._path, [json.dumps(record).encode(errors="surrogatepass")])


def _hashes(files: Iterable[Path | str]) -> dict[str, str | None]:
    return {os.path.abspath(file): _hash(os.path.abspath(file)) for file in files}


def _mark(stats: Stats) -> str:
    names = "\n".join(stats.paths).encode(errors="surrogatepass")
    return digest(names + b"\0" + stats.plain())


def _young(stats: Stats, hashes: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the files whose stats do not say for good that their bytes are the same, with their hashes."""
    return {path: hashes.get(path) for path in stats.unsettled()}


def _hash(path: str) -> str | None:
    return digest_file(path, follow=True)
