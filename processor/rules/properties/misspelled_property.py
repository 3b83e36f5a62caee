"""A property's name is a known one, written otherwise.

What it does: reports a name that is the video property's, or `title`, `tags`, `aliases` or `cssclasses`, but for case, `_` and
`-`, or but for one slip: a letter too many, missing, wrong, or two exchanged. It is silent where more of the other notes
write it so than as it should be, and about case in `tags`, `aliases` and `cssclasses`, which Obsidian ignores.

Why it is bad: Obsidian and its plugins look for the name letter by letter. What stands under another one is not found.

```bad
---
title: Open weights
videoID: Yw2sMd8fRj0
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

Fix: unsafe. The name may be one of your own; it is not offered where the note has the right one too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from processor.facts import keys
from processor.note import Note
from processor.properties import edit_key
from processor.rule import Context, Problem, per_vault, rule
from processor.rules.properties._fix import fix_by
from processor.rules.properties.dead_property import NEW_NAMES
from processor.vault import Vault

_OBSIDIANS_OWN = frozenset(("tags", "aliases", "cssclasses"))  # found in any case
_SHORTEST = 5  # letters of a name in which one slip can be told from another word


@dataclass(frozen=True)
class Options:
    names: tuple[str, ...] = ("title", "tags", "aliases", "cssclasses")
    """Right names, besides the first of the video properties."""
    allow: tuple[str, ...] = ()
    """Names that are right as they are, though they look like a slip."""


@rule(severity="warning", needs="vault", fixes="unsafe", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    meant_by = _meant_by(tuple(keys(note)), context.options, context.video_properties)
    for entry in note.properties.entries if meant_by else ():
        key = entry.key
        meant = meant_by.get(key)
        if meant is None:
            continue
        counts = _spellings(context.vault)
        own = {e.key for e in note.properties.entries}
        if counts[key] - 1 > counts[meant] - (meant in own):
            continue
        fix = None
        if meant not in own:
            fix = fix_by(note, f"rename it to {meant}", edit_key(entry, meant), safe=False)
        yield Problem(entry.key_span, f'"{key}" is probably meant for "{meant}"', fix)


@lru_cache(maxsize=1024)  # the notes of a vault have much the same names
def _meant_by(names: tuple[str, ...], options: Options, video_properties: tuple[str, ...]) -> Mapping[str, str]:
    return {key: meant for key in names if (meant := _meant(key, options, video_properties))}


def _meant(key: str, options: Options, video_properties: tuple[str, ...]) -> str | None:
    """The right name that a name is probably meant for; None where it is right itself, or may be."""
    names = (*video_properties[:1], *options.names)
    right = {_folded(name): name for name in reversed(names)}
    left = {*names, *options.allow, *video_properties[1:]}
    folded = _folded(key)
    meant = right.get(folded)
    if meant is None and key not in left and key.casefold() not in NEW_NAMES and folded not in NEW_NAMES:
        meant = next((name for known, name in right.items() if _one_slip(folded, known)), None)
    if meant is None or key == meant or key in options.allow or (meant in _OBSIDIANS_OWN and key.casefold() == meant):
        return None
    return meant


@per_vault(keys)
def _spellings(vault: Vault) -> Mapping[str, int]:
    """In how many notes each property name stands."""
    counts: Counter[str] = Counter()
    for names in vault.facts(keys).values():
        counts.update(names)
    return counts


def _folded(name: str) -> str:
    return name.casefold().translate(_SEPARATORS)


_SEPARATORS = str.maketrans("", "", "_- ")


def _one_slip(written: str, name: str) -> bool:
    """Whether one letter too many, missing or wrong, or two exchanged, is all that parts two names."""
    if len(name) < _SHORTEST or abs(len(written) - len(name)) > 1 or written == name:
        return False
    at = next((i for i, (a, b) in enumerate(zip(written, name, strict=False)) if a != b), min(len(written), len(name)))
    a, b = written[at:], name[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
