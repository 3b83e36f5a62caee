"""What a text claims of a video: that something is said there at a second; and which second of its captions that is."""

from __future__ import annotations

from typing import NamedTuple


class Claim(NamedTuple):
    """What stands before a stamp, and the second that the stamp names. `terms` are those of the text; with too few of its own a
    stamp has `borrowed` those of the one before it."""

    stated: int
    terms: tuple[str, ...]
    borrowed: bool = False


class Timing(NamedTuple):
    """The second of the captions that a second of the video is: `slope` times it, and `offset`. They differ where the captions are
    of another cut."""

    slope: float = 1.0
    offset: float = 0.0

    def heard_at(self, second: float) -> float:
        return self.slope * second + self.offset

    def stated_at(self, second: float) -> float:
        return (second - self.offset) / self.slope


AS_IT_IS = Timing()
