"""A link is written in another case than its file's path.

What it does: reports a link that Obsidian follows although its path differs from the file's in case. Off by default.

Why it is bad: Obsidian does not mind. A website made from the vault, or a script on a system that tells `A` from `a`, does.

```bad
See [[Open_Weights]] and ![[Chart.PNG]].
```

```fixed
See [[open_weights|Open_Weights]] and ![[chart.png]].
```

```good
See [[open_weights|Open_Weights]] and ![[chart.png]].
```

```file open_weights.md
Weights.
```

```file chart.png
```

Fix: safe: only the case of the path changes, and what a reader saw stays as display text.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.rules.links._fixes import leads_to
from processor.vault.naming import nfc
from processor.vault.note import Note


@rule(severity="warning", needs="vault", fixes="safe", default=False)
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for link in note.links:
        written = link.path
        found = vault.resolve(link.target, note.path)
        right = _in_case_of(written, found.path) if written and found.path is not None else written
        if right == written:
            continue
        message = f'"{written}" leads to {found.path}, whose path is written in another case'
        fix = None
        if vault.resolve(right, note.path).path == found.path:
            target = right if link.fragment is None else f"{right}#{link.fragment}"
            if link.form in ("markdown", "reference"):
                target = target.removesuffix(".md")
            fix = leads_to(note, link, vault, target, safe=True)
        yield Problem(link.span, message, fix)


def _in_case_of(written: str, path: str) -> str:
    """Return the path of a link as it would be in the case of the file's; as it is where the two differ otherwise."""
    parts, there = written.split("/"), nfc(path).split("/")
    if not parts[-1].lower().endswith(".md") and there[-1].endswith(".md") and parts[-1].lower() != there[-1].lower():
        there[-1] = there[-1][:-3]
    for i in range(1, min(len(parts), len(there)) + 1):
        if parts[-i] in (".", "..") or parts[-i].lower() != there[-i].lower():
            break
        parts[-i] = there[-i]
    return "/".join(parts)
