"""How a faulty link is mended, and what a message says of it."""

from __future__ import annotations

from collections.abc import Sequence

from processor.base.regex import regex
from processor.base.text import Edit, Span, in_words
from processor.parse.nodes import Link
from processor.rules.base import Fix
from processor.rules.fixes import fix_with
from processor.vault.links.faults import Faulty
from processor.vault.links.slips import as_meant
from processor.vault.links.writing import relink, shown_target, write_link, written_link
from processor.vault.naming import letters, spaced
from processor.vault.naming.names import Entry
from processor.vault.naming.spelling import respelt, same_words
from processor.vault.note import Note
from processor.vault.resolution import joined
from processor.vault.vault import Vault

# --- fixes ---


def leads_to(
    note: Note,
    link: Link,
    vault: Vault,
    target: str,
    *,
    safe: bool,
    seen: str | None = None,
    more: Sequence[Edit] = (),
) -> Fix | None:
    """Return a fix that leads a link to `target`, in the link's own form; what a reader sees stays, or is `seen`. `more` edits of
    the link are made with it.
    """
    edit = relink(note, link, target, seen)
    if edit is None:
        return None
    return fix_with(note, vault, [edit, *more], lambda: f"write {written_link(note, link, edit, *more)}", safe=safe)


def own_path(link: Link) -> str:
    """Return a link's path as `leads_to` takes it: that of a Markdown link without its `.md`, which comes back by itself."""
    return link.path.removesuffix(".md") if link.form in ("markdown", "reference") else link.path


def leads_to_file(
    note: Note,
    link: Link,
    vault: Vault,
    path: str,
    *,
    safe: bool,
    seen: str | None = None,
    more: Sequence[Edit] = (),
) -> Fix | None:
    """Return a fix that leads a link to a file, by the path that the vault's style asks for; its fragment is kept. `seen` is what
    a reader is to see of the path, by default what he saw.
    """
    target = vault.path_to(path, note.path)
    if vault.resolve(target, note.path).path != path:
        return None
    if link.fragment is not None:
        target += "#" + link.fragment
        seen = seen and shown_target(f"{seen}#{as_meant(link.fragment)}")
    return leads_to(note, link, vault, target, safe=safe, seen=seen, more=more)


def sole_target(note: Note, link: Link, vault: Vault, path: str) -> str | None:
    """Return the target by which a link leads to a file whatever else is called so, its fragment kept; None where there is none.

    A Markdown link that leads other programs to the file, from the note's own folder, goes on doing so.
    """
    target = vault.path_to(path, note.path)
    if link.form in ("markdown", "reference"):
        relative = own_path(link)
        suffix = path[len(path.removesuffix(".md")) :] if path in vault.notes else ""
        if joined(note.path.rpartition("/")[0], relative) + suffix == path:
            target = f"./{relative}"
    found = vault.resolve(target, note.path)
    if found.path != path or found.decider in ("folder", "shortest", "tie"):
        return None
    return target if link.fragment is None else f"{target}#{link.fragment}"


# --- words ---


def named(entry: Entry, note: Note, vault: Vault) -> str:
    """Return how a message names a note: as a link from this note would."""
    return f'"{vault.path_to(entry.path, note.path)}"'


def either(names: list[str], most: int = 3) -> str:
    """Return `a`, `a or b`, `a, b or c`; of more than `most` the first ones and how many others."""
    if len(names) > most:
        return f"{', '.join(names[:most])} or {len(names) - most} other{'s' if len(names) > most + 1 else ''}"
    return in_words(names, "or")


def either_quoted(texts: list[str]) -> str:
    """`"a", "b" or "c"`, each cut where it is long."""
    return either([f'"{t if len(t) <= 80 else t[:79] + "…"}"' for t in texts])


def what_was_meant(faulty: Faulty, note: Note, vault: Vault) -> str:
    """Return what a message says of a link that leads nowhere: what it may mean; empty where nothing is like it."""
    meant, near = faulty.meant, faulty.near
    if faulty.lost:
        return f"; {faulty.lost.story}"
    if faulty.target:
        return f'; what was meant is written "{faulty.target}"'
    if answer := meant.answer:
        name = named(answer, note, vault)
        if faulty.whole:
            return f'; "{answer.text}" is the {"title" if answer.kind == "title" else "alias"} of {name}'
        if answer.kind == "alias":
            return f"; that is an alias of {name}, and Obsidian follows no alias"
        if answer.kind == "title":
            return f"; that is the title of {name}, and Obsidian goes by the file name"
        return f"; the file name is {name}"
    entries = meant.entries or near.entries
    if not entries:
        return ""
    names = either([named(e, note, vault) for e in entries])
    return f"; it may mean {names}" if meant.entries else f"; did you mean {names}?"


