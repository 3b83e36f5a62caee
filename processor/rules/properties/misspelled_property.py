"""A property's name is a known one, written otherwise.

What it does: reports a name that is the video property's, or `title`, `tags`, `aliases` or `cssclasses`, but for `_` and
`-`, or but for one slip: a letter too many, missing, wrong, or two exchanged; and a name in which an invisible character
hides. It is silent where more of the other notes write it so than as it should be. Case makes no difference, as in Obsidian;
a name that is there twice but for case is left to `duplicate-property`, and one that may name a video only counts where its
value can.

Why it is bad: Obsidian and its plugins look for the name letter by letter. What stands under another one is not found.

```bad
---
title: Open weights
video_id: Yw2sMd8fRj0
---
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---
```

```bad
---
tilte: Open weights
videoId: Yw2sMd8fRj0
---
```

```fixed
---
title: Open weights
videoId: Yw2sMd8fRj0
---
```

```good
---
title: Open weights
videoId: Yw2sMd8fRj0
---
```

Fix: unsafe, since the name may be one of your own; safe where only an invisible character goes. It is not offered where
the note has the right one too, or two that may be meant for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from processor.parse.frontmatter import edit_key
from processor.rules.base import Context, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.properties._names import may_be, meant_for, visible
from processor.rules.properties.dead_property import NEW_NAMES
from processor.vault.facts import keys
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...] = ("title", "tags", "aliases", "cssclasses")
    """Right names, besides the first of the video properties."""
    allow: tuple[str, ...] = ()
    """Names that are right as they are, though they look like a slip."""


@rule(severity="warning", needs="vault", fixes="both", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    meant_by = _meant_by(tuple(keys(note)), context.options, context.video_properties)
    if not meant_by:
        return
    entries = note.properties.entries
    here = Counter(entry.key.casefold() for entry in entries)
    # what each is meant for, those included that a fix of another rule renames
    meanings = Counter(meant_by.get(e.key) or NEW_NAMES.get(e.key.casefold(), e.key.casefold()) for e in entries)
    for entry in entries:
        key = entry.key
        meant = meant_by.get(key)
        if meant is None or here[key.casefold()] > 1:  # of a name that is there twice duplicate-property speaks
            continue
        hidden = visible(key) if visible(key).casefold() == meant.casefold() else key
        counts = _spellings(context.vault)
        if hidden == key:
            is_video = meant == context.video_properties[0]
            usual = counts[key.casefold()] - 1 > counts[meant.casefold()] - (meant.casefold() in here)
            if usual or not may_be(entry, is_video):
                continue
        right = meant if hidden == key else hidden
        alone = meanings[meant] == 1 and here[meant.casefold()] == (meant.casefold() == key.casefold())
        fix = fix_by(note, f"rename it to {right}", edit_key(entry, right), safe=hidden != key) if alone else None
        yield Problem(entry.key_span, _message(key, right, hides=hidden != key), fix)


def _message(key: str, right: str, *, hides: bool) -> str:
    if not hides:
        return f'"{key}" is probably meant for "{right}"'
    odd = next(c for c in key if c not in right)
    return f'an invisible character (U+{ord(odd):04X}) hides in this name, so nothing finds "{right}"'


@lru_cache(maxsize=1024)  # the notes of a vault have much the same names
def _meant_by(names: tuple[str, ...], options: Options, video_properties: tuple[str, ...]) -> Mapping[str, str]:
    return {key: meant for key in names if (meant := _meant(key, options, video_properties))}


def _meant(key: str, options: Options, video_properties: tuple[str, ...]) -> str | None:
    """Return the right name that a name is probably meant for; None where it is right itself, or may be."""
    if key.casefold() in map(str.casefold, options.allow):
        return None
    seen = visible(key)
    if seen != key:  # hidden in any name that something looks for
        known = (*video_properties, *options.names)
        if found := next((name for name in known if name.casefold() == seen.casefold()), None):
            return found
    others = {*options.allow, *video_properties[1:]}
    if key.casefold() in NEW_NAMES or seen.casefold().translate(_NO_MARKS) in NEW_NAMES:
        return None
    return meant_for(key, (*video_properties[:1], *options.names), others)


_NO_MARKS = str.maketrans("", "", "_- ")


@per_vault(keys)
def _spellings(vault: Vault) -> Mapping[str, int]:
    """In how many notes each property name stands, by its folded name."""
    counts: Counter[str] = Counter()
    for names in vault.facts(keys).values():
        counts.update({name.casefold() for name in names})
    return counts
