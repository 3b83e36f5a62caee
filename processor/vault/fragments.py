"""Where the fragment of a link leads within a note: to a heading, to a block, or to what its HTML names."""

from __future__ import annotations

from collections.abc import Mapping

from processor.base.memo import FEW, Memo
from processor.parse.nodes import Block
from processor.vault.headings import HeadingIndex, anchor_key, html_anchors
from processor.vault.note import Note
from processor.vault.resolution import Resolution


class FragmentIndex:
    """The headings and blocks of some notes, each note read when a link first leads into it.

    With `github_anchors` the anchors that GitHub gives headings lead to them too, and those of HTML.
    """

    def __init__(self, notes: Mapping[str, Note], *, github_anchors: bool) -> None:
        self._notes = notes
        self._github_anchors = github_anchors
        self._headings: dict[str, HeadingIndex] = Memo(FEW)
        self._blocks: dict[str, dict[str, Block]] = Memo(FEW)
        self._html: dict[str, frozenset[str]] = {}

    def resolve(self, found: Resolution, fragment: str) -> Resolution:
        """Return where a link leads to the file `found` with a fragment: to its heading or block, or to none."""
        note = self._notes.get(found.path or "")
        parts = [p for p in fragment.split("#") if p.strip()]
        if note is None or not parts:
            return found
        last = parts[-1].strip()
        if last.startswith("[^"):
            return found  # a footnote
        if last.startswith("^"):
            blocks = self._blocks.get(note.path)
            if blocks is None:
                blocks = self._blocks[note.path] = {b.id.lower(): b for b in reversed(note.blocks)}
            block = blocks.get(last[1:].lower())
            return found._replace(block=block) if block else found._replace(status="missing-block")
        walk = self.headings(note.path).walk(fragment)
        if walk:
            return found._replace(heading=walk[-1])
        if self._github_anchors and (fragment == "top" or anchor_key(fragment) in self._html_anchors(note)):
            return found
        return found._replace(status="missing-heading")

    def _html_anchors(self, note: Note) -> frozenset[str]:
        """Return the places of a note that its HTML names."""
        found = self._html.get(note.path)
        if found is None:
            places = [name for at, name in html_anchors(note.text) if note.place_at(at) not in ("code", "comment")]
            found = self._html[note.path] = frozenset(places)
        return found

    def headings(self, path: str) -> HeadingIndex:
        """Return the headings of a note as links find them."""
        index = self._headings.get(path)
        if index is None:
            index = self._headings[path] = HeadingIndex(self._notes[path].headings, anchors=self._github_anchors)
        return index
