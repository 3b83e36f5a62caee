"""What was read of a vault before, kept in the user's cache folder: an unchanged note is not read again.

A vault has one file there for each configuration: a record a note, then the sections (paths, stats, facts) and a footer
that says where each lies. It holds numbers and JSON, never code, and a checksum for every part: what is damaged counts
as absent. The file is only ever replaced as a whole, so two runs at once do no harm, and whatever the system refuses is
passed over: the cache changes how long a run takes, and nothing else.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from io import BufferedWriter

FORMAT = b"ytvault1"
SETTLED = 2_000_000_000
"""Nanoseconds. A file that changed so short a time before it was looked at may change again without a sign: clocks of file
systems tick, some only every two seconds. Such a file counts as unchanged only if its bytes are the same."""
FEWEST = 100  # a file is written anew when one note in so many has changed: until then reading those again is less work
PARTS = ("answers", "blobs", "vaults")
"""The folders of the cache."""
_KEPT = 4  # files of one vault: configurations that are used in turn
_STAT = 48  # bytes of a note's stat: four numbers and a digest
_STRETCH = 64 * _STAT
_WORDS = 4  # numbers that say where a note's record is
_MASK = (1 << 63) - 1
_PREAD = hasattr(os, "pread")
DAMAGE = (
    OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError,
    EOFError,
)  # fmt: skip
"""What reading something that is not what it should be can raise."""


def folder() -> Path:
    """Where the program keeps what it can do without: `YTVAULT_CACHE_DIR`, else the user's cache folder."""
    if given := os.environ.get("YTVAULT_CACHE_DIR"):
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("ytvault", appauthor=False)


def held() -> list[tuple[Path, int]]:
    """The files of the cache and their sizes in bytes; nothing else that lies in its folder."""
    found = []
    for part in PARTS:
        for place, _, names in os.walk(folder() / part):
            for name in names:
                with suppress(OSError):
                    found.append((Path(place, name), os.lstat(os.path.join(place, name)).st_size))
    return found


def clear() -> None:
    """Remove all that is in the cache. Raises OSError."""
    import shutil

    for part in PARTS:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder() / part)


def program() -> str:
    """What tells this version of the program from every other: its own files, and what is installed beside them."""
    from processor import __version__

    package = os.path.dirname(os.path.abspath(__file__))
    found = [__version__, sys.version, str(FORMAT)]
    for place, folders, files in os.walk(package):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(files):
            status = os.stat(os.path.join(place, name))
            found.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    import click  # any package that is installed, replaced or removed changes the folder it lies in

    found.append(str(os.stat(os.path.dirname(os.path.dirname(os.path.abspath(click.__file__)))).st_mtime_ns))
    return digest("\n".join(found).encode())


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


# --- whether a file is as it was ---


class Stats:
    """The stats of a vault's notes at one moment, `_STAT` bytes each.

    Size, times and inode, and the place of a digest: zeros where the stat is settled. Only zeros: the file is gone.
    """

    def __init__(self, root: Path | str, paths: Sequence[str], data: bytes | None = None) -> None:
        """`data` are stats from before, which stand for bytes that may be elsewhere than in the files now."""
        self.root = root
        self.paths = paths
        self.from_before = data is not None
        if data is not None:
            self.data = data
            return
        now = time.time_ns()
        found = array("q")
        get, mask, posix = os.stat, _MASK, os.name == "posix"
        prefix = f"{root}/"
        for path in paths:
            try:
                s = get(prefix + path)
            except (OSError, ValueError):
                found.extend((0, 0, 0, 0, 0, 0))
                continue
            # where there is one, the time of the inode's change cannot be set by anybody
            changed = s.st_ctime_ns if posix else s.st_mtime_ns
            recent = 0 if changed + SETTLED < now else -1
            inode = (s.st_ino ^ s.st_dev << 40) & mask
            found.extend((s.st_size, s.st_mtime_ns & mask, s.st_ctime_ns & mask, inode, recent, recent))
        self.data = found.tobytes()

    def each(self) -> Iterator[bytes]:
        return _each(self.data)

    def unsettled(self) -> list[str]:
        """The notes whose stats do not say for good that their bytes are the same."""
        if _RECENT not in self.data and _GONE not in self.data:
            return []
        return [path for path, mine in zip(self.paths, self.each(), strict=True) if not is_settled(mine)]

    def plain(self) -> bytes:
        """The stats without the word on whether they are settled."""
        if _RECENT not in self.data:
            return self.data
        return b"".join([mine[:-16] + _NO_DIGEST for mine in self.each()])


