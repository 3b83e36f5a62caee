"""A property's value is not of its kind, or not what was meant.

What it does: reports
- `tags`, `aliases` and `cssclasses` that are no list of texts,
- properties that are not of the type the option `types` gives them,
- a wikilink without quotes: to YAML `[[x]]` is a list in a list,
- a value that ends, or never begins, at a `#`, which YAML takes for a comment: in `title` and in the lists above.

Why it is bad: since version 1.9 Obsidian reads `tags`, `aliases` and `cssclasses` only from lists. A link without quotes is none.
The title `#1 thing` is empty, `Talk #42` is "Talk".

```bad
---
title: Open weights #42
tags: ai, weights
channel: [[openweights]]
---
```

```fixed
---
title: "Open weights #42"
tags: [ai, weights]
channel: "[[openweights]]"
---
```

```config
[rules.invalid-property]
types = { duration = "number", published = "date" }
```

```bad
---
duration: "370"
published: 2024-02-30
---
```

```fixed
---
duration: 370
published: 2024-02-30
---
```

```good
---
title: "Open weights #42"  # a comment
tags: [ai, weights]
channel: "[[openweights]]"
duration: 370
published: 2024-02-29
---
```

Fix: safe where the value in the right form says the same: a list of the one value, quotes around a number or a link, no quotes
around one, quotes around a title with `#` and a digit. It is unsafe where something else may be meant: a comma in an alias, `yes` for a checkbox,
a `#` before a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from processor.note import Note
from processor.properties import Item, Property, comment_behind, edit_value, quote_scalar, resolve_plain
from processor.rule import Context, Problem, rule
from processor.rules.properties._fix import fix_by
from processor.text import Edit, Span

Type = Literal["text", "list", "number", "checkbox", "date", "datetime"]

LISTS_OF_TEXT = ("tags", "aliases", "cssclasses")
_WIKILINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]")
_HASHED = re.compile(r"#[^\s#]+(?:[ ,]+#[^\s#]+)*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[-+][0-9]{2}:?[0-9]{2})?"
)
_KINDS = {
    "text": "a text", "list": "a list", "number": "a number", "checkbox": "true or false",
    "date": "a date such as 2024-02-29", "datetime": "a date and time such as 2024-02-29T10:30:00",
}  # fmt: skip


@dataclass(frozen=True)
class Options:
    types: Mapping[str, Type] = field(default_factory=dict)
    """The type of each property, by its name."""
    titles: tuple[str, ...] = ("title",)
    """Properties that hold a line of text, in which a # begins no comment."""


