"""The answer of an earlier `ytvault lint`, given again where nothing has changed that it depends on.

An answer is what was printed and the exit status. It is found by the command line, where it was called and on what it was
shown, and holds as long as `load.premises` says so. It is looked for before anything of the linter is loaded.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Any

import click

from processor.load.cache import DAMAGE, digest, folder, program, temporary_file, trim
from processor.load.premises import forget_all, holds

ARGS = "ytvault.args"
"""Under which the command line, behind the command's name, stands in click's `Context.meta`."""
LARGEST = 100_000_000  # bytes of a report that is kept
_KEPT = 8  # answers
_LENGTH = 12  # digits of the number with which the file ends: how long what stands before is
_PIECE = 1 << 18
_NAMES = ("HOME", "PATH", "NO_COLOR", "TERM", "COLUMNS", "XDG_CACHE_HOME", "XDG_DATA_HOME", "YTVAULT_DATA_DIR")


def answered(args: Sequence[str]) -> int | None:
    """Print the stored answer to a command line and return its exit status; None where there is none."""
    forget_all()  # whatever an earlier command of this process has seen
    if "--no-cache" in args:
        return None
    try:
        file = open(_file(args), "rb", buffering=0)  # noqa: SIM115  it is closed below
    except DAMAGE:
        return None
    with file:
        try:
            head, length = _read_head(file)
            if not holds(head) or head["status"] not in (0, 1) or _crc(file, length) != head["crc"]:
                return None
        except DAMAGE:
            return None
        if _takes_bytes() or (head["for programs"] and not sys.stdout.isatty()):
            for piece in _pieces(file, length):
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            click.echo(b"".join(map(bytes, _pieces(file, length))).decode(), nl=False)
    return int(head["status"])


def _read_head(file: RawIOBase) -> tuple[dict[str, Any], int]:
    """Return what an answer depends on, and how long the answer is, which stands before that."""
    end = file.seek(-_LENGTH, os.SEEK_END)
    length = int(file.read(_LENGTH) or b"")
    body = file.seek(end - length)
    head = json.loads(file.read(length) or b"")
    return head, body


def _pieces(file: RawIOBase, length: int) -> Iterator[memoryview]:
    """Yield the answer in pieces, each good until the next: it may be long, and is never held as a whole."""
    file.seek(0)
    space = memoryview(bytearray(_PIECE))
    while length and (count := file.readinto(space[: min(length, _PIECE)])):
        length -= count
        yield space[:count]


def _crc(file: RawIOBase, length: int) -> int:
    crc = 0
    for piece in _pieces(file, length):
        crc = zlib.crc32(piece, crc)
    return crc


class Keeper:
    """Keeps an answer while it is printed: all of it, or nothing where the system refuses."""

    def __init__(self, args: Sequence[str], took: str = "", *, for_programs: bool = False) -> None:
        """`took` is what the first piece may say of the time that this run took, and no other. What is `for_programs` is
        printed in UTF-8."""
        self._for_programs = for_programs
        self._took = took
        self._crc = self._length = 0
        self._file: BufferedWriter | None = None
        with suppress(*DAMAGE):
            self._path = _file(args)
            self._file = temporary_file(self._path)

    def add(self, printed: str) -> None:
        if self._file is None:
            return
        try:
            if self._took and not self._length:
                printed = printed.replace(self._took, "")
            data = printed.encode()
            self._length += len(data)
            self._crc = zlib.crc32(data, self._crc)
            self._file.write(data)
        except DAMAGE:
            self.drop()
        if self._length > LARGEST:
            self.drop()

    def drop(self) -> None:
        """Forget it, if it is not complete."""
        if self._file:
            with suppress(*DAMAGE):
                self._file.close()
            with suppress(*DAMAGE):
                os.unlink(self._file.name)
            self._file = None

    def complete(self, status: int, vaults: Sequence[Mapping[str, Any]]) -> None:
        """That was all. `vaults` is what `premises` gave for each vault, and `seen` of its listing."""
        if self._file:
            with suppress(*DAMAGE):
                head = json.dumps(
                    {"vaults": vaults, "status": status, "crc": self._crc, "for programs": self._for_programs}
                ).encode()
                self._file.writelines((head, b"%*d" % (_LENGTH, len(head))))
                self._file.close()
                os.replace(self._file.name, self._path)
                self._file = None
                trim(self._path.parent, _KEPT)
        self.drop()


def _takes_bytes() -> bool:
    """Return whether standard output takes bytes of UTF-8 as they are."""
    return os.linesep == "\n" and sys.stdout.encoding.lower() in ("utf-8", "utf8") and not sys.stdout.isatty()


def _file(args: Sequence[str]) -> Path:
    out = sys.stdout
    terminal = os.get_terminal_size(out.fileno()) if out.isatty() else None
    shown = (out.encoding, out.errors, terminal, sys.stderr.isatty())
    call = (program(), sys.argv[0], list(args), os.getcwd(), shown, [os.environ.get(name) for name in _NAMES])
    return folder() / "answers" / digest(repr(call).encode(errors="surrogatepass"))
