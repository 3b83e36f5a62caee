"""Options that are declared once: a command's parameters are the fields of a frozen dataclass.

Each field carries what click is told of the parameter and its `Nature`: all else that the program must know of it. The
command is made of the fields and called with an instance, whose values have the types that the fields declare.

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

from processor.cli.talk import QUIET, VERBOSE, remember

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
DataclassT = TypeVar("DataclassT", bound="DataclassInstance")
NatureT = TypeVar("NatureT", bound="Nature")
OTHERS = "Others"
"""The last heading of each help, below which `--help` stands."""
_DECLARED = "declared"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Nature:
    """What is to be known of a parameter besides what click is told. None of it has a default, so none can be forgotten."""

    group: str
    """The heading of the help below which it stands; empty for an argument."""
    repeated: bool
    """Whether a suggestion to go on says it again: what says which notes, which rules and which settings, and what fails."""


class Option(click.Option):
    """An option of a command whose parameters are fields."""

    def __init__(self, *args: Any, nature: Nature, **more: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(*args, **more)
        self.nature = nature


class Argument(click.Argument):
    """An argument of such a command."""

    def __init__(self, *args: Any, nature: Nature, **more: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(*args, **more)
        self.nature = nature


# What is declared. The type checker takes each field for the value that it holds when the command runs.


class _Declared(NamedTuple):
    kind: type[Option | Argument]
    names: Sequence[str]
    nature: Nature
    told: Mapping[str, Any]  # to click


def _declared(kind: type[Option | Argument], names: str, nature: Nature, told: Mapping[str, Any]) -> Any:  # noqa: ANN401
    return field(metadata={_DECLARED: _Declared(kind, names.split(), nature, told)})


def flag(names: str, text: str, nature: Nature, **told: object) -> bool:
    """Declare an option without a value. `names` may be two: `-q --quiet`."""
    return cast(bool, _declared(Option, names, nature, {"help": text, "is_flag": True, **told}))


def word(name: str, metavar: str, text: str, nature: Nature) -> str | None:
    """Declare an option whose value is any text."""
    return cast(str | None, _declared(Option, name, nature, {"help": text, "metavar": metavar}))


def words(name: str, metavar: str, text: str, nature: Nature, **told: object) -> tuple[str, ...]:
    """Declare an option that may be given several times."""
    return cast(
        tuple[str, ...], _declared(Option, name, nature, {"help": text, "metavar": metavar, "multiple": True, **told})
    )


def pairs(
    name: str, metavar: str, text: str, nature: Nature, *, read: Callable[[str], tuple[str, T]], **told: object
) -> tuple[tuple[str, T], ...]:
    """Declare an option that may be given several times, each time with two values in one word, which `read` takes apart."""

    def callback(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, T], ...]:
        return tuple(map(read, given))

    how = {"help": text, "metavar": metavar, "multiple": True, "callback": callback, **told}
    return cast(tuple[tuple[str, T], ...], _declared(Option, name, nature, how))


def one_of(name: str, among: Sequence[T], text: str, nature: Nature) -> T | None:
    """Declare an option whose value is one of a few."""
    return cast(T | None, _declared(Option, name, nature, {"help": text, "type": click.Choice(among)}))


def one_of_or(default: T, name: str, among: Sequence[T], text: str, nature: Nature) -> T:
    """Declare an option whose value is one of a few, and the default where it is not given, as the help says."""
    how = {"help": text, "type": click.Choice(among), "default": default, "show_default": True}
    return cast(T, _declared(Option, name, nature, how))


def file(name: str, text: str, nature: Nature, **told: object) -> Path | None:
    """Declare an option whose value is a file."""
    how = {"help": text, "metavar": "FILE", "type": click.Path(path_type=Path, dir_okay=False), **told}
    return cast(Path | None, _declared(Option, name, nature, how))


def folder(name: str, text: str, nature: Nature) -> Path:
    """Declare an option that must be given, and whose value is a folder, which need not exist."""
    how = {"help": text, "metavar": "DIR", "type": click.Path(path_type=Path), "required": True}
    return cast(Path, _declared(Option, name, nature, how))


# What several commands have: as decorators for those whose parameters are those of their function, and as fields

_PATHS: Mapping[str, Any] = {"nargs": -1, "type": click.Path(path_type=Path, allow_dash=True)}
_VAULT: Mapping[str, Any] = {
    "metavar": "DIR",
    "type": click.Path(path_type=Path, exists=True, file_okay=False),
    "help": "The root of the vault. Else: the nearest folder above with .obsidian/ or ytvault.toml; else those below.",
}
_CONFIG: Mapping[str, Any] = {
    "metavar": "FILE",
    "type": click.Path(path_type=Path, exists=True, dir_okay=False),
    "help": "Use this configuration, and no other.",
}
_QUIET: Mapping[str, Any] = {"is_flag": True, "is_eager": True, "callback": remember(QUIET)}
_VERBOSE: Mapping[str, Any] = {"is_flag": True, "callback": remember(VERBOSE)}
paths_argument = click.argument("paths", **_PATHS)
vault_option = click.option("--vault", **_VAULT)
config_option = click.option("--config", "config_file", **_CONFIG)


def talk_options(quiet: str, verbose: str) -> Callable[[F], F]:
    """Return a decorator that adds `-q` and `-v`, with what they do in this command. `is_quiet` and `say` ask for them."""

    def add(command: F) -> F:
        more = click.option("-v", "--verbose", expose_value=False, help=verbose, **_VERBOSE)
        less = click.option("-q", "--quiet", expose_value=False, help=quiet, **_QUIET)
        return less(more(command))

    return add


def paths_field(nature: Nature) -> tuple[Path, ...]:
    """Declare PATHS, of which there may be none, and one may be `-`."""
    return cast(tuple[Path, ...], _declared(Argument, "", nature, _PATHS))


def vault_argument(nature: Nature) -> Path | None:
    """Declare the folder of a vault, as an argument that may be missing."""
    how = {"required": False, "type": click.Path(path_type=Path, exists=True, file_okay=False)}
    return cast(Path | None, _declared(Argument, "", nature, how))


def vault_field(nature: Nature) -> Path | None:
    """Declare `--vault`."""
    return cast(Path | None, _declared(Option, "--vault", nature, _VAULT))


def config_field(nature: Nature) -> Path | None:
    """Declare `--config`."""
    return cast(Path | None, _declared(Option, "--config", nature, _CONFIG))


def quiet_field(text: str, nature: Nature) -> bool:
    """Declare `-q`."""
    return flag("-q --quiet", text, nature, **_QUIET)


def verbose_field(text: str, nature: Nature) -> bool:
    """Declare `-v`."""
    return flag("-v --verbose", text, nature, **_VERBOSE)


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
        params = [
            declared.kind((*declared.names, name), nature=declared.nature, **declared.told)
            for name, declared in _fields(options)
        ]
        return click.command(cls=Grouped, groups=groups, params=params)(callback)

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
    """A command whose help lists its options in groups, each below its heading."""

    def __init__(self, *args: Any, groups: Sequence[str], **more: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(*args, **more)
        self.groups = (*groups, OTHERS)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        shown: dict[str, list[tuple[str, str]]] = {heading: [] for heading in self.groups}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                shown[param.nature.group if isinstance(param, Option) else OTHERS].append(record)
        for heading, records in shown.items():
            with formatter.section(heading):
                formatter.write_dl(records)
