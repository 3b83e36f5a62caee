"""The disk: finding the root of a vault, walking it, reading a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
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


def reason(error: OSError) -> str:
    """The system's own words for an error, without number and path: `permission denied`."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]


# Root


def find_root(named: Path, *, vault: Path | None = None, cwd: Path | None = None) -> Path:
    """The root of the vault that `named` (a file, a folder, or a file that does not exist yet) belongs to, absolute.

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
    """The root of the vault that a folder is by its marks, or that its `pyproject.toml` names; None: neither."""
    return folder if is_marked(folder) else named_by_project(folder, folder)


def is_marked(folder: Path) -> bool:
    """Whether a folder says that it is a vault."""
    return (folder / ".obsidian").is_dir() or (folder / "ytvault.toml").is_file()


def _absolute(path: Path, here: Path) -> Path:
    # symbolic links stay as they are: a note may be reached by one that leads elsewhere
    return Path(os.path.abspath(here / path))


def named_by_project(folder: Path, named: Path | None = None) -> Path | None:
    """The `vault` of `[tool.ytvault]` in the folder's `pyproject.toml`, where it has to do with `named` (None: any)."""
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
    """All notes and other files of the vault. Never fails: what cannot be listed is among the problems.

    Names that begin with a dot are left out, as Obsidian does; `.gitignore` counts for nothing. A symbolic link is
    followed where it leads to a place in the vault, a folder only where it is not listed already under its own name
    (Obsidian: so that no note is there twice). What is neither file nor folder is left out.
    """
    notes: list[str] = []
    files: list[str] = []
    problems: list[ReadProblem] = []
    base = os.path.realpath(root)
    seen: set[str] = set()  # the real paths of folders, filled once there are links to follow
    links: list[tuple[str, str]] = []  # folders: name in the vault, real path
    _walk_folders([("", base)], base, notes, files, problems, links, seen)
    while links:
        name, real = links.pop(0)
        if real not in seen:
            _walk_folders([(name + "/", real)], base, notes, files, problems, links, seen)
    return Listing(tuple(sorted(notes)), tuple(sorted(files)), tuple(sorted(problems)))


def _walk_folders(
    waiting: list[tuple[str, str]],
    base: str,
    notes: list[str],
    files: list[str],
    problems: list[ReadProblem],
    links: list[tuple[str, str]],
    seen: set[str],
) -> None:
    """Add what the folders `waiting` (prefix of the names in the vault, real path) hold, all levels down."""
    while waiting:
        prefix, folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
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
                        if not _is_below(real, base):
                            continue
                        if os.path.isdir(real):
                            links.append((path, real))
                        elif os.path.isfile(real):
                            (notes if name.endswith(".md") else files).append(path)
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((path + "/", entry.path))
                    elif entry.is_file(follow_symlinks=False):
                        (notes if name.endswith(".md") else files).append(path)
        except OSError as error:
            problems.append(ReadProblem(prefix.removesuffix("/") or ".", f"the folder cannot be read: {reason(error)}"))


def unnamed(path: str) -> ReadProblem:
    """What is said of a file whose path is not Unicode."""
    return ReadProblem(os.fsencode(path).decode(errors="backslashreplace"), "its name is not valid UTF-8")


def is_unicode(name: str) -> bool:
    """Whether a name as the system gives it is Unicode, so that a link can name it."""
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
    """The bytes of the file at `path` from the root, or why they cannot be had."""
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
    """What a read did not give of a file that should hold as many bytes more; it may have changed since."""
    while piece := os.read(handle, missing + 1 if missing > 0 else 1 << 16):
        yield piece
        missing -= len(piece)
        if missing == 0:
            return
