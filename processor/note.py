"""A note: all that one file says, with spans."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from processor.properties import Properties, Property, read_properties
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
from processor.timestamps import read_timestamps


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

    @cached_property
    def _place_changes(self) -> tuple[list[int], list[Place]]:
        """Where the place changes, and to what: of nested regions the innermost (the last to start) counts."""
        starts: list[int] = [0]
        places: list[Place] = ["text"]
        stack: list[Region] = []

        def change(at: int) -> None:
            place = stack[-1].place if stack else "text"
            if starts[-1] == at:
                places[-1] = place
            elif places[-1] != place:
                starts.append(at)
                places.append(place)

        for region in self.regions:
            while stack and stack[-1].end <= region.start:
                end = stack.pop().end
                change(end)
            stack.append(region)
            change(region.start)
        while stack:
            end = stack.pop().end
            change(end)
        return starts, places

    def place_at(self, offset: int) -> Place:
        """What stands at an offset; of nested regions the innermost."""
        starts, places = self._place_changes
        return places[max(0, bisect_right(starts, offset) - 1)]

    def video(self, names: tuple[str, ...]) -> Video | None:
        """The video by the first of the properties `names` that the note has."""
        for name in names:
            if entry := self.properties.get(name):
                found = _VIDEO_ID.search(entry.written.strip())
                return Video(found[1] if found else "", entry)
        return None

    def is_transcript(self, names: tuple[str, ...]) -> bool:
        """Whether the note is made from a video: it has a video property, a `From:` line or a timestamp anchor."""
        return (
            self.channel is not None
            or any(self.properties.get(name) for name in names)
            or any(t.form in ("anchor", "broken-anchor", "linked-anchor", "doubled") for t in self.timestamps)
        )


_VIDEO_ID = re.compile(r"(?:^|youtu\.be/|[?&]v=|/(?:shorts|live|embed|v|video)/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])")
_FENCE = re.compile(r"^([> \t-]*)(`{3,}|~{3,})([^\n]*)$(.*?)(?:^[> \t]*\2[`~]*[ \t]*$|(?P<open>\Z))", re.M | re.S)
_TOKEN = re.compile(
    r"(?P<code>(?P<ticks>`+)[^`\n]+(?P=ticks))"
    r"|%%(?P<comment>[^%]*)(?P<closed>%%|\Z)"
    r"|<!--.*?-->"
    r"|(?P<wiki>!?\[\[(?P<inner>[^\[\]\n]+(?:[\[\]][^\[\]\n]+)*)\]\])"
    r"|(?P<md>!?\[(?P<label>[^\[\]\n]*)\]\((?P<dest><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+\"[^\"\n]*\")?\))"
    r"|(?P<head>^(?P<in>(?:[ ]{0,3}>[ ]?|[ ]{0,3}[-*+][ ])*)[ ]{0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>[^\n]*))?$)"
    r"|(?P<callout>^[ ]{0,3}>[ >]*\[!(?P<type>[^\]\n]+)\][^\n]*)"
    r"|(?:(?<=\s)|^)#(?P<tag>[^\s'\"!#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+)"
    r"|(?<=\s)\^(?P<block>[A-Za-z0-9-]+)[ \t]*$"
    r"|(?P<bare>https?://[^\s<]+)",
    re.M | re.S,
)


def _link(m: re.Match[str], at: int, place: Place) -> Link | None:
    inner, begin = m["inner"], at + m.start("inner")
    bar = inner.find("|", 1)
    raw = inner if bar < 0 else inner[:bar].removesuffix("\\")
    if not raw.strip():
        return None
    start = begin + len(raw) - len(raw.lstrip())
    display = display_span = None
    if bar >= 0:
        shown = inner[bar + 1 :]
        display = shown.strip()
        first = begin + bar + 1 + len(shown) - len(shown.lstrip())
        display_span = Span(first, first + len(display))
    target = unicodedata.normalize("NFC", raw.strip())
    span = Span(at + m.start("wiki"), at + m.end("wiki"))
    return Link(
        span,
        "wikilink",
        inner != m["wiki"] and m["wiki"][0] == "!",
        target,
        Span(start, start + len(raw.strip())),
        display,
        display_span,
        place,
    )


def parse_note(source: Source | str, path: str = "") -> Note:
    """Read a note. Pure, and never raises: whatever the text, it says something."""
    if isinstance(source, str):
        source = Source(source)
    text = source.text
    properties = read_properties(text)
    start = 0 if properties.span is None else min(properties.span.end + 1, len(text))
    headings: list[Heading] = []
    links: list[Link] = []
    external: list[ExternalLink] = []
    dead: list[DeadLink] = []
    tags: list[Tag] = []
    blocks: list[Block] = []
    callouts: list[Callout] = []
    code: list[Code] = []
    comments: list[Comment] = []
    regions: list[Region] = []
    if properties.span:
        regions.append(Region(properties.span.start, properties.span.end, "property"))
    parts: list[tuple[int, int]] = []
    at = start
    for m in _FENCE.finditer(text, start):
        parts.append((at, m.start()))
        at = m.end()
        code.append(Code(Span(m.start(2), m.end()), "fence", m[3].strip(), m["open"] is None))
        regions.append(Region(m.start(2), m.end(), "code"))
    parts.append((at, len(text)))
    for first, last in parts:
        place: Place = "text"
        until = first
        pos = first
        while m := _TOKEN.search(text, pos, last):
            pos = m.end()
            if m.start() >= until:
                place = "text"
            if m["code"]:
                code.append(Code(Span(m.start(), m.end()), "inline"))
                regions.append(Region(m.start(), m.end(), "code"))
            elif m["comment"] is not None:
                comments.append(Comment(Span(m.start(), m.end()), "obsidian", bool(m["closed"])))
                regions.append(Region(m.start(), m.end(), "comment"))
            elif m["wiki"]:
                if link := _link(m, 0, place):
                    links.append(link)
                    regions.append(Region(link.target_span.start, m.end() - 2, "display"))
            elif m["md"]:
                dest = m["dest"]
                span, embed = Span(m.start(), m.end()), m[0][0] == "!"
                dest_span, label_span = Span(*m.span("dest")), Span(*m.span("label"))
                if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", dest):
                    external.append(
                        ExternalLink(span, "markdown", embed, dest, dest_span, m["label"], label_span, place)
                    )
                elif dest:
                    target = unicodedata.normalize("NFC", unquote(dest.strip("<>"))).strip()
                    links.append(Link(span, "markdown", embed, target, dest_span, m["label"], label_span, place))
                regions.append(Region(*label_span, "link"))
            elif m["head"] is not None:
                title = (m["title"] or "").strip()
                where = m.end("marks")
                if title:
                    where = text.index(title, where)
                headings.append(
                    Heading(
                        Span(m.start("marks"), m.end()),
                        len(m["marks"]),
                        title,
                        Span(where, where + len(title)),
                        not m["in"],
                    )
                )
                regions.append(Region(m.start("marks"), m.end(), "heading"))
                place, until = "heading", m.end()
                pos = m.end("marks")
            elif m["callout"]:
                mark = m.start("type") - 2
                callouts.append(Callout(Span(mark, m.end()), m["type"], Span(*m.span("type"))))
                pos = m.end("type") + 1
            elif m["tag"]:
                if not m["tag"].isdigit():
                    tags.append(Tag(Span(m.start("tag") - 1, m.end("tag")), m["tag"]))
            elif m["block"]:
                begin = text.rfind("\n", 0, m.start()) + 1
                blocks.append(Block(Span(begin, m.end("block")), m["block"], Span(m.start(), m.end("block"))))
            elif m["bare"]:
                external.append(
                    ExternalLink(
                        Span(m.start(), m.end()), "bare", False, m[0], Span(m.start(), m.end()), "", None, place
                    )
                )
    for entry in properties.entries:
        for i, item in enumerate(entry.items):
            value = item.value
            if isinstance(value, str) and (m := re.fullmatch(r"(?P<wiki>!?\[\[(?P<inner>[^\[\]\n]+)\]\])", value)):
                begin = text.find(value, item.span.start)
                if begin >= 0 and (link := _link(m, begin, "property")):
                    key = f"{entry.key}.{i}" if entry.style == "list" else entry.key
                    links.append(link._replace(form="property", key=key))
    links.sort()
    regions.sort(key=lambda r: (r.start, -r.end))
    suppressions: list[Suppression] = []
    for comment in comments:
        found = re.match(
            r"%%\s*ytvault-(disable-next-line|disable|enable)\b[ \t]*([^%\n]*)",
            text[comment.span.start : comment.span.end],
        )
        if found:
            names = [(n[0], comment.span.start + found.start(2) + n.start()) for n in re.finditer(r"[\w-]+", found[2])]
            suppressions.append(
                Suppression(
                    comment.span, found[1], tuple(n for n, _ in names), tuple(Span(p, p + len(n)) for n, p in names)
                )  # type: ignore[arg-type]
            )
    if entry := properties.get("ytvault-disable"):
        suppressions.insert(
            0,
            Suppression(
                entry.span, "property", tuple(str(i.value) for i in entry.items), tuple(i.span for i in entry.items)
            ),
        )
    channel = None
    if m := re.search(r"^From:[ \t]*(?=!?\[)", text[start:], re.M):
        channel = next((link for link in links if link.span.start == start + m.end()), None)
    stamps = read_timestamps(text, start, regions, links, external)
    return Note(
        path,
        source,
        properties,
        tuple(headings),
        tuple(links),
        tuple(external),
        tuple(dead),
        tuple(tags),
        tuple(blocks),
        tuple(callouts),
        tuple(code),
        tuple(comments),
        stamps,
        tuple(suppressions),
        tuple(regions),
        channel,
    )
