"""The values of settings that the command line has too, where what they configure is not to be loaded."""

from __future__ import annotations

from typing import Literal

Missing = Literal["keep", "unlink", "stub"]
"""What a build makes of links to notes that do not exist."""

Renderer = Literal["obsidian", "quartz", "mkdocs", "plain"]
"""What a copy is for: Obsidian, a site generator, or `plain` Markdown as GitHub shows it."""

VideoLink = Literal["none", "link", "embed"]
"""How a build leads from a note to its video."""
