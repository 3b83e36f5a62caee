"""The whole body of a note stands in one code fence.

What it does: reports a note whose body is one fenced code block, but for the `From:` line and at most one line that
announces it (`Here is the article:`), where the block holds links, headings or stamps. Blocks in a programming
language are left alone.

Why it is bad: language models wrap what they write in a fence. To Obsidian all of it is code: no link in it is live, no
heading can be linked to, no stamp can be clicked.

```bad
---
title: What is a weight
videoId: dQw4w9WgXcQ
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
videoId: dQw4w9WgXcQ
---

From: [[openweights]] <br/>

## In short

A weight is a number that training has found, see [[licences]].
```

```good
---
title: What is a weight
videoId: dQw4w9WgXcQ
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

from processor.note import Note, parse_note
from processor.rule import Context, Fix, NoteEdit, Problem, rule
from processor.syntax import Code
from processor.text import Edit, Span

PROSE = frozenset(("", "markdown", "md", "text", "txt", "plaintext", "plain"))
_LONGEST_LEAD = 120  # characters of a line that announces the text


@rule(severity="error", fixes="unsafe")
def check(note: Note, context: Context) -> Iterator[Problem]:
    del context
    fences = [c for c in note.code if c.form == "fence"]
    # the first is the outermost: in a fence there is no other
    if not fences or not fences[0].closed or fences[0].info.strip().lower() not in PROSE:
        return
    fence = fences[0]
    lines = note.lines
    first, last = lines.line(fence.span.start), lines.line(fence.span.end - 1)
    opening = Span(lines.start(first), lines.end(first))
    closing = Span(lines.start(last), lines.end(last))
    if note.quote(opening)[:1] not in "`~ " or note.text[closing.end :].strip() or not _is_lead(note, opening.start):
        return
    inner = note.text[opening.end + 1 : closing.start]
    inside = parse_note(inner)
    if not (inside.links or inside.headings or inside.timestamps):
        return
    yield Problem(
        opening,
        "the whole note is a code block, so no link, heading or stamp in it works; remove the fence around it",
        Fix("remove the fence", safe=False, edits=lambda: [NoteEdit(note.path, _unwrapped(note, fence, inner))]),
    )


def _is_lead(note: Note, end: int) -> bool:
    """Whether the body up to `end` is nothing but the `From:` line and one line that ends in a colon."""
    leads = 0
    start = note.body_start
    while start < end:
        stop = note.lines.end(note.lines.line(start))
        line = note.text[start : min(stop, end)].strip()
        of_channel = note.channel is not None and start <= note.channel.span.start < stop
        if line and not of_channel:
            leads += 1
            if leads > 1 or len(line) > _LONGEST_LEAD or not line.endswith(":"):
                return False
        start = stop + 1
    return True


def _unwrapped(note: Note, fence: Code, inner: str) -> Edit:
    """One edit over the whole fence, since all in it changes its meaning."""
    start = note.lines.start(note.lines.line(fence.span.start))
    end = note.lines.end(note.lines.line(fence.span.end - 1))
    return Edit(start, min(end + 1, len(note.text)), inner)
