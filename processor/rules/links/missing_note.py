"""A link asks for a note that does not exist.

What it does: reports a link to a name that no note has, where no name, title or alias in the vault is so like it that it
must have been meant (that is broken-link). The note was planned, or it was deleted. Names of the same words in another
order are told.

Why it is bad: it need not be. Obsidian invites such links: a click makes the note. The list tells which notes are
wanted, and what was lost.

```bad
See [[the_history_of_the_transistor]].
```

```good
See [[the_transistor]].
```

```file the_transistor.md
A switch.
```

There is no fix: such a link is never led to another note.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.rules.links._fixes import what_was_meant
from processor.vault.links.faults import of_fault
from processor.vault.note import Note


@rule(severity="information", needs="vault")
def check(note: Note, context: Context) -> Iterator[Problem]:
    for faulty in of_fault(note, context.vault, "missing-note"):
        hint = what_was_meant(faulty, note, context.vault)
        yield Problem(faulty.link.span, f'no note is called "{faulty.link.path}"{hint}')
