"""Copies for other programs than Obsidian: what one of them cannot do, and what is written instead.

`SITES` is the table of what differs. Where a link leads was decided as Obsidian does (`Vault.resolve`); it is then written so that the
program leads there too: `links` to files, `anchors` to headings. `marks` and `callouts` are what only Obsidian reads. `writing` puts
it all together: edits to the text of a note, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from processor.base.text import Edit
from processor.commands.build.sites.anchors import github_ids, mkdocs_ids, quartz_ids
from processor.commands.build.sites.callouts import admonitions, alerts
from processor.commands.build.sites.marks import (
    blocks,
    comments,
    dollars,
    hash_signs,
    highlights,
    rich_highlights,
    small_blocks,
    videos,
)
from processor.commands.build.sites.unseen import unseen_by_mkdocs
from processor.vault.note import Note
from processor.vault.vault import Vault

Marks = Callable[[Note], Iterator[Edit]]


class Site(NamedTuple):
    """What differs for one program. Of the edits of `marks` the earlier ones win where two want the same place."""

    homes: Sequence[str]
    """The names that the note at the root can have that is opened first, the usual one first."""
    ids: Callable[[Note], Sequence[str]]
    """Gives the anchors of all headings of a note, in their order."""
    wikilinks: bool
    """Whether it reads wikilinks, and embeds; else they are Markdown links by relative paths, and what leads nowhere is plain words."""
    folders: bool
    """Whether a page is a folder (`a/note/`) where HTML links to it."""
    marks: Sequence[Marks]
    unseen: Callable[[Vault], Iterator[tuple[str, str]]] = lambda _vault: iter(())
    """Yields the notes that it cannot show, by their paths, and why."""


SITES: Mapping[str, Site] = {
    "quartz": Site(("index",), quartz_ids, wikilinks=True, folders=False, marks=(dollars, small_blocks, rich_highlights)),
    "mkdocs": Site(
        ("index", "README"), mkdocs_ids, wikilinks=False, folders=True,
        marks=(comments, admonitions, blocks, highlights, videos, hash_signs),
        unseen=unseen_by_mkdocs,
    ),
    "plain": Site(("README",), github_ids, wikilinks=False, folders=False, marks=(comments, alerts, blocks, highlights, videos)),
}  # fmt: skip
