"""Links as other programs than Obsidian read them: each is led, in the text, to where Obsidian leads it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple

from processor.base.regex import regex
from processor.base.text import Edit
from processor.commands.build.inert import plain
from processor.commands.build.missing import unlinked
from processor.commands.build.sites.addresses import encoded, quartz_encoded, quartz_misreads
from processor.parse.nodes import Link
from processor.vault.headings import github_anchor
from processor.vault.links.in_html import links_in_html
from processor.vault.links.writing import encode, escape_brackets, relink, shown_target, words_of
from processor.vault.note import Note
from processor.vault.vault import Vault

_DEAD = frozenset(("property", "comment", "code", "math"))
"""Where a link is not rendered."""
_PICTURES = frozenset("png jpg jpeg gif bmp svg webp avif".split())
_SIZE = re.compile(r"\d+(?:x\d+)?")
_MARKUP = regex(
    r"[`*~<\\\[\]#$|^{}]|(?<!\w)_|_(?!\w)|==|%%|%(?=[0-9A-Fa-f]{2})|!\[|&#?\w+;|https?:|\bwww\.|\S@\S"  # of these a renderer makes something else
)
_OPENS_MORE = regex(r"[<$]|&(?=#?\w+;)")
_BRACKET = regex(r"(?<!\\)[\[\]]")
_ENTITY = regex(r"&(?=#?\w+;)")
_SLUG_GAPS = regex(r"\s")

Ids = Callable[[str], Sequence[str]]
"""Gives the anchors of all headings of the note at a path."""


class _Led(NamedTuple):
    """Where a link leads: a path (empty: into its own note), and there an anchor (empty: the top)."""

    path: str
    anchor: str


class SiteLinks:
    """The edits to the links of the notes of a vault, for one program: see `Site`."""

    def __init__(self, vault: Vault, ids: Ids, *, wikilinks: bool, folders: bool) -> None:
        self._vault = vault
        self._ids = ids
        self._wikilinks = wikilinks
        self._folders = folders
        self._names = Counter(_page_name(path) for path in (*vault.notes, *vault.files)) if wikilinks else Counter()

    def edits(self, note: Note) -> Iterator[Edit]:
        """Yield the edits to the links of a note, those in HTML blocks included."""
        written = set()
        for link in note.links:
            if link.place in _DEAD:
                continue
            led = self._led(link, note)
            edit = self._for_wikilinks(link, note, led) if self._wikilinks else self._by_path(link, note, led)
            if edit is not None and edit[:2] not in written:  # of several reference links one definition is meant
                written.add(edit[:2])
                yield edit
        for link in links_in_html(note):
            if led := self._led(link, note):
                is_sized = link.embed and link.display and _SIZE.fullmatch(link.display)
                text = shown_target(link.target) if is_sized else words_of(link)
                yield Edit(*link.span, f'<a href="{escape(self._url(led, note))}">{escape(text)}</a>')

    def _led(self, link: Link, note: Note) -> _Led | None:
        found = self._vault.resolve(link.target, note.path)
        if found.path is None:
            return None
        anchor = ""
        if found.block is not None:
            anchor = found.block.id.lower() if self._wikilinks else found.block.id
        elif found.heading is not None:
            places = [h.span for h in self._vault.notes[found.path].headings]
            anchor = self._ids(found.path)[places.index(found.heading.span)]
        return _Led(found.path if link.path else "", anchor)

    # A program that reads wikilinks, and finds notes by the last part of their path where that is unique

    def _for_wikilinks(self, link: Link, note: Note, led: _Led | None) -> Edit | None:
        to_own_block = led and not led.path and (link.fragment or "").startswith("^")  # which it takes for a heading
        if link.form == "wikilink" and not link.embed and (to_own_block or _MARKUP.search(_parts_shown(link))):
            target = quartz_encoded(link.path) if led is None else self._destination(link, led)
            return Edit(*link.span, f"[{_as_markdown(link)}]({target})")
        if led is None:
            return None
        if link.embed and link.form == "markdown" and led.path in self._vault.notes:
            return Edit(*link.span, f"![[{self._name(link, led)}{led.anchor and '#' + led.anchor}]]")
        if link.form in ("markdown", "reference") and self._is_misread(link, note, led):
            start, end = link.target_span
            return Edit(start, end, self._destination(link, led))
        target = self._name(link, led)
        fragment = led.anchor or link.fragment
        if led.anchor and link.fragment and _same_anchor(link.fragment, led.anchor):
            fragment = link.fragment
        if fragment:
            target += f"#{'^' if (link.fragment or '').startswith('^') else ''}{fragment.removeprefix('^')}"
        as_it_is = f"{link.path.removesuffix('.md')}{'' if link.fragment is None else '#' + link.fragment}"
        return None if target == as_it_is else relink(note, link, target)

    def _is_misread(self, link: Link, note: Note, led: _Led) -> bool:
        name = self._name(link, led)
        return quartz_misreads(note.quote(link.target_span)) or quartz_encoded(name) != encode(name)

    def _destination(self, link: Link, led: _Led) -> str:
        """Return what a Markdown link names a file by."""
        suffix = ".md" if led.path in self._vault.notes else ""
        name = self._name(link, led)
        return (quartz_encoded(name + suffix) if name else "") + (led.anchor and f"#{led.anchor}") or "#"

    def _name(self, link: Link, led: _Led) -> str:
        """Return how a link is to name a file: as it does, where that is found by every way of looking, else by its whole path."""
        if not led.path:
            return ""
        plain_path = led.path.removesuffix(".md") if led.path in self._vault.notes else led.path
        named = link.path.removesuffix(".md") if led.path in self._vault.notes else link.path
        folder, _, last = plain_path.rpartition("/")
        is_folder_note = _page_name(folder) == _page_name(last) or last.lower() == "index"
        is_found = named == last and not is_folder_note and self._names[_page_name(led.path)] == 1
        return named if is_found else plain_path

    # One that reads Markdown links alone

    def _by_path(self, link: Link, note: Note, led: _Led | None) -> Edit | None:
        if led is None:
            return unlinked(note, link)
        target = self._relative(led, note)
        is_picture = link.embed and led.path.rpartition(".")[2].lower() in _PICTURES
        if link.form != "wikilink":
            start, end = link.target_span
            opened = link.embed and not is_picture
            if link.form == "markdown" and opened and link.display_span:
                return Edit(link.span.start, end, f"[{note.quote(link.display_span)}]({target}")
            return Edit(start, end, target)
        if is_picture:
            name = led.path.rpartition("/")[2].rpartition(".")[0]
            sized = link.display is None or _SIZE.fullmatch(link.display)
            return Edit(*link.span, f"![{plain(name) if sized else _as_markdown(link)}]({target})")
        return Edit(*link.span, f"[{_as_markdown(link)}]({target})")

    def _relative(self, led: _Led, note: Note) -> str:
        """Return the destination of a Markdown link; what would not be read as a part of it is percent-encoded."""
        anchor = f"#{led.anchor}" if led.anchor else ""
        if not led.path:
            return anchor or encoded(note.path.rpartition("/")[2])
        return encoded(posixpath.relpath(led.path, note.folder or ".")) + anchor

    def _url(self, led: _Led, note: Note) -> str:
        """Return the address that HTML in a note names: such is written into the page as it stands."""
        anchor = f"#{led.anchor}" if led.anchor else ""
        if self._wikilinks:
            name = led.path.removesuffix(".md") if led.path in self._vault.notes else led.path
            return unescape(quartz_encoded(name)) + anchor
        if self._folders and led.path in self._vault.notes:
            return encoded(posixpath.relpath(_page(led.path), _page(note.path))) + "/" + anchor
        if self._folders and led.path:
            return encoded(posixpath.relpath(led.path, _page(note.path)))
        return self._relative(led, note)


def _page(path: str) -> str:
    """Return the folder that a note's page is."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    return (folder if name in ("index", "README") else stem) or "."


