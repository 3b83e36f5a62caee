"""Renaming: how links are to be written so that each leads where it led. Pure: from a vault and moves to new texts.

Obsidian does this when a note is renamed in it: display text, fragments and the form of a link stay, and the path is
written as the vault's settings ask (`newLinkFormat`). A link that was written so before is written so afterwards: a bare
name that is no longer unique gets its path, and gets it off again when it is. Any other link is only touched when it
would not lead where it led. So a rename there and back leaves the links in the vault's style as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from processor.base.text import Edit, Source, Span, apply_edits
from processor.fix.unchanged import changed_outside
from processor.parse.canvas import read_canvas, write_canvas
from processor.parse.grammar import normal
from processor.parse.nodes import Link
from processor.vault.backlinks import links_to, may_name
from processor.vault.headings import moved_anchors
from processor.vault.links.parts import as_written, parts_of, styled_path
from processor.vault.links.writing import heading_at, renamed_fragment
from processor.vault.naming import heading_key, path_key
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault


class RenameError(Exception):
    """Something cannot be renamed. The message is for people."""


class Changed(NamedTuple):
    """A note (or canvas) whose links change: its path before and after, what it held and what it will hold."""

    path: str
    to: str
    old: Source
    new: Source
    links: int  # that lead to what is renamed
    others: int  # that lead elsewhere, and would not any more as they were written


@dataclass(frozen=True)
class Renaming:
    """What a rename comes to. `moves` are all files of the vault that get another path."""

    moves: Mapping[str, str]
    changed: tuple[Changed, ...]


_HARMFUL = re.compile(r"%%|[#^|\[\]:\\\x00-\x1f\x7f]")


def name_fault(name: str) -> str | None:
    """Return why a file or folder must not be given this name, as what it does: `holds a #, which …`; None: it may."""
    if name.startswith("."):
        return "begins with a dot, and what does so is no part of the vault"
    if m := _HARMFUL.search(name):
        shown = m[0] if m[0].isprintable() else "control character"
        return f"holds a {shown}, and no link can name what has that in its name"
    if name != name.strip():
        return "begins or ends with white space, which links do not keep"
    return None


def moves_of(vault: Vault, path: str, to: str) -> dict[str, str]:
    """Return the files that change their path when the file or folder at `path` is renamed. Raise RenameError.

    Refused is a path that another file has, or that only case or Unicode form would tell from another's: no link could.
    """
    moves = {path: to} if path in vault.notes or path in vault.files else {}
    moves |= {p: to + p[len(path) :] for p in (*vault.notes, *vault.files) if p.startswith(path + "/")}
    standing = {path_key(p): p for p in (*vault.notes, *vault.files) if p not in moves}
    folder = path_key(to) + "/"
    if path not in moves and (other := next((p for key, p in standing.items() if key.startswith(folder)), None)):
        raise RenameError(f"there is {other[: len(to)]} already")
    for new in moves.values():
        if other := standing.get(path_key(new)):
            more = "" if other == new else f", and no link could tell {new} from it"
            raise RenameError(f"there is {other} already{more}")
    return moves


def rename(vault: Vault, moves: Mapping[str, str], canvases: Iterable[tuple[str, Source]] = ()) -> Renaming:
    """Return all that changes with the moves. `canvases` are the vault's `.canvas` files. Raise RenameError.

    Every link of a note that changes is resolved again in the new text: all or nothing.
    """
    plan = _Plan(vault, moves)
    for path in may_name(vault, {name for pair in moves.items() for name in pair}, moves):
        plan.add_note(path)
    plan.take_headings_along()
    changed = [plan.written(path) for path in sorted(plan.edits)]
    return Renaming(moves, (*changed, *[c for path, source in canvases if (c := plan.canvas(path, source))]))


def _names(path: str) -> tuple[str, str]:
    """Return the names by which links ask for a file, whatever folder they name."""
    key = path_key(path).rpartition("/")[2]
    return key, key.removesuffix(".md")


class _Plan:
    def __init__(self, vault: Vault, moves: Mapping[str, str]) -> None:
        self.vault = vault
        self.moves = moves
        # the vault as it will be; which link leads where is a matter of names alone
        self.after = Vault(
            [parse_note("", moves.get(p, p)) for p in vault.notes],
            [moves.get(p, p) for p in vault.files],
            style=vault.style,
        )
        self.names = {name for paths in moves.items() for path in paths for name in _names(path)}
        self.notes: dict[str, Note] = {}  # as they were read for this, whole
        self.edits: dict[str, dict[Span, Edit]] = {}  # by note, then by what is replaced
        self.counts: dict[str, tuple[int, int]] = {}

    def _concerns(self, path: str, link: Link) -> str | None:
        """Return the file a link leads to, where the moves may have to do with it."""
        led = self.vault.resolve(link.path, path).path if link.path else None
        if led is None or led in self.moves or path in self.moves:
            return led
        return led if not self.names.isdisjoint(_names(led)) else None

    def add_note(self, path: str) -> None:
        note = self.vault.notes[path]
        if not any(self._concerns(path, link) for link in note.links):
            return
        self._add(path, self._path_edits(self._whole(path)))

    def _add(self, path: str, found: Mapping[Span, tuple[Edit, bool]]) -> None:
        if found:
            self.edits.setdefault(path, {}).update({span: edit for span, (edit, _) in found.items()})
            own = sum(is_own for _, is_own in found.values())
            self.counts[path] = (own, len(found) - own)

    def _whole(self, path: str) -> Note:
        note = self.notes.get(path)
        if note is None:
            outline = self.vault.notes[path]
            note = self.notes[path] = outline.whole
            if note.links != outline.links:
                raise RenameError(f"{path} was changed while the vault was read; try again")
        return note

    def _path_edits(self, note: Note) -> dict[Span, tuple[Edit, bool]]:
        """Return the edits of a note's links by the place of their paths, and whether each leads to what is renamed."""
        found: dict[Span, tuple[Edit, bool]] = {}
        source = self.moves.get(note.path, note.path)
        for link in note.links:
            led = self._concerns(note.path, link)
            if led is None:
                continue
            to = self.moves.get(led, led)
            place = parts_of(note, link)[0]
            written = note.quote(place)
            markdown = link.form in ("markdown", "reference") and link.path.lower().endswith(".md")
            styled = styled_path(self.vault, led, note.path, suffixed=markdown)
            if written != as_written(note, link, styled) and self.after.resolve(link.path, source).path == to:
                continue
            wanted = styled_path(self.after, to, source, suffixed=markdown)
            if self.after.resolve(normal(wanted), source).path != to:
                raise self._cannot(note, link, to)
            text = as_written(note, link, wanted)
            if text != written:
                found[place] = Edit(*place, text), led in self.moves
        return found

    @staticmethod
    def _cannot(note: Note, link: Link, to: str) -> RenameError:
        line = note.lines.position(link.span.start).line
        return RenameError(f"the link {note.quote(link.span)} in {note.path}, line {line}, could not lead to {to}")

    # Headings

    def take_headings_along(self) -> None:
        """A link in a heading is part of its text, by which links name the heading: these change with it."""
        done: dict[str, dict[Span, str]] = {}
        waiting = list(self.edits)
        while waiting:
            path = waiting.pop()
            texts = self._heading_texts(path)
            if not texts or texts == done.get(path):
                continue
            done[path] = texts
            anchors = moved_anchors(self._whole(path).headings, texts) if self.vault.style.github_anchors else {}
            for source, link in dict.fromkeys(links_to(self.vault, path)):
                if link.fragment and (edit := self._fragment_edit(path, source, link, texts, anchors)):
                    own, others = self.counts.get(source, (0, 0))
                    edits = self.edits.setdefault(source, {})
                    if edits.get(edit[0]) != edit[1]:
                        self.counts[source] = (own, others + (edit[0] not in edits))
                        edits[edit[0]] = edit[1]
                        waiting.append(source)

    def _heading_texts(self, path: str) -> dict[Span, str]:
        """Return the new texts of the headings whose old text no longer finds them, by their spans."""
        note = self._whole(path)
        inside: dict[Span, list[Edit]] = {}
        for edit in self.edits[path].values():
            heading = heading_at(note, edit.start)
            if heading and heading.outline:
                inside.setdefault(heading.span, []).append(edit)
        found = {}
        for heading in note.headings:
            start = heading.text_span.start
            edits = [Edit(e.start - start, e.end - start, e.text) for e in inside.get(heading.span, ())]
            text = apply_edits(heading.text, edits)
            if heading_key(text) != heading_key(heading.text):
                found[heading.span] = text
        return found

    def _fragment_edit(
        self, path: str, source: str, link: Link, texts: Mapping[Span, str], anchors: Mapping[Span, str]
    ) -> tuple[Span, Edit] | None:
        fragment, headings = link.fragment or "", self.vault.headings(path)
        wanted = renamed_fragment(headings, fragment, headings.walk(fragment), texts, anchors)
        if wanted is None:
            return None
        note = self._whole(source)
        place = parts_of(note, link)[1]
        return place, Edit(*place, as_written(note, link, wanted))

    # New texts

    def written(self, path: str) -> Changed:
        """Return a note with its edits made. Raise RenameError where its links do not lead where they should."""
        note, edits = self._whole(path), list(self.edits[path].values())
        if note.source.invalid is not None:
            raise RenameError(f"{path} is not valid UTF-8, so its links cannot be changed")
        to = self.moves.get(path, path)
        new = parse_note(note.source.edited(edits), to)
        self._look(note, new, edits)
        return Changed(path, to, note.source, new.source, *self.counts[path])

    def _look(self, old: Note, new: Note, edits: Iterable[Edit]) -> None:
        """Raise RenameError where a link does not lead where it should, or anything else is not as it was."""
        if other := changed_outside(old, new, edits):
            raise RenameError(f"{old.path}: its links cannot be changed without changing {other}")
        for i, link in enumerate(old.links):
            led = self.vault.resolve(link.path, old.path).path if link.path else None
            to = None if led is None else self.moves.get(led, led)
            now = new.links[i] if i < len(new.links) else None
            alike = now and (now.form, now.embed, now.display) == (link.form, link.embed, link.display)
            if not now or not alike or (to and self.after.resolve(now.path, new.path).path != to):
                raise self._cannot(old, link, to or link.path)

    def canvas(self, path: str, source: Source) -> Changed | None:
        """Return a canvas with the files of its cards renamed, and the links in its texts changed."""
        to, links, others = self.moves.get(path, path), 0, 0
        edits = []
        for part in read_canvas(source.text):
            if part.key == "subpath":
                continue  # a place in the file, which is the same under another name
            text = part.text
            if part.key == "file":
                text = self.moves.get(text, text)
                links += text != part.text
            else:
                note = parse_note(part.text, path)
                found = self._path_edits(note)
                made = [edit for edit, _ in found.values()]
                text = apply_edits(part.text, made)
                self._look(note, parse_note(text, to), made)
                own = sum(is_own for _, is_own in found.values())
                links, others = links + own, others + len(found) - own
            if text != part.text:
                edits.append(Edit(*part.span, write_canvas(text)))
        if not edits:
            return None
        if source.invalid is not None:
            raise RenameError(f"{path} is not valid UTF-8, so its links cannot be changed")
        return Changed(path, to, source, source.edited(edits), links, others)
