"""`ytvault server`: a language server, for editors."""

from __future__ import annotations

import gc
import os
import sys

import click

from processor.base.extras import require
from processor.cli.console import Failure


@click.command()
@click.option("--stdio", is_flag=True, help="As it does anyway: some editors say so.")
def command(*, stdio: bool) -> None:
    """Tell an editor what is wrong in the notes that are open in it, as they are typed: a language server.

    It talks over standard input and output; an editor starts it. The vault of a note is the nearest folder above it
    with `.obsidian` or `ytvault.toml`. README has the settings of some editors.

    \b
    ytvault server
    """
    require("ytvault server", "lsp")
    if sys.stdin.isatty():
        raise Failure("an editor starts this, and talks to it over standard input; README has the settings of some")
    from processor.server.lsp.main import serve

    gc.enable()  # which short runs do without; now and then, as to look through a large vault takes a tenth of a second
    gc.set_threshold(50_000, 20, 20)
    status = serve()
    sys.stderr.flush()
    os._exit(status)  # a thread may still wait for what will never be sent