_RECENT = b"\xff" * 16
_NO_DIGEST = bytes(16)
_GONE = bytes(_STAT)


def is_settled(stat_: bytes) -> bool:
    """Whether a file's stat alone says, for good, that its bytes are the same."""
    return stat_[-16:] == _NO_DIGEST and stat_ != _GONE


def fingerprint(data: bytes) -> bytes:
    """What tells a file's bytes from others where its stat cannot be trusted."""
    return blake2b(data, digest_size=16).digest()


def _is_same(kept: bytes, now: bytes, root: Path | str, path: str) -> bool:
    if kept[:-16] != now[:-16] or now == _GONE:
        return False
    if kept[-16:] == _NO_DIGEST:
        return True
    try:
        with open(f"{root}/{path}", "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            return fingerprint(file.read()) == kept[-16:]
    except OSError:
        return False


# --- the notes of a vault ---


class Record(NamedTuple):
    """What is kept of a note: its outline, the findings of the rules that see one note only (packed), and its facts.

    `digest` is the `fingerprint` of its bytes, empty where its stat is settled.
    """

    outline: bytes
    findings: bytes
    facts: Mapping[str, Any]
    digest: bytes = b""


class NoteCache:
    """The records of one vault, judged in one way. Those of notes that have changed are not found in it."""

    def __init__(self, root: Path, judged: str) -> None:
        """`judged` says all that a record depends on besides its note: rules, options, settings."""
        self.root = root
        name = digest(os.fsencode(os.path.realpath(root)))
        self._folder = folder() / "vaults" / name
        self._path = self._folder / digest(judged.encode())
        self._file: IO[bytes] | None = None
        self._sections: dict[str, tuple[int, int, int]] = {}
        self._places = array("Q")
        self._at: dict[str, int] = {}  # where a note that is as it was stands in the file
        self._kept: Sequence[str] = ()  # all notes in the file, in its order
        self.stats = Stats(root, ())
        self._columns: dict[str, dict[str, Any]] = {}  # facts: name → path → what it is
        self._seals: dict[str, bytes] = {}  # of the notes whose stats are not settled: the digest of their bytes
        self._unsettled = 0  # of these the ones whose bytes had to be compared
        with suppress(*DAMAGE):
            self._open()

    def _open(self) -> None:
        self._file = open(self._path, "rb", buffering=0)  # noqa: SIM115  it stays open
        if not stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
            self._file = None
            return
        size = self._file.seek(0, os.SEEK_END)
        tail = self._piece(size - 32, 32)
        if tail[:8] != FORMAT:
            return
        at, length, crc = (int.from_bytes(tail[i : i + 8], "little") for i in (8, 16, 24))
        if at + length + 32 != size:
            return
        sections = json.loads(self._checked(at, length, crc))
        self._sections = {str(k): (int(a), int(b), int(c)) for k, (a, b, c) in sections.items()}

    def _piece(self, at: int, length: int) -> bytes:
        assert self._file is not None
        if at < 0 or length < 0:
            raise ValueError(at)
        if _PREAD:  # several processes may read at once, and share the place in the file
            data = os.pread(self._file.fileno(), length, at)
        else:
            self._file.seek(at)
            data = self._file.read(length)
        if data is None or len(data) != length:
            raise EOFError
        return data

    def _checked(self, at: int, length: int, crc: int) -> bytes:
        data = self._piece(at, length)
        if zlib.crc32(data) != crc:
            raise ValueError("damaged")
        return data

    def _section(self, name: str) -> bytes:
        return self._checked(*self._sections[name])

    def look(self, stats: Stats) -> Collection[str]:
        """The notes of a listing whose records are here and up to date, by their stats from before any was read."""
        self.stats, paths = stats, stats.paths
        self._at, self._kept, self._columns, self._unsettled = {}, (), {}, 0
        with suppress(*DAMAGE):
            self._at = self._fresh(paths)
        return self._at.keys()

    def _fresh(self, paths: Sequence[str]) -> dict[str, int]:
        if "paths" not in self._sections:
            return {}
        kept: Sequence[str] = self._section("paths").decode().split("\n")
        stats = self._section("stats")
        places = array("Q")
        places.frombytes(self._section("places"))
        if not len(stats) // _STAT == len(places) // _WORDS == len(kept):
            return {}
        is_same_listing = list(paths) == kept
        if is_same_listing:
            kept = paths  # the same texts in the same places of memory are found faster
        self._places, self._kept = places, kept
        now, at = self.stats.data, dict(zip(kept, range(len(kept)), strict=True))
        if is_same_listing:  # most are as they were: that is told of many at once
            doubtful = [i for i in range(0, len(now), _STRETCH) if stats[i : i + _STRETCH] != now[i : i + _STRETCH]]
            looked_at = [i for start in doubtful for i in range(start, min(start + _STRETCH, len(now)), _STAT)]
            pairs = [(kept[i // _STAT], now[i : i + _STAT]) for i in looked_at]
        else:
            pairs = list(zip(paths, self.stats.each(), strict=True))
            at = {path: at[path] for path in paths if path in at}
        for path, mine in pairs:
            if (i := at.get(path)) is not None:
                old = stats[i * _STAT : (i + 1) * _STAT]
                if old == mine if self.stats.from_before else _is_same(old, mine, self.root, path):
                    self._unsettled += old[-16:] != mine[-16:]
                    self._seals[path] = old[-16:]
                else:
                    del at[path]
        return at

    def outline(self, path: str) -> bytes:
        """The outline of a note that `look` has found. Raises ValueError where it is damaged."""
        try:
            at, length, _, crcs = self._place(path)
            return self._checked(at, length, crcs & 0xFFFFFFFF)
        except DAMAGE:
            raise ValueError(path) from None

    def findings(self, path: str) -> bytes:
        """The packed findings of a note that `look` has found. Raises ValueError where they are damaged."""
        try:
            at, before, length, crcs = self._place(path)
            return self._checked(at + before, length, crcs >> 32)
        except DAMAGE:
            raise ValueError(path) from None

    def _place(self, path: str) -> array[int]:
        i = self._at[path] * _WORDS
        return self._places[i : i + _WORDS]

    def fact(self, name: str, path: str) -> object:
        """A fact of a note that `look` has found. Raises KeyError where it is not kept, or damaged."""
        if path not in self._at:
            raise KeyError(path)
        return self._column(name)[path]

    def column(self, name: str, new: Mapping[str, Any], known: Collection[str]) -> Mapping[str, Any]:
        """A fact of the notes that are `known`, by path, where it is kept and not damaged, and what is `new` of others.

        `known` are some or all of those that `look` has found. What is new stands where what it replaces stood.
        """
        found = self._column(name)
        if new:
            found = {**found, **new}
        if len(found) > len(known) + len(new):
            found = {path: fact for path, fact in found.items() if path in known or path in new}
        return found

    def _column(self, name: str) -> Mapping[str, Any]:
        """A fact as it is kept of all notes, whether they have changed or not."""
        found = self._columns.get(name)
        if found is None:
            found = {}
            with suppress(*DAMAGE):
                found = dict(zip(self._kept, json.loads(self._section("fact " + name)), strict=True))
            self._columns[name] = found
        return found

    def unsettled(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some notes, all in the listing, of which a record needs a digest."""
        return frozenset(self.stats.unsettled()).intersection(paths)

    def is_worth_saving(self, changed: int, notes: int) -> bool:
        """Whether so many notes, of all that there are, are reason enough to write the file anew."""
        return (changed + self._unsettled) * FEWEST > notes or (changed > 0 and not self._sections)

    def save(self, new: Callable[[str], Record | None], facts: Collection[str] | None) -> None:
        """Write the file anew, in the listing's order: the `new` record of a note, else the one that `look` has found.

        `facts` are the names of those that all new records have, None where there are none.
        """
        with suppress(*DAMAGE):
            replace_file(self._path, self._content(new, facts))
            trim(self._folder, _KEPT)

    def _content(self, new: Callable[[str], Record | None], facts_: Collection[str] | None) -> Iterator[bytes]:
        """The file, piece by piece."""
        names: list[str] = []
        stats: list[bytes] = []
        places = array("Q")
        kept_before = [name[5:] for name in self._sections if name.startswith("fact ")]
        known = [name for name in facts_ if not self._at or name in kept_before] if facts_ is not None else kept_before
        columns: dict[str, list[Any]] = {name: [] for name in known}
        at = 0
        for path, now in zip(self.stats.paths, self.stats.each(), strict=True):
            kept = new(path) or self._again(path, now, known)
            if kept is None or now == _GONE or "\n" in path:  # the names are kept in lines
                continue
            outline, findings, facts, seal = kept
            if now[-16:] != _NO_DIGEST and not seal:
                continue
            names.append(path)
            stats.append(now[:-16] + (seal or _NO_DIGEST))
            places.extend((at, len(outline), len(findings), zlib.crc32(outline) | zlib.crc32(findings) << 32))
            yield outline
            yield findings
            at += len(outline) + len(findings)
            for name, column in columns.items():
                column.append(facts[name])
        sections = {"paths": "\n".join(names).encode(), "stats": b"".join(stats), "places": places.tobytes()}
        for name, column in columns.items():
            sections["fact " + name] = json.dumps(column, separators=(",", ":")).encode()
        table = {}
        for name, data in sections.items():
            table[name] = (at, len(data), zlib.crc32(data))
            yield data
            at += len(data)
        footer = json.dumps(table).encode()
        yield footer
        yield FORMAT + b"".join(n.to_bytes(8, "little") for n in (at, len(footer), zlib.crc32(footer)))

    def _again(self, path: str, now: bytes, names: Iterable[str]) -> Record | None:
        """The record that `look` has found, if any; a damaged one is left out."""
        if path not in self._at:
            return None
        try:
            seal = b"" if now[-16:] == _NO_DIGEST else self._seals.get(path, b"")
            facts = {name: self.fact(name, path) for name in names}
            return Record(self.outline(path), self.findings(path), facts, seal)
        except (ValueError, KeyError):
            return None


def temporary_file(path: Path) -> BufferedWriter:
    """A new file that is to take the place of another. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(path.parent / f".{os.getpid()}-{time.time_ns():x}", "xb")


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is there as a whole or not at all. Raises OSError."""
    file = temporary_file(path)
    try:
        with file:
            file.writelines(pieces)
        os.replace(file.name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(file.name)
        raise


def trim(place: Path, most: int) -> None:
    """Drop the files of a folder that were written longest ago, and what runs left that were stopped. Raises OSError."""
    found = sorted(((f.stat().st_mtime, f) for f in place.iterdir()), reverse=True)
    whole = [f for _, f in found if not f.name.startswith(".")]
    left = [f for written, f in found if f.name.startswith(".") and written + 3600 < time.time()]
    for file in (*whole[most:], *left):
        file.unlink(missing_ok=True)


def _each(stats: bytes) -> Iterator[bytes]:
    return (stats[i : i + _STAT] for i in range(0, len(stats), _STAT))
