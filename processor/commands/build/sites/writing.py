"""The notes of a copy as one program is to read them: all edits to a note at once."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from processor.base.parallel import streamed
from processor.base.text import Edit, Source
from processor.commands.build.sites import Site
from processor.commands.build.sites.links import SiteLinks
from processor.commands.build.stages import Stage
from processor.vault.note import Note
from processor.vault.vault import Vault

_MOST_NOTES = 2000  # whose anchors are held


def written_for(site: Site, vault: Vault, untouched: Collection[str], stage: Stage) -> tuple[Mapping[str, Source], int]:
    """Return the sources of the notes of which the site is to have another text, by path, and how many edits these are."""

    @lru_cache(maxsize=_MOST_NOTES)
    def ids(path: str) -> Sequence[str]:
        return site.ids(vault.notes[path].whole)

    links = SiteLinks(vault, ids, wikilinks=site.wikilinks, folders=site.folders)

    def share(mine: Sequence[str]) -> bytes:
        found = []
        for path in mine:
            note = vault.notes[path].whole
            edits = [] if note.source.invalid is not None else _edits(site, links, note)
            found.append((path, edits))
        return json.dumps(found).encode("utf-8", "surrogatepass")

    sources: dict[str, Source] = {}
    total = 0
    paths = sorted(path for path in vault.notes if path not in untouched)
    with stage("Writing for the site", len(paths)) as advance:
        for part in streamed(share, paths):
            found = json.loads(part)
            advance(len(found))
            for path, edits in found:
                if edits:
                    total += len(edits)
                    sources[path] = vault.notes[path].source.edited([Edit(*edit) for edit in edits])
    return sources, total


def _edits(site: Site, links: SiteLinks, note: Note) -> list[Edit]:
    first = site.marks[0](note) if site.marks else ()
    rest = [edit for mark in site.marks[1:] for edit in mark(note)]
    return _chosen([*first, *links.edits(note), *rest])


def _chosen(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits without those that overlap an earlier one."""
    starts: list[int] = []
    chosen: list[Edit] = []  # in the order of `starts`
    for edit in edits:
        i = bisect_left(starts, edit.start)
        before, behind = chosen[i - 1] if i else None, chosen[i] if i < len(chosen) else None
        is_inserted_here = behind is not None and behind[:2] == (edit.start, edit.start)
        if (before and before.end > edit.start) or (behind and behind.start < edit.end and not is_inserted_here):
            continue
        starts.insert(i, edit.start)
        chosen.insert(i, edit)
    return chosen
