"""`ytvault init`: look at a vault, and write a configuration that fits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from processor.base.text import count
from processor.cli import hints
from processor.cli.console import Failure, progress, put_out, tell, warn
from processor.cli.outputs import Outputs
from processor.cli.session import opened_to_ask
from processor.cli.vaults import list_vault, the_vault
from processor.commands.captions import caption_folders
from processor.commands.proposal import (
    KIND_NAMES,
    has_hook,
    hook_entry,
    new_hooks,
    proposal,
    type_to_ask,
    with_hook,
)
from processor.commands.survey import Survey, described_stamps, stamp_forms, survey
from processor.config import Config, load_config
from processor.config.app import templates_folder
from processor.config.settings import FILE, find_settings
from processor.disk import find_root, reason
from processor.lint.linter import Linter
from processor.load.workspace import ToAsk
from processor.vault.said import transcript
from processor.vault.vault import Vault
from processor.vault.wanted import wanted

HOOKS = ".pre-commit-config.yaml"
_MOST_WANTED = 3
_MOST = 8  # hubs or properties that are named


@click.command()
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--pre-commit", is_flag=True, help=f"Add the hook to the repository's {HOOKS} too, or tell what to add.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def command(folder: Path | None, *, pre_commit: bool, dry_run: bool) -> None:
    """Look at the vault in DIR (none: the current folder), say what is seen, and write a commented `ytvault.toml` that
    fits. What is there already is never overwritten.

    \b
    ytvault init
    ytvault init --dry-run          what it would write
    ytvault init --pre-commit       check each commit from now on
    """
    here = Path.cwd()
    root = find_root(folder, cwd=here) if folder else the_vault(None, None, "`ytvault init {}`")
    found = find_settings(root)
    if found and not pre_commit and not dry_run:
        raise Failure(
            f"{found.path} configures this vault already and stays as it is; `{_call('config', root)}` tells what is in force"
        )
    config = load_config(root)
    for remark in config.remarks:
        warn(remark)
    vault = _read(root, config)
    seen = survey(vault)
    if not seen.notes:
        raise Failure(f"there are no notes in {root}; call it in the vault's folder, or name that folder")
    folders = caption_folders(root, vault.files)
    for line in (*_overview(root, seen, config), *_captions(folders, vault), *_missing(vault, config)):
        tell(line, err=dry_run)
    text = proposal(seen, config, templates=_templates(root), captions=folders)
    hook = _hook(root, here) if pre_commit else None
    if dry_run:
        put_out(text)
        if hook:
            _show_hook(hook, here)
        return
    to_write = [*([] if found else [root / FILE]), *([hook.path] if hook and hook.new is not None else [])]
    with Outputs(to_write) as outputs:
        if found:
            tell(f"\n{found.path} is there already, and stays as it is.")
        else:
            outputs.write_over(root / FILE, text, None)
            tell(f"\nWrote {_short(root / FILE, here)}.")
        if hook:
            _add_hook(hook, outputs)
    tell(f"\n  {_call('lint', root)}         tells what is wrong, and what mends it")
    tell(f"  {_call('lint', root, '--diff')}  shows what --fix would change")


def _call(name: str, root: Path, *words: str) -> str:
    """Return a command on the vault, from the current folder."""
    place = hints.near(root)
    return hints.command(name, *([] if place == Path() else [place]), *words)


def _read(root: Path, config: Config) -> Vault:
    listing = list_vault(root, whole=True)  # which it is to become
    config.rules()  # so that the name of an unknown rule is reported first
    workspace = opened_to_ask(root, config, listing, ToAsk((stamp_forms, transcript), links=True))
    for problem in workspace.problems:
        warn(f"{problem.path}: {problem.message}")
    return workspace.vault


def _captions(folders: Mapping[str, int], vault: Vault) -> Iterator[str]:
    """Yield what there is against which stamps can be held."""
    found = [f"{count(n, 'video')} in {folder}" for folder, n in folders.items()]
    if said := sum(bool(known) for known in vault.facts(transcript).values()):
        found.append(f"{count(said, 'note')} with a transcript")
    if found:
        yield from _row("Captions", ", ".join(found))


def _missing(vault: Vault, config: Config) -> Iterator[str]:
    """Yield how many notes are asked for that do not exist, and which most, as `lint`, `links` and `build` have it."""
    from processor.commands.build.missing import links_to_nothing

    paths = [path for path in vault.notes if not config.is_excluded(path)]
    linter = Linter(config.merge_cli(select=("missing-note", "broken-link")))
    with progress("Linking", len(paths)) as advance:
        asks, _ = links_to_nothing(vault, linter, paths, advance)
    found = wanted(link.ask for link in asks.missing)
    if found:
        first = ", ".join(f"{one.name} ({one.asked})" for one in found[:_MOST_WANTED])
        are = "is" if len(found) == 1 else "are"
        yield from _row("Missing", f"{count(len(found), 'note')} {are} asked for; most wanted: {first}")


def _templates(root: Path) -> str:
    """Return the folder of Obsidian's templates, where it holds something."""
    name = templates_folder(root).strip("/")
    return name if name and (root / name).is_dir() else ""


