"""A link leads nowhere, though a note was meant.

What it does: reports a link to a name that no note has, where a note with a name, title or alias like it exists. The
names are compared in tiers: first as equal but for case, Unicode form and the choice of space, `_` or `-`; then
without punctuation; then, in the same folder, without spaces. In each tier a note in the same folder comes first, then
one of the same channel, then one elsewhere. A name of fewer than four letters and digits is never folded. What is written
in another notation is read as it was meant: `%20`, `&amp;`, `\\`, `.md.md`, letters that nobody sees; and so is a title with a `|`,
`#` or `/` in it. Where no tier has an answer, names that a slip of the pen keeps apart are told. A link to an attachment
that is not there, or to a folder, is reported too. A link to which nothing in the vault is like is one of missing-note; but where a commit is judged (`--staged`,
`--from-ref`), one that led somewhere before it and leads nowhere after it is reported here, with what the commit deletes or renames.

Why it is bad: Obsidian goes by the file name. By a title, an alias or a misspelt name it does not find the note: it
opens a new, empty one.

```bad talks/models.md
The [[Open Source Platforms]] of [[Mistral|the French]].
```

```fixed
The [[open_source_platforms|Open Source Platforms]] of [[mistral_ai|the French]].
```

```good
The [[open_source_platforms|Open Source Platforms]] of [[mistral_ai|the French]].
```

```file talks/open_source_platforms.md
Platforms.
```

```file talks/mistral_ai.md
---
aliases: [Mistral]
---
```

Fix: safe where a tier has exactly one note: the link is written with the shortest path that is unique (or as the vault's
settings ask), and what a reader saw stays as display text; a title with a `|` becomes a Markdown link, as two bars are
malformed-link; safe too where another notation names a file; unsafe where
one name stands out by far: a single letter in a word that no other name holds (then the right name is shown), an article
or a plural ending apart; or where git sees the note renamed. A link to a note that the commit deletes is never led
to another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, Severity, rule
from processor.rules.links._fixes import guessed_fix, what_was_meant
from processor.vault.links.faults import of_fault
from processor.vault.note import Note


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "broken-link", "folder"):
        link, path = faulty.link, faulty.link.path
        if faulty.fault == "folder":
            # from a wikilink Obsidian would make a note of that name
            severity: Severity | None = None
            if link.form in ("wikilink", "property") and not path.endswith("/"):
                severity = "information"
            yield Problem(link.span, f'"{path}" names a folder, and a link leads to a file', severity=severity)
            continue
        message = f'nothing is called "{path}"{what_was_meant(faulty, note, vault)}'
        yield Problem(link.span, message, guessed_fix(faulty, note, vault))
