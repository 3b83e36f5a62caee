"""What stands at a place of a note: the note, heading, block, tag or moment of a video that is spoken of there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from processor.base.text import Span
from processor.parse.frontmatter import Property
from processor.parse.nodes import Block, Heading, Link
from processor.server.home import Home
from processor.server.stamps import aimed
from processor.vault.links.parts import parts_of
from processor.vault.note import Note
from processor.vault.vault import Vault

Kind = Literal["note", "heading", "block", "tag", "alias", "video"]
NAMES = ("title", "aliases", "alias")
TAGS = ("tags", "tag")
NEAR = 10  # seconds within which two stamps speak of one moment


class Target(NamedTuple):
    """Something that is spoken of at a place (`span`) of a note.

    Of a note it is the `path`; of a heading the path, and in `text` what it says; of a block its id, of an alias itself; of a
    tag its name, of a video its id and the `second`: these lie in no one note. `at` is where a heading or block stands.
    """

    kind: Kind
    span: Span
    path: str = ""
    text: str = ""
    second: int = 0
    at: Span = Span(0, 0)
    link: Link | None = None

    def is_same(self, other: Target) -> bool:
        """Return whether two places speak of the same."""
        if self.kind != other.kind or self.path != other.path:
            return False
        if self.kind == "video":
            return self.text == other.text and abs(self.second - other.second) <= NEAR
        if self.kind in ("heading", "block"):
            return self.at == other.at
        return self.kind == "note" or self.text.casefold() == other.text.casefold()


def targets(home: Home) -> Iterator[Target]:
    """Yield all that is spoken of in an open note; of places within each other the inner one first."""
    note = home.note
    stamps = aimed(home)
    for one in stamps:
        yield Target("video", one.stamp.span, text=one.video_id, second=one.seconds)
    taken = {one.stamp.span for one in stamps}
    for link in note.links:
        if link.span not in taken and (found := of_link(note, link, home.vault.vault)):
            yield found
    yield from _of_blocks(note)
    yield from tags_of(note)
    yield from _of_headings(note)
    yield from _of_names(note)


def target_at(home: Home, offset: int) -> Target | None:
    """Return what stands at a place of an open note; of a link with a fragment, the note where the place is in its path."""
    for target in targets(home):
        if target.span.start <= offset <= target.span.end:
            link = target.link
            if link is not None and target.kind != "note" and link.path:
                path, _ = parts_of(home.note, link)
                if path.start <= offset <= path.end:
                    return Target("note", target.span, target.path, link=link)
            return target
    return None


def of_link(note: Note, link: Link, vault: Vault) -> Target | None:
    """Return what a link leads to; None where it leads nowhere. A link to what is missing in a note leads to the note."""
    found = vault.resolve(link.target, note.path)
    if found.path is None:
        return None
    if found.heading is not None:
        return Target("heading", link.span, found.path, found.heading.text, at=found.heading.span, link=link)
    if found.block is not None:
        return Target("block", link.span, found.path, found.block.id, at=found.block.id_span, link=link)
    return Target("note", link.span, found.path, link=link)


def of_heading(path: str, heading: Heading) -> Target:
    """Return a heading as what is spoken of."""
    return Target("heading", heading.span, path, heading.text, at=heading.span)


def of_block(path: str, block: Block) -> Target:
    """Return a block as what is spoken of, by its id."""
    return Target("block", block.id_span, path, block.id, at=block.id_span)


def _of_headings(note: Note) -> Iterator[Target]:
    yield from (of_heading(note.path, heading) for heading in note.headings if heading.outline)


def _of_blocks(note: Note) -> Iterator[Target]:
    yield from (of_block(note.path, block) for block in note.blocks)


def tags_of(note: Note) -> Iterator[Target]:
    """Yield the tags of a note, those of its properties too."""
    yield from (Target("tag", tag.span, text=tag.name) for tag in note.tags)
    for entry in _entries(note, TAGS):
        for item in entry.items:
            if isinstance(item.value, str) and item.value and not any(c in item.value for c in " ,"):
                yield Target("tag", item.span, text=item.value.removeprefix("#"))


def _of_names(note: Note) -> Iterator[Target]:
    for entry in _entries(note, NAMES):
        for item in entry.items:
            if isinstance(item.value, str) and item.value:
                kind: Kind = "note" if entry.key.lower() == "title" else "alias"
                yield Target(kind, item.span, note.path, "" if kind == "note" else item.value)


def _entries(note: Note, names: tuple[str, ...]) -> Iterator[Property]:
    yield from (entry for entry in note.properties.entries if entry.key.lower() in names)
