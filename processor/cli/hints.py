"""The commands that the program suggests: each can be typed as it is printed, and does what is said of it.

A suggestion is the call that was made, with other options. `SUGGESTED` says of every option whether it is said again, so
none that shapes the result can be forgotten: a test asks it of each option that there is.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from processor.disk import find_root


@dataclass(frozen=True)
class Nature:
    """What is to be known of an option besides what click is told."""

    repeated: bool
    """Whether a suggestion to go on says it again: what says which notes, which rules and which settings, and what fails."""


_SAID, _ONCE = Nature(repeated=True), Nature(repeated=False)
_EVERYWHERE: Mapping[str, Nature] = {  # by the names of the parameters, as the functions of the commands have them
    "paths": _SAID,
    "vault": _SAID,
    "config_file": _SAID,
    "quiet": _ONCE,  # how much is said is no part of what is done
    "verbose": _ONCE,
    "diff": _ONCE,  # what is to be done is said anew by each suggestion
}
SUGGESTED: Mapping[str, Mapping[str, Nature]] = {
    "lint": {
        **_EVERYWHERE,
        "select": _SAID,
        "extend_select": _SAID,
        "ignore": _SAID,
        "staged": _SAID,
        "from_ref": _SAID,
        "to_ref": _SAID,
        "stdin_filename": _SAID,
        "baseline": _SAID,
        "no_baseline": _SAID,
        "fail_on": _SAID,
        "exit_zero": _SAID,
        "output_format": _SAID,  # the settings may name one in which nothing is suggested
        "no_cache": _ONCE,  # how it is found out, not what
        "fix": _ONCE,
        "unsafe_fixes": _ONCE,
        "show_fixes": _ONCE,
        "add_suppressions": _ONCE,
        "write_baseline": _ONCE,
        "output_file": _ONCE,
        "reports": _ONCE,
        "statistics": _ONCE,
        "by": _ONCE,
        "show_all": _ONCE,
        "watch": _ONCE,
    },
    "build": {
        **_EVERYWHERE,
        "out": _SAID,
        "unsafe_fixes": _SAID,
        "missing": _SAID,
        "link_mentions": _SAID,
        "related": _SAID,
        "output_format": _SAID,
        "force": _ONCE,  # what was edited in the copy is given up by who says so, each time
        "check": _ONCE,
    },
}


def shell(words: Sequence[str]) -> str:
    """Return a command line as the shell of this system takes it. It is one line, and shows itself, whatever a file is called."""
    if os.name != "nt":
        return " ".join(shlex.quote(word) if word.isprintable() else _escaped(word) for word in words)
    from subprocess import list2cmdline

    return list2cmdline(words)


def _escaped(word: str) -> str:
    """A word with what a terminal would obey, or not show, as bash and zsh write it: `$'a\x1b'`."""
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
    """Whether what runs hooks made an environment: `py_env-…` by pre-commit, and by prek one in its own folder of hooks."""
    return prefix.name.startswith("py_env-") or {"prek", "hooks"} <= {*prefix.parts}


def command(*words: str | Path) -> str:
    """Return a command of this program as it can be typed; a Path is one that does not begin with a dash."""
    return shell([program(), *map(_word, words)])


def call_again(*added: str | Path, but: Collection[str] = ()) -> str:
    """Return the call that is being carried out, with other options.

    Of the options that were given those are repeated of which `SUGGESTED` says so; `but` names parameters that are not.
    """
    ctx = click.get_current_context()
    name = ctx.info_name or ""
    return command(name, *_given(ctx, SUGGESTED[name], but), *added)


def _given(ctx: click.Context, natures: Mapping[str, Nature], but: Collection[str]) -> Iterator[str | Path]:
    """The words for what was given and is repeated: arguments, then options."""
    for param in sorted(ctx.command.params, key=lambda p: isinstance(p, click.Option)):
        name = param.name or ""
        if name in but or name not in natures or not natures[name].repeated:
            continue
        if ctx.get_parameter_source(name) not in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT):
            continue
        value = ctx.params[name]
        option = [] if isinstance(param, click.Argument) else [max(param.opts, key=len)]
        if isinstance(value, bool):
            yield from option if value else ()
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield from (*option, one if isinstance(one, Path) else str(one))


def _word(word: str | Path) -> str:
    """A word of a command; a path that begins with a dash is no option then."""
    text = str(word)
    return f".{os.sep}{text}" if isinstance(word, Path) and text.startswith("-") and text != "-" else text


def undo(*roots: Path) -> str:
    """Return the command that takes back what was written in these vaults, from where the user is."""
    here = Path.cwd()
    return " and ".join(
        f"`{command('undo') if find_root(here) == root else command('undo', '--vault', near(root))}`" for root in roots
    )


def near(path: Path) -> Path:
    """A path from the current folder where that is shorter."""
    try:
        return min(Path(os.path.relpath(path)), path, key=lambda p: len(str(p)))
    except ValueError:  # another drive
        return path


def init(root: Path) -> str:
    """Return the command that configures a vault."""
    place = near(root)
    return command("init", *([] if place == Path() else [place]))
