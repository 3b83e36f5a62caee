"""The files that a command writes besides notes: tried before anything is written, so that a run fails before it or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from processor.cli.shared import Failure
from processor.disk import reason
from processor.disk.single import Destination
from processor.disk.write import Refused, standing


class Outputs:
    """The files, by the names they were given. What is not written in the end is as it was."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Raises Failure where one cannot be written."""
        self._files: dict[Path, Destination] = {}
        for file in files:
            try:
                if file not in self._files:
                    self._files[file] = Destination(file)
            except OSError as error:
                self.drop()
                raise Failure(f"{file}: cannot be written: {reason(error)}; nothing was done") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drop()

    @staticmethod
    def holds(file: Path) -> bytes | None:
        """What a file holds now, for `write_over`. Raises Failure."""
        try:
            return standing(str(file))
        except OSError as error:
            raise Failure(f"{file}: cannot be read: {reason(error)}") from None

    def write(self, file: Path, pieces: Iterable[str]) -> None:
        """Write a file, whatever it holds. Raises Failure."""
        try:
            self._files[file].write(pieces)
        except OSError as error:
            raise Failure(f"{file}: cannot be written: {reason(error)}") from None

    def write_over(self, file: Path, text: str, old: bytes | None) -> None:
        """Write a file, if it still holds `old`, None: if there is none. Raises Failure."""
        try:
            self._files[file].write_over(old, text)
        except (OSError, Refused) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            raise Failure(f"{file}: not written: {why}") from None

    def drop(self) -> None:
        for file in self._files.values():
            file.drop()
