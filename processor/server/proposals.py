"""What may have been meant by a link that leads nowhere, and the making of what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from processor.base.text import Edit, Span
from processor.commands.rename import name_fault
from processor.parse.nodes import Link
from processor.rules.base import NoteEdit
from processor.server.home import Home
from processor.vault.links.meant import guess
from processor.vault.links.writing import relink, write_link, written_link
from processor.vault.naming import heading_fragment, linkable
from processor.vault.note import Note
from processor.vault.vault import Vault

_MOST = 5  # targets that are proposed for one link
_PLAIN = re.compile(
    r"[^\W_][\w .,()'-]*"
)  # what YAML takes for a text without quotes, unless it is a number or a word of its own
_OWN = frozenset(("true", "false", "null", "yes", "no", "on", "off", "~"))


def link_at(note: Note, span: Span) -> Link | None:
    """Return the link that covers a stretch of a note."""
    return next((x for x in note.links if x.span.start <= span.start and span.end <= x.span.end), None)


def other_targets(home: Home, span: Span) -> Iterator[tuple[str, NoteEdit]]:
    """Yield what a faulty link may lead to instead, the likeliest first: what that does, and its edit."""
    note, vault = home.note, home.vault.vault
    link = link_at(note, span)
    if link is None or link.span != span:
        return
    found = vault.resolve(link.target, home.path)
    if found.status == "missing":
        like = guess(vault).like(link.path, home.path)
        paths = dict.fromkeys(e.path for e in (*like.meant.entries, *like.near.entries))
        targets = [_with_fragment(link, vault.path_to(path, home.path)) for path in list(paths)[:_MOST]]
    elif found.status == "missing-heading" and found.path in vault.notes:
        there = vault.notes[found.path or ""]
        texts = list(dict.fromkeys(heading_fragment(h.text) for h in there.headings if h.outline and h.text))
        near = get_close_matches(link.fragment or "", texts, _MOST, 0.5)
        targets = [f"{link.path.removesuffix('.md')}#{text}" for text in near]
    elif len(found.candidates) > 1:
        names = [_sole_name(vault, path, home.path) for path in found.candidates[:_MOST]]
        targets = [_with_fragment(link, name) for name in names if name]
    else:
        return
    for target in targets:
        edit = relink(note, link, target)
        if edit is not None and note.text[edit.start : edit.end] != edit.text:
            yield f"Write {written_link(note, link, edit)}", NoteEdit(home.path, edit)


def _with_fragment(link: Link, target: str) -> str:
    return target if link.fragment is None else f"{target}#{link.fragment}"


def _sole_name(vault: Vault, path: str, source: str) -> str:
    """Return the name by which a link leads to a file whatever else is called so; empty where there is none."""
    name = vault.path_to(path, source)
    found = vault.resolve(name, source)
    return name if found.path == path and found.decider not in ("folder", "shortest", "tie") else ""


def what_is_missing(home: Home, span: Span) -> Iterator[tuple[str, NoteEdit, str]]:
    """Yield the making of the note or heading that a link asks for: what that does, the edit, and the note that it creates."""
    note, vault = home.note, home.vault.vault
    link = link_at(note, span)
    if link is None or link.span != span or not link.path:
        return
    found = vault.resolve(link.target, home.path)
    if found.status == "missing" and (path := new_path(home, link)):
        yield f"Create {path}", NoteEdit(path, Edit(0, 0, stub(home, path))), path
    elif found.status == "missing-heading" and found.path in vault.notes and found.path is not None:
        heading = (link.fragment or "").rpartition("#")[2].strip()
        there = vault.notes[found.path]
        text = there.text
        if heading and "\n" not in heading and there.source.invalid is None:
            before = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
            edit = NoteEdit(found.path, Edit(len(text), len(text), f"{before}## {heading}\n"))
            yield f'Create the heading "{heading}" in {found.path}', edit, ""


def new_path(home: Home, link: Link) -> str:
    """Return the path of the note that a link asks for, beside the note that asks where it names no folder; empty where no note
    can be called so, or an attachment is asked for."""
    vault = home.vault.vault
    name = link.path.removesuffix(".md")
    if link.embed or guess(vault).is_attachment(link.path) or name.startswith(("./", "../")):
        return ""
    name = name.strip("/")
    parts = name.split("/")
    if not name or any(not part or name_fault(part) for part in parts) or not linkable(name):
        return ""
    folder = home.path.rpartition("/")[0]
    path = f"{name}.md" if len(parts) > 1 or not folder else f"{folder}/{name}.md"
    return "" if path in vault.notes or path in vault.files else path


def stub(home: Home, path: str) -> str:
    """Return the text that a new note begins with, as the note that asks for it does: a title, and whence it comes."""
    note, vault = home.note, home.vault.vault
    name = path.rpartition("/")[2].removesuffix(".md")
    title = name.replace("_", " ")
    parts = []
    if note.properties.get("title"):
        shown = (
            title if _PLAIN.fullmatch(title) and not title.isdecimal() and title.lower() not in _OWN else _quoted(title)
        )
        parts.append(f"---\ntitle: {shown}\n---\n")
    hub = vault.hub(home.path)
    if hub is not None and note.channel_line is not None and hub != home.path:
        parts.append(f"From: {write_link(vault.path_to(hub, path))}\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def linked_mention(home: Home, span: Span) -> tuple[str, list[NoteEdit]] | None:
    """Return what makes a link of selected text that is the name, title or alias of a note; None where it is none."""
    note, vault = home.note, home.vault.vault
    text = note.quote(span)
    if (
        not text.strip()
        or text != text.strip()
        or "\n" in text
        or len(text) > 200
        or note.place_at(span.start) not in _TEXT
    ):
        return None
    links = [*(x.span for x in note.links), *(x.span for x in note.external_links)]
    if any(taken.start < span.end and span.start < taken.end for taken in links):
        return None
    found = vault.resolve(text, home.path).path if linkable(text) else None
    if found not in vault.notes:
        like = guess(vault).like(text, home.path).meant
        found = like.answer.path if like.answer else None
    if found is None or found == home.path:
        return None
    target, markdown = vault.path_to(found, home.path), vault.style.markdown_links
    table = note.place_at(span.start) == "table"
    written = write_link(target + ".md" * markdown, markdown=markdown, display=text, table=table)
    return f"Write {written}", [NoteEdit(home.path, Edit(*span, written))]


_TEXT = ("text", "table")
