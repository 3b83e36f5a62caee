"""The disk: finding the root of a vault, walking it, reading a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple


class ReadProblem(NamedTuple):
    """A file or folder that the operating system did not give; `message` says why, in words for people."""

    path: str  # from the vault's root, with `/`
    message: str


class Listing(NamedTuple):
    """What a vault holds: paths from its root, with `/`, sorted, spelled as on disk."""

    notes: tuple[str, ...]
    files: tuple[str, ...]  # all that are no notes
    problems: tuple[ReadProblem, ...]
    also: Mapping[str, str] = MappingProxyType({})
    """Second paths of the same files, by symbolic or hard links → the paths under which they are listed."""


def reason(error: OSError) -> str:
    """Return the system's own words for an error, without number and path: `permission denied`."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]


# Root


def find_root(named: Path, *, vault: Path | None = None, cwd: Path | None = None) -> Path:
    """Return the root of the vault that `named` (a file, a folder, or a file that does not exist yet) belongs to, absolute.

    `vault` is what the user gave; else the nearest folder at or above `named` with `.obsidian/` or `ytvault.toml`, or
    with a `pyproject.toml` that names a vault which holds `named` or lies in it; else the folder named; for a file the
    top of its git repository, else the current folder (`cwd`), or its own folder where that does not hold the file.
    """
    here = Path(os.path.abspath(cwd or Path.cwd()))
    if vault is not None:
        return _absolute(vault, here)
    named = _absolute(named, here)
    is_folder = named.is_dir()
    folders = [named, *named.parents] if is_folder else list(named.parents)
    for folder in folders:
        if is_marked(folder):
            return folder
        if root := named_by_project(folder, named):
            return root
    if is_folder:
        return named
    for folder in folders:
        if (folder / ".git").exists():
            return folder
    return here if here in folders else named.parent


def marked_root(folder: Path) -> Path | None:
    """Return the root of the vault that a folder is by its marks, or that its `pyproject.toml` names; None: neither."""
    return folder if is_marked(folder) else named_by_project(folder, folder)


def is_marked(folder: Path) -> bool:
    """Return whether a folder says that it is a vault."""
    return (folder / ".obsidian").is_dir() or (folder / "ytvault.toml").is_file()


def repository_of(folder: Path) -> Path | None:
    """Return the top of the git repository that holds a folder; None where none does."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


def seen_from(start: Path | str, path: Path | str) -> Path:
    """Return a path as seen from a folder; unchanged where it lies on another drive."""
    try:
        return Path(os.path.relpath(path, start))
    except ValueError:
        return Path(path)


def _absolute(path: Path, here: Path) -> Path:
    # symbolic links stay as they are: a note may be reached by one that leads elsewhere
    return Path(os.path.abspath(here / path))


def named_by_project(folder: Path, named: Path | None = None) -> Path | None:
    """Return the `vault` of `[tool.ytvault]` in the folder's `pyproject.toml`, where it has to do with `named` (None: any)."""
    file = folder / "pyproject.toml"
    if not file.is_file():
        return None
    import tomllib

    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("ytvault", {})
    except (OSError, ValueError):
        return None  # the configuration's reader reports it
    value = table.get("vault") if isinstance(table, dict) else None
    if not isinstance(value, str):
        return None
    root = _absolute(Path(value), folder)
    if named is None:
        return root
    return root if root == named or root in named.parents or named in root.parents else None


# Walking


def walk(root: Path) -> Listing:
    """Return all notes and other files of the vault. Never fails: what cannot be listed is among the problems.

    Names that begin with a dot are left out, as Obsidian does; `.gitignore` counts for nothing. A symbolic link is
    followed where it leads to a place in the vault; where that is listed already under its own name, it is a second path
    of what is there, and no second note. So is a hard link. What is neither file nor folder is left out.
    """
    notes: list[str] = []
    files: list[str] = []
    problems: list[ReadProblem] = []
    base = os.path.realpath(root)
    seen: dict[str, str] = {}  # the real path of each folder → what its files' paths begin with
    links: list[tuple[str, str]] = []  # name in the vault, real path
    inodes: list[int] = []  # of notes, where listing a folder gives them for free
    _walk_folders([("", base)], base, notes, files, problems, links, seen, inodes)
    folders: list[
        tuple[str, str]
    ] = []  # that are listed already: name in the vault, and what their files' paths begin with
    to_files: list[tuple[str, str]] = []
    while links:
        name, real = links.pop(0)
        if not os.path.isdir(real):
            to_files.append((name, real))
        elif real not in seen:
            _walk_folders([(name + "/", real)], base, notes, files, problems, links, seen, inodes)
        elif not f"{name}/".startswith(seen[real]):  # a folder that holds the link itself would have no end
            folders.append((name + "/", seen[real]))
    also = _hard_links(base, notes, inodes)
    also |= _links_to_files(sorted(to_files), seen, notes, files)
    if folders:
        listed = [*notes, *files, *also]
        also |= {
            name + path.removeprefix(start): also.get(path, path)
            for name, start in folders
            for path in listed
            if path.startswith(start)
        }
    return Listing(tuple(sorted(notes)), tuple(sorted(files)), tuple(sorted(problems)), also)


