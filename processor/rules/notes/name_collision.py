"""Two files have one path but for case or Unicode form.

What it does: reports a note whose path equals that of another note or file when case is ignored and accents are
written alike.

Why it is bad: Windows and macOS can hold only one of the two, so a copy or a sync loses the other. And a link cannot
tell them apart: names that differ only in case are one name to Obsidian.

```bad acquired/Acquired.md
---
title: Acquired
---
```

```file acquired/acquired.md
---
title: Acquired
---
```

```good acquired/acquired_fm.md
---
title: Acquired FM
---
```

There is no fix: which of the two should stay, or how one should be called, is for their author to say. `ytvault rename`
moves a note and takes its links along.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from processor.base.text import Span
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault


@rule(severity="error", needs="vault")
def check(note: Note, context: Context) -> Iterator[Problem]:
    paths = _collisions(context.vault).get(note.path, ())
    others = " and ".join(f'"{path}"' for path in paths if path != note.path)
    if others:
        yield Problem(
            Span(0, 0),
            f"the path differs from {others} only in case or Unicode form: Windows and macOS can hold but one of them",
        )


def _folded(path: str) -> str:
    return (
        path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
    )


@per_vault()
def _collisions(vault: Vault) -> dict[str, list[str]]:
    """Return for each path that is one with others when folded all these paths, itself among them."""
    paths = vault.namesakes()  # of which there are few, and mostly they are known at once
    if paths is None:
        paths = [*vault.notes, *vault.files]
    folded: dict[str, list[str]] = {}
    for path in sorted(paths):
        folded.setdefault(_folded(path), []).append(path)
    return {path: alike for alike in folded.values() if len(alike) > 1 for path in alike}
