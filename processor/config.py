"""The configuration: TOML and `.obsidian/app.json` → a frozen `Config`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from processor.rule import Rule, Severity
from processor.vault import LinkStyle
from processor.youtube import UrlStyle


class ConfigError(Exception):
    """The configuration is wrong; the message names file, line and what to write instead."""


@dataclass(frozen=True)
class Config:
    """All settings of a run. `select` None means each rule that is on by default."""

    select: tuple[str, ...] | None = None  # rules, families or ALL
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # globs of notes that are not reported
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # glob → rules, families or ALL
    severity: Mapping[str, Severity] = field(default_factory=dict)
    video_property: tuple[str, ...] = ("videoId", "video_id", "youtube_url", "source")
    stamp_style: Literal["markdown", "html", "media"] = "markdown"
    url_style: UrlStyle = "watch"
    options: Mapping[str, Any] = field(default_factory=dict)  # rule id → its options, an instance of Rule.options
    link_style: LinkStyle = field(default_factory=LinkStyle)  # from .obsidian/app.json
    origins: Mapping[str, str] = field(default_factory=dict)  # key → where its value came from

    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on. Raises ConfigError for an unknown name, with the nearest right one."""
        raise NotImplementedError


def load_config(root: Path, file: Path | None = None) -> Config:
    """The configuration of the vault at `root`: `file`, else `ytvault.toml` there, else `[tool.ytvault]` of the nearest
    `pyproject.toml` at or above it. Raises ConfigError."""
    raise NotImplementedError
