"""A note's file name does not follow its title.

What it does: reports a note with a `title` whose file is not called by it. With `style = "slug"` the name is the title
in lower case, without all but letters, digits and spaces, the spaces as `_`; with `style = "title"` it is the title
without the characters that file names cannot hold. A number at the end (`_2`, ` 2`, ` (2)`) tells two notes of one title apart. Off
by default.

Why it is bad: links are written by title, and a name that does not follow from it must be looked up.

```bad openweights/weights.md
---
title: What is a weight?
---
```

```good openweights/what_is_a_weight.md
---
title: What is a weight?
---
```

There is no fix here: a note is renamed by `ytvault rename`, which takes the links to it along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from processor.base.regex import regex
from processor.rules.base import Context, Problem, rule
from processor.vault.note import Note

_NOT_IN_SLUG = regex(r"[^A-Za-z0-9 ]")
_NOT_IN_WORD = regex(r"[^\w ]")
_NOT_IN_NAME = regex(r'[*"\\/<>:|?#^\[\]]')
_NUMBER = regex(r"(?:[_ -]\d+| \(\d+\))$")


@dataclass(frozen=True)
class Options:
    """How the vault names its notes."""

    style: Literal["slug", "title"] = "slug"
    """`slug` for `what_is_a_weight.md`, `title` for `What is a weight.md`."""


@rule(severity="warning", default=False, options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    title = note.properties.get("title")
    if not title or not isinstance(title.value, str):
        return
    names = _slugs(title.value) if context.options.style == "slug" else _titles(title.value)
    name = unicodedata.normalize("NFC", note.name)
    if names[0] and name not in names and _NUMBER.sub("", name) not in names:
        yield Problem(title.value_span, f'the file is called "{note.name}", by its title it would be "{names[0]}"')


def _slugs(title: str) -> list[str]:
    """Return the slug of letters A to Z, and one that keeps the letters of every script."""
    title = unicodedata.normalize("NFC", title.strip())
    found = [_NOT_IN_SLUG.sub("", title), _NOT_IN_WORD.sub("", title)]
    bare = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    found.append(_NOT_IN_SLUG.sub("", bare))
    if any(c.isalnum() and not c.isascii() for c in title):  # a title in another script keeps its letters
        found.sort(key=str.isascii)
    return [name.replace(" ", "_").lower() for name in found]


def _titles(title: str) -> list[str]:
    """Return the title without what names cannot hold; with a space, a dash or an underscore in its place."""
    title = unicodedata.normalize("NFC", title.strip())
    found = [" ".join(_NOT_IN_NAME.sub(mark, title).split()) for mark in ("", " ", "-", "_")]
    found.append(re.sub(r" ?[:/|] ?", " - ", title))
    return found
