"""The anchors that programs give the headings of a note, by what a reader sees of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from processor.base.regex import regex
from processor.vault.headings import anchors_of, shown_heading
from processor.vault.note import Note

_WIKILINK = regex(r"!?\[\[(?:[^\[\]|\n]*?\\?\|)?([^\[\]\n]*)\]\]")
_HIDDEN = regex(r"%%.*?%%")
_ARROWS_AND_DASHES = regex(r"<?[-=]{1,2}>|<[-=]{1,2}|-{2,3}")


def _texts(note: Note) -> Iterator[str]:
    """Yield the headings that a program finds, each as Markdown that is no longer Obsidian's alone."""
    for heading in note.headings:
        text = _HIDDEN.sub("", heading.text)
        yield _WIKILINK.sub(lambda m: m[1].strip().replace("#", " > ").removeprefix(" > "), text).strip()


def github_ids(note: Note) -> Sequence[str]:
    """Return the anchors that GitHub gives the headings of a note."""
    return anchors_of([*_texts(note)])


def quartz_ids(note: Note) -> Sequence[str]:
    """Return those of Quartz, which are GitHub's of what its typography has made of a heading: arrows and dashes are no letters."""
    return anchors_of([_ARROWS_AND_DASHES.sub("", text) for text in _texts(note)])


_NO_SLUG = re.compile(r"[^\w\s-]", re.ASCII)
_GAPS = re.compile(r"[-\s]+")
_NUMBERED = re.compile(r"(.*)_(\d+)\Z", re.S)


def mkdocs_ids(note: Note) -> Sequence[str]:
    """Return those of Python-Markdown's extension `toc`, as MkDocs has it: ASCII alone, and a number where an anchor is taken."""
    return [*_numbered(_slug(shown_heading(text)) for text in _texts(note))]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _GAPS.sub("-", _NO_SLUG.sub("", plain).strip().lower())


def _numbered(slugs: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    next_number: dict[str, int] = {}
    for slug in slugs:
        found = slug
        while found in taken or not found:
            m = _NUMBERED.match(found)
            stem = m[1] if m else found
            number = max(int(m[2]) + 1 if m else 1, next_number.get(stem, 0))
            found, next_number[stem] = f"{stem}_{number}", number + 1
        taken.add(found)
        yield found
