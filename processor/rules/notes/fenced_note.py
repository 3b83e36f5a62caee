"""The whole body of a note stands in one code fence.

What it does: reports a note whose body is one fenced code block, but for the `From:` line and at most one line that
announces it (`Here is the article:`), where the block holds links, headings or stamps. Blocks in a programming
language are left alone.

Why it is bad: language models wrap what they write in a fence. To Obsidian all of it is code: no link in it is live, no
heading can be linked to, no stamp can be clicked.

```bad
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

From: [[openweights]] <br/>
~~~markdown

## In short

A weight is a number that training has found, see [[licences]].
~~~
```

```fixed
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

From: [[openweights]] <br/>

## In short

A weight is a number that training has found, see [[licences]].
```

```good
---
title: What is a weight
videoId: Yw2sMd8fRj0
---

From: [[openweights]] <br/>

One line loads them:

~~~python
weights = load("model.bin")
~~~
```

Fix: unsafe. Only the two lines of the fence go, but all that stood between them comes to life.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Edit, Span
from processor.rules._fences import fence_around_note
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.guards import has_code
from processor.vault.note import Note, parse_note


@rule(severity="error", fixes="unsafe", where=has_code)
def check(note: Note, context: Context) -> Iterator[Problem]:
    fence = fence_around_note(note)
    if fence is None:
        return
    lines = note.lines
    first, last = lines.line(fence.span.start), lines.line(fence.span.end - 1)
    opening = Span(lines.start(first), lines.end(first))
    inner = note.text[opening.end + 1 : lines.start(last)]
    inside = parse_note(inner)
    if not (inside.links or inside.headings or inside.timestamps):
        return
    # one edit over the whole fence, since all in it changes its meaning
    edit = Edit(opening.start, min(lines.end(last) + 1, len(note.text)), inner)
    yield Problem(
        opening,
        "the whole note is a code block, so no link, heading or stamp in it works; remove the fence around it",
        fix_by(note, "remove the fence", edit, safe=False),
    )
