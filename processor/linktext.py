"""Links as text: how a link is written, and how one that stands in a note is led elsewhere.

What a reader saw stays: where a wikilink had no display text and would now show other words, the old ones become it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from processor.naming import heading_fragment, heading_key, linkable
from processor.note import Note
from processor.syntax import Heading, Link
from processor.text import Edit, Span, apply_edits
from processor.vault import Vault, walk_headings


class PathEdit(NamedTuple):
    """An edit to the note at `path`."""

    path: str
    edit: Edit


_ENCODED = re.compile(r"[\x00-\x20\x7f\u00a0\u2028\u2029\\<>()\"%|:\[\]]")


def encode(target: str) -> str:
    """A link's target as a Markdown destination: what would end it or read otherwise is percent-encoded."""
    return _ENCODED.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), target)


def shown(link: Link) -> str:
    """What a reader sees of a link: its display text, else its target with each `#` as ` > `."""
    return link.display if link.display is not None else shown_target(link.target)


def shown_target(target: str) -> str:
    """What Obsidian shows for a target without display text: `a#b` as `a > b`, `#b` as `b`."""
    return target.replace("#", " > ").removeprefix(" > ")


def write_link(
    target: str,
    *,
    markdown: bool = False,
    embed: bool = False,
    display: str | None = None,
    table: bool = False,
) -> str:
    """A new link to `target` (path and fragment, not encoded); in a table the bar is escaped.

    A Markdown link's path should end in `.md`: other programs than Obsidian look for the file.
    """
    mark = "!" if embed else ""
    if markdown:
        text = shown_target(target) if display is None else display
        return f"{mark}[{escape_brackets(text)}]({encode(target)})"
    if display is None or display == shown_target(target):
        return f"{mark}[[{target}]]"
    bar = "\\|" if table else "|"
    return f"{mark}[[{target}{bar}{display}]]"


def escape_brackets(text: str) -> str:
    """The text as it can stand in a Markdown link's brackets: unbalanced ones are escaped."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            break
    return text if depth == 0 else re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", text)


def relink(note: Note, link: Link, target: str) -> Edit | None:
    """The edit that leads a link of a note to another target, in the link's own form; None where that cannot be written.

    `target` is path (without `.md`) and fragment. A reference link's edit is that of its definition.
    """
    path, mark, fragment = target.partition("#")
    start, end = link.target_span
    if link.form in ("markdown", "reference"):
        if not linkable(path, markdown=True):
            return None
        if path and link.path.lower().endswith(".md") and not path.lower().endswith(".md"):
            path += ".md"
        written = path + mark + fragment
        if note.text[start : start + 1] == "<":
            start, end = start + 1, end - 1
        if note.text[start - 1 : start] == "<":
            written = re.sub(r"[<>\\\n%]", lambda m: f"%{ord(m[0]):02X}", written)
        else:
            written = encode(written)
        return Edit(start, end, written)
    if not linkable(path) or re.search(r"[|\n]|\[\[|\]\]", fragment):
        return None
    written = target
    if link.display is None and not link.embed and shown_target(target) != shown(link):
        written += ("\\|" if link.place == "table" else "|") + shown(link)
    if link.form == "property":
        quote = note.text[link.span.start - 1 : link.span.start]
        if quote == '"':
            written = re.sub(r'["\\]', r"\\\g<0>", written)
        elif quote == "'":
            written = written.replace("'", "''")
        elif quote not in (" ", "\n", "\t"):
            return None
    return Edit(start, end, written)


def written_link(note: Note, link: Link, edit: Edit) -> str:
    """A link as it stands after an edit; of a reference link its destination."""
    if link.span.start <= edit.start and edit.end <= link.span.end:
        moved = Edit(edit.start - link.span.start, edit.end - link.span.start, edit.text)
        return apply_edits(note.quote(link.span), [moved])
    return edit.text


def heading_at(note: Note, offset: int) -> Heading | None:
    """The heading in which an offset lies."""
    return next((h for h in note.headings if h.span.start <= offset <= h.span.end), None)


def headings_taken_along(vault: Vault, note: Note, edits: list[Edit]) -> list[PathEdit] | None:
    """The edits that keep links to the note's headings alive when `edits` change these headings' text.

    Each link to such a heading, in any note, names it by its new text and goes on showing what it showed. None: that
    cannot be had, because a link would then lead to another heading, and the edits must not be made.
    """
    changed: dict[Span, str] = {}
    for heading in note.headings:
        first, last = heading.text_span
        inside = [Edit(e.start - first, e.end - first, e.text) for e in edits if first <= e.start and e.end <= last]
        if inside and heading.outline:
            text = apply_edits(note.text[first:last], inside)
            if heading_key(text) != heading_key(heading.text):
                changed[heading.span] = text.strip()
    if not changed:
        return []
    after = [(heading_key(changed.get(h.span, h.text)), h) for h in note.headings if h.outline]
    found: list[PathEdit] = []
    for path, link in vault.backlinks(note.path):
        fragment = link.fragment or ""
        walk = vault.heading_walk(note, fragment)
        if any(h.span in changed for h in walk):
            parts = zip([p for p in fragment.split("#") if p.strip()], walk, strict=True)
            fragment = "#".join(heading_fragment(changed.get(h.span, p)) for p, h in parts)
            edit = relink(vault.notes[path], link, f"{link.path.removesuffix('.md')}#{fragment}")
            clash = path == note.path and any(e.start < link.span.end and link.span.start < e.end for e in edits)
            if edit is None or clash:
                return None
            found.append(PathEdit(path, edit))
        # neither may a changed heading come between any other link and its own
        if walk and walk_headings(after, fragment) != walk:
            return None
    return found
