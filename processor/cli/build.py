"""`ytvault build`: the clean, cross-linked copy of a vault."""

from __future__ import annotations

import os
import shlex
import time
from pathlib import Path

import click

from processor.base.extras import require
from processor.cli import hints
from processor.cli.build_options import GROUPS, Call
from processor.cli.build_summary import show_summary
from processor.cli.console import Failure, is_quiet, tell, warn
from processor.cli.options import takes
from processor.cli.vaults import list_vault, shown, the_vault
from processor.commands.build.places import refusal
from processor.commands.build.seal import Seal
from processor.commands.build.summary import Summary
from processor.disk.record import pending_of
from processor.disk.roots import vaults_below
from processor.load.premises import config_files


@takes(Call, GROUPS)
def command(ctx: click.Context, call: Call) -> None:
    """Make a clean, cross-linked copy of VAULT (none: the vault you stand in), to open or to publish. VAULT itself is never
    written to.

    What is certain is mended, every stamp linked to its second of the video; each channel's hub lists all its notes,
    and a start note lists the channels. The rest is for options, or for `[build]` in `ytvault.toml`. A second build writes
    only what changed. Exit status: 0 built; 1 with --check or
    --diff, where DIR is not what a build would give; 2 refused, and nothing is written.

    \b
    ytvault build vault --out build/vault
    ytvault build vault --out build/vault --related --video-link link --missing stub
    ytvault build vault --out build/vault --check
    """
    started = time.monotonic()
    out = call.out
    root = _source(call.vault, out)
    vault = call.vault if call.vault and Path(os.path.abspath(call.vault)) == root else Path(shown(root))
    if why := refusal(vault, out, links=False):
        raise Failure(why)
    if call.index and call.no_index:
        raise Failure("--index and --no-index do not go together")
    if call.link_mentions:
        require("--link-mentions", "mentions")
    if pending_of(root).exists():
        raise Failure(
            f"a run that mends notes in {vault} is on, or was interrupted: `{hints.command('undo', '--vault', vault)}` takes it back"
        )
    listing = list_vault(root, whole=True)
    if listing.problems:
        raise Failure("nothing was built, for the copy would lack what could not be read")
    real_out = os.path.realpath(out)
    files = [*config_files(root), *([call.config_file] if call.config_file else [])]
    seal = Seal(root, real_out, listing, call.asked, files, call.captions)
    if not pending_of(Path(real_out)).exists() and (standing := seal.standing()):
        if call.writes or call.tells_json:
            took = time.monotonic() - started
            show_summary(call, root, Summary(str(out), standing.report, took, standing.files))
        elif not is_quiet():
            tell("Nothing would change." if call.diff else f"{out} is what a build would give.", err=call.diff)
        ctx.exit(0)
    if why := refusal(vault, out):
        raise Failure(why)
    from processor.cli.building import build  # here, so that where nothing is to be done the builder is not loaded

    ctx.exit(build(call, root, listing, seal, started))


def _source(named: Path | None, out: Path) -> Path:
    """Return the root of what is to be copied: the folder named as it is; of the current folder, or where none is named, the vault
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
