"""A link fits several notes.

What it does: reports a link whose name several files of the vault have, where Obsidian's choice rests on where the
link stands (a file under its own folder comes first) or on the length of the paths (the shortest comes first). It
says what Obsidian opens and which others fit. Paths that differ only in case are the matter of name-collision.

Why it is bad: which note opens is not what the link says. It changes when a note is moved, or another one of that name is made.

```bad talks/a.md
See [[licences]].
```

```fixed
See [[talks/licences|licences]].
```

```good talks/a.md
See [[talks/licences|licences]].
```

```file talks/licences.md
Of models.
```

```file papers/licences.md
Of data.
```

Fix: safe: the link is written so that it fits only the note that Obsidian opens today, and shows what it showed. Where two
paths are equally short and no rule says which one Obsidian opens, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.note import Note
from processor.rule import Context, Fix, Problem, rule
from processor.rules.links._judge import leads_to_file, of_fault
from processor.syntax import Link
from processor.vault import Vault


@rule(severity="warning", needs="vault", fixes="safe")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "ambiguous-link"):
        found = faulty.resolution
        assert found.path is not None
        others = ", ".join(found.candidates[1:4]) + (", …" if len(found.candidates) > 4 else "")
        message = f'"{faulty.link.path}" fits {len(found.candidates)} files: '
        if found.decider == "tie":
            yield Problem(faulty.link.span, f"{message}{found.path}, {others}; {found.reason}")
        else:
            why = f"Obsidian opens {found.path}, not {others} ({found.reason})"
            yield Problem(faulty.link.span, message + why, _fix(note, vault, faulty.link, found.path))


def _fix(note: Note, vault: Vault, link: Link, path: str) -> Fix | None:
    target = vault.path_to(path, note.path)
    if vault.resolve(target, note.path).decider in ("folder", "shortest", "tie"):
        return None
    return leads_to_file(note, link, vault, path, safe=True)
