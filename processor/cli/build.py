"""`ytvault build`: the clean, cross-linked copy of a vault."""

from __future__ import annotations

import gc
import os
import shlex
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

import click

from processor.base.extras import require
from processor.cli import hints
from processor.cli.answer import config_files
from processor.cli.screen import tell
from processor.cli.shared import (
    Failure,
    Grouped,
    config_option,
    is_quiet,
    list_vault,
    put_out,
    shown,
    talk_options,
    the_vault,
    warn,
)
from processor.commands.build.options import Missing, Options
from processor.commands.build.places import refusal
from processor.commands.build.seal import Seal
from processor.commands.build.telling import Told, as_json, as_text
from processor.disk import find_root
from processor.disk.record import pending_of
from processor.disk.roots import vaults_below


@dataclass(frozen=True)
class Call:
    """The command line; `started` is when it was read."""

    vault: Path
    out: Path
    config_file: Path | None
    options: Options
    force: bool
    check: bool
    diff: bool
    output_format: Literal["text", "json"]
    started: float

    @property
    def writes(self) -> bool:
        return not (self.check or self.diff)


@click.command(
    cls=Grouped,
    groups={
        "What the copy is": "out unsafe-fixes missing link-mentions related",
        "How to build": "check diff force",
        "How to report": "output-format quiet verbose",
    },
)
@click.argument("vault", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the copy goes: a folder of its own.",
)
@click.option("--unsafe-fixes", is_flag=True, help="Make the fixes too that are only probably right.")
@click.option(
    "--missing",
    type=click.Choice(["keep", "unlink", "stub"]),
    default="keep",
    show_default=True,
    help="Links to notes that do not exist: keep them, turn them to plain words, or make a stub of each such note that lists who asks for it.",
)
@click.option(
    "--link-mentions", is_flag=True, help="Link the first mention of another note's title or alias in a section."
)
@click.option(
    "--related", is_flag=True, help="List at the foot of each note those of the same video and those that link to it."
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DIR is not what a build would give.")
@click.option("--diff", is_flag=True, help="Write nothing; show what a build would change in DIR.")
@click.option("--force", is_flag=True, help="Replace what stands in the way in DIR, and give up what was edited there.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report. In json the paths of files count from DIR, those of notes from the vault.",
)
@talk_options("Say nothing but what goes wrong.", "Name each file that is written or removed.")
@config_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    vault: Path | None,
    out: Path,
    unsafe_fixes: bool,
    missing: Missing,
    link_mentions: bool,
    related: bool,
    check: bool,
    diff: bool,
    force: bool,
    output_format: Literal["text", "json"],
    config_file: Path | None,
) -> None:
    """Make a clean, cross-linked copy of VAULT (none: the vault you stand in), to open or to publish. VAULT itself is never
    written to.

    What is certain is mended, every stamp linked to its second of the video; each channel's hub lists all its notes,
    and a start note lists the channels. A second build writes only what changed. Exit status: 0 built; 1 with --check or
    --diff, where DIR is not what a build would give; 2 refused, and nothing is written.

    \b
    ytvault build vault --out build/vault
    ytvault build vault --out build/vault --related --missing stub
    ytvault build vault --out build/vault --check
    """
    gc.disable()  # notes hold no cycles, and looking for some in a million of their parts takes a third of the time
    started = time.monotonic()
    options = Options(unsafe=unsafe_fixes, link_mentions=link_mentions, related=related, missing=missing)
    root = _source(vault, out)
    vault = vault if vault and Path(os.path.abspath(vault)) == root else Path(shown(root))
    call = Call(vault, out, config_file, options, force, check, diff, output_format, started)
    if why := refusal(vault, out, links=False):
        raise Failure(why)
    if link_mentions:
        require("--link-mentions", "mentions")
    if pending_of(root).exists():
        raise Failure(
            f"a run that mends notes in {vault} is on, or was interrupted: `{hints.command('undo', '--vault', vault)}` takes it back"
        )
    listing = list_vault(root, whole=True)
    if listing.problems:
        raise Failure("nothing was built, for the copy would lack what could not be read")
    real_out = os.path.realpath(out)
    files = [*config_files(root), *([config_file] if config_file else [])]
    seal = Seal(root, real_out, listing, options, files)
    if not pending_of(Path(real_out)).exists() and (standing := seal.standing()):
        if call.writes or output_format == "json":
            tell_build(
                call, Told(str(out), standing.report, time.monotonic() - started, standing.files, **suggested(call))
            )
        elif not is_quiet():
            tell("Nothing would change." if diff else f"{out} is what a build would give.", err=diff)
        ctx.exit(0)
    if why := refusal(vault, out):
        raise Failure(why)
    from processor.cli.building import build  # here, so that where nothing is to be done the builder is not loaded

    ctx.exit(build(call, root, listing, seal))


class Suggested(TypedDict):
    """The commands to go on with, for `Told`."""

    lint: str
    mend: str


def suggested(call: Call) -> Suggested:
    """The commands that show what is left in the copy, and that build it with the unsafe fixes."""
    return Suggested(
        lint=hints.command("lint", *_named(call)),
        mend="" if call.options.unsafe else hints.call_again("--unsafe-fixes"),
    )


def _named(call: Call) -> list[str | Path]:
    """What names the copy to `lint`, with the settings that it was built by, but for the findings that they call known."""
    out = Path(os.path.abspath(call.out))
    words: list[str | Path] = [call.out]
    if find_root(out) != out:
        words += ["--vault", call.out]
    own = [call.config_file] if call.config_file else config_files(Path(os.path.abspath(call.vault)))
    tables = [(file, table) for file in own if file.suffix == ".toml" and (table := _settings(file)) is not None]
    if not tables:
        return words
    file, table = tables[0]
    # a project's file may lie above the source, and not above the copy; `ytvault.toml` is copied with the notes
    if call.config_file or (file.name == "pyproject.toml" and file not in config_files(out)):
        words += ["--config", hints.near(file)]
    return [*words, "--no-baseline"] if "baseline" in table else words


def _settings(file: Path) -> Mapping[str, Any] | None:
    """The settings that a file holds; None where it holds none, or cannot be read, which has been said then."""
    import tomllib

    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    ours: Mapping[str, Any] | None = values.get("tool", {}).get("ytvault")
    return ours if file.name == "pyproject.toml" else values


def _source(named: Path | None, out: Path) -> Path:
    """The root of what is to be copied: the folder named as it is; of the current folder, or where none is named, the vault
    that is there."""
    here, to = Path.cwd(), shlex.quote(str(out))
    folder = Path(os.path.abspath(named or here))
    if named is None:
        return the_vault(None, None, f"`ytvault build {{}} --out {to}`")
    below = vaults_below(folder)
    if folder == here and below:
        return the_vault(named, None, f"`ytvault build {{}} --out {to}`")
    for root in below:
        part = shlex.quote(shown(root))
        warn(f"{named} is built as one vault; {part} in it is one by itself: `ytvault build {part} --out {to}`")
    return folder


def tell_build(call: Call, told: Told) -> None:
    if call.output_format == "json":
        put_out(as_json(told))
    elif not is_quiet():
        tell(as_text(told), nl=False)
