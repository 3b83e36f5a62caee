"""`ytvault report`: one page to look at, with the state of a vault."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from processor.base.text import count
from processor.cli import hints
from processor.cli.console import Failure, is_quiet, tell, warn
from processor.cli.options import takes
from processor.cli.outputs import Outputs
from processor.cli.report_options import GROUPS, Call
from processor.cli.session import Opened, open_vaults
from processor.cli.vaults import near_path, shown, the_vault
from processor.commands.report.collect import subject_of
from processor.commands.report.since import Earlier, EarlierError, read_earlier
from processor.lint.linter import LintResult
from processor.report import View, render


@takes(Call, GROUPS)
def command(ctx: click.Context, call: Call) -> None:
    """Write one HTML file that shows the state of VAULT: what is found by which rule and where, which notes are missing, what of each
    video is linked, and how the notes lead to one another.

    The file is whole in itself: it works from a disk, sent by mail, and among the files that a CI run keeps; it asks no server for
    anything. The same vault gives the same file.

    \b
    ytvault report --open
    ytvault report ~/notes --out state.html --since last-week.html
    """
    if call.root and not os.path.lexists(call.root):
        raise Failure(f"{call.root} does not exist{near_path(Path(os.path.abspath(call.root)))}")
    root = the_vault(call.root, call.vault, "ytvault report {}")
    with Outputs([call.out]) as outputs:
        named = _earlier(call.since) if call.since else None
        (opened,) = open_vaults(
            (root,),
            vault=root,
            config_file=call.config_file,
            choice={"captions": call.captions},
            with_edits=True,
            cached=not call.no_cache,
        )
        try:
            result = _write(opened, call, named, outputs)
        finally:
            opened.close()
    if not is_quiet():
        tell(
            f"Wrote {_size(call.out)} to {call.out}: {count(result.notes, 'note')}, {count(len(result.findings), 'finding')}."
        )
        if call.root and root not in (Path(os.path.abspath(call.root)), call.root.resolve()):
            tell(
                f"It is of the whole vault. A page of {call.root} alone: "
                f"ytvault lint {shlex.quote(str(call.root))} --report html={shlex.quote(str(call.out))}"
            )
    if call.opens:
        _open(Path(os.path.abspath(call.out)))
    ctx.exit(2 if opened.refused else 0)


def _write(opened: Opened, call: Call, earlier: Earlier | None, outputs: Outputs) -> LintResult:
    if earlier is None and opened.config.baseline and os.path.exists(opened.config.baseline):
        earlier = _earlier(hints.near(Path(opened.config.baseline)))
    result = opened.lint()
    subject = subject_of(opened.workspace, opened.reported, earlier, redact=call.redact)
    outputs.write(call.out, render("html", result, View(text_of=opened.workspace.text, subject=subject)))
    return result


def _earlier(file: Path) -> Earlier:
    """Return what was found before. Raise Failure where the file does not tell."""
    try:
        return Earlier(file.name, read_earlier(file.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    except EarlierError as error:
        raise Failure(f"{shown(file.absolute())}: {error}") from None


def _open(file: Path) -> None:
    """Show a file in the browser, or say where it lies."""
    import webbrowser

    if not webbrowser.open(file.as_uri()):
        warn(f"no browser is found here to open it; its address is {file.as_uri()}")


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3))} kB"
