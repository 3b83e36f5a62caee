"""A link leads to a heading that its note does not have.

What it does: reports a link or an embed whose note exists and whose `#heading` does not. Headings are compared as
Obsidian does: punctuation counts as a space and case not at all; of `#A#B`, B stands after A and deeper.
Only headings at the top level count: none in lists, quotes or callouts. In a folder that is known for no vault (it has neither
`.obsidian` nor `ytvault.toml`) the anchors of GitHub are right too: `#my-heading`, and what `<a id="…">` names.

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
as in GitHub's `#open-weights`, and what a reader saw stays as display text; unsafe where the spaces differ too, in a path of
headings (`#A#B`), where one heading is nearly the same and the name was mistyped (then the right one is shown), or where
the name is that of a block and the `^` is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from processor.parse.nodes import Heading
from processor.rules.base import Context, Fix, Problem, rule
from processor.rules.links._fixes import either_quoted, leads_to, own_path
from processor.vault.headings import anchors_of, github_anchor
from processor.vault.links.faults import Faulty, of_fault
from processor.vault.links.slips import as_meant
from processor.vault.links.writing import shown_target
from processor.vault.naming import heading_fragment, heading_key, letters, spaced, wording
from processor.vault.naming.nearness import nearest_of
from processor.vault.note import Note
from processor.vault.vault import Vault

_STANDS_OUT = 90  # likeness of 100
_BY_FAR = 10  # so much less like is the next one
_SHORTEST = 3  # letters and digits of a heading that is folded


@rule(severity="error", needs="vault", fixes="both")
def check(note: Note, context: Context) -> Iterator[Problem]:
    for faulty in of_fault(note, context.vault, "broken-heading"):
        yield _problem(note, faulty, context.vault)


def _problem(note: Note, faulty: Faulty, vault: Vault) -> Problem:
    link = faulty.link
    there = vault.notes[faulty.resolution.path or ""]
    parts = [p.strip() for p in as_meant(link.fragment or "").split("#") if p.strip()]
    wanted = parts[-1]
    message = f'"{vault.path_to(there.path, note.path)}" has no heading "{wanted}"'
    headings = _headings(there, vault)
    if anchored := headings.hidden(wanted):
        return Problem(link.span, f'{message}; on GitHub that is "{anchored}", to which no link of Obsidian leads')
    alike, certain = headings.alike(wanted)
    if alike:
        safe = certain and len(parts) == 1
        fix = _fix(note, vault, faulty, alike[0], safe=safe, keep=len(parts) == 1) if len(alike) == 1 else None
        return Problem(link.span, f"{message}; it may mean {either_quoted(alike)}", fix)
    if vault.resolve(f"{own_path(link)}#^{wanted}", note.path).block:
        fix = leads_to(note, link, vault, f"{own_path(link)}#^{wanted}", safe=False)
        return Problem(link.span, f"{message}; a block has that id, and a link to it is written #^{wanted}", fix)
    near = nearest_of(wanted, headings.wordings)
    fix = None
    if near:
        message += f"; did you mean {either_quoted([text for text, _ in near])}?"
        alone = len(near) == 1 or near[0][1] - near[1][1] >= _BY_FAR
        if near[0][1] >= _STANDS_OUT and alone and _digits(near[0][0]) == _digits(wanted):
            fix = _fix(note, vault, faulty, near[0][0], safe=False, keep=False)
    return Problem(link.span, message, fix)


class _Headings:
    """The headings of a note by what is left of them after folding."""

    def __init__(self, note: Note) -> None:
        texts = list(dict.fromkeys(h.text for h in note.headings if h.outline and h.text))
        self.wordings = [(text, wording(text)) for text in texts]
        self._by_letters: dict[str, list[str]] = {}
        for text in texts:
            self._by_letters.setdefault(letters(text), []).append(text)
        self._anchored = dict(zip(anchors_of([h.text for h in note.headings]), note.headings, strict=True))
        self._first: dict[str, Heading] = {}
        for heading in note.headings:
            if heading.outline:
                self._first.setdefault(heading_key(heading.text), heading)

    def hidden(self, wanted: str) -> str | None:
        """Return the text of the heading that has this anchor on GitHub, and to which no link of Obsidian leads."""
        heading = self._anchored.get(wanted.lower())
        return None if heading is None or self._first.get(heading_key(heading.text)) is heading else heading.text

    def alike(self, wanted: str) -> tuple[list[str], bool]:
        """Return those that differ from `wanted` only by folding, in the first tier that has any, and whether that is certain."""
        key = letters(wanted)
        found = self._by_letters.get(key, []) if len(key) >= _SHORTEST else []
        anchored = self._anchored.get(wanted.lower())
        for fold in (spaced, wording):
            if tier := [text for text in found if fold(text) == fold(wanted)]:
                return tier, anchored is None or anchored.text in tier
        return found, anchored is not None and anchored.text in found


def _headings(note: Note, vault: Vault) -> _Headings:
    by_path: dict[str, _Headings] = vault.memo.setdefault("broken-heading", {})
    found = by_path.get(note.path)
    if found is None:
        found = by_path[note.path] = _Headings(note)
    return found


def _fix(note: Note, vault: Vault, faulty: Faulty, heading: str, *, safe: bool, keep: bool) -> Fix | None:
    """Return a fix that leads to a heading; `keep`: what a reader saw stays."""
    link = faulty.link
    anchored = vault.style.github_anchors and link.form in ("markdown", "reference")
    fragment = github_anchor(heading) if anchored else heading_fragment(heading)
    target = f"{own_path(link)}#{fragment}"
    found = vault.resolve(target, note.path)
    if found.heading is None or found.heading.text != heading:
        return None
    meant = as_meant(link.target)
    seen = shown_target(meant if keep else target) if not keep or meant != link.target else None
    return leads_to(note, link, vault, target, safe=safe, seen=seen)


def _digits(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]
