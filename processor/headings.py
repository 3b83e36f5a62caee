"""The headings of a note as links find them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from processor.naming import heading_key
from processor.syntax import Heading


class HeadingIndex:
    """The headings of one note that links can lead to, by their keys (see `naming.heading_key`)."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._headings = [h for h in headings if h.outline]
        self._places: dict[str, list[int]] = {}
        for i, heading in enumerate(self._headings):
            self._places.setdefault(heading_key(heading.text), []).append(i)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def walk(self, fragment: str) -> list[Heading]:
        """The headings that `A#B` goes through, one a part: B after A and deeper than A; empty where one is missing.

        The first of equal headings wins.
        """
        walked: list[Heading] = []
        last = -1
        for part in fragment.split("#"):
            if not part.strip():
                continue
            places = self._places.get(heading_key(part), ())
            for at in places[bisect_right(places, last) :]:
                if not walked or self._headings[at].level > walked[-1].level:
                    walked.append(self._headings[at])
                    last = at
                    break
            else:
                return []
        return walked
