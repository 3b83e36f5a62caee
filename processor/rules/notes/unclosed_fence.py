"""A code fence is never closed.

What it does: reports a line of three or more backticks or tildes that opens a code block which no such line closes.

Why it is bad: all that follows, to the end of the note or of the quote or list item, is code to Obsidian: no link in it
is live and no stamp can be clicked. A closing fence that is indented less than the list item it belongs to closes
nothing; it opens a second block.

```bad
~~~python
weights = load("model.bin")

See [[licences]] for what may be done with them.
```

```good
~~~python
weights = load("model.bin")
~~~

See [[licences]] for what may be done with them.
```

There is no fix: where the code was to end is not written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Span
from processor.rules._fences import unclosed_fences
from processor.rules.base import Context, Problem, rule
from processor.rules.guards import has_code
from processor.vault.note import Note


@rule(severity="error", where=has_code)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for code in unclosed_fences(note):
        end = note.lines.end(note.lines.line(code.span.start))
        yield Problem(
            Span(code.span.start, min(end, code.span.end)),
            "nothing closes this code fence, so all that follows is code; close it where the code ends",
        )
