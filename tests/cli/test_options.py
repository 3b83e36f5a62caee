"""Options that are declared once, as fields: the command that is made of them, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from processor.cli.console import is_quiet
from processor.cli.options import (
    FILE,
    OTHERS,
    PATHS,
    QUIET_FLAG,
    Nature,
    argument,
    config_field,
    flag,
    natures_of,
    option,
    takes,
)

FIRST, SECOND = Nature(group="First", repeated=True), Nature(group="Second", repeated=False)


@dataclass(frozen=True, kw_only=True)
class Options:
    paths: tuple[Path, ...] = argument(FIRST, **PATHS)
    late: bool = flag("-l --late", "Late.", SECOND)
    names: tuple[str, ...] = option("--name", "Names.", FIRST, metavar="N", multiple=True)
    what: str | None = option("--what", "What.", FIRST, metavar="W")
    where: Path | None = option("--where", "Where.", SECOND, **FILE)
    size: str | None = option("--size", "Size.", FIRST, type=click.Choice(["s", "m"]))
    shape: str = option(
        "--shape", "Shape.", FIRST, type=click.Choice(["round", "flat"]), default="round", show_default=True
    )
    both: tuple[tuple[str, int], ...] = option(
        "--both",
        "Both.",
        FIRST,
        metavar="A=B",
        multiple=True,
        callback=lambda _ctx, _param, given: tuple((word, len(word)) for word in given),
    )
    quiet: bool = flag("-q --quiet", "Quiet.", Nature(group=OTHERS, repeated=False), **QUIET_FLAG)
    config_file: Path | None = config_field(Nature(group=OTHERS, repeated=True))


SEEN: list[tuple[Options, bool]] = []


@takes(Options, ["Second", "First"])
def command(ctx: click.Context, options: Options) -> None:
    """What it does."""
    assert ctx.command is command
    SEEN.append((options, is_quiet()))


def called(*args: str) -> tuple[Options, bool]:
    ran = CliRunner().invoke(command, args, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return SEEN.pop()


def test_the_values_are_those_of_the_fields() -> None:
    given = "a b -l --name x --name y --what w --where f --size m --shape flat --both ab --both c -q --config".split()
    assert called(*given, __file__) == (
        Options(
            paths=(Path("a"), Path("b")),
            late=True,
            names=("x", "y"),
            what="w",
            where=Path("f"),
            size="m",
            shape="flat",
            both=(("ab", 2), ("c", 1)),
            quiet=True,
            config_file=Path(__file__),
        ),
        True,
    )
    nothing, quiet = called()
    assert (nothing.paths, nothing.late, nothing.names, nothing.what, nothing.shape) == ((), False, (), None, "round")
    assert (nothing.where, nothing.size, nothing.both, quiet) == (None, None, (), False)


def test_the_help_follows_the_headings_and_then_the_fields() -> None:
    lines = CliRunner().invoke(command, ["--help"]).output.splitlines()
    shown = [line.split("  ")[1].split(" ")[0] if line.startswith("  ") else line for line in lines[4:] if line]
    assert shown == [
        *("Second:", "-l,", "--where"),
        *("First:", "--name", "--what", "--size", "--shape", "--both"),
        *("Others:", "-q,", "--config", "--help"),
    ]
    assert "[default: round]" in "\n".join(lines)


def test_nothing_is_said_twice_or_forgotten() -> None:
    assert natures_of(Options, Nature) == command.natures
    assert {*command.natures} == {p.name for p in command.params}

    class More(Nature):
        pass

    with pytest.raises(TypeError, match="the nature of paths is no More"):
        natures_of(Options, More)
    with pytest.raises(TypeError, match="repeated"):
        Nature(group="First")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="nature"):
        flag("--x", "X.")  # type: ignore[call-arg]
