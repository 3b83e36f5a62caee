"""At the foot of a note: the other notes of its video, and the notes that link to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from processor.base.parallel import streamed
from processor.base.text import Edit
from processor.commands.build.region import INDEX, RELATED, STUB, holds, region_names, set_region, written_links
from processor.commands.build.stages import Stage, unseen
from processor.commands.build.titles import entry_to
from processor.commands.build.work import Work
from processor.commands.titles import called
from processor.vault.note import Note
from processor.vault.vault import Vault


class Related:
    """The region at the foot of a note: the other notes of its video, and the notes that link to it."""

    made = "related notes"
    refused = "related notes cannot be added: it ends in code or in a comment that is never closed"

    def __init__(self, work: Work, stage: Stage = unseen) -> None:
        self._vault = vault = work.vault
        self._regions = vault.facts(region_names)
        made = (p for p, found in self._regions.items() if STUB in found or INDEX in found)
        self._not = {*work.made_notes, *made, *vault.hubs}  # by this build or an earlier one
        self._videos = _by_video(vault)
        self._askers = _askers(vault, work.made_notes, stage)

    def concerns(self, path: str) -> bool:
        if path in self._not:
            return False
        alike = self._videos.get(self._vault.video_ids[path] or "", ())
        return bool(len(alike) > 1 or path in self._askers or RELATED in self._regions[path])

    def edit(self, note: Note) -> Edit | None:
        return set_region(note, RELATED, self._body(note.path))

    def added(self, old: Note, new: Note) -> int | None:
        del old
        body = self._body(new.path)
        return body.count("\n- ") if not body or holds(new, RELATED, body) else None

    def _body(self, path: str) -> str:
        vault = self._vault
        same = [p for p in self._videos.get(vault.video_ids[path] or "", ()) if p != path]
        return _body(path, same, sorted(self._askers.get(path, set()) - set(same)), vault)


def _by_video(vault: Vault) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, video in sorted(vault.video_ids.items()):
        if video and vault.hub(path) != path:
            found[video].append(path)
    return found


def _askers(vault: Vault, made: Collection[str], stage: Stage) -> Mapping[str, set[str]]:
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
    paths = [p for p in sorted(vault.notes) if p not in made and vault.hub(p) != p]
    with stage("Asking", len(paths)) as advance:
        for part in streamed(share, paths):
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
