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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from processor.facts import fact, videos
from processor.note import Note
from processor.rule import Context, Problem, per_vault, rule
from processor.text import Span
from processor.vault import Vault

_FEW = 16  # questions that do not yet pay for the grouping
_NAMED = 3  # other notes in a message; in the place of the last may stand how many more


_T = TypeVar("_T")


class Twins:
    """The notes that have others like them, in body, or in title and video.

    To group all notes takes longer than to look through them for a few: that is what the first questions do.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._left = _FEW
        self._digests = vault.facts(_body_digest)
        self._titles = vault.facts(_title)

    def of_body(self, path: str) -> list[str]:
        """The notes with the body of the note at a path, itself among them; empty where there is no other."""
        if not self._is_among_few():
            return self._bodies.get(path, [])
        digest = self._digests[path]
        return _no_single(p for p, other in self._digests.items() if other == digest) if digest else []

    def of_title(self, path: str) -> list[str]:
        """The same for title and video."""
        if not self._is_among_few():
            return self._titled.get(path, [])
        title, video = self._titles[path], self._vault.video_id(path)
        alike = _no_single(p for p, other in self._titles.items() if other == title) if title and video else []
        return _no_single(p for p in alike if self._vault.video_id(p) == video)

    def _is_among_few(self) -> bool:
        self._left -= 1
        return self._left >= 0

    @cached_property
    def _bodies(self) -> dict[str, list[str]]:
        return _several(self._digests, lambda digest: digest != "")

    @cached_property
    def _titled(self) -> dict[str, list[str]]:
        ids = self._vault.video_ids
        titles = {path: (ids[path], title) for path, title in self._titles.items()}
        return _several(titles, lambda pair: bool(pair[0] and pair[1]))


def _no_single(paths: Iterable[str]) -> list[str]:
    found = sorted(paths)
    return found if len(found) > 1 else []


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
    if (paths := twins.of_body(note.path)) and len(_body(note)) >= context.options.min_length:
        yield Problem(span, f"{_others_have(paths, note)} the same text")
    elif paths := twins.of_title(note.path):
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
    return Twins(vault)


def _several(of_notes: Mapping[str, _T], counts: Callable[[_T], bool]) -> dict[str, list[str]]:
    """For each note that shares with others what there is of it, all those notes; only what `counts` is looked at."""
    # to count first is quick, and shows that there is little to look at
    shared = {what for what, count in Counter(of_notes.values()).items() if count > 1 and counts(what)}
    groups: dict[_T, list[str]] = {}
    for path, what in of_notes.items() if shared else ():
        if what in shared:
            groups.setdefault(what, []).append(path)
    return {path: sorted(paths) for paths in groups.values() for path in paths}
