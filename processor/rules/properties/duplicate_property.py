"""A property stands twice in one note.

What it does: reports the second and every further property of one name, also in a mapping within a property. Names
that differ only in case are a warning.

Why it is bad: YAML wants each name once. Obsidian and other programs show an error or keep one of the values, and not all the same
one.

```bad
---
title: Open weights
videoId: Yw2sMd8fRj0
title: Open weights, again
---
```

```bad
---
tags: [ai]
title: Open weights
tags: [ai]
---
```

```fixed
---
tags: [ai]
title: Open weights
---
```

```good
---
title: Open weights
subtitle: Open weights
---
```

Fix: safe, and only where both say the same, word for word: the later line goes. It is unsafe for names that differ in case: the one
goes that programs which mind the case do not look for. Of two different values a person must choose.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.frontmatter import Property, remove_property
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.fixes import fix_by
from processor.vault.note import Note


@rule(severity="error", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    entries = note.properties.entries
    if len(note.properties.by_key) == len(entries) and not note.properties.duplicates:
        return
    again = {entry.key_span for entry in note.properties.duplicates}
    first: dict[str, Property] = {}
    first_in_any_case: dict[str, Property] = {}
    top = set()
    for entry in entries:
        top.add(entry.key_span)
        before = first.setdefault(entry.key, entry)
        alike = first_in_any_case.setdefault(entry.key.casefold(), entry)
        if before is not entry:
            line = note.lines.position(before.key_span.start).line
            message = f'"{entry.key}" is there already, on line {line}'
            yield Problem(entry.key_span, message, _fix(note, before, entry))
        elif alike is not entry:
            message = f'"{entry.key}" and "{alike.key}" are one property to Obsidian'
            fix = _fix_of_alike(note, alike, entry, context.video_properties)
            yield Problem(entry.key_span, message, fix, severity="warning")
    for entry in note.properties.duplicates:
        if entry.key_span in again - top:
            yield Problem(entry.key_span, f'"{entry.key}" stands twice in this mapping')


def _fix_of_alike(note: Note, before: Property, entry: Property, video_properties: tuple[str, ...]) -> Fix | None:
    """Of two names that differ in case and say the same, the later goes, or the one that other programs do not look for."""
    if note.quote(before.value_span) != note.quote(entry.value_span) or before.style == "empty":
        return None
    gone = before if entry.key in (*_LOOKED_FOR, *video_properties) else entry
    edit = remove_property(note.text, gone)
    return edit and fix_by(note, f"remove {gone.key}, which says the same", edit, safe=False)


_LOOKED_FOR = ("title", "tags", "aliases", "cssclasses")


def _fix(note: Note, before: Property, entry: Property) -> Fix | None:
    if note.quote(before.span) != note.quote(entry.span):
        return None
    edit = remove_property(note.text, entry)
    return edit and fix_by(note, "remove the second, which says the same", edit, safe=True)
