"""The options of a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Missing = Literal["keep", "unlink", "stub"]


@dataclass(frozen=True)
class Options:
    """The options of a build. `missing` says what becomes of links to notes that do not exist."""

    unsafe: bool = False
    link_mentions: bool = False
    related: bool = False
    missing: Missing = "keep"
