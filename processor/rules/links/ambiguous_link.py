"""A link fits several notes, and no rule says which one opens.

What it does: reports a link that fits several files of which Obsidian's order does not decide: neither an exact path, nor
the note's own folder, nor the shortest path. It says how each of them is written so that nothing else fits. A link that
the order decides is one of fragile-link; paths that differ only in case are the matter of name-collision.

Why it is bad: Obsidian opens now one, now the other.

```bad notes/a.md
See [[licences]].
```

```good notes/b.md
See [[talks/licences|licences]].
```

```file talks/licences.md
Of models.
```

```file books/licences.md
Of data.
```

There is no fix: which one was meant, only its author knows. The message gives the link for each.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.nodes import Link
from processor.rules.base import Context, Problem, rule
from processor.rules.links._fixes import either, sole_target
from processor.vault.links.faults import of_fault
from processor.vault.links.writing import relink, written_link
from processor.vault.note import Note
from processor.vault.vault import Vault

_OFFERED = 6  # of very many candidates the first


@rule(severity="warning", needs="vault")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "ambiguous-link"):
        found, link = faulty.resolution, faulty.link
        paths = found.candidates[: found.tied]
        message = f'"{link.path}" fits {found.tied} files, and which one Obsidian opens is not known'
        yield Problem(link.span, f"{message}: write {either([_offer(note, vault, link, p) for p in paths], _OFFERED)}")


def _offer(note: Note, vault: Vault, link: Link, path: str) -> str:
    """Return the link as it would lead to one of the files alone; where that cannot be written, the file's path."""
    target = sole_target(note, link, vault, path)
    edit = None if target is None else relink(note, link, target)
    return path if edit is None else written_link(note, link, edit)
