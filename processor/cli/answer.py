"""The answer of an earlier `ytvault lint`, given again where nothing has changed that it depends on.

An answer is what was printed and the exit status, with all that led to it: the command line, where it was called and on
what it was shown, the files of the configuration, and the listing of each vault with the stat of every note. It is looked
for before anything of the linter is loaded.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Any

import click

from processor.disk import Listing
from processor.disk import roots as disk_roots
from processor.load.ahead import Look, look, mark_of, taken
from processor.load.cache import DAMAGE, digest, folder, program, temporary_file, trim
from processor.load.cache.stats import Stats

ARGS = "ytvault.args"
"""Under which the command line, behind the command's name, stands in click's `Context.meta`."""
LARGEST = 100_000_000  # bytes of a report that is kept
_KEPT = 8  # answers
_LENGTH = 12  # digits of the number with which the file ends: how long what stands before is
_PIECE = 1 << 18
_UNSETTLED = 500  # notes whose bytes are compared, as their stats say too little
_NAMES = ("HOME", "PATH", "NO_COLOR", "TERM", "COLUMNS", "XDG_CACHE_HOME", "XDG_DATA_HOME", "YTVAULT_DATA_DIR")


_LOOKED: dict[Path, Look] = {}


def looked(root: Path) -> Look | None:
    """What a vault holds, where that was looked up a moment ago: for an answer that then was none, or by another process."""
    return _LOOKED.pop(root, None) or taken(root)


def forget(root: Path) -> None:
    """What is known of a vault from a moment ago may be true no more."""
    looked(root)
    disk_roots.forget()


def answered(args: Sequence[str]) -> int | None:
    """Print the answer that is known for a command line and give its exit status; None where there is none."""
    _LOOKED.clear()  # whatever an earlier command of this process has seen
    disk_roots.forget()
    if "--no-cache" in args:
        return None
    try:
        file = open(_file(args), "rb", buffering=0)  # noqa: SIM115  it is closed below
    except DAMAGE:
        return None
    with file:
        try:
            head, length = _read_head(file)
            if not _holds(head) or head["status"] not in (0, 1) or _crc(file, length) != head["crc"]:
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
    """What an answer depends on, and how long the answer is, which stands before that."""
    end = file.seek(-_LENGTH, os.SEEK_END)
    length = int(file.read(_LENGTH) or b"")
    body = file.seek(end - length)
    head = json.loads(file.read(length) or b"")
    return head, body


def _pieces(file: RawIOBase, length: int) -> Iterator[memoryview]:
    """The answer in pieces, each good until the next is asked for: it may be long, and is never held as a whole."""
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
        try:
            if self._took and not self._length:
                printed = printed.replace(self._took, "")
            data = printed.encode()
            self._length += len(data)
            self._crc = zlib.crc32(data, self._crc)
            if self._file:
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


def premises(
    root: Path,
    paths: Sequence[Path],
    vault: Path | None,
    config_file: Path | None,
    pending: Path,
    placed: Mapping[Path, Sequence[Path]],
) -> dict[str, Any]:
    """What an answer depends on besides the notes: take it before the configuration is read, and add to `files` what that
    names. `pending` is a file whose existence makes the answer void; `placed` is what `vaults_of` said of the paths.
    """
    files = [*config_files(root), *([config_file] if config_file else [])]
    return {
        "root": str(root),
        "vault": None if vault is None else str(vault),
        "paths": [str(path) for path in paths],
        "placed": _plain(placed),
        "files": digests(files),
        "repository": _repository(root),
        "pending": str(pending),
    }


def seen(listing: Listing, stats: Stats, mark: str | None = None) -> dict[str, Any] | None:
    """What an answer depends on of a vault's listing, with its `mark` if that is known; None where it cannot be told for
    long."""
    open_ = stats.unsettled()
    if listing.problems or len(open_) > _UNSETTLED:
        return None
    marks = {path: _digest_of(os.path.join(stats.root, path)) for path in open_}
    return {"listing": mark or mark_of(listing, stats), "unsettled": marks}


def _holds(head: Mapping[str, Any]) -> bool:
    """Whether all is as it was."""
    placed: Mapping[Path, Sequence[Path]] | None = None
    for vault in head["vaults"]:
        root, given = Path(vault["root"]), vault["vault"] and Path(vault["vault"])
        if os.path.exists(vault["pending"]) or _repository(root) != vault["repository"]:
            return False
        if placed is None:
            paths = [Path(path) for path in vault["paths"]]
            if not all(map(os.path.lexists, paths)):
                return False
            placed = disk_roots.vaults_of(paths, given, Path.cwd(), keep=True)
        if _plain(placed) != vault["placed"]:
            return False
        files = {*vault["files"], *map(os.path.abspath, config_files(root))}
        if any(_digest_of(path) != vault["files"].get(path) for path in files):
            return False
        found = look(root, _load, named=placed[root], whole=given is not None)
        if found.listing.problems:
            return False
        _LOOKED[root] = found
        if found.mark != vault["listing"]:
            return False
        if any(_digest_of(root / path) != was for path, was in vault["unsettled"].items()):
            return False
    return True


def _plain(placed: Mapping[Path, Sequence[Path]]) -> list[Any]:
    """The roots of vaults and what was named of each, and whether that is a folder."""
    return [[str(root), [[str(path), path.is_dir()] for path in named]] for root, named in placed.items()]


def _load() -> None:
    """Load what judges notes: who has named some has mostly changed them."""
    from processor.rules.base import all_rules

    importlib.import_module("processor.cli.lint")
    all_rules()


_OBSIDIAN = (
    *("app.json", "types.json", "templates.json", "daily-notes.json"),
    *("plugins/templater-obsidian/data.json", "plugins/quickadd/data.json"),
)  # what is read of Obsidian's settings


def config_files(root: Path) -> Iterator[Path]:
    """The files that hold a vault's settings, or may."""
    yield root / "ytvault.toml"
    yield root / ".obsidian"  # whether it is there
    yield from (root / ".obsidian" / name for name in _OBSIDIAN)
    yield from (place / "pyproject.toml" for place in (root, *root.parents))


def digests(files: Iterable[Path | str]) -> dict[str, str | None]:
    """What tells the files from others, by their absolute paths."""
    return {os.path.abspath(file): _digest_of(file) for file in files}


def _digest_of(path: Path | str) -> str | None:
    try:
        with open(path, "rb") as file:
            return digest(file.read())
    except OSError as error:
        return None if isinstance(error, (FileNotFoundError, NotADirectoryError)) else f"! {error.errno}"


def _repository(root: Path) -> str | None:
    return next((str(place) for place in (root, *root.parents) if (place / ".git").exists()), None)


def _takes_bytes() -> bool:
    """Whether standard output takes bytes of UTF-8 as they are."""
    return os.linesep == "\n" and sys.stdout.encoding.lower() in ("utf-8", "utf8") and not sys.stdout.isatty()


def _file(args: Sequence[str]) -> Path:
    out = sys.stdout
    terminal = os.get_terminal_size(out.fileno()) if out.isatty() else None
    shown = (out.encoding, out.errors, terminal, sys.stderr.isatty())
    asked = (program(), sys.argv[0], list(args), os.getcwd(), shown, [os.environ.get(name) for name in _NAMES])
    return folder() / "answers" / digest(repr(asked).encode(errors="surrogatepass"))
