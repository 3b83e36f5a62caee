"""Links to notes that do not exist: which there are, and how they become plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from processor.base.parallel import streamed
from processor.base.text import Edit, line_end
from processor.commands.asked import asked_by
from processor.commands.build.inert import inert
from processor.commands.build.stages import Advance
from processor.commands.build.turning import turn
from processor.commands.build.work import Work
from processor.fix import FixResult
from processor.lint.linter import Linter
from processor.parse.nodes import Link
from processor.rules.base import Finding
from processor.vault.links.faults import Fault
from processor.vault.links.meant import names_attachment
from processor.vault.links.writing import within_quotes, words_of
from processor.vault.note import Note
from processor.vault.vault import Vault
from processor.vault.wanted import Ask

DEAD: tuple[Fault, ...] = ("missing-note", "broken-link", "broken-embed")
"""The rules that find links to nothing; of the last two only those are treated of which nobody knows what was meant."""


class ToNothing(NamedTuple):
    """A link to nothing: its note, the path that it names, the fragment behind that, and where it begins in its note."""

    source: str
    name: str
    fragment: str | None
    start: int

    @property
    def ask(self) -> Ask:
        return self.source, self.name


class Asks(NamedTuple):
    """The links to nothing: to notes that do not exist (`missing`), those of which nobody knows what was meant (`unknown`), and those that
    ask for no note (`files`): embeds, as what they name may be a picture, and links that name one."""

    missing: list[ToNothing]
    unknown: list[ToNothing]
    files: list[ToNothing]

    @property
    def all(self) -> list[ToNothing]:
        """The links that ask for something, by the paths of the notes."""
        return sorted((*self.missing, *self.unknown), key=lambda link: link.source)


def links_to_nothing(
    vault: Vault,
    linter: Linter,
    paths: Sequence[str],
    advance: Advance = lambda _count: None,
    also: Callable[[Note], bool] | None = None,
) -> tuple[Asks, list[str]]:
    """Return the links of some notes to nothing, but for those that a person silenced, and the notes of which `also` is true: each
    note's links are asked for once. `linter` runs rules of `DEAD`.
    """
    check = linter.vault_check(vault)

    def share(mine: Sequence[str]) -> bytes:
        found = Asks([], [], [])
        others: list[str] = []
        for path in mine:
            note = vault.notes[path]
            for link, ask in asked_by(note, vault, linter, check, DEAD):
                if ask.name and not ask.fix:
                    no_note = link.embed or names_attachment(ask.name)
                    kind = found.files if no_note else found.unknown if ask.is_broken else found.missing
                    kind.append(ToNothing(path, ask.name, link.fragment, link.span.start))
            if also and also(note):
                others.append(path)
        return json.dumps((len(mine), found, others)).encode()

    asks = Asks([], [], [])
    found: list[str] = []
    for part in streamed(share, sorted(paths)):
        number, links, others = json.loads(part)
        for kind, more in zip(asks, links, strict=True):
            kind.extend(ToNothing(*link) for link in more)
        found += others
        advance(number)
    return asks, found


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
    text = words_of(link)
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
