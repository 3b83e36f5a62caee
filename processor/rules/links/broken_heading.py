"""A link leads to a heading that its note does not have.

What it does: reports a link or an embed whose note exists and whose `#heading` does not. Headings are compared as
Obsidian does: punctuation counts as a space and case not at all; of `#A#B`, B stands after A and deeper.
Only headings at the top level count: none in lists, quotes or callouts.

Why it is bad: Obsidian opens the note at its top, and an embed says that it could not find the section.

```bad
See [[licences#open-weights]].
```

```fixed
See [[licences#Open weights|licences > open-weights]].
```

```good
See [[licences#Open weights]].
```

```file licences.md
## Open weights

They may be used.
```

Fix: safe where exactly one heading differs only by folding: case, Unicode form, punctuation and the choice of space, `_` or `-`,
as in GitHub's `#open-weights`. Unsafe in a path of headings (`#A#B`), where one heading is nearly the same, or where the name is that of a block and
the `^` is missing. What a reader saw stays as display text.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.naming import heading_fragment, letters, nearest_of, spaced, wording
from processor.note import Note
from processor.rule import Context, Fix, Problem, rule
from processor.rules.links._judge import Faulty, either_quoted, leads_to, of_fault, own_path
from processor.syntax import Heading
from processor.vault import Vault

_STANDS_OUT = 90  # likeness of 100
_BY_FAR = 10  # so much less like is the next one


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "broken-heading"):
        there = vault.notes[faulty.resolution.path or ""]
        parts = [p.strip() for p in (faulty.link.fragment or "").split("#") if p.strip()]
        wanted = parts[-1]
        message = f'"{vault.path_to(there.path, note.path)}" has no heading "{wanted}"'
        headings = [h for h in there.headings if h.outline and h.text]
        if alike := _alike(wanted, headings):
            fix = _fix(note, vault, faulty, alike[0].text, safe=len(parts) == 1) if len(alike) == 1 else None
            yield Problem(faulty.link.span, f"{message}; it may mean {either_quoted([h.text for h in alike])}", fix)
            continue
        if any(b.id.lower() == wanted.lower() for b in there.blocks):
            fix = leads_to(note, faulty.link, vault, f"{own_path(faulty.link)}#^{wanted}", safe=False)
            yield Problem(
                faulty.link.span, f"{message}; a block has that id, and a link to it is written #^{wanted}", fix
            )
            continue
        near = nearest_of(wanted, [h.text for h in headings])
        fix = None
        if near:
            message += f"; did you mean {either_quoted([text for text, _ in near])}?"
            alone = len(near) == 1 or near[0][1] - near[1][1] >= _BY_FAR
            if near[0][1] >= _STANDS_OUT and alone and _digits(near[0][0]) == _digits(wanted):
                fix = _fix(note, vault, faulty, near[0][0], safe=False)
        yield Problem(faulty.link.span, message, fix)


def _alike(wanted: str, headings: list[Heading]) -> list[Heading]:
    """The headings that differ only by folding, in the first tier that has any."""
    if len(letters(wanted)) < 3:
        return []
    for fold in (spaced, wording, letters):
        if found := {h.text: h for h in headings if fold(h.text) == fold(wanted)}:
            return list(found.values())
    return []


def _fix(note: Note, vault: Vault, faulty: Faulty, heading: str, *, safe: bool) -> Fix | None:
    fragment = heading_fragment(heading)
    found = vault.resolve(f"{own_path(faulty.link)}#{fragment}", note.path)
    if found.heading is None or found.heading.text != heading:
        return None
    return leads_to(note, faulty.link, vault, f"{own_path(faulty.link)}#{fragment}", safe=safe)


def _digits(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]