def _short(path: Path, here: Path) -> str:
    try:
        return os.path.relpath(path, here)
    except ValueError:  # another drive
        return str(path)


# What was seen


def _overview(root: Path, seen: Survey, config: Config) -> Iterator[str]:
    yield f"{root}: {count(seen.notes, 'note')}, {count(seen.files, 'other file')}"
    yield ""
    yield from _row("Kinds", ", ".join(count(n, KIND_NAMES[kind]) for kind, n in seen.kinds.items()))
    hubs = [f"{path.rpartition('/')[2].removesuffix('.md')} ({count(n, 'note')})" for path, n in seen.hubs.items()]
    yield from _row("Hubs", _few(hubs) or "none: no `From:` line, `channel` or `author` leads to a note")
    video = [f"`{name}` in {count(n, 'note')}" for name, n in (*seen.video.items(), *seen.rare_video.items())]
    yield from _row("Video", ", ".join(video) or "no property names one")
    uses = [
        f"{use.name} ({n:,}{', ' + kind if kind else ''})"
        for use in seen.properties
        for n, kind in [(use.notes, type_to_ask(use))]
    ]
    yield from _row("Properties", _few(uses) or "none")
    links = ", ".join(count(n, name) for name, n in seen.links.items())
    style = config.link_style
    wanted = "Markdown links" if style.markdown_links else "wikilinks"
    yield from _row("Links", f"{links or 'none'}; Obsidian writes {wanted}, {_PATHS[style.new_link_format]}")
    yield from _row("Stamps", described_stamps(seen.stamps))


_PATHS = {"shortest": "by the shortest name", "relative": "from the note's folder", "absolute": "from the vault's root"}


def _few(words: list[str]) -> str:
    more = len(words) - _MOST
    return ", ".join(words[:_MOST]) + (f" and {more:,} more" if more > 0 else "")


def _row(label: str, text: str) -> Iterator[str]:
    yield f"  {label:<12}{text}"


# pre-commit


@dataclass(frozen=True)
class _Hook:
    """What is to be done about the hook: a file to write (`new`, over `old`), or to be left, and what to say of that."""

    path: Path
    old: str | None = None
    new: str | None = None
    message: str = ""
    shown: str = ""  # text for the user to put somewhere


def _hook(root: Path, here: Path) -> _Hook:
    """See what there is to do. Raises Failure where the file cannot be read."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if top is None:
        message = f"\n{root} is in no git repository; once it is, its {HOOKS} needs:\n"
        return _Hook(root / HOOKS, message=message, shown=new_hooks())
    path = top / HOOKS
    name = _short(path, here)
    try:
        old = path.read_bytes().decode()
    except FileNotFoundError:
        return _Hook(path, None, new_hooks(), f"Wrote {name}; `pre-commit install` puts it to work.")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(
            f"{path}: cannot be read: {reason(error) if isinstance(error, OSError) else 'it is not UTF-8'}"
        ) from None
    if has_hook(old):
        return _Hook(path, message=f"{name} speaks of ytvault already, and stays as it is.")
    new = with_hook(old)
    if new is None:
        message = f"\nIn {name} it is not certain where this goes; add it to `repos`:\n"
        return _Hook(path, message=message, shown=hook_entry())
    return _Hook(path, old, new, f"Added the hook to {name}; `pre-commit install` puts it to work.")


def _show_hook(hook: _Hook, here: Path) -> None:
    """What `_add_hook` would do."""
    name = _short(hook.path, here)
    if hook.new is None:
        tell(hook.message, err=True)
        put_out(hook.shown)
    elif hook.old is None:
        put_out(f"\n# {name}\n{hook.new}")
    else:
        put_out(f"\n# to the end of {name}\n{hook.new[len(hook.old.rstrip()) + 1 :]}")


def _add_hook(hook: _Hook, outputs: Outputs) -> None:
    if hook.new is not None:
        outputs.write_over(hook.path, hook.new, None if hook.old is None else hook.old.encode())
    tell(hook.message)
    click.echo(hook.shown, nl=False)