def _page_name(path: str) -> str:
    """Return the last part of a path as it is looked for."""
    return _SLUG_GAPS.sub("-", path.rpartition("/")[2].removesuffix(".md")).lower()


def _same_anchor(fragment: str, anchor: str) -> bool:
    """Return whether a program makes that anchor of a fragment, as it does of a heading."""
    return "#" not in fragment and github_anchor(fragment) == anchor


def _parts_shown(link: Link) -> str:
    """Return what a program must read as words within a wikilink: the path, the text; of a fragment its first `#` is none of them."""
    fragment = (link.fragment or "").removeprefix("^")
    return "\n".join((link.path, fragment, link.display or ""))


def _as_markdown(link: Link) -> str:
    """Return the text of a wikilink as that of a Markdown link. Markup in it was meant; a path is words."""
    if not link.display:  # an empty text would hide the link
        return _ENTITY.sub(r"\\&", plain(shown_target(link.target) or link.target))
    text = link.display.replace("\\|", "|")
    # `[[0:10]](x.md)` is a wikilink to what reads such
    text = _BRACKET.sub(r"\\\g<0>", text) if text[0] == "[" or text[-1] == "]" else escape_brackets(text)
    text = _OPENS_MORE.sub(r"\\\g<0>", text)
    return text.replace("|", "\\|") if link.place == "table" else text
