"""Options that are declared once: a command's parameters are the fields of a frozen dataclass.

Each field carries what click is given for the parameter, and its `Nature`: all else that the program must know of it. The
command is made of the fields and called with an instance of the class.

    @dataclass(frozen=True, kw_only=True)
    class Options:
        fix: bool = flag("--fix", "Mend what is certain.", Nature(group="Mending", repeated=False))

    @takes(Options, ["Mending"])
    def command(ctx: click.Context, options: Options) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from processor.cli.console import QUIET, VERBOSE, verbosity

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

F = TypeVar("F", bound=Callable[..., Any])
DataclassT = TypeVar("DataclassT", bound="DataclassInstance")
NatureT = TypeVar("NatureT", bound="Nature")
OTHERS = "Others"
"""The last heading of each help, below which `--help` stands."""
_DECLARED = "declared"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Nature:
    """What the program must know of a parameter besides what click knows. Nothing has a default, so nothing can be forgotten."""

    group: str
    """The heading of the help below which it stands; empty for an argument."""
    repeated: bool
    """Whether suggested commands repeat it: what chooses notes, rules and settings, and what fails."""


# Declarations. A type checker takes each field for the value that it holds when the command runs.


class _Declared(NamedTuple):
    kind: type[click.Option | click.Argument]
    names: Sequence[str]
    nature: Nature
    given: Mapping[str, Any]  # to click


def option(names: str, text: str, nature: Nature, **given: object) -> Any:  # noqa: ANN401  what its field declares
    """Declare an option, which click is `given`. `names` may be two: `-q --quiet`."""
    return field(metadata={_DECLARED: _Declared(click.Option, names.split(), nature, {"help": text, **given})})


def flag(names: str, text: str, nature: Nature, **given: object) -> bool:
    """Declare an option without a value."""
    return cast(bool, option(names, text, nature, is_flag=True, **given))


def switch(names: str, text: str, nature: Nature) -> Any:  # noqa: ANN401  what its field declares
    """Declare an option that turns something on or off, `--x/--no-x`; None: neither was said."""
    return option(names, text, nature, is_flag=True, default=None)


def argument(nature: Nature, **given: object) -> Any:  # noqa: ANN401  what its field declares
    """Declare an argument, which click is `given`."""
    return field(metadata={_DECLARED: _Declared(click.Argument, (), nature, given)})


# What several commands have: as decorators for those whose parameters are those of their function, and for fields

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE: Mapping[str, Any] = {"metavar": "FILE", "type": click.Path(path_type=Path, dir_okay=False)}
PATHS: Mapping[str, Any] = {"nargs": -1, "type": click.Path(path_type=Path, allow_dash=True)}
QUIET_FLAG: Mapping[str, Any] = {"is_eager": True, "callback": verbosity(QUIET)}
VERBOSE_FLAG: Mapping[str, Any] = {"callback": verbosity(VERBOSE)}
_VAULT: Mapping[str, Any] = {"metavar": "DIR", "type": FOLDER}
_VAULT_HELP = "The root of the vault. Else: the nearest folder above with .obsidian/ or ytvault.toml; else those below."
_CONFIG: Mapping[str, Any] = {**FILE, "type": click.Path(path_type=Path, exists=True, dir_okay=False)}
_CONFIG_HELP = "Use this configuration, and no other."
_CAPTIONS: Mapping[str, Any] = {"metavar": "DIR", "type": FOLDER, "multiple": True}
_CAPTIONS_HELP = "A folder of captions, besides those of the settings: what is said in the videos, and when."
paths_argument = click.argument("paths", **PATHS)
vault_option = click.option("--vault", help=_VAULT_HELP, **_VAULT)
config_option = click.option("--config", "config_file", help=_CONFIG_HELP, **_CONFIG)
captions_option = click.option("--captions", help=_CAPTIONS_HELP, **_CAPTIONS)


def verbosity_options(quiet: str, verbose: str) -> Callable[[F], F]:
    """Return a decorator that adds `-q` and `-v`, with what they do in this command. `is_quiet` and `say` obey them."""

    def add(command: F) -> F:
        more = click.option("-v", "--verbose", is_flag=True, expose_value=False, help=verbose, **VERBOSE_FLAG)
        less = click.option("-q", "--quiet", is_flag=True, expose_value=False, help=quiet, **QUIET_FLAG)
        return less(more(command))

    return add


def vault_field(nature: Nature) -> Path | None:
    """Declare `--vault`."""
    return cast(Path | None, option("--vault", _VAULT_HELP, nature, **_VAULT))


def config_field(nature: Nature) -> Path | None:
    """Declare `--config`."""
    return cast(Path | None, option("--config", _CONFIG_HELP, nature, **_CONFIG))


def captions_field(nature: Nature) -> tuple[Path, ...]:
    """Declare `--captions`."""
    return cast(tuple[Path, ...], option("--captions", _CAPTIONS_HELP, nature, **_CAPTIONS))


# The command


def takes(
    options: type[DataclassT], groups: Sequence[str]
) -> Callable[[Callable[[click.Context, DataclassT], None]], Grouped]:
    """Return a decorator that makes a command of a function. Its parameters are the fields of `options`, in their order.

    `groups` are the headings of its help in their order; `OTHERS` comes last.
    """

    def make(function: Callable[[click.Context, DataclassT], None]) -> Grouped:
        def callback(**given: Any) -> None:  # noqa: ANN401  each as its field says
            function(click.get_current_context(), options(**given))

        callback.__name__, callback.__doc__ = function.__name__, function.__doc__
        params = [declared.kind((*declared.names, name), **declared.given) for name, declared in _fields(options)]
        natures = natures_of(options, Nature)
        return click.command(cls=Grouped, groups=groups, natures=natures, params=params)(callback)

    return make


def natures_of(options: type[DataclassInstance], kind: type[NatureT]) -> dict[str, NatureT]:
    """Return the nature of each field. Raise TypeError where one is not of the kind that is asked for."""
    natures = {}
    for name, declared in _fields(options):
        if not isinstance(declared.nature, kind):
            raise TypeError(f"the nature of {name} is no {kind.__name__}")
        natures[name] = declared.nature
    return natures


def _fields(options: type[DataclassInstance]) -> list[tuple[str, _Declared]]:
    return [(f.name, f.metadata[_DECLARED]) for f in fields(options)]


class Grouped(click.Command):
    """A command whose help lists its options in groups, each below its heading. `natures` are by the parameter's name."""

    def __init__(  # the rest is click's own
        self,
        *args: Any,  # noqa: ANN401
        groups: Sequence[str],
        natures: Mapping[str, Nature],
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **more)
        self.groups = (*groups, OTHERS)
        self.natures = natures

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown: dict[str, list[tuple[str, str]]] = {heading: [] for heading in self.groups}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                nature = self.natures.get(param.name or "")
                shown[nature.group if nature else OTHERS].append(record)
        for heading, records in shown.items():
            with formatter.section(heading):
                formatter.write_dl(records)
