"""How much a command is to say: `-q` and `-v`, and who asks for them."""

from __future__ import annotations

from collections.abc import Callable

import click

QUIET, VERBOSE = "ytvault.quiet", "ytvault.verbose"
"""Under which the two options stand in click's `Context.meta`."""


def remember(name: str) -> Callable[[click.Context, click.Parameter, bool], bool]:
    """Return a callback for an option, which keeps its value for all that run in the command. Raise where both are given."""

    def callback(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
        if value and ctx.meta.get(QUIET):
            raise click.UsageError("--quiet and --verbose exclude each other")
        ctx.meta[name] = value
        return value

    return callback


def is_quiet() -> bool:
    """Whether `-q` was given."""
    return _is_given(QUIET)


def is_verbose() -> bool:
    """Whether `-v` was given."""
    return _is_given(VERBOSE)


def _is_given(name: str) -> bool:
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(name))
