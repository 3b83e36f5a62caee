"""A note: all that one file says, with spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from processor.base.text import LineTable, Source, Span
from processor.parse.fast import read_plain
from processor.parse.frontmatter import (
    Properties,
    Property,
    is_for_video,
    may_name_video,
    property_links,
    read_properties,
    says_video,
    video_of_all,
)
from processor.parse.grammar import Body, wikilink
from processor.parse.heads import EARLY_FROM, from_line, may_name_channel, property_channel, video_at_head
from processor.parse.nodes import (
    ANCHORS,
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
)
from processor.parse.regions import Places
from processor.parse.suppressions import read_suppressions
from processor.parse.timestamps import read_timestamps
from processor.parse.timestamps.wellformed import Found, Stamps, find_anchors, may_hold_anchor
from processor.parse.youtube import is_video_id, read_url


class Video(NamedTuple):
    """The video that a note is about. `id` is empty where the property holds neither an id nor a URL with one."""

    id: str
    property: Property


VIDEO_PROPERTIES = ("videoId", "video_id", "youtube_url", "source")
"""The properties that may name the video of a note, unless configured; the first that a note has counts."""


class Note:
    """All that one file says, each part read when it is first asked for: a rule pays for what it looks at.

    Every tuple is in the order of the text; spans are offsets in `text`. Nothing of a note ever changes.
    """

    def __init__(self, path: str, source: Source) -> None:
        """`path` counts from the vault's root, with `/`."""
        self.path = path
        self.source = source

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which reads it anew."""
        return Note, (self.path, replace(self.source))

    @property
    def text(self) -> str:
        return self.source.text

    def encoded(self) -> bytes:
        """Return the bytes of its file. Raises ValueError for one that is not UTF-8."""
        return self.source.encode()

    @cached_property
    def properties(self) -> Properties:
        return read_properties(self.text)

    @cached_property
    def _anchors(self) -> Found:
        return find_anchors(self.text, self.body_start)

    @cached_property
    def _body(self) -> Body:
        """All that stands below the properties but for stamps."""
        body = read_plain(self.text, self.body_start, self._anchors.blotted)
        if body is None:  # the text holds something that needs the whole grammar
            from processor.parse.obsidian import read_body

            body = read_body(self.text, self.body_start)
        return body

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(self._body.headings)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Wikilinks, embeds and internal Markdown links, those of properties included."""
        found = self._body.links
        return (*property_links(self.text, self.properties), *found) if self.properties.span else tuple(found)

    @cached_property
    def external_links(self) -> tuple[ExternalLink, ...]:
        return tuple(self._body.external)

    @cached_property
    def dead_links(self) -> tuple[DeadLink, ...]:
        return tuple(self._body.dead)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        return tuple(self._body.tags)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._body.blocks)

    @cached_property
    def callouts(self) -> tuple[Callout, ...]:
        return tuple(self._body.callouts)

    @cached_property
    def code(self) -> tuple[Code, ...]:
        return tuple(self._body.code)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        return tuple(self._body.comments)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        front = self.properties.span
        own = () if front is None else (Region(front.start, front.end, "property"),)
        return (*own, *self._body.regions)

    @cached_property
    def timestamps(self) -> Stamps:
        headings = self.headings if may_name_video(self.text, self.properties.entries) else None
        return read_timestamps(
            self.text, self.body_start, self.regions, self.links, self.external_links, self._anchors, headings
        )

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        # no other comment suppresses anything, and to find them all takes a reading of the whole note
        comments = self.comments if "ytvault-" in self.text else ()
        return tuple(read_suppressions(self.text, self.properties, comments))

    @cached_property
    def channel(self) -> Link | None:
        """The link of the `From:` line; else, where the note is made from a video, the first in its property `channel` or
        `author`."""
        at = from_line(self.text, self.body_start)
        links = self.links if at is not None else ()
        i = bisect_left(links, at or 0, key=lambda link: link.span.start)
        if i < len(links) and links[i].span.start == at:
            return links[i]
        if not may_name_channel(self.properties) or not (self.video_of_any or self.video_at_head or self.has_anchor):
            return None
        return property_channel(self.links)

    @cached_property
    def channel_target(self) -> str | None:
        """Where the link of the `channel` leads. A line at the top of the body is told without reading the body."""
        if self._early_channel:
            link = wikilink(self._early_channel["inner"], 0, Span(0, 0), embed=False, place="text")
            if link is not None:
                return link.target
        return None if self.channel is None else self.channel.target

    @property
    def channel_line(self) -> str | None:
        """The `From:` line as it is written."""
        early, link = self._early_channel, None if self._early_channel else self.channel
        if self.channel_target is None or (link and link.place == "property"):
            return None
        at = early.end() if early else link.span.start if link else 0
        end = self.text.find("\n", at)
        return self.text[self.text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(self.text)].rstrip()

    @cached_property
    def _early_channel(self) -> re.Match[str] | None:
        return EARLY_FROM.match(self.text, self.body_start)

    @cached_property
    def lines(self) -> LineTable:
        return LineTable(self.text)

    @property
    def body_start(self) -> int:
        """Where the body begins: behind the line end of the closing `---`."""
        return self.properties.body_start

    @property
    def name(self) -> str:
        """The file name without `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The folder's path from the vault's root, empty for the root."""
        return self.path.rpartition("/")[0]

    def anew(self) -> Note:
        """Return the same note, for a look at it that is not to be kept: see `DeferredNote`."""
        return self

    def facts_since(self, before: Note | None) -> Mapping[str, Any] | None:
        """Return the facts that are other than those of the note as it was before; None where nobody has kept which these are."""
        del before
        return None

    @property
    def whole(self) -> Note:
        """The same note with all that it says at hand."""
        return self

    def quote(self, span: Span) -> str:
        """Return the text that a span covers."""
        return self.text[span.start : span.end]

    @cached_property
    def _places(self) -> Places:
        return Places(self.regions)

    def place_at(self, offset: int) -> Place:
        """Return what stands at an offset; of nested regions the innermost."""
        return self._places.at(offset)

    def video(self, names: tuple[str, ...]) -> Video | None:
        """Return the video by the first of the properties `names` that names one, or is there for nothing else (see
        `is_for_video`); else by any other property.
        """
        named = self.video_under(names)
        return named if named is not None and named.property.written else self.video_of_any or named

    @cached_property
    def video_of_any(self) -> Video | None:
        """The one video that the properties name, whatever they are called."""
        found = video_of_all(self.properties.by_key.values())
        return Video(*found) if found else None

    @property
    def video_at_head(self) -> str:
        """The id of the video that an embed shows before all other text, as in a clip; empty where there is none."""
        return video_at_head(self.text, self.body_start)

    def video_under(self, names: tuple[str, ...]) -> Video | None:
        """Return the video by one of these properties alone."""
        empty = None
        for name in names:
            entry = self.properties.get(name)
            if entry is None:
                continue
            value = entry.written.strip()
            if value and is_for_video(name, value):
                if is_video_id(value):
                    return Video(value, entry)
                url = read_url(value)
                return Video(url.video_id if url else "", entry)
            if not value and says_video(name):
                empty = empty or Video("", entry)
        return empty

    def is_transcript(self, names: tuple[str, ...]) -> bool:
        """Return whether the note is made from a video: a property or an embed at its head names one, or it has a `From:` line or
        a timestamp anchor.
        """
        return self.channel is not None or self.video(names) is not None or self.has_anchor or bool(self.video_at_head)

    @cached_property
    def has_anchor(self) -> bool:
        """Whether a timestamp anchor stands in the note, well-formed or not. Of nearly all notes a glance tells."""
        glance = may_hold_anchor(self.text, self.body_start)
        if glance is not None:
            return glance
        stamps = self.timestamps
        return bool(stamps.clocks) or any(stamp.form in ANCHORS for stamp in stamps.rest)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What rules have worked out of this note alone, as plain data (see `facts.fact`)."""
        return {}


def parse_note(source: Source | str, path: str = "") -> Note:
    """Return the note that a text is. Pure, and nothing of it ever raises: whatever the text, it says something."""
    return Note(path, Source(source) if isinstance(source, str) else source)
