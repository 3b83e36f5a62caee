"""A comment is never closed.

What it does: reports a `%%` or `<!--` that hides all that follows, because nothing closes it.

Why it is bad: Obsidian shows nothing of the rest of the note, and headings in it cannot be linked to.

```bad
Weights can be copied.

%% check this

## Who may copy them
```

```good
Weights can be copied.

%% check this %%

## Who may copy them
```

There is no fix: where the comment was to end is not written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.base.text import Span
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note


@rule(severity="error")
def check(note: Note, context: Context) -> Iterator[Problem]:
    for comment in note.comments:
        if not comment.closed:
            opening, closing = ("%%", "%%") if comment.form == "obsidian" else ("<!--", "-->")
            start = comment.span.start
            yield Problem(
                Span(start, start + len(opening)),
                f"nothing closes this comment, so all that follows is hidden; write {closing} where it ends",
            )
