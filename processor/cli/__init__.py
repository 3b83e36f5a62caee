"""The command line: one small file a command, loaded only when it is called. Only this package prints or exits."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import os
import sys
import threading
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
        """The command. As a program of its own (no `args` given) it ends without taking apart what it holds."""
        if args is not None:
            return super().main(args, *more, **options)
        gc.disable()  # notes hold no cycles; `lint` and `build` count on it, and loading the program is quicker too
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
        return _with_help(command)

    def make_context(self, *args: Any, **more: Any) -> click.Context:  # noqa: ANN401  click's own
        try:
            return super().make_context(*args, **more)
        except click.ClickException as error:
            raise _told(error) from None
        except KeyboardInterrupt:
            raise _stopped() from None
        except OSError as error:  # --help and --version are shown here
            raise _refused(error) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return self._invoke(ctx)
        except click.ClickException as error:
            raise _told(error) from None

    def _invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise _stopped() from None
        except Exception as error:
            from processor.base.extras import MissingExtraError
            from processor.cli.shared import Failure  # here, so that --version need not load it
            from processor.config import ConfigError

            if isinstance(error, OSError):
                raise _refused(error) from None
            if isinstance(error, MissingExtraError):
                from processor.cli.installing import advice

                raise Failure(advice(error)) from None
            if not isinstance(error, ConfigError):
                raise
            raise Failure(str(error)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(COMMANDS)}."
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


def _refused(error: OSError) -> Exception:
    """What the system did not do, as it is told; of a pipe that was closed click sees to it."""
    if error.errno in (None, errno.EPIPE):
        return error
    from processor.cli.shared import Failure  # here, so that --version need not load it

    return Failure(f"{error.filename or 'standard output'}: {error.strerror}")


def _stopped() -> click.exceptions.Exit:
    """The end of a command that somebody stopped (Ctrl-C): what it had begun to write has been taken back by then."""
    click.echo("ytvault: stopped", err=True)
    return click.exceptions.Exit(STOPPED)


def _with_help(command: click.Command) -> click.Command:
    """The command, with its help and that of its own commands as `processor.cli.help` shows it."""
    command.context_class = Context
    for part in command.commands.values() if isinstance(command, click.Group) else ():
        _with_help(part)
    return command


def _told(error: click.ClickException) -> click.ClickException:
    """An error as it is shown: on a terminal in lines that fit it."""
    if not sys.stderr.isatty() or error.exit_code != 2:
        return error
    from processor.cli.help import Told

    return Told(error)


def _leave(status: object) -> None:
    """End the process at once: the system takes back its memory faster than Python frees a hundred thousand objects.

    Returns where something is still to be done.
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
    ytvault rule            the rules, and what each is for
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False  # which the commands' own contexts take over
