"""`ytvault rename`: rename a note, a file or a folder, and change every link to it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from processor.cli.session import Choice, prepared
from processor.cli.shared import Failure, config_option, list_vault, progress, vault_option, warn
from processor.diff import unified_diff
from processor.disk import Listing, ReadProblem, find_root, read
from processor.journal import Change, Journal, JournalError, Move
from processor.naming import path_key
from processor.rename import RenameError, Renaming, moves_of, name_fault, rename
from processor.report.summary import count
from processor.scan import scan
from processor.text import Source

_path = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_path)
@click.argument("new", type=_path)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context, /, old: Path, new: Path, diff: bool, vault: Path | None, config_file: Path | None
) -> None:
    """Rename the note, other file or folder OLD to NEW, and change every link to it, as Obsidian does.

    Paths are those of the disk, as `mv` takes them: is NEW a folder, OLD is moved into it. The ending of a file may be
    left out. Wikilinks, embeds, Markdown links and links in properties and canvases keep their form, their fragment and
    what they show; their path is written as the vault's settings ask. A link to another note that the new name would
    lead astray is changed too. `ytvault undo` takes it all back.

    \b
    ytvault rename talks/licences.md talks/open_licences
    ytvault rename --diff talks papers/talks
    """
    here = Path.cwd()
    source = _existing(here, old)
    if source.is_dir() and any((source / mark).exists() for mark in (".obsidian", "ytvault.toml")):
        raise Failure(f"{old} is a vault, and no part of one")
    # as for a file, of a folder too: a folder without a mark of its own is no vault here
    root = find_root(source.parent / "note.md", vault=vault, cwd=here)
    if root not in source.parents:
        raise Failure(f"{old} is not in the vault {root}")
    path = source.relative_to(root).as_posix()
    to = _target(root, path, here / new, into=str(new).endswith(("/", os.sep)))
    config, journal = prepared(root, config_file, Choice(), writes=not diff)
    try:
        listing = list_vault(root)
        _refuse_links(root, listing, path)
        with progress("Reading", len(listing.notes)) as advance:
            scanned = scan(root, listing, config, None, advance)
        if problems := (*listing.problems, *scanned.problems):
            raise Failure(f"{problems[0].path} {problems[0].message}, so its links could not be changed")
        try:
            renaming = rename(scanned.vault, moves_of(scanned.vault, path, to), _canvases(root, listing))
        except RenameError as error:
            raise Failure(f"{error}; nothing was renamed") from None
        if diff:
            click.echo("".join(_diffs(renaming)), nl=False)
            ctx.exit(1)
        assert journal is not None
        _write(journal, path, to, renaming)
    finally:
        if journal:
            journal.__exit__(None, None, None)
    click.echo(_told(path, to, renaming))


def _existing(here: Path, old: Path) -> Path:
    """What OLD names, absolute; `.md` may be left out."""
    found = Path(os.path.abspath(here / old))
    if not os.path.lexists(found):
        note = found.with_name(found.name + ".md")
        if not note.exists():
            raise Failure(f"{old} does not exist")
        return note
    return found


def _target(root: Path, path: str, new: Path, *, into: bool) -> str:
    """The new path from the vault's root. Raises Failure where nothing may be called so."""
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
    """The new name of a file, with the ending of the old one where it has none. Raises Failure."""
    if old.endswith(".md"):
        return new if new.endswith(".md") else new + ".md"
    if new.endswith(".md"):
        raise Failure(f"{old} is no note, and cannot be made one by a name")
    return new if "." in new else new + Path(old).suffix


def _same(a: Path, b: Path) -> bool:
    """Whether both names are one: on many systems a name in another case is no other name."""
    alike = path_key(a.name) == path_key(b.name)
    return alike and os.path.lexists(b) and os.path.samestat(os.lstat(a), os.lstat(b))


def _standing_folder(root: Path, folder: Path) -> tuple[Path, Path]:
    """The part of a folder's path that exists, spelled as on the disk, and the part that must be made."""
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


def _refuse_links(root: Path, listing: Listing, path: str) -> None:
    """Symbolic links are not followed by a rename: refuse where one is renamed, or would lose what it leads to."""
    real = os.path.realpath(root)
    target = f"{real}/{path}"
    if os.path.realpath(target) != target:
        raise Failure(f"{path} is reached by a symbolic link; rename what it leads to")
    for name in (*listing.notes, *listing.files):
        leads = os.path.realpath(f"{real}/{name}")
        if leads != f"{real}/{name}" and (leads == target or leads.startswith(target + "/")):
            raise Failure(f"{name} is a symbolic link to {path}, and would lead nowhere")
        if leads != f"{real}/{name}" and name.startswith(path + "/"):
            raise Failure(f"{name} is a symbolic link, and might lead elsewhere from its new place")


def _canvases(root: Path, listing: Listing) -> Iterator[tuple[str, Source]]:
    for path in listing.files:
        if path.endswith(".canvas"):
            data = read(root, path)
            if isinstance(data, ReadProblem):
                raise Failure(f"{path} {data.message}, so its links could not be changed")
            yield path, Source.decode(data)


def _diffs(renaming: Renaming) -> Iterator[str]:
    """What would change, note by note; a file that is only renamed has git's headers alone."""
    changed = {c.path: c for c in renaming.changed}
    for path in sorted({*renaming.moves, *changed}):
        to = renaming.moves.get(path, path)
        if found := changed.get(path):
            yield unified_diff(path, found.old.encode(), found.new.encode(), to)
        else:
            yield unified_diff(path, b"", b"", to)


def _write(journal: Journal, path: str, to: str, renaming: Renaming) -> None:
    changes = [Change(c.to, c.old.encode(), c.new.encode()) for c in renaming.changed]
    try:
        outcome = journal.write(changes, moves=[Move(path, to)], command=shlex.join(["ytvault", *sys.argv[1:]]))
    except JournalError as error:
        raise Failure(f"{error}; nothing was renamed") from None
    if outcome.problems:
        for problem in outcome.problems:
            if not problem.message.startswith("left as it was"):
                warn(f"{problem.path}: {problem.message}")
        raise Failure("nothing was renamed" if not outcome.written else "the rename is not whole; see above")


def _told(path: str, to: str, renaming: Renaming) -> str:
    notes = sum(p.endswith(".md") for p in renaming.moves)
    others = len(renaming.moves) - notes
    what = path
    if path not in renaming.moves:
        held = " and ".join(x for x in (count(notes, "note"), count(others, "other file") if others else "") if x)
        what = f"the folder {path} ({held})"
    links = sum(c.links for c in renaming.changed)
    said = [f"Renamed {what} to {to}."]
    if links:
        said.append(
            f"{count(links, 'link')} in {count(sum(c.links > 0 for c in renaming.changed), 'file')} changed with it."
        )
    if more := sum(c.others for c in renaming.changed):
        said.append(f"{count(more, 'other link')} changed, to go on leading where they led.")
    return " ".join([*said, "`ytvault undo` takes it back."])
