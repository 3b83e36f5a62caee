"""The front matter: values, and the position of each key and value.

The only module that imports `frontmatter` and `yaml`. Values are read as Obsidian reads them, by YAML 1.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from processor.text import Span


class Item(NamedTuple):
    """One entry of a list property, or the one value of a scalar property."""

    value: object
    span: Span


class Property(NamedTuple):
    """A top-level key and its value.

    `written` is a scalar's text as it is written, without quotes (the id `01234567012` stays that), empty for a list
    or mapping. `style` is how the value is written. `items` are a list's entries, or the scalar itself as the only one.
    `span` covers the entry from its key to the end of its last line, without the line end.
    """

    key: str
    value: object
    written: str
    style: Literal["plain", "single", "double", "literal", "folded", "list", "mapping", "empty"]
    span: Span
    key_span: Span
    value_span: Span
    items: tuple[Item, ...]


class YamlFault(NamedTuple):
    """Why the block is no valid YAML: for people, and where."""

    span: Span
    message: str


@dataclass(frozen=True)
class Properties:
    """The front matter of a note. `span` covers it from the first `---` to the end of the closing one; None: there is none.

    `yaml_span` covers the text between the two lines. `entries` are in the order of the file, later duplicates
    included. With a `fault` there are no entries: Obsidian shows no properties then.
    `unclosed` is the span of a first `---` that no other follows; `misplaced` that of a block that would be front
    matter were nothing before it (`misplaced_prefix` is what stands before).
    """

    span: Span | None = None
    yaml_span: Span | None = None
    entries: tuple[Property, ...] = ()
    duplicates: tuple[Property, ...] = ()
    fault: YamlFault | None = None
    unclosed: Span | None = None
    misplaced: Span | None = None

    def get(self, key: str) -> Property | None:
        """The property of that key, in any case, as Obsidian matches keys; the last one of duplicates."""
        folded = key.casefold()
        for entry in reversed(self.entries):
            if entry.key.casefold() == folded:
                return entry
        return None

    def strings(self, *keys: str) -> Sequence[Item]:
        """The text values of a list (or scalar) property under the first of `keys` that is there: aliases, tags."""
        for key in keys:
            if entry := self.get(key):
                return [item for item in entry.items if isinstance(item.value, str)]
        return ()


def read_properties(text: str) -> Properties:
    """Find and read the front matter of a note's text (line ends `\\n`, no byte order mark). Never raises."""
    return Properties()
