"""A link leads to its note only as long as no nearer one has that name.

What it does: reports a link that several files fit, where Obsidian's choice rests on where the link stands (a file under
its own folder comes first) or on the length of the paths (the shortest comes first). Off by default. A link
whose files no rule tells apart is one of ambiguous-link.

Why it is bad: the link is right today. When its note is moved, or another one of that name is made elsewhere, it leads to
another file, and nothing says so.

```bad notes/a.md
See [[licences]].
```

```fixed
See [[talks/licences|licences]].
```

```good notes/b.md
See [[talks/licences|licences]].
```

```file talks/licences.md
Of models.
```

```file archive/2019/licences.md
Of data.
```

Fix: unsafe: the link is written so that it fits only the file that Obsidian opens today, as the vault's settings ask, and
shows what it showed; but whether that file was meant, only its author knows. A Markdown link that other
programs follow too goes on leading them to the same file: `[y](y.md)` becomes `[y](./y.md)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.rules.links._fixes import leads_to, sole_target
from processor.vault.links.faults import of_fault
from processor.vault.note import Note


@rule(severity="warning", needs="vault", fixes="unsafe", default=False)
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "fragile-link"):
        found, link = faulty.resolution, faulty.link
        assert found.path is not None
        others = ", ".join(found.candidates[1:4]) + (", …" if len(found.candidates) > 4 else "")
        why = f"Obsidian opens {found.path}, not {others} ({found.reason})"
        target = sole_target(note, link, vault, found.path)
        fix = None if target is None else leads_to(note, link, vault, target, safe=False)
        yield Problem(link.span, f'"{link.path}" fits {len(found.candidates)} files: {why}', fix)
