"""What a text claims of a video: that something is said there at a second."""

from __future__ import annotations

from typing import NamedTuple


class Claim(NamedTuple):
    """What stands before a stamp, and the second that the stamp names. `terms` are those of the text."""

    stated: int
    terms: tuple[str, ...]
