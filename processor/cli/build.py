"""`ytvault build`: the clean, cross-linked copy of a vault."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from processor.build.making import CannotBuild, Made, make, read_manifest
from processor.build.options import Missing, Options
from processor.build.places import refusal
from processor.build.telling import Told, as_json, as_text, differences
from processor.build.writing import sweep, write_copy
from processor.cli.shared import Failure, config_option, list_vault, progress, warn
from processor.config import load_config
from processor.diff import unified_diff
from processor.disk import reason
from processor.journal import Journal, JournalError, is_interrupted

MOST_LISTED = 20  # files that a message names


@dataclass(frozen=True)
class Call:
    """The command line, but for what the copy shall be like."""

    vault: Path
    out: Path
    config_file: Path | None
    force: bool
    check: bool
    diff: bool
    output_format: Literal["text", "json"]

    @property
    def writes(self) -> bool:
        return not (self.check or self.diff)


@click.command()
@click.argument("vault", type=click.Path(path_type=Path, exists=True, file_okay=False))
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
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report."
)
@config_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    vault: Path,
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
    """Make a clean, cross-linked copy of VAULT, to open or to publish. VAULT itself is never written to.

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
    call = Call(vault, out, config_file, force, check, diff, output_format)
    if why := refusal(vault, out):
        raise Failure(why)
    root = Path(os.path.abspath(vault))
    if is_interrupted(root):
        raise Failure(
            f"a run that mends notes in {vault} is on, or was interrupted: `ytvault undo --vault {vault}` takes it back"
        )
    with ExitStack() as stack:
        if call.writes:
            stack.enter_context(_alone(out))
        made = _made(call, root, options)
        if not call.writes:
            ctx.exit(_compared(call, made, started))
        ctx.exit(_written(call, made, started))


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """While no other ytvault writes to the copy; what an interrupted `lint --fix` left there is rolled back."""
    try:
        with Journal(Path(os.path.realpath(out))):
            yield
    except JournalError as error:
        raise Failure(f"{out}: {error}") from None


def _made(call: Call, root: Path, options: Options) -> Made:
    listing = list_vault(root)
    if listing.problems:
        raise Failure("nothing was built, for the copy would lack what could not be read")
    out = os.path.realpath(call.out)
    config = load_config(root, call.config_file)
    for remark in config.remarks:
        warn(remark)
    try:
        manifest = read_manifest(out, force=call.force or not call.writes)
        with progress("Reading", len(listing.notes)) as read, progress("Building", len(listing.notes)) as built:
            return make(root, out, listing, config, options, manifest, (read, built))
    except CannotBuild as error:
        raise Failure(f"{call.out}: {error}") from None
    except ModuleNotFoundError as error:
        raise Failure(str(error)) from None


def _compared(call: Call, made: Made, started: float) -> int:
    """Say what a build would change, for --check and --diff."""
    if call.diff:
        for piece in _diffs(os.path.realpath(call.out), made):
            click.echo(piece, nl=False)
    elif call.output_format == "json":
        click.echo(as_json(_told(call, made, started)), nl=False)
    elif made.changes:
        for line in differences(made.changes):
            click.echo(line)
        click.echo(f"{call.out} is not what a build would give.")
    else:
        click.echo(f"{call.out} is what a build would give.")
    return int(bool(made.changes))


def _written(call: Call, made: Made, started: float) -> int:
    refused = [r for r in made.changes.refused if r.final or not call.force]
    if refused:
        for one in refused[:MOST_LISTED]:
            warn(f"{call.out / one.path}: {one.reason}")
        if len(refused) > MOST_LISTED:
            warn(f"and {len(refused) - MOST_LISTED:,} more")
        final = all(r.final for r in refused)
        advice = "take them away" if final else "bring what you changed into the vault, or give it up with --force"
        raise Failure(f"nothing was written to {call.out}: {advice}")
    if made.copy is not None:
        try:
            with progress("Writing", len(made.changes.write)) as advance:
                problems = write_copy(made.copy, advance)
        except OSError as error:
            raise Failure(
                f"{call.out}: {reason(error)}; the copy is not complete, and the next build goes on"
            ) from None
        if problems:
            for problem in problems:
                warn(f"{call.out / problem.path}: not written: {problem.message}")
            raise Failure(f"{call.out} is not complete; the next build goes on")
    else:
        sweep(os.path.realpath(call.out))
    told = _told(call, made, started)
    click.echo(as_json(told) if call.output_format == "json" else as_text(told), nl=False)
    return 0


def _told(call: Call, made: Made, started: float) -> Told:
    return Told(str(call.out), made.report, made.changes, time.monotonic() - started)


def _diffs(out: str, made: Made) -> Iterator[str]:
    """What a build would change, as unified diffs; of files that are no text only that they differ."""
    for path in sorted(made.changes.write.keys() | made.changes.remove.keys()):
        old = _bytes(f"{out}/{path}")
        new = b""
        if path in made.changes.write and made.copy is not None:
            content = made.copy.content(path)
            new = content if isinstance(content, bytes) else content.read_bytes()
        try:
            yield unified_diff(path, old, new)
        except UnicodeDecodeError:
            yield f"Binary files a/{path} and b/{path} differ\n"


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
