"""A note: all that one file says, with spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from processor.properties import Properties, Property
from processor.syntax import (
    Block,
    Callout,
    Code,
    Comment,
    DeadLink,
    ExternalLink,
    Heading,
    Link,
    Place,
    Region,
    Suppression,
    Tag,
    Timestamp,
)
from processor.text import LineTable, Source, Span


class Video(NamedTuple):
    """The video that a note is about. `id` is empty where the property holds neither an id nor a URL with one."""

    id: str
    property: Property


@dataclass(frozen=True, eq=False)
class Note:
    """All that one file says. Every tuple is in the order of the text; spans are offsets in `text`."""

    path: str  # from the vault's root, with `/`
    source: Source
    properties: Properties
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()  # wikilinks, embeds and internal Markdown links, those of properties included
    external_links: tuple[ExternalLink, ...] = ()
    dead_links: tuple[DeadLink, ...] = ()
    tags: tuple[Tag, ...] = ()
    blocks: tuple[Block, ...] = ()
    callouts: tuple[Callout, ...] = ()
    code: tuple[Code, ...] = ()
    comments: tuple[Comment, ...] = ()
    timestamps: tuple[Timestamp, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    regions: tuple[Region, ...] = ()
    channel: Link | None = None  # the link of the `From:` line

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def lines(self) -> LineTable:
        return LineTable(self.text)

    @property
    def body_start(self) -> int:
        """Where the body begins: behind the line end of the closing `---`."""
        span = self.properties.span
        return 0 if span is None else min(span.end + 1, len(self.text))

    @property
    def name(self) -> str:
        """The file name without `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The folder's path from the vault's root, empty for the root."""
        return self.path.rpartition("/")[0]

    def quote(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]

    def place_at(self, offset: int) -> Place:
        """What stands at an offset; of nested regions the innermost."""
        raise NotImplementedError

    def video(self, names: tuple[str, ...]) -> Video | None:
        """The video by the first of the properties `names` that the note has."""
        raise NotImplementedError

    def is_transcript(self, names: tuple[str, ...]) -> bool:
        """Whether the note is made from a video: it has a video property, a `From:` line or a timestamp anchor."""
        raise NotImplementedError


def parse_note(source: Source | str, path: str = "") -> Note:
    """Read a note. Pure, and never raises: whatever the text, it says something."""
    raise NotImplementedError
