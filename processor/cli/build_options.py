"""The options of `ytvault build`, each declared once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import click

from processor.base.choices import Missing, Renderer, VideoLink
from processor.cli.options import (
    FOLDER,
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
    switch,
)
from processor.commands.build.options import Asked
from processor.vault.naming.files import wrong_index

GROUPS = "What the copy is, How to build, How to report".split(", ")
COPY, HOW, REPORT = GROUPS


def _index(_ctx: click.Context, _param: click.Parameter, name: str | None) -> str | None:
    if name is not None and (wrong := wrong_index(name)):
        raise click.BadParameter(wrong)
    return name


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)  # what compares or shows it would take longest to make
class Call:
    """The command line. In the help the options stand in this order below the heading of their group."""

    vault: Path | None = argument(Nature(group="", repeated=True), required=False, type=FOLDER)
    out: Path = option(
        "--out",
        "Where the copy goes: a folder of its own.",
        Nature(group=COPY, repeated=True),
        metavar="DIR",
        type=PATH,
        required=True,
    )
    for_: Renderer | None = option(
        "--for",
        "What the copy is for: links and marks are written as this program reads them; plain is Markdown as GitHub shows it. "
        "obsidian unless said otherwise.",
        Nature(group=COPY, repeated=True),
        type=click.Choice(get_args(Renderer)),
    )
    unsafe_fixes: bool = flag(
        "--unsafe-fixes", "Make the fixes too that are only probably right.", Nature(group=COPY, repeated=True)
    )
    hubs: bool | None = switch(
        "--hubs/--no-hubs",
        "List all notes of a channel in its hub, and make the hubs that are missing. On unless turned off.",
        Nature(group=COPY, repeated=True),
    )
    index: str | None = option(
        "--index",
        "The name of the start note. Where a note is called so the list of channels goes into it, at its foot.",
        Nature(group=COPY, repeated=True),
        metavar="NAME",
        callback=_index,
    )
    no_index: bool = flag("--no-index", "Make no start note.", Nature(group=COPY, repeated=True))
    related: bool | None = switch(
        "--related/--no-related",
        "List at the foot of each note those of the same video and those that link to it.",
        Nature(group=COPY, repeated=True),
    )
    video_link: VideoLink | None = option(
        "--video-link",
        "Lead from each note of a video to it: by a link below the `From:` line, or an embed that plays it there.",
        Nature(group=COPY, repeated=True),
        type=click.Choice(get_args(VideoLink)),
    )
    aliases: bool | None = switch(
        "--aliases/--no-aliases",
        "Make a note's title an alias of it where its file is called otherwise, so that it is found by it.",
        Nature(group=COPY, repeated=True),
    )
    missing: Missing | None = option(
        "--missing",
        "Links to notes that do not exist: keep them, turn them to plain words, or make a stub of each such note that lists "
        "who asks for it.",
        Nature(group=COPY, repeated=True),
        type=click.Choice(get_args(Missing)),
    )
    missing_at_least: int | None = option(
        "--missing-at-least",
        "Make a stub only of what so many notes ask for.",
        Nature(group=COPY, repeated=True),
        metavar="N",
        type=click.IntRange(min=1),
    )
    link_mentions: bool | None = switch(
        "--link-mentions/--no-link-mentions",
        "Link the first mention of another note's title or alias in a section.",
        Nature(group=COPY, repeated=True),
    )
    check: bool = flag(
        "--check",
        "Write nothing; exit with 1 if DIR is not what a build would give.",
        Nature(group=HOW, repeated=False),
    )
    diff: bool = flag(
        "--diff", "Write nothing; show what a build would change in DIR.", Nature(group=HOW, repeated=False)
    )
    force: bool = flag(
        "--force",
        "Replace what stands in the way in DIR, and give up what was edited there.",
        Nature(group=HOW, repeated=False),  # what was edited is given up by who says so, each time
    )
    output_format: Literal["text", "json"] = option(
        "--output-format",
        "How to report. In json the paths of files count from DIR, those of notes from the vault.",
        Nature(group=REPORT, repeated=True),
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
    )
    as_json: bool = flag("--json", "The same as `--output-format json`.", Nature(group=REPORT, repeated=True))
    quiet: bool = flag(
        "-q --quiet", "Say nothing but what goes wrong.", Nature(group=REPORT, repeated=False), **QUIET_FLAG
    )
    verbose: bool = flag(
        "-v --verbose",
        "Name each file that is written or removed.",
        Nature(group=REPORT, repeated=False),
        **VERBOSE_FLAG,
    )
    captions: tuple[Path, ...] = captions_field(Nature(group=OTHERS, repeated=True))
    config_file: Path | None = config_field(Nature(group=OTHERS, repeated=True))

    @property
    def tells_json(self) -> bool:
        return self.as_json or self.output_format == "json"

    @property
    def writes(self) -> bool:
        return not (self.check or self.diff)

    @property
    def asked(self) -> Asked:
        """What is asked of the copy besides what the settings say."""
        return Asked(
            unsafe=self.unsafe_fixes,
            hubs=self.hubs,
            index=False if self.no_index else self.index,
            related=self.related,
            missing=self.missing,
            missing_at_least=self.missing_at_least,
            link_mentions=self.link_mentions,
            video_link=self.video_link,
            aliases=self.aliases,
            for_=self.for_,
        )
