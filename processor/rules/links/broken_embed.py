"""An embed shows nothing, because its file is not there.

What it does: reports `![[…]]` and `![…](…)` whose note, image, PDF or other file does not exist in the vault. An
embed whose file exists and whose heading or block does not is one of broken-heading and broken-block.

Why it is bad: in the place of the picture or the passage, a reader sees a box that says it could not be found.

```bad
![[Model Sizes.png|640x480]]
```

```fixed
![[model_sizes.png|640x480]]
```

```good
![[model_sizes.png|640x480]]
```

```file model_sizes.png
```

Fix: safe where exactly one file has the name but for case, punctuation and the choice of space, `_` or `-` (see broken-link);
unsafe where the nearest name stands out by far. A size (`|640x480`) is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.rules.links._fixes import guessed_fix, what_was_meant
from processor.vault.links.faults import of_fault
from processor.vault.note import Note


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "broken-embed"):
        message = f'there is no "{faulty.link.path}" to embed{what_was_meant(faulty, note, vault)}'
        yield Problem(faulty.link.span, message, guessed_fix(faulty, note, vault))
