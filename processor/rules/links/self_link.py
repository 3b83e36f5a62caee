"""A note links to itself.

What it does: reports a link whose target is the note it stands in, without a heading or block. Off by default.

Why it is bad: a click on it does nothing, and in the graph the note looks better connected than it is. Generated notes
often link to their own title.

```bad open_weights.md
What [[open_weights|open weights]] are.
```

```good open_weights.md
What open weights are, and [[#How they are shared]].

## How they are shared
```

There is no fix: whether the link was meant for another note, only its author knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note


@rule(severity="warning", needs="vault", default=False)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for link in note.links:
        if link.path and not link.fragment and context.vault.resolve(link.target, note.path).path == note.path:
            yield Problem(link.span, "this link leads to the note it stands in")
