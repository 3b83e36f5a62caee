"""`ytvault rename`: rename a note, a file or a folder, and change every link to it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from processor.base.diff import unified_diff
from processor.base.text import Source, count
from processor.cli import hints
from processor.cli.console import Failure, is_quiet, progress, say, tell, warn
from processor.cli.options import config_option, vault_option, verbosity_options
from processor.cli.rename_paths import existing, moved_already, part_named, target
from processor.cli.session import opened_to_ask, prepared
from processor.cli.vaults import list_vault, near_path
from processor.commands.rename import Changed, RenameError, Renaming, moves_of, rename
from processor.commands.rename_parts import rename_part
from processor.config import Config
from processor.disk import Listing, ReadProblem, find_root, is_marked, read
from processor.disk.journal import Change, Journal, JournalError, Move
from processor.load.workspace import ToAsk
from processor.vault.note import parse_note
from processor.vault.vault import Vault

_path = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_path)
@click.argument("new", metavar="NEW", type=click.Path())
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@verbosity_options("Say nothing but what goes wrong.", "Name each file whose links change.")
@vault_option
@config_option
@click.pass_context
def command(
    ctx: click.Context, /, old: Path, new: str, diff: bool, vault: Path | None, config_file: Path | None
) -> None:
    """Rename the note, other file or folder OLD to NEW, and change every link to it, as Obsidian does; or a heading of a
    note (note.md#Heading), or a block (note.md#^id).

    Paths are those of the disk, as `mv` takes them: is NEW a folder, OLD is moved into it. The ending of a file may be
    left out. Wikilinks, embeds, Markdown links and links in properties and canvases keep their form, their fragment and
    what they show; their path is written as the vault's settings ask. A link to another note that the new name would
    lead astray is changed too. `ytvault undo` takes it all back. Where OLD was moved to NEW already, by `git mv` or in a
    file manager, only the links are changed. Exit status: 0 renamed; 1 with --diff; 2 refused, and nothing is changed.

    \b
    ytvault rename talks/licences.md talks/open_licences
    ytvault rename --diff talks papers/talks
    ytvault rename talks/licences.md#History "A short history"
    """
    here = Path.cwd()
    part = part_named(here, old)
    if part is not None:
        _rename_part(ctx, part, new, vault, config_file, diff=diff)
        return
    _rename_file(ctx, here, old, new, vault, config_file, diff=diff)


def _rename_part(
    ctx: click.Context, part: tuple[Path, str], new: str, vault: Path | None, config_file: Path | None, *, diff: bool
) -> None:
    """Rename a heading or a block."""
    file, fragment = part
    root = find_root(file, vault=vault, cwd=Path.cwd())
    if root not in file.parents:
        raise Failure(f"{file} is not in the vault {root}")
    path = file.relative_to(root).as_posix()
    config, journal = prepared(root, config_file, None, writes=not diff)
    with closing(journal) if journal else nullcontext():
        listing, current = _read(root, config, file, whole=vault is not None)
        path = listing.also.get(path, path)
        if path not in current.notes:
            raise Failure(f"{file} is no note")
        try:
            renaming = rename_part(current, path, fragment, new, _canvases(root, listing))
        except RenameError as error:
            raise Failure(f"{error}; nothing was changed") from None
        if diff:
            from processor.cli.diffs import show_diff

            show_diff(_diffs(renaming), _would(renaming))
            ctx.exit(1)
        assert journal is not None
        _write(journal, [], renaming)
    if not is_quiet():
        done = f"Renamed {path}#{fragment} to {new}."
        tell(" ".join([done, *_changed_links(renaming), f"{hints.undo(root)} takes it back."]))


def _rename_file(
    ctx: click.Context, here: Path, old: Path, named: str, vault: Path | None, config_file: Path | None, *, diff: bool
) -> None:
    """Rename a file or folder."""
    new, into = Path(named), named.endswith(("/", os.sep))
    moved = moved_already(here, old, new)
    stood, stands = moved or (existing(here, old), None)
    if not moved and is_marked(stood):
        raise Failure(f"{old} is a vault, and no part of one")
    # as for a file, of a folder too: a folder without a mark of its own is no vault here
    root = find_root((stands or stood).parent / "note.md", vault=vault, cwd=here)
    for one, place in zip(moved or (old,), moved or (stood,), strict=True):
        if root not in place.parents:
            raise Failure(f"{one} is not in the vault {root}")
    path = stood.relative_to(root).as_posix()
    to = stands.relative_to(root).as_posix() if stands else target(root, path, here / new, into=into)
    config, journal = prepared(root, config_file, None, writes=not diff)
    with closing(journal) if journal else nullcontext():
        listing, current = _read(root, config, stands or stood, whole=vault is not None)
        canvases = _canvases(root, listing)
        if stands:
            renaming = _followed(current, path, to, canvases)
            if renaming is None:  # nothing shows that there was such a file or folder
                raise Failure(f"{path} does not exist, and no link asks for it{near_path(stood)}")
        else:
            _refuse_links(root, listing, path)
            renaming = _planned(current, path, to, canvases)
        if diff:
            from processor.cli.diffs import show_diff

            show_diff(_diffs(renaming), _would(renaming))
            ctx.exit(1)
        assert journal is not None
        _write(journal, [] if moved else [Move(path, to)], renaming)
    for changed in renaming.changed:
        say(f"{changed.to}: {count(changed.links + changed.others, 'link')} changed")
    if not is_quiet():
        done = f"{path} was moved to {to} already." if moved else f"Renamed {_renamed(path, renaming)} to {to}."
        links = list(_changed_links(renaming))
        undo = [f"{hints.undo(root)} takes it back."] if links or not moved else []
        tell(" ".join([done, *links, *undo]))


def _read(root: Path, config: Config, named: Path, *, whole: bool) -> tuple[Listing, Vault]:
    listing = list_vault(root, [named], whole=whole)
    workspace = opened_to_ask(root, config, listing, ToAsk(links=True))
    if problems := (*listing.problems, *workspace.problems):
        raise Failure(f"{problems[0].path}: {problems[0].message}, so its links could not be changed")
    return listing, workspace.vault


def _planned(vault: Vault, path: str, to: str, canvases: Iterable[tuple[str, Source]]) -> Renaming:
    try:
        return rename(vault, moves_of(vault, path, to), canvases)
    except RenameError as error:
        raise Failure(f"{error}; nothing was changed") from None


# What was moved already


def _followed(current: Vault, path: str, to: str, canvases: Iterable[tuple[str, Source]]) -> Renaming | None:
    """Return what changes after the file or folder at `path` was moved to `to`; None where no link asks for it."""
    before = _before(current, path, to)
    renaming = _planned(before, path, to, ((_back(name, path, to), source) for name, source in canvases))
    is_asked_for = any(_was_broken(changed, current, before) for changed in renaming.changed)
    return replace(renaming, moves={}) if is_asked_for else None


def _was_broken(changed: Changed, current: Vault, before: Vault) -> bool:
    """Return whether a link that changes leads nowhere as things are, and led somewhere before."""
    note = current.notes.get(changed.to)
    if note is None:  # a canvas names paths
        return changed.links > 0
    paths = {link.path for link in note.links if link.path}
    return any(
        current.resolve(path, changed.to).path is None and before.resolve(path, changed.path).path is not None
        for path in paths
    )


def _back(path: str, old: str, new: str) -> str:
    """Return the path of a file before OLD was moved to NEW."""
    return old + path[len(new) :] if path == new or path.startswith(new + "/") else path


def _before(current: Vault, path: str, to: str) -> Vault:
    """Return the vault as it was before the file or folder at `path` was moved to `to`."""
    notes = {_back(p, path, to): note for p, note in current.notes.items()}
    return Vault(
        [note if p == note.path else parse_note(note.source, p) for p, note in notes.items()],
        [_back(p, path, to) for p in current.files],
        style=current.style,
        video_properties=current.video_properties,
    )


def _refuse_links(root: Path, listing: Listing, path: str) -> None:
    """Symbolic links are not followed by a rename: refuse where one is renamed, or would lose what it leads to."""
    real = os.path.realpath(root)
    target = f"{real}/{path}"
    if os.path.realpath(target) != target:
        raise Failure(f"{path} is reached by a symbolic link; rename what it leads to")
    if path in listing.also:
        raise Failure(
            f"{path} is {listing.also[path]} under a second name (a hard link); rename that, or take one of them away"
        )
    for name, first in listing.also.items():
        if name.startswith(path + "/") and not first.startswith(path + "/"):
            raise Failure(f"{name} is {first} under a second name; take it away, or move it first")
    for name in (*listing.notes, *listing.files, *listing.also):
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
                raise Failure(f"{path}: {data.message}, so its links could not be changed")
            yield path, Source.decode(data)


def _would(renaming: Renaming) -> str:
    """Return what `--diff` says of itself: how much that is."""
    links = sum(c.links + c.others for c in renaming.changed)
    files = sum(bool(c.links + c.others) for c in renaming.changed)
    parts = [f"{count(len(renaming.moves), 'file')} would be renamed"] if renaming.moves else []
    parts += [f"{count(links, 'link')} in {count(files, 'file')} would change"] if links else []
    return f"{' and '.join(parts)}; nothing was written."


def _diffs(renaming: Renaming) -> Iterator[str]:
    """Yield what would change, note by note; a file that is only renamed has git's headers alone."""
    changed = {c.path: c for c in renaming.changed}
    for path in sorted({*renaming.moves, *changed}):
        found = changed.get(path)
        to = found.to if found else renaming.moves[path]
        old, new = (found.old.encode(), found.new.encode()) if found else (b"", b"")
        yield unified_diff(path if renaming.moves else to, old, new, to)


def _write(journal: Journal, moves: Sequence[Move], renaming: Renaming) -> None:
    nothing = f"nothing was {'renamed' if moves else 'changed'}"
    changes = [Change(c.to, c.old.encode(), c.new.encode()) for c in renaming.changed]
    try:
        command = shlex.join(["ytvault", *sys.argv[1:]])
        with progress("Writing", len(changes)) as advance:
            outcome = journal.write(changes, moves=moves, command=command, advance=advance)
    except JournalError as error:
        raise Failure(f"{error}; {nothing}") from None
    if outcome.problems:
        for problem in outcome.problems:
            if not problem.message.startswith("left as it was"):
                warn(f"{problem.path}: {problem.message}")
        raise Failure(nothing if not outcome.written else "the rename is not whole; see above")


def _renamed(path: str, renaming: Renaming) -> str:
    if path in renaming.moves:
        return path
    notes = sum(p.endswith(".md") for p in renaming.moves)
    others = len(renaming.moves) - notes
    held = " and ".join(filter(None, (count(notes, "note"), count(others, "other file") if others else "")))
    return f"the folder {path} ({held})"


def _changed_links(renaming: Renaming) -> Iterator[str]:
    """Yield sentences on the links that changed."""
    if links := sum(c.links for c in renaming.changed):
        files = sum(c.links > 0 for c in renaming.changed)
        yield f"{count(links, 'link')} in {count(files, 'file')} changed with it."
    if more := sum(c.others for c in renaming.changed):
        yield f"{count(more, 'other link')} changed, to go on leading where they led."
