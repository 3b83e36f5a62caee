"""Two notes say the same.

What it does: reports a note that is about the same video and has the same title as another, and one whose body equals
another's to the letter, properties and white space at the ends aside. Short bodies, as templates leave them, are not compared.

Why it is bad: a generator that ran twice leaves such notes. Links lead to one or the other by chance, and what is mended in
one stays wrong in the other.

```bad openweights/licences_2.md
---
title: Licences
videoId: Yw2sMd8fRj0
---

Most licences allow more than people think.
```

```good openweights/who_pays.md
---
title: Who pays
videoId: Yw2sMd8fRj0
---

Somebody pays for the machines.
```

```file openweights/licences.md
---
title: licences
videoId: Yw2sMd8fRj0
---

Licences often allow more than one would think.
```

There is no fix: which of the two is the better one is for a person to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from processor.facts import fact, videos
from processor.note import Note
from processor.rule import Context, Problem, per_vault, rule
from processor.text import Span
from processor.vault import Vault

_NAMED = 3  # other notes in a message; in the place of the last may stand how many more


_T = TypeVar("_T")


class Twins(NamedTuple):
    """The notes, by path, that have others like them: in body, or in video and title."""

    bodies: dict[str, list[str]]
    titles: dict[str, list[str]]


@dataclass(frozen=True)
class Options:
    """What counts as text of its own."""

    min_length: int = 200
    """How many characters a body must have to be compared with others."""


@rule(severity="warning", needs="vault", options=Options)
def check(note: Note, context: Context) -> Iterator[Problem]:
    twins = _twins(context.vault)
    title = note.properties.get("title")
    span = title.value_span if title else Span(0, 0)
    if (paths := twins.bodies.get(note.path)) and len(_body(note)) >= context.options.min_length:
        yield Problem(span, f"{_others_have(paths, note)} the same text")
    elif paths := twins.titles.get(note.path):
        yield Problem(span, f"{_others_have(paths, note)} the same title and video")


def _others_have(paths: list[str], note: Note) -> str:
    others = [f'"{path}"' for path in paths if path != note.path]
    if len(others) > _NAMED:
        others[_NAMED - 1 :] = [f"{len(others) - _NAMED + 1} more"]
    return " and ".join(filter(None, [", ".join(others[:-1]), others[-1]])) + (" has" if len(others) == 1 else " have")


def _body(note: Note) -> str:
    return note.text[note.body_start :].strip()


@fact
def _title(note: Note) -> str:
    """The title as it is compared."""
    title = note.properties.get("title")
    return " ".join(title.value.casefold().split()) if title and isinstance(title.value, str) else ""


@fact
def _body_digest(note: Note) -> str:
    """What tells the note's body from every other one; empty for an empty body."""
    body = _body(note)
    return blake2b(body.encode(errors="surrogatepass"), digest_size=16).hexdigest() if body else ""


@per_vault(_body_digest, _title, videos)
def _twins(vault: Vault) -> Twins:
    ids = vault.video_ids
    titles = {path: (ids[path], title) for path, title in vault.facts(_title).items()}
    return Twins(
        _several(vault.facts(_body_digest), lambda body: body != ""),
        _several(titles, lambda pair: bool(pair[0] and pair[1])),
    )


def _several(of_notes: Mapping[str, _T], counts: Callable[[_T], bool]) -> dict[str, list[str]]:
    """For each note that shares with others what there is of it, all those notes; only what `counts` is looked at."""
    # to count first is quick, and shows that there is little to look at
    shared = {what for what, count in Counter(of_notes.values()).items() if count > 1 and counts(what)}
    groups: dict[_T, list[str]] = {}
    for path, what in of_notes.items() if shared else ():
        if what in shared:
            groups.setdefault(what, []).append(path)
    return {path: sorted(paths) for paths in groups.values() for path in paths}
