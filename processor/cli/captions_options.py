"""The options of `ytvault captions`, each declared once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from processor.cli.options import (
    OTHERS,
    PATH,
    Nature,
    argument,
    captions_field,
    config_field,
    flag,
    option,
    vault_field,
)

GROUPS = "What to tell, How to report".split(", ")
WHAT, REPORT = GROUPS


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Call:
    """The command line."""

    note: Path | None = argument(Nature(group="", repeated=True), required=False, type=PATH)
    missing: bool = flag(
        "--missing", "List the videos that have none, as a batch file for yt-dlp.", Nature(group=WHAT, repeated=False)
    )
    covers: bool = flag(
        "--coverage", "Tell which stretches of each video no note speaks of.", Nature(group=WHAT, repeated=False)
    )
    shape: Literal["text", "json"] = option(
        "--output-format",
        "How to answer. In json paths count from the vault's root.",
        Nature(group=REPORT, repeated=False),
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
    )
    captions: tuple[Path, ...] = captions_field(Nature(group=OTHERS, repeated=True))
    vault: Path | None = vault_field(Nature(group=OTHERS, repeated=True))
    config_file: Path | None = config_field(Nature(group=OTHERS, repeated=True))
