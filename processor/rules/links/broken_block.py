"""A link leads to a block that its note does not have.

What it does: reports a link or an embed whose note exists and whose `#^block` does not.

Why it is bad: Obsidian opens the note at its top, and an embed says that it could not find the block.

```bad
See [[licences#^fair_use]].
```

```fixed
See [[licences#^fair-use]].
```

```good
See [[licences#^fair-use]].
```

```file licences.md
What is fair may be used. ^fair-use
```

Fix: safe where exactly one block id has the same letters and digits, and where the id is there but stands right behind other
text (a space is put before it); unsafe where one id is nearly the same.
What a reader saw stays as display text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.base.text import Edit
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.fixes import fix_by
from processor.rules.links._fixes import either_quoted, leads_to, own_path
from processor.vault.links.faults import of_fault
from processor.vault.naming import letters, wording
from processor.vault.naming.nearness import nearest_of
from processor.vault.note import Note, parse_note

_STANDS_OUT = 80  # likeness of 100: ids are short
_BY_FAR = 10
_MOST = 300  # ids that are looked through
_NAMED = 4  # letters from which an id is a name; generated ones are six random letters and digits


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "broken-block"):
        link = faulty.link
        there = vault.notes[faulty.resolution.path or ""]
        wanted = (link.fragment or "").rpartition("^")[2].strip()
        message = f'"{vault.path_to(there.path, note.path)}" has no block "^{wanted}"'
        fix: Fix | None = None
        if (at := _glued(there, wanted)) is not None:
            message += f": there ^{wanted} stands right behind other text, and a space makes it one"
            fix = fix_by(there, f"put a space before ^{wanted} in {there.path}", Edit(at, at, " "), safe=True)
            yield Problem(link.span, message, fix)
            continue
        key = letters(wanted)
        alike = [i for i, _ in _ids(there) if letters(i) == key] if len(key) >= _NAMED else []
        if alike:
            message += f"; it may mean {either_quoted([f'^{i}' for i in alike])}"
            if len(alike) == 1:
                fix = leads_to(note, link, vault, f"{own_path(link)}#^{alike[0]}", safe=True)
        elif near := nearest_of(wanted, _ids(there)):
            message += f"; did you mean {either_quoted([f'^{i}' for i, _ in near])}?"
            name, likeness = near[0]
            words = name.isalpha() and len(name) >= _NAMED
            if words and likeness >= _STANDS_OUT and (len(near) == 1 or likeness - near[1][1] >= _BY_FAR):
                fix = leads_to(note, link, vault, f"{own_path(link)}#^{name}", safe=False)
        yield Problem(link.span, message, fix)


def _glued(note: Note, wanted: str) -> int | None:
    """Return where a note has the id right behind other text, at the only place where a space would make it a block's."""
    if not _ID.fullmatch(wanted):
        return None
    found = [m.start() for m in re.finditer(rf"(?<=\S)\^{wanted}(?=[ \t]*\r?$)", note.text, re.M | re.I)]
    if len(found) != 1:
        return None
    spaced = parse_note(note.source.edited([Edit(found[0], found[0], " ")]), note.path)
    return found[0] if any(b.id.lower() == wanted.lower() for b in spaced.blocks) else None


_ID = re.compile(r"[A-Za-z0-9-]+")


def _ids(note: Note) -> list[tuple[str, str]]:
    """Return the block ids of a note with their wordings; of very many only the first."""
    return [(b.id, wording(b.id)) for b in note.blocks[:_MOST]]
