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
as in GitHub's `#open-weights`; unsafe in a path of headings (`#A#B`), where one heading is nearly the same, or where the name is that of a block and
the `^` is missing. What a reader saw stays as display text.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.naming import heading_fragment, letters, spaced, wording
from processor.naming.nearness import nearest_of
from processor.note import Note
from processor.rule import Context, Fix, Problem, rule
from processor.rules.links._judge import Faulty, either_quoted, leads_to, of_fault, own_path
from processor.vault import Vault

_STANDS_OUT = 90  # likeness of 100
_BY_FAR = 10  # so much less like is the next one
_SHORTEST = 3  # letters and digits of a heading that is folded


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    vault = context.vault
    for faulty in of_fault(note, vault, "broken-heading"):
        there = vault.notes[faulty.resolution.path or ""]
        parts = [p.strip() for p in (faulty.link.fragment or "").split("#") if p.strip()]
        wanted = parts[-1]
        message = f'"{vault.path_to(there.path, note.path)}" has no heading "{wanted}"'
        headings = _headings(there, vault)
        if alike := headings.alike(wanted):
            fix = _fix(note, vault, faulty, alike[0], safe=len(parts) == 1) if len(alike) == 1 else None
            yield Problem(faulty.link.span, f"{message}; it may mean {either_quoted(alike)}", fix)
            continue
        if vault.resolve(f"{own_path(faulty.link)}#^{wanted}", note.path).block:
            fix = leads_to(note, faulty.link, vault, f"{own_path(faulty.link)}#^{wanted}", safe=False)
            yield Problem(
                faulty.link.span, f"{message}; a block has that id, and a link to it is written #^{wanted}", fix
            )
            continue
        near = nearest_of(wanted, headings.wordings)
        fix = None
        if near:
            message += f"; did you mean {either_quoted([text for text, _ in near])}?"
            alone = len(near) == 1 or near[0][1] - near[1][1] >= _BY_FAR
            if near[0][1] >= _STANDS_OUT and alone and _digits(near[0][0]) == _digits(wanted):
                fix = _fix(note, vault, faulty, near[0][0], safe=False)
        yield Problem(faulty.link.span, message, fix)


class _Headings:
    """The headings of a note by what is left of them after folding."""

    def __init__(self, note: Note) -> None:
        texts = list(dict.fromkeys(h.text for h in note.headings if h.outline and h.text))
        self.wordings = [(text, wording(text)) for text in texts]
        self._by_letters: dict[str, list[str]] = {}
        for text in texts:
            self._by_letters.setdefault(letters(text), []).append(text)

    def alike(self, wanted: str) -> list[str]:
        """Those that differ from `wanted` only by folding, in the first tier that has any."""
        key = letters(wanted)
        found = self._by_letters.get(key, []) if len(key) >= _SHORTEST else []
        for fold in (spaced, wording):
            if tier := [text for text in found if fold(text) == fold(wanted)]:
                return tier
        return found


def _headings(note: Note, vault: Vault) -> _Headings:
    known: dict[str, _Headings] = vault.memo.setdefault("broken-heading", {})
    found = known.get(note.path)
    if found is None:
        found = known[note.path] = _Headings(note)
    return found


def _fix(note: Note, vault: Vault, faulty: Faulty, heading: str, *, safe: bool) -> Fix | None:
    target = f"{own_path(faulty.link)}#{heading_fragment(heading)}"
    found = vault.resolve(target, note.path)
    if found.heading is None or found.heading.text != heading:
        return None
    return leads_to(note, faulty.link, vault, target, safe=safe)


def _digits(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]
