"""What a front matter says: its properties, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from processor.base.text import Span

Style = Literal["plain", "single", "double", "literal", "folded", "list", "mapping", "empty", "alias"]


class Item(NamedTuple):
    """One entry of a list property, or the one value of a scalar property.

    `span` covers the value itself, as it is written: of a quoted one what stands between the quotes (so a quoted
    `"[[x]]"` has the span of `[[x]]`), of a plain one its text, of a list or mapping all of it. Anchor and tag
    (`&a !!str x`) are not part of it. An `alias` (`*a`) has the value that it refers to and the span of the `*a`.
    """

    value: object
    span: Span
    alias: bool = False


class PropertyText(NamedTuple):
    """A text somewhere in a property: `key` is its path as Obsidian writes it (`related`, `related.0`, `a.b.2`).

    `span` is as in `Item`.
    """

    key: str
    value: str
    span: Span


class Property(NamedTuple):
    """A top-level key and its value.

    `value` is text, int, float, bool, None, or a list or dict of those, by YAML 1.2; dates are text.
    `written` is a scalar's text as it is written, without quotes, escapes as they are (the id `01234567012` stays
    that); of a literal or folded block it is the value; it is empty for a list or mapping.
    `style` is how the value is written; `empty` is nothing at all, `alias` a `*name`.
    `items` are a list's entries, or the scalar itself as the only one; an empty value and a mapping have none.
    `nested` are the texts that stand deeper than the items, those in mappings included.
    `span` covers the entry from its key to the end of its last line, without the line end (in a flow mapping
    `{a: b}` to the end of its value). `key_span` covers the key, with its quotes if it has some.
    `value_span` covers the whole value as it is written, with its quotes, brackets, anchor and tag: putting a YAML
    scalar in its place sets the value. A block's value (list, mapping, literal) ends with its last line that is not
    blank, without the line end. An empty value's span is of length 0, right behind the colon.
    """

    key: str
    value: object
    written: str
    style: Style
    span: Span
    key_span: Span
    value_span: Span
    items: tuple[Item, ...]
    nested: tuple[PropertyText, ...] = ()

    def texts(self) -> Iterator[PropertyText]:
        """Yield every text in the value, at any depth, that stands here itself (not through an alias)."""
        listed = self.style == "list"
        for i, item in enumerate(self.items):
            if isinstance(item.value, str) and not item.alias:
                yield PropertyText(f"{self.key}.{i}" if listed else self.key, item.value, item.span)
        yield from self.nested


class Place(NamedTuple):
    """Where a value stands at any depth: its key (None: it is an entry of a list), and all of it as it is written."""

    key_span: Span | None
    value_span: Span


class YamlFault(NamedTuple):
    """Why the block is no valid YAML: for people, and where."""

    span: Span
    message: str


class Reading(NamedTuple):
    """What a block holds: its entries, those whose key stood before, or why it cannot be read."""

    entries: tuple[Property, ...] = ()
    duplicates: tuple[Property, ...] = ()
    fault: YamlFault | None = None


@dataclass(frozen=True)
class Properties:
    """The front matter of a note. `span` covers it from the first `---` to the end of the closing one; None: there is none.

    `yaml_span` covers the text between the two lines, the last line's end included. `body_start` is where the body
    begins: behind the closing line. `entries` are in the order of the file, later duplicates included; `duplicates`
    are those whose key stood before, nested ones too (their key is a path, `a.b`). With a `fault` there are no
    entries: Obsidian shows no properties then.
    `unclosed` is the span of a first `---` that no other follows, where property lines stand below it.
    `misplaced` is the span of a block that would be front matter were nothing before it; `misplaced_prefix` is that
    of what stands before.
    """

    span: Span | None = None
    yaml_span: Span | None = None
    entries: tuple[Property, ...] = ()
    duplicates: tuple[Property, ...] = ()
    fault: YamlFault | None = None
    unclosed: Span | None = None
    misplaced: Span | None = None
    misplaced_prefix: Span | None = None
    body_start: int = 0

    def get(self, key: str) -> Property | None:
        """Return the property of that key, in any case, as Obsidian matches keys; the last one of duplicates."""
        return self.by_key.get(key.casefold())

    @cached_property
    def by_key(self) -> Mapping[str, Property]:
        """The properties by their folded keys, in the order in which these first occur; the last one of duplicates."""
        return {entry.key.casefold(): entry for entry in self.entries}

    def texts(self) -> Iterator[PropertyText]:
        """Yield every text in every property, with its path and place."""
        for entry in self.entries:
            yield from entry.texts()
