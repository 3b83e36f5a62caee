"""The commands that the program suggests: each can be typed as it is printed, and does what the report says of it.

A suggestion is the call that was made, with other options. The `Nature` of a parameter says whether it is repeated.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from processor.cli.options import Grouped
from processor.disk import find_root, seen_from


def shell(words: Sequence[str]) -> str:
    """Return a command line as the shell of this system takes it. It is one line, and shows itself, whatever a file is called."""
    if os.name != "nt":
        return " ".join(shlex.quote(word) if word.isprintable() else _escaped(word) for word in words)
    from subprocess import list2cmdline

    return list2cmdline(words)


def _escaped(word: str) -> str:
    """Return a word with what a terminal would obey, or not show, as bash and zsh write it: `$'a\x1b'`."""
    shown = ("\\" + c if c in "\\'" else c if c.isprintable() else _bytes(c) for c in word)
    return f"$'{''.join(shown)}'"


def _bytes(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(character))


def program() -> str:
    """Return how the program is called: `ytvault`, but as it was called where that is a path that the shell does not find."""
    called = sys.argv[0]
    folder, name = os.path.split(called)
    if not folder or name.removesuffix(".exe") != "ytvault":
        return "ytvault"
    from shutil import which  # here, as it loads what unpacks archives

    here = os.path.realpath(folder)
    if is_hooks(Path(sys.prefix)):  # what runs hooks puts their program on the path, where the user has it not
        places = [p for p in os.environ.get("PATH", "").split(os.pathsep) if os.path.realpath(p) != here]
        return "ytvault" if which("ytvault", path=os.pathsep.join(places)) else called
    found = which("ytvault")
    return "ytvault" if found and os.path.realpath(os.path.dirname(found)) == here else called


def is_hooks(prefix: Path) -> bool:
    """Return whether what runs hooks made an environment: `py_env-…` by pre-commit, and by prek one in its own folder of hooks."""
    return prefix.name.startswith("py_env-") or {"prek", "hooks"} <= {*prefix.parts}


def command(*words: str | Path) -> str:
    """Return a command of this program as it can be typed; a Path is one that does not begin with a dash."""
    return shell([program(), *map(_word, words)])


def call_again(*added: str | Path, but: Collection[str] = ()) -> str:
    """Return the call that is being carried out, with other options.

    Parameters are repeated if their `Nature` says so; `but` names some that are not.
    """
    ctx = click.get_current_context()
    return command(ctx.info_name or "", *_given(ctx, but), *added)


def _given(ctx: click.Context, but: Collection[str]) -> Iterator[str | Path]:
    """Yield the words for what was given and is repeated: arguments, then options."""
    natures = ctx.command.natures if isinstance(ctx.command, Grouped) else {}
    for param in sorted(ctx.command.params, key=lambda p: isinstance(p, click.Option)):
        name = param.name or ""
        if name in but or name not in natures or not natures[name].repeated:
            continue
        if ctx.get_parameter_source(name) not in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT):
            continue
        value = ctx.params[name]
        option = [] if isinstance(param, click.Argument) else [max(param.opts, key=len)]
        if isinstance(value, bool):
            yield from option if value else param.secondary_opts[:1]
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield from (*option, one if isinstance(one, Path) else str(one))


def _word(word: str | Path) -> str:
    """Return a word of a command; a path that begins with a dash is no option then."""
    text = str(word)
    return f".{os.sep}{text}" if isinstance(word, Path) and text.startswith("-") and text != "-" else text


def undo(*roots: Path) -> str:
    """Return the command that takes back what was written in these vaults, from where the user is."""
    here = Path.cwd()
    return " and ".join(
        f"`{command('undo') if find_root(here) == root else command('undo', '--vault', near(root))}`" for root in roots
    )


def near(path: Path) -> Path:
    """Return a path from the current folder where that is shorter."""
    return min(seen_from(Path.cwd(), path), path, key=lambda p: len(str(p)))


def init(root: Path) -> str:
    """Return the command that configures a vault."""
    place = near(root)
    return command("init", *([] if place == Path() else [place]))
