"""At the foot of a note: the other notes of its video, and the notes that link to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from processor.build.region import region, set_region, written_links
from processor.build.work import Work, edited
from processor.linktext import link_to, title_of
from processor.note import Note
from processor.vault import Vault

REGION = "related"


def relate(work: Work, untouched: Collection[str]) -> None:
    """Give each note but hubs and those `untouched` its region, or the one it has a new body."""
    vault = work.vault
    videos = _by_video(vault)
    askers = _askers(vault)
    changed = []
    for path in sorted(vault.notes):
        note = vault.notes[path]
        if path in untouched or not work.may_edit(note) or vault.kind(path) == "hub":
            continue
        same = [p for p in videos.get(_video(note, vault), ()) if p != path]
        body = _body(path, same, sorted(askers.get(path, set()) - set(same)), vault)
        edit = set_region(note, REGION, body)
        if edit is None:
            continue
        new = edited(note, [edit])
        if new is None or (body and region(new, REGION) is None):
            work.remark(path, "related notes cannot be added: it ends in code or in a comment that is never closed")
            continue
        changed.append(new)
        work.made["related notes"] += body.count("\n- ")
    work.change(changed)


def _video(note: Note, vault: Vault) -> str:
    video = note.video(vault.video_properties)
    return video.id if video else ""


def _by_video(vault: Vault) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(vault.notes):
        if (video := _video(vault.notes[path], vault)) and vault.kind(path) != "hub":
            found[video].append(path)
    return found


def _askers(vault: Vault) -> Mapping[str, set[str]]:
    """The notes that link to each note by words of their own: no hub, and nothing that a build made."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, note in vault.notes.items():
        if vault.kind(path) == "hub":
            continue
        for link in written_links(note):
            led = vault.resolve(link.target, path).path
            if led is not None and led != path and led in vault.notes:
                found[led].add(path)
    return found


def _body(path: str, same: Sequence[str], askers: Sequence[str], vault: Vault) -> str:
    parts = []
    for head, paths in (("From the same video", same), ("Linked from", askers)):
        if paths:
            ordered = sorted(paths, key=lambda p: (title_of(vault.notes[p]).casefold(), p))
            parts.append("\n".join([f"**{head}**\n", *(f"- {link_to(vault.notes[p], path, vault)}" for p in ordered)]))
    return "\n\n".join(parts)
