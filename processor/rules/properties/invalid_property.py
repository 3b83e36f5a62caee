"""A property's value is not of its kind, or not what was meant.

What it does: reports
- `tags`, `aliases` and `cssclasses` that are no list of texts,
- a tag that Obsidian knows as none: it needs a character that is no digit, and holds no space, comma or other punctuation but
  `-`, `_` and `/`,
- a value that loses its first word, since YAML takes `!word` for a tag and `&word` for an anchor,
- values that are not what `[properties.NAME]` in the configuration asks for: a type, a pattern, one of some values,
- values that are not of the type that Obsidian knows for the property (`.obsidian/types.json`): any scalar passes for a
  text or for a list of one entry, and a date may have a time or not,
- what a JSON Schema, named by `schema` in the configuration, says of the properties: each error at the key or value that it
  is about. What the schema requires of every note is reported by missing-property,
- a wikilink without quotes: to YAML `[[x]]` is a list in a list,
- a value that ends, or never begins, at a `#`, which YAML takes for a comment: in `title` and in the lists above.

Why it is bad: since version 1.9 Obsidian reads `tags`, `aliases` and `cssclasses` only from lists. A link without quotes is none.
The title `#1 thing` is empty, `Talk #42` is "Talk", `!important note` is "note". What is not of its type cannot be sorted, filtered or searched for.

```bad
---
title: Open weights #42
tags: ai, weights
channel: [[openweights]]
topic: !important weights
---
```

```fixed
---
title: "Open weights #42"
tags: [ai, weights]
channel: "[[openweights]]"
topic: "!important weights"
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
around one, quotes around a value that begins with `!` or `&`, quotes around a title with `#` and a digit, an allowed value that differs only by case, quotes or separators. It is unsafe
where something else may be meant: a comma in an alias or a tag, `yes` for a checkbox, a `#` before a word. Of a tag with a space in it
nobody knows whether it was meant for two, and a number is no tag however it is written: there is no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from processor.base.text import Edit, Span
from processor.parse.frontmatter import Property, comment_behind, quote_scalar
from processor.rules.base import Context, Problem, rule
from processor.rules.expected import PropertySpec, Type
from processor.rules.fixes import fix_by
from processor.rules.properties._lists import list_of_text
from processor.rules.properties._marks import losing_marks, may_hold_marks
from processor.rules.properties._typed import limited, typed
from processor.vault.note import Note

LISTS_OF_TEXT = ("tags", "aliases", "cssclasses")
_WIKILINK = re.compile(r"!?\[\[[^\[\]\n]+\]\]")


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
    marks = may_hold_marks(note)
    for entry in note.properties.entries:
        if entry.style == "alias":
            continue
        found = False
        judges = _judges(note, entry, expected.by_key, obsidian, titles)
        for judge in (losing_marks(note, entry), *judges) if marks else judges:
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
    """Return what looks at a property, in order."""
    name = entry.key.casefold()
    judges = []
    if entry.style == "list":
        judges.append(_unquoted_links(note, entry))
    spec = specs.get(name)
    if name in LISTS_OF_TEXT:
        judges.append(list_of_text(note, entry, name))
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


def _cut(note: Note, entry: Property) -> Iterator[Problem]:
    """Yield a line of text that a `#` ends or takes away."""
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