@rule(severity="warning", fixes="both", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    options: Options = context.options
    types = {name.casefold(): kind for name, kind in options.types.items()}
    titles = {name.casefold() for name in options.titles}
    for entry in note.properties.entries:
        if entry.style == "alias":
            continue
        name = entry.key.casefold()
        if found := [*_unquoted_links(note, entry)]:
            yield from found
        elif name in LISTS_OF_TEXT:
            yield from _list_of_text(note, entry, name)
        elif name in types and entry.style != "empty":
            yield from _typed(note, entry, types[name])
        elif name in titles:
            yield from _cut(note, entry)


def _unquoted_links(note: Note, entry: Property) -> Iterator[Problem]:
    if entry.style != "list":
        return
    for span in (entry.value_span, *(item.span for item in entry.items if isinstance(item.value, list))):
        written = note.quote(span)
        if _WIKILINK.fullmatch(written):
            certain = "," not in written
            yield Problem(
                span,
                f"without quotes {written} is a list in a list to YAML, and no link",
                fix_by(note, "put the link in quotes", Edit(*span, quote_scalar(written, quotes=True)), safe=certain),
            )


def _list_of_text(note: Note, entry: Property, name: str) -> Iterator[Problem]:
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
    elif entry.value not in (None, ""):
        words, certain = _split(entry, name)
        new = _in_brackets(words)
        yield Problem(
            entry.value_span,
            f'Obsidian reads "{entry.key}" only from a list: {new}',
            fix_by(note, f"write {new}", edit_value(note.text, entry, words), safe=certain),
        )


def _in_brackets(words: list[str]) -> str:
    return "[" + ", ".join(quote_scalar(word, flow=True) for word in words) + "]"


def _split(entry: Property, name: str) -> tuple[list[str], bool]:
    """The texts that a scalar was meant for, and whether that is certain: no tag and no class holds a space or comma."""
    value = entry.value if isinstance(entry.value, str) else entry.written
    if name == "aliases":
        words = [word.strip() for word in value.split(",")]
        return [word for word in words if word] or [value], len(words) == 1
    return re.split(r"[,\s]+", value.strip(", \n\t")), True


def _item_of_text(note: Note, entry: Property, item: Item, name: str) -> Iterator[Problem]:
    if item.alias or isinstance(item.value, str):
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
        yield Problem(item.span, message)
        return
    new = quote_scalar(note.quote(item.span), quotes=True)
    yield Problem(
        item.span,
        f"{message}, and without quotes this is {_named(item.value)}",
        fix_by(note, f"write {new}", Edit(*item.span, new), safe=True),
    )


def _named(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


def _typed(note: Note, entry: Property, kind: Type) -> Iterator[Problem]:
    value = entry.value
    if value is None or _is(value, kind):
        return
    edit = None
    safe = True
    scalar = entry.style in ("plain", "single", "double")
    if kind == "text" and scalar:
        edit = Edit(*entry.value_span, quote_scalar(entry.written, quotes=True))
    elif kind == "list" and scalar:
        edit = Edit(
            *entry.value_span, f"[{quote_scalar(value, flow=True) if isinstance(value, str) else entry.written}]"
        )
    elif kind in ("number", "checkbox") and isinstance(value, str) and scalar:
        plain = value.strip()
        if kind == "checkbox" and plain.casefold() in _SWITCHES:
            safe = plain.casefold() in ("true", "false")
            plain = _SWITCHES[plain.casefold()]
        if _is(resolve_plain(plain), kind):
            edit = Edit(*entry.value_span, plain)
    what = (
        "no such day or time"
        if kind in ("date", "datetime") and isinstance(value, str) and _looks(value, kind)
        else _named(value)
    )
    yield Problem(
        entry.value_span,
        f'"{entry.key}" must be {_KINDS[kind]}, and this is {what}',
        edit and fix_by(note, f"write {edit.text}", edit, safe=safe),
    )


_SWITCHES = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def _is(value: object, kind: Type) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "list":
            return isinstance(value, list)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "checkbox":
            return isinstance(value, bool)
    return isinstance(value, str) and _looks(value, kind) and _exists(value, kind)


def _looks(value: str, kind: Type) -> bool:
    return bool((_DATE if kind == "date" else _DATETIME).fullmatch(value))


def _exists(value: str, kind: Type) -> bool:
    """Whether there is such a day, at such a time."""
    try:
        if kind == "date":
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _cut(note: Note, entry: Property) -> Iterator[Problem]:
    """A line of text that a `#` ends or takes away."""
    if entry.style not in ("plain", "empty") or "\n" in note.quote(entry.value_span):
        return
    comment = comment_behind(note.text, entry.value_span.end)
    if comment is None:
        return
    start = entry.value_span.start if entry.style == "plain" else comment.start
    whole = Span(start, start + len(note.text[start : comment.end].rstrip()))
    new = quote_scalar(note.quote(whole), quotes=True)
    read = f'as "{entry.written}"' if entry.written else "as empty"
    yield Problem(
        Span(comment.start, whole.end),
        f'YAML takes a # after a space for a comment, so "{entry.key}" is read {read}',
        fix_by(
            note, f"write {new}", Edit(*whole, new), safe=note.text[comment.start + 1 : comment.start + 2].isdigit()
        ),
    )
