"""The `From:` line of notes that have none: where a hub lists them, or their folder says which channel it is."""

from __future__ import annotations

from collections.abc import Sequence

from processor.base.text import Edit
from processor.commands.build.hubs import all_listings, hub_of_listing
from processor.commands.build.work import Work, edited
from processor.lint.linter import Linter
from processor.rules.base import Finding
from processor.rules.notes.missing_source import first_line, insertion
from processor.vault.facts import channel_target
from processor.vault.links.writing import write_link
from processor.vault.note import Note
from processor.vault.vault import Vault


def add_sources(work: Work, linter: Linter, untouched: frozenset[str]) -> None:
    """Add the line where it is missing. `linter` runs missing-source alone; where a person silenced it, nothing is added."""
    vault = work.vault
    check = linter.vault_check(vault)
    listings = all_listings(vault)
    changed = []
    for path, channel in sorted(vault.facts(channel_target).items()):
        note = vault.notes[path]
        if channel is not None or path in untouched or vault.hub(path) == path or not work.may_edit(note):
            continue
        if not note.is_transcript(vault.video_properties):
            continue
        new = _by_listing(note, vault, linter, hub_of_listing(note, vault, listings))
        if new is None:
            edits = [e.edit for f in linter.unsuppressed(note, check(note)) if f.fix for e in f.fix.edits]
            new = _with_channel(note, edits, vault)
        if new is not None:
            changed.append(new)
    work.made["source lines"] += len(changed)
    work.change(changed)


def _by_listing(note: Note, vault: Vault, linter: Linter, hub: str | None) -> Note | None:
    if hub is None or hub == note.path or note.quote(first_line(note)).lower().startswith("from:"):
        return None
    place = first_line(note)
    here = note.lines.position(place.start)
    silent = Finding(note.path, place, "missing-source", "warning", "", here, here, None)
    if not linter.unsuppressed(note, [silent]):
        return None
    markdown = vault.style.markdown_links
    target = vault.path_to(hub, note.path)
    link = write_link(target + ".md" * markdown, markdown=markdown)
    return _with_channel(note, [insertion(note, f"From: {link} <br/>")], vault)


def _with_channel(note: Note, edits: Sequence[Edit], vault: Vault) -> Note | None:
    """Return the note after edits, if it then has a `From:` line that leads to a note."""
    new = edited(note, edits) if edits else None
    if new is None or new.channel is None:
        return None
    led = vault.resolve(new.channel.target, new.path).path
    return new if led in vault.notes and led != new.path else None
