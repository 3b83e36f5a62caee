"""What earlier runs have found in files of captions: a file that has not changed is not read again to know what it holds."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from processor.base.compact import encode
from processor.base.parallel import FORKS, streamed
from processor.captions.cues import CaptionsError
from processor.captions.durations import read_durations
from processor.captions.files import seen_from
from processor.captions.library import FileLibrary, Row
from processor.captions.model import Length
from processor.captions.reading import bytes_of
from processor.disk import reason
from processor.load.cache import DAMAGE, digest, folder, program
from processor.load.cache.sections import Sections, SectionWriter
from processor.load.cache.stats import is_settled
from processor.load.cache.tracks import Tracks
from processor.load.captions import CaptionLook, changed, is_as_seen

_KEPT = 16  # sets of folders
_FEW = 16  # files a process: each takes as long as some twenty notes


class Beside:
    """The captions beside a vault at one moment: its `library`, and what of it changes from run to run."""

    def __init__(self, root: Path, look: CaptionLook, *, cached: bool) -> None:
        """With `cached` what is known of files is taken from the cache, and kept there by `keep`."""
        self._look = look
        self._path = (
            folder() / "captions" / "files" / digest(repr((look.folders, program())).encode(errors="surrogatepass"))
        )
        self._cached = cached
        known = self._known() if cached else {}
        self._was = len(known)
        self._wrong: list[tuple[str, str]] = []
        self._tracks = Tracks({p: s for p, s in look.each.items() if is_settled(s)}) if cached else None
        durations = self._durations(str(root))
        self.library = FileLibrary(look.files, durations, known, str(root), self._tracks, look.durations)

    def _durations(self, root: str) -> Mapping[str, Length]:
        path = self._look.durations
        if path is None or not os.path.isfile(path):  # the settings have told that
            return {}
        try:
            found, wrong = read_durations(bytes_of(path))
        except CaptionsError as error:
            found, wrong = {}, [str(error)]
        self._wrong = [(path, message) for message in wrong]
        return {video_id: Length(seconds, "list", seen_from(root, path)) for video_id, seconds in found.items()}

    def problems(self, video_ids: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """Yield the files that cannot be used, and why not: those of some videos (None: of all), the table, and folders."""
        yield from ((str(error.filename), f"cannot be listed: {reason(error)}") for error in self._look.refused)
        yield from self._wrong
        self._look_into(self.library.unknown(video_ids))
        yield from self.library.problems(video_ids)

    def _look_into(self, paths: Sequence[str]) -> None:
        """Learn what files hold, by several processes where they are many."""
        processes = min(os.cpu_count() or 1, len(paths) // _FEW) if FORKS else 1
        if processes > 1:
            for part in streamed(self._rows, paths, processes, short=8):
                self.library.known.update({path: Row(*row) for path, row in json.loads(part).items()})

    def _rows(self, paths: Sequence[str]) -> bytes:
        return encode({path: self.library.row(path) for path in paths}).encode(errors="surrogatepass")

    # --- what is known of each file ---

    def _known(self) -> dict[str, Row]:
        with suppress(*DAMAGE):
            rows = json.loads(Sections(self._path).read("rows"))
            now = self._look.each
            was = {path: bytes.fromhex(stat) for path, (stat, _) in rows.items()}
            different = changed(was, now)
            return {path: Row(*row) for path, (_, row) in rows.items() if path not in different}
        return {}

    def keep(self) -> None:
        """Keep what is known of files for the next run."""
        known = self.library.known
        if self._cached and len(known) > self._was:
            stats = self._look.each
            rows = {path: (stats[path].hex(), row) for path, row in known.items() if path in stats}
            with suppress(*DAMAGE):
                file = SectionWriter(self._path)
                file.end("rows", encode(rows).encode(errors="surrogatepass"))
                file.complete(_KEPT)
            self._was = len(known)
            if self._tracks:
                self._tracks.trim()

    # --- what a vault that was judged rests on ---

    def has_changed(self) -> bool:
        """Return whether the files are others by now."""
        return not is_as_seen(self._look.seen())

    def kept(self) -> bytes:
        """Return what tells the captions of each video from other ones."""
        files = {path: (stat.hex(), self.library.video_of(path)) for path, stat in self._look.each.items()}
        durations = {video_id: length.seconds for video_id, length in self.library.durations.items()}
        return encode((files, durations)).encode(errors="surrogatepass")

    def changed_since(self, kept: bytes) -> set[str]:
        """Return the videos of which there may be something else to know than when that was kept. Raise one of `DAMAGE`."""
        files, durations = json.loads(kept) if kept else ({}, {})
        was = {path: bytes.fromhex(stat) for path, (stat, _) in files.items()}
        paths = changed(was, self._look.each) - {self._look.durations or ""}
        found = {files[path][1] for path in paths if path in files}
        found.update(self.library.video_of(path) for path in paths)
        now = {video_id: length.seconds for video_id, length in self.library.durations.items()}
        found.update(
            video_id for video_id in now.keys() | durations.keys() if now.get(video_id) != durations.get(video_id)
        )
        return found - {""}
