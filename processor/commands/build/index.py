"""The start note: the channels, and how much there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from processor.base.text import count
from processor.commands.build.hubs import members
from processor.commands.build.region import holds, marked, region_names, set_region
from processor.commands.build.work import Work, edited, free_name
from processor.vault.facts import fact
from processor.vault.links.writing import link_to, title_of
from processor.vault.naming import letters
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from processor.vault.wanted import Wanted

REGION = "index"
NAMES = ("Index", "Contents", "All channels")
MOST_STUBS = 50  # that are listed


@fact
def stamp_count(note: Note) -> int:
    """Return how many stamps a note has."""
    return len(note.timestamps)


@fact
def clickable(note: Note) -> int:
    """Return how many stamps of a note start their video."""
    return sum(bool(t.url and t.video_id) and t.seconds is not None for t in note.timestamps.odd)


class _Channel(NamedTuple):
    hub: Note
    notes: int
    videos: int
    stamps: int


def add_index(work: Work, untouched: frozenset[str], stubs: Mapping[str, Wanted], missing: Iterable[str]) -> str:
    """Write the index: into the region that a note has for it, else into a new note at the root; return its path.

    `stubs` are the notes made for missing ones, by their paths, most wanted first; `missing` are the names of those without a note, which the
    index never takes.
    """
    vault = work.vault
    for path in sorted(p for p, names in vault.facts(region_names).items() if REGION in names):
        note = vault.notes[path]
        if path not in untouched and work.may_edit(note):
            body = _body(path, vault, stubs)
            edit = set_region(note, REGION, body)
            new = edited(note, [edit]) if edit else None
            if edit and (new is None or not holds(new, REGION, body)):
                new = None
                work.remark(path, "the index cannot be written there without changing what stands around it")
            if new is not None:
                work.made["index entries"] += len(members(vault))
                work.change([new])
            return path
    path = free_name(vault, NAMES, {letters(name.rpartition("/")[2]) for name in missing}) + ".md"
    work.made["index entries"] += len(members(vault))
    work.add([parse_note(f"---\ntitle: {path[:-3]}\n---\n\n{marked(REGION, _body(path, vault, stubs))}\n", path)])
    return path


def _channels(vault: Vault) -> list[_Channel]:
    found = []
    stamps = vault.facts(clickable)
    for hub, notes in members(vault).items():
        videos = {video for n in notes if (video := vault.video_ids[n.path])}
        found.append(_Channel(vault.notes[hub], len(notes), len(videos), sum(stamps[n.path] for n in notes)))
    return sorted(found, key=lambda c: (title_of(c.hub).casefold(), c.hub.path))


def _body(path: str, vault: Vault, stubs: Mapping[str, Wanted]) -> str:
    channels = _channels(vault)
    parts = []
    if channels:
        rows = [
            f"| {link_to(c.hub, path, vault, table=True)} | {c.videos:,} | {c.notes:,} | {c.stamps:,} |"
            for c in channels
        ]
        parts.append("\n".join(["| Channel | Videos | Notes | Times |", "| --- | --: | --: | --: |", *rows]))
    others = len(vault.notes) - len(channels) - sum(c.notes for c in channels) - len(stubs) - (path in vault.notes)
    if others > 0:
        parts.append(f"Besides there {'is' if others == 1 else 'are'} {count(others, 'note')} of no channel.")
    if stubs:
        listed = islice(stubs.items(), MOST_STUBS)
        lines = [f"- {link_to(vault.notes[p], path, vault)}: {one.asked}" for p, one in listed]
        more = [f"- and {len(stubs) - MOST_STUBS:,} more"] if len(stubs) > MOST_STUBS else []
        parts.append("\n".join(["Asked for most, and not written yet:\n", *lines, *more]))
    return "\n\n".join(parts) or "There is no channel yet."
