"""The front matter is never closed.

What it does: reports a first line `---` with properties below it that no other line `---` ends.

Why it is bad: without its end Obsidian sees no front matter. The note has no properties, and the lines show as text
below a rule.

```bad
---
title: Open weights
videoId: Yw2sMd8fRj0

Weights are numbers.
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---

Weights are numbers.
```

```good
---
title: Open weights
---

Weights are numbers.
```

```good
---

A note may begin with a rule.
```

Fix: unsafe. The line is added behind the last one that looks like a property, where a blank line or the end of the note
follows; text that looks like a property would become one.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Edit
from processor.parse.frontmatter import end_of_unclosed
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import lacks_properties
from processor.vault.note import Note


@rule(severity="error", fixes="unsafe", where=lacks_properties)
def check(note: Note, context: Context) -> Iterator[Problem]:
    span = note.properties.unclosed
    if span is None:
        return
    end = end_of_unclosed(note.text)
    fix = None
    if end is not None:
        line = "---\n" if note.text.startswith("\n", end - 1) else "\n---\n"
        fix = fix_by(note, "close the front matter behind its last property", Edit(end, end, line), safe=False)
    yield Problem(span, "no later line `---` closes this front matter, so Obsidian reads no property", fix)
