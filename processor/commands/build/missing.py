"""Links to notes that do not exist: turned to plain words, or led to stubs that list who asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from processor.base.parallel import streamed
from processor.base.text import Edit, count, line_end
from processor.commands.build.channels import is_file_name
from processor.commands.build.inert import inert, plain
from processor.commands.build.stages import Advance
from processor.commands.build.work import Work, is_free
from processor.fix import FixResult, fix_vault
from processor.lint.findings import NoteFindings
from processor.lint.linter import Linter
from processor.parse.frontmatter import quote_scalar
from processor.parse.nodes import Link
from processor.rules.base import Finding, FoundFix
from processor.rules.fixes import fix_with
from processor.vault.links.writing import link_to, shown, within_quotes
from processor.vault.naming import linkable, path_key
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from processor.vault.wanted import Ask, Wanted

FOLDER = "Missing notes"
"""Where stubs lie whose links name no folder."""


def missing_links(
    vault: Vault, linter: Linter, paths: Sequence[str], advance: Advance = lambda _count: None
) -> list[Ask]:
    """Return the links of some notes to notes that do not exist, but for those that a person silenced: each one's note, and what
    it names. `linter` runs missing-note alone.
    """
    check = linter.vault_check(vault)

    def share(mine: Sequence[str]) -> bytes:
        found = []
        for path in mine:
            note = vault.notes[path]
            if findings := check(note):
                spans = {f.span for f in linter.unsuppressed(note, findings) if f.rule == "missing-note"}
                found += [(path, x.path) for x in note.links if x.span in spans]
        return json.dumps((len(mine), found)).encode()

    asks: list[Ask] = []
    for part in streamed(share, sorted(paths)):
        number, found = json.loads(part)
        asks += [(path, target) for path, target in found]
        advance(number)
    return asks


# Stubs


def add_stubs(work: Work, missing: Sequence[Wanted]) -> dict[str, Wanted]:
    """Make a note of each missing one, with links to those that ask for it; return them by their paths, most wanted first."""
    places: dict[str, Wanted] = {}
    taken: set[str] = set()
    for one in missing:
        name = one.name
        file = name.rpartition("/")[2]
        if path_key(file) in taken or not is_file_name(name) or not linkable(name) or not is_free(work.vault, file):
            work.remark(one.notes[0], f'no stub is made for "{name}": a file cannot be called so, or one is already')
            continue
        taken.add(path_key(file))
        places[(name if "/" in name else f"{FOLDER}/{name}") + ".md"] = one
    work.add(
        [
            parse_note(f"---\ntitle: {quote_scalar(one.name.rpartition('/')[2])}\n---\n", path)
            for path, one in places.items()
        ]
    )
    vault = work.vault  # the links are written when all stubs have their place
    work.change([_stub(path, one.name, one.notes, vault) for path, one in places.items()])
    work.made["stub entries"] += sum(len(one.notes) for one in places.values())
    return places


def _stub(path: str, name: str, askers: Sequence[str], vault: Vault) -> Note:
    title = quote_scalar(name.rpartition("/")[2])
    ask = f"{count(len(askers), 'note')} {'asks' if len(askers) == 1 else 'ask'} for it"
    items = "\n".join(f"- {link_to(vault.notes[a], path, vault)}" for a in askers)
    return parse_note(
        f"---\ntitle: {title}\n---\n\nNothing is written yet on “{plain(name)}”. {ask}:\n\n{items}\n", path
    )


# Plain words


class _Unlinking:
    """Makes of what missing-note finds a fix that leaves the words and takes the link. `linter` runs that rule alone."""

    def __init__(self, linter: Linter) -> None:
        self.linter = linter

    def check_note(self, note: Note, *, unsafe_edits: bool = True, in_bulk: bool = False) -> NoteFindings:
        return self.linter.check_note(note, unsafe_edits=unsafe_edits, in_bulk=in_bulk)

    def vault_check(self, vault: Vault, *, unsafe_edits: bool = True) -> Callable[[Note], list[Finding]]:
        self.vault = vault
        return self.linter.vault_check(vault, unsafe_edits=unsafe_edits)

    def unsuppressed(self, note: Note, findings: Sequence[Finding]) -> NoteFindings:
        return NoteFindings(note.path, self._with_fixes(note, self.linter.unsuppressed(note, findings)))

    def _with_fixes(self, note: Note, findings: Sequence[Finding]) -> Iterator[Finding]:
        links = {x.span: x for x in note.links} if findings else {}
        for finding in findings:
            edit = unlinked(note, links[finding.span]) if finding.span in links else None
            fix = (
                fix_with(note, self.vault, [edit], lambda: "leave the words, take the link", safe=True)
                if edit
                else None
            )
            yield finding._replace(fix=FoundFix(fix.title, True, tuple(fix.edits())) if fix else None)


def unlink(work: Work, linter: Linter, paths: Sequence[str], advance: Advance) -> FixResult:
    """Turn the links to missing notes in some notes to the words that a reader saw."""
    result = fix_vault(work.vault, _Unlinking(linter), paths, titles=False, advance=advance)
    work.vault = result.vault
    return result


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
