"""The front matter is not valid YAML.

What it does: reports the place from which the block between the two lines `---` cannot be read as YAML 1.2, and a block
that is a list or plain text instead of properties.

Why it is bad: one faulty line, and Obsidian reads none of the properties: no title, no video, no aliases, no tags.

```bad
---
title: Weights: what they are
videoId: Yw2sMd8fRj0
---
```

```fixed
---
title: "Weights: what they are"
videoId: Yw2sMd8fRj0
---
```

```bad
---
title: "Open" weights
tags: [ai
---
```

```good
---
title: "Weights: what they are"
link: https://example.org
---
```

Fix: safe. It puts a value in quotes, and only where it was surely meant as text and this makes the block valid: a colon and a space
inside, a first character that no value may begin with (``@ ` % * & ! |``), text behind a closed bracket or quote, quotes within the
same quotes. Several `[[links]]` in a row become a list of them. A no-break space that indents a line or follows a colon becomes
a plain one, and a tab goes that stands alone on a line of a block of text.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.frontmatter import mend_by_quoting
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import lacks_properties
from processor.vault.note import Note


@rule(severity="error", fixes="safe", where=lacks_properties)
def check(note: Note, context: Context) -> Iterator[Problem]:
    fault = note.properties.fault
    if fault is None:
        return
    edits = mend_by_quoting(note.text, note.properties)
    fix = None
    if edits:
        quoting = [edit for edit in edits if edit.text.strip()]
        title = "write plain spaces" if not quoting else "put the value in quotes"
        fix = fix_by(note, title if len(quoting) < 2 else "put the values in quotes", *edits, safe=True)
    yield Problem(fault.span, f"Obsidian cannot read these properties: {fault.message}", fix)
