"""`ytvault inspect`: what notes say, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from processor.cli.console import progress, warn
from processor.cli.options import captions_option, config_option, paths_argument, vault_option
from processor.cli.vaults import list_vault, named_notes, named_vaults, shown


@click.command()
@paths_argument
@vault_option
@config_option
@captions_option
@click.option(
    "--output-format",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="An array, or an object a line. Paths count from the vault's root.",
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    vault: Path | None,
    config_file: Path | None,
    captions: tuple[Path, ...],
    output_format: str,
) -> None:
    """Tell what the notes at PATHS say, in the shape of Obsidian's own `CachedMetadata`.

    Positions count as Obsidian counts: from 0, in UTF-16 units. Added to Obsidian's fields: for each link where it leads
    (`resolved`, `status`), `externalLinks`, the `kind` of the note, its `videos`, and its `timestamps` with the video that each
    is of and why.

    \b
    ytvault inspect talks/opening_the_weights.md
    ytvault inspect --output-format jsonl | jq -c '[.path, .kind]'
    """
    from processor.commands.inspect import cached_metadata
    from processor.config import load_config
    from processor.load.origin import Disk
    from processor.load.workspace import open_vault

    refused = False
    separator = "[\n"
    placed = named_vaults(paths, vault)
    for root, named in placed.items():
        config = load_config(root, config_file).merge_cli(captions=captions)
        listing = list_vault(root, named, whole=vault is not None)
        refused = refused or bool(listing.problems)
        chosen = named_notes(listing, root, named, placed)
        with progress("Reading", len(listing.notes)) as advance:
            workspace = open_vault(root, config, Disk(listing), advance=advance)
        for problem in workspace.problems:
            refused = True
            warn(f"{problem.path}: {problem.message}")
        for file, message in workspace.caption_problems(listing.notes if chosen is None else chosen):
            warn(f"{shown(Path(file))} {message}")
        for path in chosen if chosen is not None else listing.notes:
            note = workspace.note(path)
            if note is None:
                continue
            text = json.dumps(cached_metadata(note, workspace.vault))
            if output_format == "jsonl":
                click.echo(text)
            else:
                click.echo(separator + text, nl=False)
                separator = ",\n"
    if output_format == "json":
        click.echo("[]" if separator == "[\n" else "\n]")
    ctx.exit(2 if refused else 0)
