"""The links that ask for what is not there: found one way for `links --missing`, `init`, `build` and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from processor.lint.linter import Linter
from processor.parse.nodes import Link
from processor.rules.base import Finding
from processor.vault.links.faults import Fault, of_fault
from processor.vault.note import Note
from processor.vault.vault import Vault

Check = Callable[[Note], list[Finding]]
"""What a linter finds of a note in a vault: see `Linter.vault_check`."""

MISSING_RULES: tuple[Fault, ...] = ("missing-note", "broken-link", "broken-embed")
"""The rules that speak of links that lead nowhere."""

MOST_MEANT = 3  # files that are named as those that may have been meant


class Asking(NamedTuple):
    """A link that leads nowhere: what it names, whether it went wrong (else its note is still to be written), and the files that may
    have been meant. `fix` says how it is mended: `safe`, `unsafe`, or not at all."""

    name: str
    is_broken: bool
    meant: Sequence[str] = ()
    fix: str = ""


def asking(
    note: Note, vault: Vault, found: Iterable[Finding], rules: Sequence[Fault] = MISSING_RULES
) -> Iterator[tuple[Link, Asking]]:
    """Yield the links of a note that lead nowhere and of which the findings of some rules speak, and what each asks for. Timestamps in
    brackets are no links, and a link to a folder leads there."""
    fixes = {f.span: "" if f.fix is None else "safe" if f.fix.safe else "unsafe" for f in found if f.rule in rules}
    if not fixes:
        return
    for faulty in of_fault(note, vault, *rules):
        fix = fixes.get(faulty.link.span)
        if fix is None or faulty.resolution.path is not None:
            continue
        is_broken = faulty.fault != "missing-note"
        like = [entry.path for entry in (*faulty.meant.entries, *faulty.near.entries)]
        meant = [*dict.fromkeys(like)][:MOST_MEANT] if is_broken else ()
        yield faulty.link, Asking(faulty.link.path, is_broken, meant, fix)


def asked_by(
    note: Note, vault: Vault, linter: Linter, check: Check, rules: Sequence[Fault]
) -> Iterator[tuple[Link, Asking]]:
    """Yield the same of a note that is not judged yet; `linter` runs the rules, and `check` is its own. What a person has silenced in
    a note, or for it, is left out; that a rule is off or ignored in the whole vault does not count where its links are asked for."""
    if any(faulty.resolution.path is None for faulty in of_fault(note, vault, *rules)):
        yield from asking(note, vault, linter.unsuppressed(note, check(note)), rules)
