"""Links to notes that do not exist: which there are, and how they become plain words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from processor.base.parallel import streamed
from processor.base.text import Edit, line_end
from processor.commands.build.inert import inert
from processor.commands.build.stages import Advance
from processor.commands.build.turning import turn
from processor.commands.build.work import Work
from processor.fix import FixResult
from processor.lint.linter import Linter
from processor.parse.nodes import Link
from processor.rules.base import Finding
from processor.vault.links.writing import shown, within_quotes
from processor.vault.note import Note
from processor.vault.vault import Vault
from processor.vault.wanted import Ask


def missing_links(
    vault: Vault, linter: Linter, paths: Sequence[str], advance: Advance = lambda _count: None
) -> list[Ask]:
    """Return the links of some notes to notes that do not exist, but for those that a person silenced: each one's note, and what
    it names. `linter` runs missing-note; where it runs broken-link too, links count for which that has no fix.
    """
    check = linter.vault_check(vault)

    def share(mine: Sequence[str]) -> bytes:
        found = []
        for path in mine:
            note = vault.notes[path]
            if findings := check(note):
                spans = {f.span for f in linter.unsuppressed(note, findings) if is_missing(f)}
                found += [(path, x.path) for x in note.links if x.span in spans and leads_nowhere(x, note, vault)]
        return json.dumps((len(mine), found)).encode()

    asks: list[Ask] = []
    for part in streamed(share, sorted(paths)):
        number, found = json.loads(part)
        asks += [(path, target) for path, target in found]
        advance(number)
    return asks


def is_missing(finding: Finding) -> bool:
    """Return whether a link was found that leads nowhere, and of which nobody knows what was meant."""
    return finding.rule == "missing-note" or (finding.rule == "broken-link" and finding.fix is None)


def leads_nowhere(link: Link, note: Note, vault: Vault) -> bool:
    return bool(link.path) and vault.resolve(link.path, note.path).path is None


# Plain words


def unlink(work: Work, linter: Linter, paths: Sequence[str], advance: Advance) -> FixResult:
    """Turn the links to missing notes in some notes to the words that a reader saw."""

    def words(finding: Finding, note: Note, link: Link, vault: Vault) -> Edit | None:
        return unlinked(note, link) if is_missing(finding) and leads_nowhere(link, note, vault) else None

    return turn(work, linter, paths, words, "leave the words, take the link", advance)


def unlinked(note: Note, link: Link) -> Edit | None:
    """Return the edit that puts in a link's place what a reader saw of it; None where that cannot be had."""
    text = shown(link)
    start, end = link.span
    if not text or "\n" in text:
        return None
    if link.place == "property":
        quoted = within_quotes(note, link, text)
        return None if quoted is None else Edit(start, end, quoted)
    if link.form == "reference":
        return None
    first = note.lines.start(note.lines.line(start))
    before, after = note.text[first:start], note.text[end : line_end(note.text, end)].rstrip("\r")
    written, taken = inert(text, before, after, is_markdown=link.form == "markdown")
    return Edit(start - taken, end, written)
