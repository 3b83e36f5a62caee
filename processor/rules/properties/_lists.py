"""Whether `tags`, `aliases` and `cssclasses` are what Obsidian takes for such."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.text import Edit, Span
from processor.parse.frontmatter import Item, Property, comment_behind, edit_value, quote_scalar
from processor.parse.grammar import PLACEHOLDER, TAG
from processor.rules.base import Problem
from processor.rules.fixes import fix_by, with_quotes
from processor.rules.properties._typed import named
from processor.vault.note import Note

_TAG = re.compile(TAG)
_HASHED = re.compile(r"#[^\s#]+(?:[ ,]+#[^\s#]+)*")
_DASHED = re.compile(r"\s*-\s+\S[^\n]*(?:\n\s*-\s+\S[^\n]*)*")


def list_of_text(note: Note, entry: Property, name: str) -> Iterator[Problem]:
    """Yield the problems of a property that must be a list of texts; `name` is its name in small letters."""
    if entry.style == "empty":
        comment = comment_behind(note.text, entry.value_span.end)
        if comment and _HASHED.fullmatch(note.quote(comment)) and name == "tags":
            tags = [tag.strip("#,") for tag in note.quote(comment).split()]
            new = _in_brackets(tags)
            yield Problem(
                comment,
                "YAML takes what follows a # for a comment, so there are no tags here",
                fix_by(note, f"write {new}", Edit(*comment, new), safe=True),
            )
    elif entry.style == "mapping":
        yield Problem(entry.value_span, f'"{entry.key}" must be a list of texts, and this is a mapping')
    elif entry.style == "list":
        for item in entry.items:
            yield from _item_of_text(note, entry, item, name)
    elif entry.value not in (None, "") and not PLACEHOLDER.search(entry.written):
        yield _scalar(note, entry, name)


def _scalar(note: Note, entry: Property, name: str) -> Problem:
    """Return what is to be said of a single value where a list belongs."""
    written = note.quote(entry.value_span)
    below = "\n" in note.text[entry.key_span.end : entry.value_span.start]
    if below and not written.startswith("-") and _DASHED.fullmatch(written):
        spaced = re.sub(r"(?m)^[^\S\n]+", lambda m: " " * len(m[0]), written)
        return Problem(
            entry.value_span,
            "no-break spaces before the - make one text of this list",
            fix_by(note, "indent with spaces", Edit(*entry.value_span, spaced), safe=True),
        )
    words, certain = _split(entry, name)
    if name == "tags" and len(words) == 1 and (why := _no_tag(words[0])):
        return Problem(entry.value_span, why)
    new = _in_brackets(words)
    return Problem(
        entry.value_span,
        f'Obsidian reads "{entry.key}" only from a list: {new}',
        fix_by(note, f"write {new}", edit_value(note.text, entry, words), safe=certain),
    )


def _in_brackets(words: list[str]) -> str:
    return "[" + ", ".join(quote_scalar(word, flow=True) for word in words) + "]"


def _split(entry: Property, name: str) -> tuple[list[str], bool]:
    """Return the texts that a scalar was meant for, and whether that is certain: no tag and no class holds a space or comma."""
    value = entry.value if isinstance(entry.value, str) else entry.written
    if name == "aliases":
        words = [word.strip() for word in value.split(",")]
        return [word for word in words if word] or [value], len(words) == 1
    words = [word for word in re.split(r"[,\s]+", value) if word]
    meant = [word for word in words if word.strip("-")]  # a dash alone is left of a list that was meant
    return meant or words, len(meant) == len(words)


def _no_tag(text: str) -> str:
    """Return why a text is no tag to Obsidian; empty where it is one, or is to become one (in a template)."""
    name = text.removeprefix("#")
    if not name or PLACEHOLDER.search(name):
        return ""
    if name.isascii() and name.isdigit():
        return f'Obsidian knows no tag "{name}": digits alone make none'
    m = _TAG.match("#" + name)
    end = 0 if m is None else m.end() - 1
    if end == len(name):
        return ""
    odd = name[end]
    shown = "a space" if odd.isspace() else f"a {odd}" if odd.isprintable() else f"the character U+{ord(odd):04X}"
    return f'Obsidian knows no tag "{name}": none can hold {shown}'


def _tag(note: Note, entry: Property, item: Item, text: str) -> Iterator[Problem]:
    """Yield the problem of an entry that is no tag. It is split at its commas, and freed of space around it, but for nothing else:
    whether `two words` are two tags, or one with a dash, a person must say.
    """
    why = _no_tag(text)
    if not why:
        return
    words = [word.strip() for word in text.split(",") if word.strip()]
    fix = None
    if words and words != [text] and entry.style == "list" and not any(map(_no_tag, words)):
        flow = note.text[entry.value_span.start] == "["
        if flow or len(words) == 1:
            new = ", ".join(quote_scalar(word, flow=True) for word in words)
            fix = fix_by(note, f"write {new}", Edit(*with_quotes(note, item.span), new), safe=len(words) == 1)
    yield Problem(item.span, why, fix)


def _item_of_text(note: Note, entry: Property, item: Item, name: str) -> Iterator[Problem]:
    if item.alias:
        return
    if isinstance(item.value, str):
        if name == "tags":
            yield from _tag(note, entry, item, item.value)
        elif name == "aliases":
            yield from _cut_item(note, entry, item)
        return
    if item.value is None:
        comment = comment_behind(note.text, item.span.end)
        if comment and item.span.start == item.span.end and _HASHED.fullmatch(note.quote(comment)):
            text = note.quote(comment)
            new = text[1:] if name == "tags" else quote_scalar(text)
            yield Problem(
                comment,
                "YAML takes what follows a # for a comment, so this entry is empty",
                fix_by(note, f"write {new}", Edit(*comment, new), safe=True),
            )
        return
    message = f'"{entry.key}" must hold texts only'
    if isinstance(item.value, (list, dict)):
        if not PLACEHOLDER.search(note.quote(item.span)):
            yield Problem(item.span, message)
        return
    written = note.quote(item.span)
    if name == "tags" and (why := _no_tag(written)):
        yield Problem(item.span, why)
        return
    new = quote_scalar(written, quotes=True)
    yield Problem(
        item.span,
        f"{message}, and without quotes this is {named(item.value)}",
        fix_by(note, f"write {new}", Edit(*item.span, new), safe=True),
    )


def _cut_item(note: Note, entry: Property, item: Item) -> Iterator[Problem]:
    """Yield an entry on a line of its own that a `#` right before a word ends."""
    comment = comment_behind(note.text, item.span.end)
    if comment is None or note.text[entry.value_span.start] == "[" or "\n" in note.quote(item.span):
        return
    first = note.text[comment.start + 1 : comment.start + 2]
    if first.isspace() or not first:
        return
    whole = Span(item.span.start, item.span.start + len(note.text[item.span.start : comment.end].rstrip()))
    new = quote_scalar(note.quote(whole), quotes=True)
    yield Problem(
        Span(comment.start, whole.end),
        f'YAML takes a # after a space for a comment, so this entry is read as "{item.value}"',
        fix_by(note, f"write {new}", Edit(*whole, new), safe=first.isdigit()),
    )
