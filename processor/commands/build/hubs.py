"""Hubs list every note of their channel once, below its video's heading; what a person wrote in them stays.

So an entry is added only for a note that the hub does not list anywhere, and none is ever taken away: where the source's
hub lists a note twice, as under a second video that it has to do with, both entries stay, and the report says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from processor.base.text import Edit, in_words
from processor.commands.build.titles import Titles, can_be_led_to, entry_to
from processor.commands.build.work import Work, edited
from processor.commands.titles import headed, is_bare, videos_in_headings
from processor.parse.nodes import Link
from processor.parse.youtube import UrlStyle, write_url
from processor.rules.notes.missing_from_hub import item_of, place_in_hub
from processor.vault.facts import channel_target
from processor.vault.links.writing import headings_taken_along
from processor.vault.note import Note
from processor.vault.vault import Vault

OTHER = "Other notes"
"""The heading of the notes whose video is not known, where a hub has no list without a heading."""

_MOST_NAMED = 3
_LEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?)?[*_]*!?")


def is_listing(note: Note, link: Link) -> bool:
    """Return whether a link is an entry of a list (a line or a row that begins with it, a heading), and no mention in a sentence."""
    if link.place in ("heading", "table"):
        return True
    start = note.lines.start(note.lines.line(link.span.start))
    return link.place == "text" and bool(_LEADING.fullmatch(note.text, start, link.span.start))


def listed(hub: Note, vault: Vault) -> Counter[str]:
    """Return how often a hub lists each note."""
    found = (vault.resolve(x.target, hub.path).path for x in hub.links if is_listing(hub, x))
    return Counter(path for path in found if path is not None)


def members(vault: Vault) -> dict[str, list[Note]]:
    """Return the notes of each hub, by the hub's path."""
    found: dict[str, list[Note]] = defaultdict(list)
    for path, channel in sorted(vault.facts(channel_target).items()):
        hub = vault.hub(path)
        if hub is not None and hub != path and channel is not None:
            found[hub].append(vault.notes[path])
    return found


def complete_hubs(work: Work, url: UrlStyle, untouched: frozenset[str], titles: Titles) -> None:
    """List in each hub the notes of its channel that it does not list, and call each video there by its title."""
    _with_titles(work, sorted(work.vault.hubs), untouched, titles)
    vault = work.vault
    changed = []
    for path, notes in sorted(members(vault).items()):
        hub = vault.notes[path]
        there = listed(hub, vault)
        if repeated := [n.name for n in notes if there[n.path] > 1]:
            work.remark(path, f"{_and_more(repeated)} listed more than once here, as in the vault")
        absent = [n for n in notes if n.path not in there and can_be_led_to(n, path, vault)]
        if unnamed := [n.name for n in notes if not can_be_led_to(n, path, vault)]:
            work.remark(path, f"{_and_more(unnamed)} not listed here, as no link can name what has a # in its name")
        if not absent:
            continue
        is_open = path not in untouched and work.may_edit(hub)
        new = _completed(hub, absent, vault, titles, url) if is_open else None
        if new is None:
            work.remark(path, f"this hub does not list {len(absent)} of its notes, and cannot be added to")
            continue
        changed.append(new)
        work.made["hub entries"] += len(absent)
    work.change(changed)


def _and_more(names: Sequence[str]) -> str:
    """Return `a, b and 17 more are`."""
    more = len(names) - _MOST_NAMED
    listed = [*names[:_MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])]
    return f"{in_words(listed)} {'is' if len(names) == 1 else 'are'}"


def _retitled(hub: Note, titles: Titles) -> list[Edit]:
    """Return the edits that give the headings of a hub that are bare ids their videos' titles."""
    return [
        Edit(*link.text_span, titles.of(video))
        for _, link, video in videos_in_headings(hub)
        if link.form == "markdown" and link.text_span and is_bare(hub.quote(link.text_span), video)
    ]


