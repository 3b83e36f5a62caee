"""Two notes say the same.

What it does: reports a note that is about the same video and has the same title as another, and one whose body equals
another's to the letter, properties and white space at the ends aside. Bodies are not compared that hold little text of their own,
besides headings, code, comments, empty items and gaps to be filled; nor those that equal a template, which wait to be filled.

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

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from processor.base.text import Span, in_words
from processor.parse.grammar import PLACEHOLDER
from processor.rules.base import Context, Problem, rule
from processor.vault.facts import binding_fact, videos
from processor.vault.naming import lies_in
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault

_FEW = 16  # questions that do not yet pay for the grouping
_NAMED = 3  # other notes in a message; in the place of the last may stand how many more
_SAMPLE = 24  # letters
_TEXT = re.compile(r"\S")
_T = TypeVar("_T")


class Twins:
    """The notes that have others like them, in what tells of the body, or in title and video.

    To group all notes takes longer than to look through them for a few: that is what the first questions do.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._left = _FEW

    def of_mark(self, path: str) -> list[str]:
        """Return the notes that may have the body of the note at a path, itself among them; empty where there is no other."""
        if not self._is_among_few():
            return self._marked.get(path, [])
        mark = _body_mark(self._vault.notes[path])
        return self._vault.sharing(_body_mark, mark) if mark else []

    def of_title(self, path: str) -> list[str]:
        """Return the notes with its title and video."""
        if not self._is_among_few():
            return self._titled.get(path, [])
        title, video = _title(self._vault.notes[path]), self._vault.video_id(path)
        alike = self._vault.sharing(_title, title) if title and video else []
        found = [p for p in alike if self._vault.video_id(p) == video]
        return found if len(found) > 1 else []

    def _is_among_few(self) -> bool:
        self._left -= 1
        return self._left >= 0

    @cached_property
    def _marked(self) -> dict[str, list[str]]:
        return _several(self._vault.facts(_body_mark), lambda mark: mark != "")

    @cached_property
    def _titled(self) -> dict[str, list[str]]:
        ids, titles = self._vault.video_ids, self._vault.facts(_title)
        of_videos = {path: (ids[path], title) for path, title in titles.items()}
        return _several(of_videos, lambda pair: bool(pair[0] and pair[1]))


@dataclass(frozen=True)
class Options:
    """What counts as text of its own."""

    min_length: int = 200
    """How many characters of text of its own a body must have to be compared with others."""


@rule(severity="warning", needs="vault", options=Options)
def check(note: Note, context: Context) -> Iterable[Problem]:
    with context.vault.trace.paused():  # the binding facts below say which notes are to be looked at again
        return list(_problems(note, context))


def _problems(note: Note, context: Context) -> Iterator[Problem]:
    twins = _twins(context.vault)
    alike = twins.of_mark(note.path)
    enough = context.options.min_length
    if (
        alike
        and len(_body(note)) >= enough
        and (paths := _same_body(context.vault, note, alike))
        and len(_own_text(note.whole)) >= enough
        and not any(lies_in(path, context.templates) for path in paths)
    ):
        yield Problem(_place(note), f"{_others_have(paths, note)} the same text")
    elif paths := twins.of_title(note.path):
        yield Problem(_place(note), f"{_others_have(paths, note)} the same title and video")


def _place(note: Note) -> Span:
    title = note.properties.get("title")
    return title.value_span if title else Span(0, 0)


def _others_have(paths: list[str], note: Note) -> str:
    count = len(paths) - 1
    others = [f'"{path}"' for path in islice((path for path in paths if path != note.path), _NAMED)]
    if count > _NAMED:
        others[_NAMED - 1 :] = [f"{count - _NAMED + 1} more"]
    return f"{in_words(others)} {'has' if count == 1 else 'have'}"


def _body(note: Note) -> str:
    return note.text[note.body_start :].strip()


# headings, rules, the frames of tables, items and quotes with nothing in them; gaps to be filled; what nobody sees
_SCAFFOLD = re.compile(
    rf"""(?m:^[ \t>]*+(?:\#{{1,6}}(?:[ \t][^\n]*+)?+|[-*+|:=_ \t\[\]]++|\d++[.)][ \t]*+)?+$)
    | {PLACEHOLDER.pattern.replace(" ", "[ ]")} | [\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]++""",
    re.X,
)


def _own_text(note: Note) -> str:
    """Return the text of a note's own: its body without code, comments, and what a template leaves."""
    parts = []
    at = note.body_start
    for start, end in sorted([*(x.span for x in note.code), *(x.span for x in note.comments)]):
        parts.append(note.text[at:start])
        at = max(at, end)
    parts.append(note.text[at:])
    return _SCAFFOLD.sub("", "".join(parts)).strip()


def _same_body(vault: Vault, note: Note, alike: list[str]) -> list[str]:
    """Return the notes with the body of a note, itself among them, of those with its mark; empty where there is no other."""
    found_before: dict[str, list[str]] = vault.memo.setdefault("duplicate-note", {})
    if note.path not in found_before:
        found = _several({path: _digest(vault.notes[path]) for path in alike}, lambda _: True)
        found_before |= {path: found.get(path, []) for path in alike}
    return found_before[note.path]


def _digest(note: Note) -> bytes:
    return blake2b(_body(note).encode(errors="surrogatepass"), digest_size=16).digest()


@binding_fact
def _title(note: Note) -> str:
    """Return the title as it is compared."""
    title = note.properties.get("title")
    return " ".join(title.value.casefold().split()) if title and isinstance(title.value, str) else ""


@binding_fact
def _body_mark(note: Note) -> str:
    """Return the length of the body and some letters from its middle, by which nearly all different bodies differ; empty for
    an empty body."""
    text = note.text
    first = _TEXT.search(text, note.body_start)
    if first is None:
        return ""
    start, end = first.start(), len(text.rstrip())
    middle = (start + end) // 2
    return f"{end - start} {text[middle : min(middle + _SAMPLE, end)]}"


@per_vault(_body_mark, _title, videos, traced=False)
def _twins(vault: Vault) -> Twins:
    return Twins(vault)


def _several(of_notes: Mapping[str, _T], counts: Callable[[_T], bool]) -> dict[str, list[str]]:
    """Return for each note the notes with an equal value, itself among them, where there are several; only values that
    `counts` accepts are compared."""
    # to count first is quick, and shows that there is little to look at
    shared = {what for what, count in Counter(of_notes.values()).items() if count > 1 and counts(what)}
    groups: dict[_T, list[str]] = {}
    for path, what in of_notes.items() if shared else ():
        if what in shared:
            groups.setdefault(what, []).append(path)
    return {path: sorted(paths) for paths in groups.values() for path in paths}
