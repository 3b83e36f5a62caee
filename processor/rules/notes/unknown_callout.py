"""A callout has a type that Obsidian does not know.

What it does: reports a callout `> [!type]` whose type is none of Obsidian's and not among the option `types`. Off by default: many vaults style
types of their own.

Why it is bad: Obsidian shows an unknown type as a plain note, with its icon and colour. Mostly the type is
misspelled.

```bad
> [!warnning] Weights are not source
> They can be used, not read.
```

```fixed
> [!warning] Weights are not source
> They can be used, not read.
```

```good
> [!warning] Weights are not source
> They can be used, not read.
```

Fix: unsafe, and only where one known type is near: it writes that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processor.base.text import Edit
from processor.parse.nodes import Callout
from processor.rules.base import Context, Fix, NoteEdit, Problem, rule
from processor.vault.note import Note

# Obsidian's, with their aliases: https://help.obsidian.md/callouts
TYPES = frozenset((
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check",
    "done", "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing",
    "danger", "error", "bug", "example", "quote", "cite",
))  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What the vault's style sheets add."""

    types: tuple[str, ...] = ()
    """Callout types that the vault styles itself; case does not matter."""


@rule(severity="warning", fixes="unsafe", default=False, options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    if not note.callouts:
        return
    known = TYPES | {name.strip().lower() for name in context.options.types}
    for callout in note.callouts:
        # what follows a bar is for style sheets
        name = callout.type.partition("|")[0].strip()
        if name.lower() in known:
            continue
        near = _nearest(name.lower(), known)
        fix = _rewriting(note, callout, name, near) if near else None
        hint = f'; did you mean "{near}"?' if near else ", and shows it as a note"
        yield Problem(callout.type_span, f'Obsidian knows no callout "{name}"{hint}', fix)


def _rewriting(note: Note, callout: Callout, name: str, near: str) -> Fix:
    start = callout.type_span.start + callout.type.find(name)
    edit = NoteEdit(note.path, Edit(start, start + len(name), near))
    return Fix(f"write [!{near}]", safe=False, edits=lambda: [edit])


def _nearest(name: str, known: frozenset[str]) -> str | None:
    import difflib

    near = difflib.get_close_matches(name, sorted(known), 1, 0.75)
    return near[0] if near else None
