"""What OLD and NEW of `ytvault rename` mean: paths of the disk, as `mv` takes them."""

from __future__ import annotations

import os
from pathlib import Path

from processor.cli.console import Failure
from processor.cli.vaults import near_path
from processor.commands.rename import name_fault
from processor.vault.naming import path_key


def moved_already(here: Path, old: Path, new: Path) -> tuple[Path, Path] | None:
    """Return where OLD stood and where it is now, absolute, if it was moved to NEW already."""
    stood, now = (Path(os.path.abspath(here / path)) for path in (old, new))
    if os.path.lexists(stood) or os.path.lexists(_as_note(stood)):
        return None
    places = [now / stood.name, now] if now.is_dir() else [now]
    for place in places:
        if place.is_dir() and stood.suffix != ".md":
            return stood, place
        if not place.is_dir() and place.exists():
            return (stood if stood.suffix == place.suffix else stood.with_name(stood.name + place.suffix)), place
        if _as_note(place).is_file():
            return _as_note(stood), _as_note(place)
    return None


def part_named(here: Path, old: Path) -> tuple[Path, str] | None:
    """Return the note, absolute, and the heading or block in it that OLD names as a link does, `note.md#Heading`; None where it
    names a file."""
    named, mark, fragment = str(old).partition("#")
    if not mark or os.path.lexists(here / old):
        return None
    stood = Path(os.path.abspath(here / named))
    found = next((path for path in (stood, _as_note(stood)) if path.is_file()), None)
    return None if found is None or not named else (found, fragment)


def _as_note(path: Path) -> Path:
    return path if path.name.endswith(".md") else path.with_name(path.name + ".md")


def existing(here: Path, old: Path) -> Path:
    """Return what OLD names, absolute; `.md` may be left out."""
    found = Path(os.path.abspath(here / old))
    if not os.path.lexists(found):
        note = _as_note(found)
        if not note.exists():
            raise Failure(f"{old} does not exist{near_path(found)}")
        return note
    return found


def target(root: Path, path: str, new: Path, *, into: bool) -> str:
    """Return the new path from the vault's root. Raise Failure where nothing may be called so."""
    source = root / path
    wanted = Path(os.path.abspath(new))
    if (wanted.is_dir() and not _same(source, wanted)) or (into and not source.is_dir()):
        wanted /= source.name
    elif not source.is_dir():
        wanted = wanted.with_name(_with_ending(source.name, wanted.name))
    if root not in wanted.parents:
        raise Failure(f"{new} is not in the vault {root}")
    folder, missing = _standing_folder(root, wanted.parent)
    to = (folder / missing / wanted.name).relative_to(root).as_posix()
    for name in (*missing.parts, *(() if wanted.name == source.name else (wanted.name,))):
        if why := name_fault(name):
            raise Failure(f'the name "{name}" {why}')
    if any(name.startswith(".") for name in to.split("/")):
        raise Failure(f"{to} lies in a folder whose name begins with a dot, and so outside of the vault")
    if to == path:
        raise Failure(f"{path} is called so already")
    if to.startswith(path + "/"):
        raise Failure(f"{path} cannot be moved into itself")
    if os.path.lexists(root / to) and not _same(source, root / to):
        raise Failure(f"there is {to} already")
    return to


def _with_ending(old: str, new: str) -> str:
    """Return the new name of a file, with the ending of the old one where it has none. Raise Failure."""
    if old.endswith(".md"):
        return new if new.endswith(".md") else new + ".md"
    if new.endswith(".md"):
        raise Failure(f"{old} is no note, and cannot be made one by a name")
    return new if "." in new else new + Path(old).suffix


def _same(a: Path, b: Path) -> bool:
    """Return whether both names are one: on many systems a name in another case is no other name."""
    alike = path_key(a.name) == path_key(b.name)
    return alike and os.path.lexists(b) and os.path.samestat(os.lstat(a), os.lstat(b))


def _standing_folder(root: Path, folder: Path) -> tuple[Path, Path]:
    """Return the part of a folder's path that exists, spelled as on the disk, and the part that must be made."""
    found = root
    parts = folder.relative_to(root).parts
    for i, part in enumerate(parts):
        if not os.path.lexists(found / part):
            return found, Path(*parts[i:])
        if not (found / part).is_dir():
            raise Failure(f"{(found / part).relative_to(root).as_posix()} is a file, and no folder")
        names = os.listdir(found)
        found /= part if part in names else next(n for n in names if _same(found / n, found / part))
    return found, Path()
