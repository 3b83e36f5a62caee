"""A title for a note that has none."""

from __future__ import annotations

from processor.base.regex import regex
from processor.vault.note import Note

_MARKUP = regex(
    r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)|<[^<>]*>|[*_`~=]{1,3}(?=\S)|(?<=\S)[*_`~=]{1,3}"
)
_LONGEST = 120  # characters: a longer first line is a paragraph


def probable_title(note: Note) -> str:
    """Return what the note calls itself: its first heading, else a short first line that ends no sentence, else its file name."""
    for heading in note.headings:
        if heading.outline and (title := _plain(heading.text)):
            return title
    first = next((line for line in note.text[note.body_start :].split("\n") if line.strip()), "").strip()
    title = _plain(first)
    if (
        title
        and title[0].isalnum()
        and len(title) <= _LONGEST
        and title[-1] not in ".:;,!…"
        and not first.lower().startswith("from:")
    ):
        return title
    return note.name.replace("_", " ").strip() or "Untitled"


def _plain(text: str) -> str:
    """Return a line without its markup."""
    return " ".join(_MARKUP.sub(lambda m: m[1] or m[2] or "", text).split())