def guessed_fix(faulty: Faulty, note: Note, vault: Vault) -> Fix | None:
    """Safe where one note was meant for certain, unsafe where the nearest name stands out by far.

    What a reader saw stays where it was meant to be seen: a title, an alias, other case or spaces. A slip of the pen, a
    notation that nobody reads and a folder that is not there go. What a link led to is never given up for what is like
    it; where it was renamed, the link follows.
    """
    link = faulty.link
    if faulty.lost:
        now, answer = faulty.lost.now, faulty.meant.answer
        safe = answer is not None and answer.path == now  # else it is git's guess
        return leads_to_file(note, link, vault, now, safe=safe) if now is not None else None
    if faulty.target:
        target = faulty.target
        if link.form in ("markdown", "reference"):
            path, mark, fragment = target.partition("#")
            target = path.removesuffix(".md") + mark + fragment
        return leads_to(note, link, vault, target, safe=True, seen=shown_target(target))
    if faulty.path[:1] == "[" and _has_stray_brackets(note, link):
        return None  # they would stay
    if answer := faulty.meant.answer:
        if faulty.whole:
            return _by_whole_text(faulty, answer, note, vault)
        seen = faulty.path if faulty.path != link.path else None
        return leads_to_file(note, link, vault, answer.path, safe=True, seen=seen)
    return _respelt(faulty, faulty.near.by_far, note, vault) if faulty.near.by_far else None


def _has_stray_brackets(note: Note, link: Link) -> bool:
    """Return whether brackets stand around a wikilink's path, or before it, that are none of a name's."""
    path = link.path
    return path[-1:] == "]" or path.count("[") != path.count("]") or note.text[: link.span.start].endswith("[")


def _by_whole_text(faulty: Faulty, answer: Entry, note: Note, vault: Vault) -> Fix | None:
    """Return a fix for a link whose whole text, its bar and its marks included, is the title of a note. One with a bar becomes a
    Markdown link, since a wikilink with two bars is taken for a mistake; in a property, where older versions of Obsidian
    follow no Markdown link, it stays one.
    """
    link = faulty.link
    target = vault.path_to(answer.path, note.path)
    if "|" not in answer.text or link.display_span is None or answer.text == link.target:
        return leads_to(note, link, vault, target, safe=True, seen=link.target)
    if vault.resolve(f"{target}.md", note.path).path != answer.path:
        return None
    where = Span(link.target_span.start, link.display_span.end)
    text = note.quote(where)
    if link.form == "property":
        if any(c in text + target for c in "'\"\\"):
            return None
        edit, safe = Edit(*where, f"{target}|{text}"), True
    else:
        edit = Edit(*link.span, write_link(f"{target}.md", markdown=True, display=text))
        safe = not _MARKUP.search(text)
    return fix_with(note, vault, [edit], lambda: f"write {written_link(note, link, edit)}", safe=safe)


_MARKUP = regex(r"[*`<$=~&]|(?<!\w)_|_(?!\w)|\[|\]|%%|\\(?!\|)")  # words that Markdown would show otherwise


def _respelt(faulty: Faulty, right: Entry, note: Note, vault: Vault) -> Fix | None:
    """Return a fix that leads to the nearest name, and shows no slip of the pen either."""
    link, path = faulty.link, faulty.path
    head, slash, name = path.removesuffix(".md").rpartition("/")
    if same_words(name, right.text):
        seen = name if spaced(name) == spaced(right.text) else None  # the folder alone is wrong
        return leads_to_file(note, link, vault, right.path, safe=False, seen=seen)
    seen = head + slash + respelt(name, right.text)
    edits = []
    if link.display is not None and link.display_span and not link.embed and letters(link.display) == letters(name):
        edits.append(Edit(*link.display_span, respelt(link.display, right.text)))
    return leads_to_file(note, link, vault, right.path, safe=False, seen=seen, more=edits)
