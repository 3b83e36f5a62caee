"""At the foot of a note: the other notes of its video, and the notes that link to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from processor.base.parallel import streamed
from processor.commands.build.region import INDEX, RELATED, STUB, holds, region_names, set_region, written_links
from processor.commands.build.stages import Advance, Stage, unseen
from processor.commands.build.titles import called, entry_to
from processor.commands.build.work import Work, edited
from processor.vault.crossing import notes_as_bytes, notes_of_bytes
from processor.vault.facts import FACTS
from processor.vault.note import Note
from processor.vault.vault import Vault


def relate(work: Work, untouched: Collection[str], stage: Stage = unseen) -> None:
    """Give each note its region, or the one it has a new body: but for hubs, those `untouched`, and those that this build or an earlier
    one has made.
    """
    vault = work.vault
    names = vault.facts(region_names)
    made = {*work.made_notes, *(p for p, found in names.items() if STUB in found or INDEX in found)}
    paths = [p for p in sorted(vault.notes) if p not in untouched and p not in made and vault.hub(p) != p]
    videos = _by_video(vault)
    with stage("Asking", len(vault.notes)) as advance:
        askers = _askers(vault, work.made_notes, advance)

    def share(mine: Sequence[str]) -> bytes:
        """Return the notes that change, below a line that says of how many they are, how many notes they list, and to which nothing
        can be added."""
        changed: list[Note] = []
        refused: list[str] = []
        entries = 0
        for path in mine:
            same = [p for p in videos.get(vault.video_ids[path] or "", ()) if p != path]
            body = _body(path, same, sorted(askers.get(path, set()) - set(same)), vault)
            if not body and RELATED not in names[path]:
                continue
            note = vault.notes[path].whole
            edit = set_region(note, RELATED, body) if work.may_edit(note) else None
            if edit is None:
                continue
            new = edited(note, [edit])
            if new is None or (body and not holds(new, RELATED, body)):
                refused.append(path)
                continue
            for ask in FACTS.values():
                ask(new)
            changed.append(new)
            entries += body.count("\n- ")
        return json.dumps((len(mine), entries, refused)).encode() + b"\n" + notes_as_bytes(changed)

    found: list[Note] = []
    with stage("Relating", len(paths)) as advance:
        for part in streamed(share, paths):
            head, _, notes = part.partition(b"\n")
            number, entries, refused = json.loads(head)
            work.made["related notes"] += entries
            for path in refused:
                work.remark(path, "related notes cannot be added: it ends in code or in a comment that is never closed")
            found += notes_of_bytes(notes)
            advance(number)
    work.change(found)


def _by_video(vault: Vault) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, video in sorted(vault.video_ids.items()):
        if video and vault.hub(path) != path:
            found[video].append(path)
    return found


def _askers(vault: Vault, made: Collection[str], advance: Advance) -> Mapping[str, set[str]]:
    """Return the notes that link to each note by words of their own: no hub, and nothing that a build made."""
    names = vault.facts(region_names)

    def share(mine: Sequence[str]) -> bytes:
        found = []
        for path in mine:
            note = vault.notes[path]
            links = written_links(note) if names[path] else note.links
            led = {vault.resolve(link.target, path).path for link in links}
            found.append((path, sorted(p for p in led if p is not None and p != path and p in vault.notes)))
        return json.dumps(found).encode()

    askers: dict[str, set[str]] = defaultdict(set)
    for part in streamed(share, [p for p in sorted(vault.notes) if p not in made and vault.hub(p) != p]):
        asking = json.loads(part)
        advance(len(asking))
        for path, led in asking:
            for other in led:
                askers[other].add(path)
    return askers


def _body(path: str, same: Sequence[str], askers: Sequence[str], vault: Vault) -> str:
    parts = []
    for head, paths in (("From the same video", same), ("Linked from", askers)):
        ordered = sorted(paths, key=lambda p: (called(vault.notes[p]).casefold(), p))
        lines = [f"- {entry_to(vault.notes[p], path, vault)}" for p in ordered]
        parts += ["\n".join([f"**{head}**\n", *lines])] if lines else []
    return "\n\n".join(parts)