def _hard_links(base: str, notes: list[str], inodes: Sequence[int]) -> dict[str, str]:
    """Return the second names of notes that have several, which are taken out of `notes`."""
    found: dict[str, str] = {}
    if len(set(inodes)) == len(inodes):
        return found
    several: dict[int, list[str]] = {}
    for inode, path in zip(inodes, notes, strict=True):
        several.setdefault(inode, []).append(path)
    for paths in several.values():
        first: dict[tuple[int, int], str] = {}
        for path in sorted(paths) if len(paths) > 1 else ():
            with suppress(OSError):
                status = os.stat(f"{base}/{path}")
                listed = first.setdefault((status.st_dev, status.st_ino), path)
                if listed != path:
                    found[path] = listed
    if found:
        notes[:] = [path for path in notes if path not in found]
    return found


def _links_to_files(
    links: Iterable[tuple[str, str]], seen: Mapping[str, str], notes: list[str], files: list[str]
) -> dict[str, str]:
    """Return the links that are second paths of files; the others are added to `notes` and `files`, each file once."""
    found: dict[str, str] = {}
    listed = {*notes, *files} if links else set()
    first: dict[str, str] = {}
    for name, real in links:
        folder, _, file = real.rpartition(os.sep)
        path = f"{seen[folder]}{file}" if folder in seen else ""
        if path not in listed or name.endswith(".md") > path.endswith(".md"):
            path = first.setdefault(real, name)
        if path != name:
            found[name] = path
        else:
            (notes if name.endswith(".md") else files).append(name)
    return found


_INODES = os.name == "posix"  # elsewhere each would have to be asked for


def _walk_folders(
    waiting: list[tuple[str, str]],
    base: str,
    notes: list[str],
    files: list[str],
    problems: list[ReadProblem],
    links: list[tuple[str, str]],
    seen: dict[str, str],
    inodes: list[int],
) -> None:
    """Add what the folders `waiting` (prefix of the names in the vault, real path) hold, all levels down."""
    while waiting:
        prefix, folder = waiting.pop()
        if folder in seen:
            continue
        seen[folder] = prefix
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    path = prefix + name
                    if not path.isascii() and not is_unicode(path):
                        problems.append(unnamed(path))
                    elif entry.is_symlink():
                        real = os.path.realpath(entry.path)
                        if _is_below(real, base) and (os.path.isdir(real) or os.path.isfile(real)):
                            links.append((path, real))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((path + "/", entry.path))
                    elif entry.is_file(follow_symlinks=False):
                        if not name.endswith(".md"):
                            files.append(path)
                        else:
                            notes.append(path)
                            inodes.append(entry.inode() if _INODES else len(inodes))
        except OSError as error:
            problems.append(ReadProblem(prefix.removesuffix("/") or ".", f"the folder cannot be read: {reason(error)}"))


def unnamed(path: str) -> ReadProblem:
    """Return the problem of a file whose path is not Unicode."""
    return ReadProblem(os.fsencode(path).decode(errors="backslashreplace"), "its name is not valid UTF-8")


def is_unicode(name: str) -> bool:
    """Return whether a name of the file system is Unicode, so that a link can name it."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_below(real: str, base: str) -> bool:
    return real.startswith(base if base.endswith(os.sep) else base + os.sep)


# Reading

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def read(root: Path | str, path: str) -> bytes | ReadProblem:
    """Return the bytes of the file at `path` from the root, or why they cannot be had."""
    try:
        handle = os.open(f"{root}/{path}", _FLAGS)
    except OSError as error:
        return ReadProblem(path, f"cannot be read: {reason(error)}")
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return ReadProblem(path, "cannot be read: it is no ordinary file")
        size = status.st_size
        data = os.read(handle, size + 1)  # one byte more, so that most files take one read and no second to see the end
        return data if len(data) == size else data + b"".join(_rest(handle, size - len(data)))
    except OSError as error:
        return ReadProblem(path, f"cannot be read: {reason(error)}")
    finally:
        os.close(handle)


def _rest(handle: int, missing: int) -> Iterator[bytes]:
    """Yield what a read did not give of a file that should hold as many bytes more; it may have changed since."""
    while piece := os.read(handle, missing + 1 if missing > 0 else 1 << 16):
        yield piece
        missing -= len(piece)
        if missing == 0:
            return
