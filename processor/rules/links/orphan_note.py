"""No link leads to a note.

What it does: reports a note that no other note links to. Hubs, notes named as their folder and index notes are left
aside, and what the option `allow` names. Off by default.

Why it is bad: nobody finds the note but by searching.

```bad talks/lonely.md
Nobody links here.
```

```good talks/found.md
The index links here.
```

```file index.md
[[talks/found]]
```

There is no fix: where the note belongs, its author knows (`build` lists a channel's notes in its hub).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processor.base.globs import compile_globs, matches
from processor.base.text import Span
from processor.rules.base import Context, Problem, rule
from processor.vault.backlinks import backlinks
from processor.vault.note import Note

_INDEXES = frozenset(("index", "readme", "home", "homepage", "start", "directory", "contents", "moc"))


@dataclass(frozen=True)
class Options:
    """Which notes may stand alone."""

    allow: tuple[str, ...] = ()
    """Patterns, as in `.gitignore`, of notes that need no link to them: `daily/`."""

    def __post_init__(self) -> None:
        if self.allow:
            compile_globs(self.allow)


@rule(severity="warning", needs="vault", default=False, options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    name = note.name.lower()
    if name in _INDEXES or name == note.folder.rpartition("/")[2].lower() or vault.kind_of(note) == "hub":
        return
    if any(b.path != note.path for b in backlinks(vault, note.path)):
        return
    if matches(note.path, context.options.allow):
        return
    yield Problem(Span(note.body_start, note.body_start), "no other note links to this one")
