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

from processor.base.text import Edit, most_like
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
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
        near = most_like(name.lower(), sorted(known), 0.75)
        start = callout.type_span.start + callout.type.find(name)
        edit = Edit(start, start + len(name), near)
        fix = fix_by(note, f"write [!{near}]", edit, safe=False) if near else None
        hint = f'; did you mean "{near}"?' if near else ", and shows it as a note"
        yield Problem(callout.type_span, f'Obsidian knows no callout "{name}"{hint}', fix)
