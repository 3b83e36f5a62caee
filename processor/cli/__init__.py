"""The command line: one small file a command, loaded only when it is called. Only this package prints or exits."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from processor import __version__
from processor.cli.streams import prepare

STOPPED = 130
"""The exit status of a program that Ctrl-C ends, as shells have it: 128 and the number of the signal."""

COMMANDS = {  # name → what it does, so that --help need not load them
    "lint": "Check notes, and mend what can be mended.",
    "build": "Make a clean, cross-linked copy of a vault.",
    "convert": "Turn timestamp anchors into links, or back.",
    "links": "Tell where links lead and why, what links to a note, what is missing.",
    "rename": "Rename a note, a file or a folder, and change every link to it.",
    "undo": "Take back the last run that wrote.",
    "inspect": "Tell what notes say, as JSON in the shape of Obsidian's own metadata.",
    "captions": "Tell which videos have captions, and what of them no note speaks of.",
    "server": "Show editors what is wrong, as it is typed (a language server).",
    "report": "Write a page to look at, with the state of a vault.",
    "rule": "Explain the rules.",
    "init": "Look at a vault, and write a configuration that fits.",
    "cache": "Tell of the cache, or clear it.",
    "config": "Tell the configuration in force, and where each value came from.",
}


class Context(click.Context):
    """Click's, with help as `processor.cli.help` shows it."""

    def make_formatter(self) -> click.HelpFormatter:
        from processor.cli.help import Formatter  # here, as few runs show any help

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: `--help` and `--version` stay quick."""

    context_class = Context

    def main(self, args: Any = None, *more: Any, **options: Any) -> Any:  # noqa: ANN401  click's own
        """Run the command. As a program of its own (no `args` given) it ends without freeing its memory piece by piece."""
        if args is not None:
            return super().main(args, *more, **options)
        gc.disable()  # notes hold no cycles, and looking for some in a million of their parts takes a third of the time
        prepare()
        try:
            super().main(None, *more, **options)
        except SystemExit as end:
            _leave(end.code)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"processor.cli.{cmd_name}")
        command: click.Command = module.command
        parts = command.commands.values() if isinstance(command, click.Group) else ()
        for one in (command, *parts):
            one.context_class = Context
        return command

    def make_context(self, *args: Any, **more: Any) -> click.Context:  # noqa: ANN401  click's own
        with _errors_for_people():  # --help and --version are shown here
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> object:
        with _errors_for_people():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from processor.base.text import most_like

            near = most_like(args[0], COMMANDS)
            hint = f" Did you mean {near}?" if near else f" There are {', '.join(COMMANDS)}."
            ctx.fail(f"No such command: {args[0]}.{hint}")
        if args[0] == "lint" and not ctx.resilient_parsing:
            from processor.cli.answer import ARGS, answered

            ctx.meta[ARGS] = args[1:]
            if (status := answered(args[1:])) is not None:
                if {"-v", "--verbose"}.intersection(args):
                    click.echo(
                        "ytvault: no file has changed since the same was asked before, so it is answered alike",
                        err=True,
                    )
                ctx.exit(status)
        return super().resolve_command(ctx, args)


@contextmanager
def _errors_for_people() -> Iterator[None]:
    """Raise each error as click shows it: in a sentence and without a traceback, unless it is a fault of the program."""
    try:
        yield
    except KeyboardInterrupt:  # what the command had begun to write has been taken back by then
        click.echo("ytvault: stopped", err=True)
        raise click.exceptions.Exit(STOPPED) from None
    except Exception as error:
        shown = (
            error
            if isinstance(error, (click.ClickException, click.exceptions.Exit, click.Abort))
            else _as_failure(error)
        )
        if isinstance(shown, click.ClickException) and shown.exit_code == 2 and sys.stderr.isatty():
            from processor.cli.help import FoldedError

            raise FoldedError(shown) from None
        if shown is error:
            raise
        raise shown from None


def _as_failure(error: Exception) -> Exception:
    """Return the Failure that tells people of an error; the error itself where it is none of theirs."""
    # here, so that --version need not load them
    from processor.base.extras import MissingExtraError
    from processor.cli.console import Failure
    from processor.config import ConfigError

    if isinstance(error, OSError) and error.errno not in (None, errno.EPIPE):  # click sees to a pipe that was closed
        return Failure(f"{error.filename or 'standard output'}: {error.strerror}")
    if isinstance(error, MissingExtraError):
        from processor.cli.installing import advice

        return Failure(advice(error))
    return Failure(str(error)) if isinstance(error, ConfigError) else error


def _leave(status: object) -> None:
    """End the process at once: the system takes back its memory faster than Python frees a hundred thousand objects.

    Return where something is still to be done.
    """
    if not isinstance(status, int) or threading.active_count() > 1:
        return
    try:
        atexit._run_exitfuncs()  # noqa: SLF001  as Python does before it frees anything
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # a closed pipe: Python knows what to say
    os._exit(status)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, and in lint nothing left to report; 1 lint has findings, or --diff or --check shows a "
    "difference; 2 a wrong call or configuration, or something was refused; 130 stopped by Ctrl-C.",
)
@click.version_option(__version__, "-V", "--version", prog_name="ytvault")
@click.pass_context
def main(ctx: click.Context, /) -> None:
    """Check and repair an Obsidian vault of notes made from YouTube transcripts.

    \b
    ytvault lint            every note of the vault you stand in
    ytvault lint --fix      mend what is certain
    ytvault report --open   look at it in a browser
    ytvault rule            the rules, and what each is for
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False  # which the commands' own contexts take over
