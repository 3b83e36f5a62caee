"""A wikilink stands in an HTML block, where it is no link.

What it does: reports a wikilink in the text of an HTML block. What stands in a script, in code, in a comment or in a tag is none, and
a stamp in brackets is of the family of the timestamps.

Why it is bad: no Markdown is rendered in an HTML block, by Obsidian or by others. A reader sees `[[licences]]`, brackets and
all, and it leads nowhere. An HTML block ends at a blank line.

```bad
<div>
See [[licences]].
</div>
```

```good
<div>

See [[licences]].

</div>
```

```file licences.md
Terms.
```

There is no fix: a blank line before and behind the words makes Markdown of them, and what it does to the rest of the block is to be
looked at. `ytvault build --for quartz` (and the like) writes `<a href="…">` instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.rules.base import Context, Problem, rule
from processor.rules.guards import has_html
from processor.vault.links.in_html import links_in_html
from processor.vault.note import Note


@rule(severity="warning", where=has_html)
def check(note: Note, context: Context) -> Iterator[Problem]:
    for link in links_in_html(note):
        yield Problem(link.span, f'"{note.quote(link.span)}" is no link: no Markdown is rendered in an HTML block')