def _with_titles(work: Work, paths: Sequence[str], untouched: frozenset[str], titles: Titles) -> None:
    """Give the videos that hubs head with their bare ids their titles; links to these headings follow."""
    for path in paths:
        hub = work.vault.notes[path]
        edits = _retitled(hub, titles) if path not in untouched and work.may_edit(hub) else []
        along = headings_taken_along(work.vault, hub, edits, as_shown=False) if edits else None
        if along is None or any(other in untouched for other, _ in along):
            continue
        by_note: dict[str, list[Edit]] = {path: [*edits]}
        for other, edit in along:
            by_note.setdefault(other, []).append(edit)
        new = [edited(work.vault.notes[other], some) for other, some in by_note.items()]
        if all(new):
            work.change([n for n in new if n])
            work.made["titles of videos"] += len(edits)


def _completed(hub: Note, notes: Sequence[Note], vault: Vault, titles: Titles, url: UrlStyle) -> Note | None:
    """Return the hub with the notes listed; None where they cannot be."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        groups[vault.video_id(note.path) or ""].append(note)
    videos_headed = headed(hub)
    level = _level(hub)
    pieces: dict[int, list[str]] = defaultdict(list)  # text to insert, by its place
    end = max(hub.body_start, len(hub.text.rstrip()))
    sections = []
    for video, group in groups.items():
        links = [entry_to(n, hub.path, vault) for n in group]
        at = place_in_hub(hub, video) if video in videos_headed else _place_of_others(hub) if not video else None
        if at is not None:
            pieces[at].append(item_of(hub, at, links[0]) + "".join(f"\n{_bullet(hub, at)}{x}" for x in links[1:]))
        else:
            title = f"[{titles.of(video)}]({write_url(video, style=url)})" if video else OTHER
            head = f"{'#' * level} {title}"
            sections.append((not video, "\n".join([head, *(f"- {x}" for x in links)])))
    if sections:
        text = "\n\n".join(s for _, s in sorted(sections, key=lambda s: s[0]))
        pieces[end].append(_apart(hub, end, bool(pieces.get(end))) + text + "\n" * (end == hub.body_start))
    edits = [Edit(at, at, "".join(texts)) for at, texts in sorted(pieces.items())]
    new = edited(hub, edits)
    if new is None:
        return None
    there = listed(new, vault)
    return new if all(there[n.path] == 1 for n in notes) else None


def _apart(hub: Note, end: int, follows: bool) -> str:
    """Return what parts a new section from what stands before it."""
    if end == hub.body_start and not follows:
        return "" if not end or hub.text[end - 1] == "\n" else "\n"
    return "\n\n"


def _level(hub: Note) -> int:
    """Return the level that most of a hub's videos are headed with."""
    levels = Counter(h.level for h in hub.headings if "](http" in h.text)
    return max(levels, key=lambda level: (levels[level], level)) if levels else 3


def _place_of_others(hub: Note) -> int | None:
    """Behind the last item below the heading of the notes without a video."""
    for heading, following in zip_longest(hub.headings, hub.headings[1:]):
        if heading.text == OTHER:
            end = following.span.start if following else len(hub.text)
            return max(heading.span.end, len(hub.text[:end].rstrip()))
    return None


def _bullet(hub: Note, at: int) -> str:
    line = hub.text[hub.lines.start(hub.lines.line(max(0, at - 1))) : at]
    m = re.match(r"[ \t]*[-*+][ \t]+", line)
    return m[0] if m else "- "


def hub_of_listing(note: Note, vault: Vault, listings: Mapping[str, Sequence[tuple[str, str]]]) -> str | None:
    """Return the one hub that lists a note, best below its own video's heading; `listings` are hub and video by note."""
    found = listings.get(note.path, ())
    video = note.video(vault.video_properties)
    strong = {hub for hub, of in found if video and of and of == video.id}
    hubs = strong or {hub for hub, _ in found}
    return next(iter(hubs)) if len(hubs) == 1 else None


def all_listings(vault: Vault) -> dict[str, list[tuple[str, str]]]:
    """For each note the hubs that list it, and below which video."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(vault.hubs):
        hub = vault.notes[path]
        starts = [h.span.start for h in hub.headings]
        by_heading = {heading.span.start: video for heading, _, video in reversed([*videos_in_headings(hub)])}
        videos = ["", *(by_heading.get(start, "") for start in starts)]
        section = 0
        for link in hub.links:
            while section < len(starts) and starts[section] <= link.span.start:
                section += 1
            led = vault.resolve(link.target, path).path
            if led is not None and is_listing(hub, link):
                found[led].append((path, videos[section]))
    return found
