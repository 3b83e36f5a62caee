"""The output formats of `ytvault lint`. A new one is an entry here, and a module in `processor.report`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Base = Literal["current", "repository", "vault"]
"""What the paths in a report count from: the current folder, the top of the git repository, or the vault's root."""


class Format(NamedTuple):
    """An output format."""

    module: str  # in `processor.report`
    paths: Base
    statistics: str = ""  # the format of `--statistics` in its place; empty: there is none
    edits: bool = False  # it shows the edits of fixes
    for_people: bool = False  # it is in the terminal's encoding, and `--quiet` makes it shorter


FORMATS: Mapping[str, Format] = {
    "text": Format("text", "current", statistics="statistics", for_people=True),
    "concise": Format("concise", "current", for_people=True),
    "json": Format("json_array", "vault", statistics="statistics-json", edits=True),
    "jsonl": Format("json_lines", "vault", statistics="statistics-jsonl", edits=True),
    "github": Format("github", "repository"),
    "gitlab": Format("gitlab", "repository"),
    "sarif": Format("sarif", "repository", edits=True),
    "junit": Format("junit", "current"),
    "html": Format("html", "vault", edits=True),
    "statistics": Format("counts", "current", for_people=True),
    "statistics-json": Format("counts_json", "vault"),
    "statistics-jsonl": Format("counts_json_lines", "vault"),
}
STATISTICS: Mapping[str, str] = {name: made.statistics for name, made in FORMATS.items() if made.statistics}
"""The formats that `--statistics` goes with → the formats of the counts."""
NAMES: tuple[str, ...] = tuple(name for name in FORMATS if name not in STATISTICS.values())
"""The formats that a user asks for by name."""
