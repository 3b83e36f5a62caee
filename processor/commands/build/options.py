"""The options of a build: what was asked for, and what that comes to by the settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from processor.base.choices import Missing, Renderer, VideoLink

if TYPE_CHECKING:
    from processor.config.settings import Build


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a build; None: what the settings say."""

    unsafe: bool = False
    hubs: bool | None = None
    index: str | bool | None = None
    related: bool | None = None
    missing: Missing | None = None
    missing_at_least: int | None = None
    link_mentions: bool | None = None
    video_link: VideoLink | None = None
    aliases: bool | None = None
    for_: Renderer | None = None


@dataclass(frozen=True)
class Options:
    """The options of a build. `missing` says what becomes of links to notes that do not exist, `index` what the start note is
    called: True by a name that is free, False that there is none.
    """

    unsafe: bool = False
    hubs: bool = True
    index: str | bool = True
    related: bool = False
    missing: Missing = "keep"
    missing_at_least: int = 1
    link_mentions: bool = False
    video_link: VideoLink = "none"
    aliases: bool = False
    for_: Renderer = "obsidian"


def options_of(asked: Asked, settings: Build) -> Options:
    """Return what was asked for, and of the rest what the settings say."""
    chosen = {f.name: getattr(asked, f.name) for f in fields(Asked)}
    return Options(**{name: getattr(settings, name) if value is None else value for name, value in chosen.items()})
