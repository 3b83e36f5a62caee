"""The options of `ytvault report`, each declared once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from processor.cli.options import (
    FILE,
    OTHERS,
    PATH,
    QUIET_FLAG,
    VERBOSE_FLAG,
    Nature,
    argument,
    captions_field,
    config_field,
    flag,
    option,
    vault_field,
)

GROUPS = "What to tell, Where to".split(", ")
WHAT, WHERE = GROUPS


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Call:
    """The command line."""

    root: Path | None = argument(Nature(group="", repeated=True), required=False, type=PATH, metavar="[VAULT]")
    since: Path | None = option(
        "--since",
        "Tell what came and what went since this file was written: a baseline, or an earlier report. "
        "Else: the baseline that the settings name.",
        Nature(group=WHAT, repeated=True),
        **FILE,
    )
    redact: bool = flag(
        "--redact",
        "Leave out all names and texts of notes: only numbers are told.",
        Nature(group=WHAT, repeated=True),
    )
    out: Path = option(
        "--out",
        "The file to write.",
        Nature(group=WHERE, repeated=True),
        **FILE,
        default=Path("ytvault-report.html"),
        show_default=True,
    )
    opens: bool = flag("--open", "Open it in the browser.", Nature(group=WHERE, repeated=False))
    captions: tuple[Path, ...] = captions_field(Nature(group=OTHERS, repeated=True))
    no_cache: bool = flag(
        "--no-cache", "Read every note anew, whether it has changed or not.", Nature(group=OTHERS, repeated=False)
    )
    quiet: bool = flag("-q --quiet", "Say nothing but warnings.", Nature(group=OTHERS, repeated=False), **QUIET_FLAG)
    verbose: bool = flag(
        "-v --verbose",
        "Tell on standard error how long each step takes.",
        Nature(group=OTHERS, repeated=False),
        **VERBOSE_FLAG,
    )
    vault: Path | None = vault_field(Nature(group=OTHERS, repeated=True))
    config_file: Path | None = config_field(Nature(group=OTHERS, repeated=True))
