"""Finds every stamp of a note, well-formed or gone wrong, with exact spans."""

from __future__ import annotations

from collections.abc import Sequence

from processor.syntax import ExternalLink, Link, Region, Timestamp


def read_timestamps(
    text: str,
    body_start: int,
    regions: Sequence[Region],
    links: Sequence[Link],
    external_links: Sequence[ExternalLink],
) -> tuple[Timestamp, ...]:
    """All stamps of a text, in its order. `regions` say what stands where; links are those the text's Markdown holds."""
    return ()
