"""The title or an alias of another note stands in plain text.

What it does: reports the first mention in each section of another note's file name, title or alias: whole words, case
ignored, the longest name first. Not in headings, code, links, comments and HTML, nor where the section links to that
note already. A name that several notes have is passed over. Off by default; needs the library `ahocorasick-rs`,
which the extra `mentions` brings.

Why it is bad: it is not. A link there may help a reader on.

```bad
The licence decides what open weights are worth.
```

```fixed
The licence decides what [[open_weights|open weights]] are worth.
```

```good
The licence decides what [[open_weights|open weights]] are worth. Open weights are shared.
```

```file open_weights.md
---
title: Open weights
---
Weights.
```

Fix: unsafe: the words may mean something else here. They stay as the link's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from processor.base.extras import require
from processor.base.text import Edit, Span
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.fixes import fix_by
from processor.vault.facts import named_by, names
from processor.vault.links.writing import write_link
from processor.vault.naming import letters, linkable
from processor.vault.note import Note
from processor.vault.per_vault import per_vault
from processor.vault.vault import Vault


@dataclass(frozen=True)
class Options:
    """Which names count as a mention."""

    minimum: int = 4
    """Letters and digits that a name has at least."""


@rule(severity="warning", needs="vault", fixes="unsafe", default=False, options=Options, extra="mentions")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    found = _mentions(note, _names(vault), context.options.minimum)
    if not found:
        return
    sections = [h.span.start for h in note.headings]
    linked = {(bisect_right(sections, x.span.start), vault.resolve(x.target, note.path).path) for x in note.links}
    for span, path in found:
        where = (bisect_right(sections, span.start), path)
        if path == note.path or where in linked:
            continue
        linked.add(where)
        name = vault.path_to(path, note.path)
        if linkable(name):
            yield Problem(
                span, f'"{note.quote(span)}" is the name of "{name}", and no link', _fix(note, vault, span, name)
            )


def _fix(note: Note, vault: Vault, span: Span, name: str) -> Fix:
    markdown = vault.style.markdown_links
    table = note.place_at(span.start) == "table"
    text = write_link(name + ".md" * markdown, markdown=markdown, display=note.quote(span), table=table)
    return fix_by(note, f"write {text}", Edit(*span, text), safe=False)


class _Names(NamedTuple):
    """An automaton that finds all names at once, and for each its note and how many letters it has."""

    automaton: Any
    paths: list[str]
    lengths: list[int]


def _lower(text: str) -> str:
    """Lower case, letter by letter, so that no place moves."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


@per_vault(names)
def _names(vault: Vault) -> _Names:
    require("unlinked-mention", "mentions")
    from ahocorasick_rs import AhoCorasick

    owners: dict[str, set[str]] = {}
    for path, found in vault.facts(names).items():
        texts = [vault.notes[path].name.replace("_", " "), *[text for _, text in named_by(found)]]
        for text in texts:
            if "\n" not in text and "[" not in text and "|" not in text and (key := _lower(text.strip())):
                owners.setdefault(key, set()).add(path)
    alone = sorted((text, *paths) for text, paths in owners.items() if len(paths) == 1)
    texts = [text for text, _ in alone]
    return _Names(
        AhoCorasick(texts, store_patterns=False), [path for _, path in alone], [len(letters(t)) for t in texts]
    )


def _mentions(note: Note, names: _Names, minimum: int) -> list[tuple[Span, str]]:
    """Return the names that stand in the note's plain text, whole words, the longest where several overlap."""
    text = _lower(note.text)
    hits: list[tuple[int, int, str]] = []
    for i, start, end in names.automaton.find_matches_as_indexes(text, overlapping=True):
        if start < note.body_start or names.lengths[i] < minimum:
            continue
        if _joins(text[start - 1 : start]) or _joins(text[end : end + 1]):
            continue
        hits.append((start, -end, names.paths[i]))
    hits.sort()
    starts, ends = _taken(note)
    found: list[tuple[Span, str]] = []
    last = 0
    for start, minus_end, path in hits:
        end = -minus_end
        before = bisect_right(starts, end - 1) - 1  # the last stretch that begins before the end
        if start < last or (before >= 0 and ends[before] > start):
            continue
        if note.place_at(start) in ("text", "table") and not _in_tag(text, start):
            found.append((Span(start, end), path))
            last = end
    return found


def _taken(note: Note) -> tuple[list[int], list[int]]:
    """Return the stretches that hold no plain text though Markdown is rendered there: starts and ends, apart and in order."""
    parts = (note.links, note.external_links, note.dead_links, note.tags, note.timestamps, note.headings)
    spans = [x.span for part in parts for x in part]
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _joins(char: str) -> bool:
    return char.isalnum() or (char != "" and char in "_-/")


def _in_tag(text: str, start: int) -> bool:
    """Return whether a place lies inside an HTML tag on its line."""
    line = text.rfind("\n", 0, start)
    opened = text.rfind("<", max(0, line, start - 500), start)
    return opened >= 0 and text.find(">", opened, start) < 0
