"""The files that a command writes besides notes: tried beforehand, so that a run fails before it writes or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from processor.cli.console import Failure
from processor.disk import reason
from processor.disk.single import Destination
from processor.disk.write import Refused, standing


class Outputs(ExitStack):
    """The files, by the names they were given. A file that has not been written on leaving is as it was."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Raise Failure where a file cannot be written, or is a note."""
        super().__init__()
        self._files: dict[Path, Destination] = {}
        for file in dict.fromkeys(files):
            try:
                if _is_note(file):
                    self.close()
                    raise Failure(f"{file} is a note, and is not written over; name another file. Nothing was done")
                self._files[file] = Destination(file)
            except OSError as error:
                self.close()
                raise Failure(f"{file}: cannot be written: {reason(error)}; nothing was done") from None
            self.callback(self._files[file].drop)

    @staticmethod
    def holds(file: Path) -> bytes | None:
        """Return what a file holds now, for `write_over`. Raise Failure where it cannot be read."""
        try:
            return standing(str(file))
        except OSError as error:
            raise Failure(f"{file}: cannot be read: {reason(error)}") from None

    def write(self, file: Path, pieces: Iterable[str]) -> None:
        """Write a file, whatever it holds. Raise Failure where that fails."""
        try:
            self._files[file].write(pieces)
        except OSError as error:
            raise Failure(f"{file}: cannot be written: {reason(error)}") from None

    def write_over(self, file: Path, text: str, old: bytes | None) -> None:
        """Write a file if it still holds `old` (None: if there is none). Raise Failure where that fails."""
        try:
            self._files[file].write_over(old, text)
        except (OSError, Refused) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            raise Failure(f"{file}: not written: {why}") from None


def _is_note(file: Path) -> bool:
    """Return whether a file may be somebody's text: it is there, named as notes are, and not empty."""
    target = os.path.realpath(file)
    return target.lower().endswith(".md") and os.path.isfile(target) and os.path.getsize(target) > 0
