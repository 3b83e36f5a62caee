"""A property's value is not of its kind, or not what was meant.

What it does: reports
- `tags`, `aliases` and `cssclasses` that are no list of texts,
- values that are not what `[properties.NAME]` in the configuration asks for: a type, a pattern, one of some values,
- values that are not of the type that Obsidian knows for the property (`.obsidian/types.json`): any scalar passes for a
  text or for a list of one entry, and a date may have a time or not,
- what a JSON Schema, named by `schema` in the configuration, says of the properties: each error at the key or value that it
  is about. What the schema requires of every note is reported by missing-property,
- a wikilink without quotes: to YAML `[[x]]` is a list in a list,
- a value that ends, or never begins, at a `#`, which YAML takes for a comment: in `title` and in the lists above.

Why it is bad: since version 1.9 Obsidian reads `tags`, `aliases` and `cssclasses` only from lists. A link without quotes is none.
The title `#1 thing` is empty, `Talk #42` is "Talk". What is not of its type cannot be sorted, filtered or searched for.

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
[properties.duration]
type = "number"

[properties.published]
type = "date"
required = ["transcript"]

[properties.status]
values = ["draft", "in review", "done"]

[properties.isbn]
pattern = "97[89]-[0-9-]{13}"
```

```bad
---
duration: "370"
published: 2024-02-30
status: In_Review
isbn: 0-306-40615-2
---
```

```fixed
---
duration: 370
published: 2024-02-30
status: in review
isbn: 0-306-40615-2
---
```

```good
---
title: "Open weights #42"  # a comment
tags: [ai, weights]
channel: "[[openweights]]"
duration: 370
published: 2024-02-29
status: draft
isbn: 978-0-306-40615-7
---
```

Fix: safe where the value in the right form says the same: a list of the one value, quotes around a number or a link, no quotes
around one, quotes around a title with `#` and a digit, an allowed value that differs only by case, quotes or separators. It is unsafe
where something else may be meant: a comma in an alias, `yes` for a checkbox, a `#` before a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from processor.expected import PropertySpec, Type
from processor.note import Note
from processor.properties import Item, Property, comment_behind, edit_value, quote_scalar
from processor.rule import Context, Problem, rule
from processor.rules.properties._fix import fix_by
from processor.rules.properties._typed import limited, named, typed
from processor.text import Edit, Span

LISTS_OF_TEXT = ("tags", "aliases", "cssclasses")
_WIKILINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]")
_HASHED = re.compile(r"#[^\s#]+(?:[ ,]+#[^\s#]+)*")


@dataclass(frozen=True)
class Options:
    obsidian_types: bool = True
    """Whether the types count that Obsidian keeps in `.obsidian/types.json`; those of `[properties]` always do."""
    titles: tuple[str, ...] = ("title",)
    """Properties that hold a line of text, in which a # begins no comment."""


@rule(severity="warning", fixes="both", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    options: Options = context.options
    expected = context.expected
    titles = _folded(options.titles)
    obsidian = expected.obsidian_by_key if options.obsidian_types else {}
    reported = set()
    for entry in note.properties.entries:
        if entry.style == "alias":
            continue
        found = False
        for judge in _judges(note, entry, expected.by_key, obsidian, titles):
            for problem in judge:
                found = True
                yield problem
            if found:  # of several things the first, as one may follow from the other
                reported.add(entry.key)
                break
    if expected.schema and note.properties.span and note.properties.fault is None:
        from processor.rules.properties._schema import by_schema

        yield from by_schema(note, expected.schema, frozenset(reported))


@lru_cache(maxsize=8)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset([name.casefold() for name in names])


def _judges(
    note: Note, entry: Property, specs: Mapping[str, PropertySpec], obsidian: Mapping[str, Type], titles: frozenset[str]
) -> Sequence[Iterator[Problem]]:
    """What looks at a property, in order."""
    name = entry.key.casefold()
    judges = []
    if entry.style == "list":
        judges.append(_unquoted_links(note, entry))
    spec = specs.get(name)
    if name in LISTS_OF_TEXT:
        judges.append(_list_of_text(note, entry, name))
    elif spec and spec.type:
        judges.append(typed(note, entry, spec.type))
    elif name in obsidian:
        judges.append(typed(note, entry, obsidian[name], by_obsidian=True))
    if spec:
        judges.append(limited(note, entry, spec))
    if name in titles:
        judges.append(_cut(note, entry))
    return judges


def _unquoted_links(note: Note, entry: Property) -> Iterator[Problem]:
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
        f"{message}, and without quotes this is {named(item.value)}",
        fix_by(note, f"write {new}", Edit(*item.span, new), safe=True),
    )


def _cut(note: Note, entry: Property) -> Iterator[Problem]:
    """A line of text that a `#` ends or takes away."""
    if entry.style not in ("plain", "empty") or note.text.startswith("\n", entry.value_span.end):
        return
    comment = comment_behind(note.text, entry.value_span.end)
    if comment is None or "\n" in note.quote(entry.value_span):
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
