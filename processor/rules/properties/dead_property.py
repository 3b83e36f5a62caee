"""A property that Obsidian no longer reads.

What it does: reports `tag`, `alias` and `cssclass`, in any case.

Why it is bad: since version 1.9 Obsidian reads `tags`, `aliases` and `cssclasses` only. Tags, aliases and styles under the old names
are dead.

```bad
---
title: Open weights
alias: [free weights]
---
```

```fixed
---
title: Open weights
aliases: [free weights]
---
```

```good
---
title: Open weights
aliases: [free weights]
tags: [ai]
---
```

Fix: safe. It writes the new name, where the note has no property of that name yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.frontmatter import edit_key
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.vault.note import Note

NEW_NAMES = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}


@rule(severity="warning", fixes="safe")
def check(note: Note, context: Context) -> Iterator[Problem]:
    if NEW_NAMES.keys().isdisjoint(note.properties.by_key):
        return
    for entry in note.properties.entries:
        new = NEW_NAMES.get(entry.key.casefold())
        if new is None:
            continue
        is_alone = note.properties.get(new) is None and note.properties.get(entry.key) is entry
        fix = fix_by(note, f"rename it to {new}", edit_key(entry, new), safe=True) if is_alone else None
        yield Problem(entry.key_span, f'Obsidian no longer reads "{entry.key}": it is "{new}" since version 1.9', fix)
