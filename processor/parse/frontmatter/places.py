"""Where a value stands that lies deeper than a list's entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from processor.parse.frontmatter.model import Place, Properties


def place_of(text: str, properties: Properties, path: Sequence[str | int]) -> Place | None:
    """Return the place of the value that keys and indices lead to, from the top of the front matter; None where there is none.

    What an alias stands for has the place of the alias. The block is read again for it: this is for values that are to be
    reported.
    """
    if properties.yaml_span is None or properties.fault is not None:
        return None
    places = _places(text, *properties.yaml_span)
    for length in range(len(path), 0, -1):
        if place := places.get(tuple(path[:length])):
            at_alias = text.startswith("*", place.value_span.start)
            return place if length == len(path) or at_alias else None
    return None


@lru_cache(maxsize=1)
def _places(text: str, start: int, end: int) -> Mapping[tuple[str | int, ...], Place]:
    from processor.parse.frontmatter.full import read_places

    return read_places(text, start, end)
