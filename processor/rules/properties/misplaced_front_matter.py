"""The front matter is not at the top of the note.

What it does: reports a block that would be the note's front matter if nothing stood before it: blank lines, or a few
lines of text. Below text it is taken for one only if a property of it is a familiar one, such as `title`, `tags` or `videoId`.

Why it is bad: Obsidian reads a front matter only from the very first line on. Here the note has no properties, and the
block shows as text between two rules.

```bad

---
title: Open weights
---

Weights are numbers.
```

```fixed
---
title: Open weights
---

Weights are numbers.
```

```bad
# Open weights
---
title: Open weights
videoId: Yw2sMd8fRj0
---

Weights are numbers.
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---
# Open weights

Weights are numbers.
```

```good
---
title: Open weights
---

Weights are numbers.

---

Numbers are weights.
```

Fix: safe where only blank lines stand before the block: they go. It is unsafe where text does: the block
moves above it, and it might have been an example.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Edit, Span, line_end
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import lacks_properties
from processor.vault.note import Note


@rule(severity="error", fixes="both", where=lacks_properties)
def check(note: Note, context: Context) -> Iterator[Problem]:
    block, prefix = note.properties.misplaced, note.properties.misplaced_prefix
    if block is None or prefix is None:
        return
    safe = not note.quote(prefix).strip("\ufeff\u200b \t\n\r\f\v\u00a0")
    title = "remove the blank lines above the front matter" if safe else "move the front matter to the top"
    what = "blank lines stand" if safe else "text stands"
    yield Problem(
        block,
        f"{what} before this front matter, so Obsidian reads no property",
        fix_by(note, title, *_edits(note, block, prefix, safe=safe), safe=safe),
    )


def _edits(note: Note, block: Span, prefix: Span, *, safe: bool) -> list[Edit]:
    if safe:
        return [Edit(prefix.start, prefix.end, "")]
    end = min(line_end(note.text, block.end) + 1, len(note.text))
    written = note.text[block.start : end]
    return [Edit(0, 0, written.removesuffix("\n") + "\n"), Edit(block.start, end, "")]
