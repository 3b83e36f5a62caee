"""The start note: the channels and how much there is of each, the notes of no channel, and what is left to do."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from processor.base.text import Edit, apply_edits, count, in_words
from processor.commands.build.hubs import members
from processor.commands.build.inert import plain
from processor.commands.build.region import INDEX, STUB, holds, marked, region_names, regions, set_region
from processor.commands.build.stubs import Made
from processor.commands.build.titles import channel_names, entry_to
from processor.commands.build.work import Places, Work, edited, free_name, is_free
from processor.commands.titles import called, readable
from processor.parse.frontmatter import quote_scalar
from processor.rules.base import SEVERITIES, Finding, all_rules
from processor.vault.backlinks import links_to
from processor.vault.facts import fact
from processor.vault.naming import letters
from processor.vault.note import Note, parse_note
from processor.vault.vault import Vault
from processor.vault.wanted import Wanted

NAMES = ("Index", "Contents", "All channels")
_MOST_MISSING = 50  # that are listed
_MOST_OTHERS = 100
_MOST_NOTES = 3  # that are named where something is left to do
_DATES = ("published", "upload_date", "uploaded", "date", "created")
"""The properties that say how new a note is, or its video: the first that a note has."""
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


@fact
def stamp_count(note: Note) -> int:
    """Return how many stamps a note has."""
    return len(note.timestamps)


@fact
def clickable(note: Note) -> int:
    """Return how many stamps of a note start their video."""
    return sum(bool(t.url and t.video_id) and t.seconds is not None for t in note.timestamps.odd)


@fact
def dated(note: Note) -> str:
    """Return the date that a note's properties tell, as `2026-11-30`; empty where none does."""
    for name in _DATES:
        entry = note.properties.get(name)
        if entry and (m := _DATE.match(entry.written.strip("\"' "))):
            return "-".join(m.groups())
    return ""


class Contents(NamedTuple):
    """What the start note tells besides what the vault holds: `stubs` are the notes that were made for missing ones, `missing`
    all of these, most wanted first, and `asked` those of them for which links ask still; `left` are the findings that stand in the copy.
    """

    stubs: Made
    missing: Sequence[Wanted]
    asked: Sequence[Wanted]
    left: Sequence[Finding] = ()


def add_index(
    work: Work, untouched: frozenset[str], name: str | bool, contents: Contents, homes: Sequence[str] = ()
) -> str:
    """Write the index: into the region that a note has for it, else where `name` says, else into the note that a site opens first
    (the first of `homes` that there is), where that has no text of its own; return its path.

    A note that has that name gets the region at its foot; where it is True, a new note has a name that is free, which is never that of a
    missing note.
    """
    home = _home_of(work, homes) if name is True else ""
    is_new = bool(home) and f"{home}.md" not in work.vault.notes
    name = home or name
    for path in _places(work.vault, not is_new and name):
        if path not in untouched and _put(work, path, contents):
            return path
    wanted = isinstance(name, str)
    names = (name, *NAMES) if isinstance(name, str) else NAMES
    avoid = set() if wanted else {letters(one.name.rpartition("/")[2]) for one in contents.missing}
    named = home if is_new else free_name(work.vault, names, avoid)
    path = Places(work.vault).take(f"{named}.md") or f"{free_name(work.vault, NAMES, avoid)}.md"
    if path.lower() != f"{names[0]}.md".lower():
        _tell_place(work, names[0], path)
    work.made["index entries"] = len(members(work.vault))
    title = quote_scalar(NAMES[0] if path[:-3] == home else readable(path[:-3].rpartition("/")[2]))
    body = _Body(path, work.vault, contents, work.made_notes).text()
    work.add([parse_note(f"---\ntitle: {title}\n---\n\n{marked(INDEX, body)}\n", path)])
    return path


def _home_of(work: Work, names: Sequence[str]) -> str:
    """Return the name of the note at the root that a site opens first, where the start note can be that note: there is none yet, or it has
    no text of its own. Else empty.
    """
    at_root = {path.lower(): path for path in work.vault.notes if "/" not in path}
    there = next((at_root[f"{name.lower()}.md"] for name in names if f"{name.lower()}.md" in at_root), None)
    if there is None:
        return names[0] if names and _leaves_links(work.vault, names[0]) else ""
    note = work.vault.notes[there].whole
    spans = [span for region, span in regions(note) if region == INDEX]
    own = apply_edits(note.text, [Edit(*span, "") for span in spans])[note.body_start :]
    return "" if own.strip() else there.removesuffix(".md")


def _leaves_links(vault: Vault, name: str) -> bool:
    """Return whether a note of that name at the root changes no link's target: notes in folders may have that name too, as long as no
    link names one of them by it alone.
    """
    if is_free(vault, name):
        return True
    namesakes = [path for path in vault.notes if path.rpartition("/")[2].lower() == f"{name.lower()}.md"]
    return bool(namesakes) and all("/" in one.link.path for path in namesakes for one in links_to(vault, path))


def _places(vault: Vault, name: str | bool) -> list[str]:
    """Return the notes that the index may go into, best first."""
    found = sorted(p for p, names in vault.facts(region_names).items() if INDEX in names)
    named = None if isinstance(name, bool) else vault.resolve(name, "").path
    return [*found, *([named] if named in vault.notes and named not in found else [])]  # type: ignore[list-item]


def _put(work: Work, path: str, contents: Contents) -> bool:
    """Write the index into a note; return whether it is there."""
    note = work.vault.notes[path]
    if not work.may_edit(note):
        return False
    body = _Body(path, work.vault, contents, work.made_notes).text()
    edit = set_region(note, INDEX, body)
    new = edited(note, [edit]) if edit else note
    if new is None or not holds(new, INDEX, body):
        work.remark(path, "the index cannot be written there without changing what stands around it")
        return INDEX in work.vault.facts(region_names)[path]
    if edit:
        work.made["index entries"] = len(members(work.vault))
        work.change([new])
    return True


def _tell_place(work: Work, wanted: str, path: str) -> None:
    there = work.vault.resolve(wanted, "").path
    if there is None:
        work.remark(path, f'it is the start note: there can be no "{wanted}", as a file has the name of its folder')
    else:
        work.remark(there, f"it has the name of the start note, which is {path}; with --index it goes where you say")


class _Channel(NamedTuple):
    hub: Note
    name: str
    notes: int
    videos: int
    stamps: int
    newest: str  # the path of a note; empty where no note has a date


class _Body:
    """What the index of a vault says in the note at `path`. `made` are the notes that the build has added."""

    def __init__(self, path: str, vault: Vault, contents: Contents, made: Collection[str]) -> None:
        self.path = path
        self.vault = vault
        self.contents = contents
        self.made = made
        self.of_channels = members(vault)

    def text(self) -> str:
        """Return the Markdown."""
        parts = [*self._channels(), *self._others(), *self._missing(), *self._left()]
        return "\n\n".join(parts) or "There is no channel yet."

    def _entry(self, path: str, *, table: bool = False, display: str = "") -> str:
        return entry_to(self.vault.notes[path], self.path, self.vault, table=table, display=display)

    def _channels(self) -> list[str]:
        channels = self._counted()
        if not channels:
            return []
        newest = any(c.newest for c in channels)
        head = ["Channel", "Videos", "Notes", "Times that play", *(["Newest note"] if newest else [])]
        rows = [head, ["---", "--:", "--:", "--:", *(["---"] if newest else [])]]
        for c in channels:
            cells = [
                self._entry(c.hub.path, table=True, display=c.name),
                f"{c.videos:,}",
                f"{c.notes:,}",
                f"{c.stamps:,}",
            ]
            rows.append([*cells, *([self._entry(c.newest, table=True) if c.newest else ""] if newest else [])])
        return ["## Channels", "\n".join(f"| {' | '.join(row)} |" for row in rows)]

    def _counted(self) -> list[_Channel]:
        vault = self.vault
        stamps, dates = vault.facts(clickable), vault.facts(dated)
        names = channel_names(vault, self.of_channels)
        found = []
        for hub, notes in self.of_channels.items():
            videos = {video for n in notes if (video := vault.video_ids[n.path])}
            newest = max((dates[n.path], n.path) for n in notes)
            total = sum(stamps[n.path] for n in notes)
            found.append(
                _Channel(vault.notes[hub], names[hub], len(notes), len(videos), total, newest[1] if newest[0] else "")
            )
        return sorted(found, key=lambda c: (c.name.casefold(), c.hub.path))

    def _others(self) -> list[str]:
        """Return the list of the notes of no channel."""
        inside = {n.path for notes in self.of_channels.values() for n in notes} | {*self.vault.hubs, self.path}
        regions = self.vault.facts(region_names)  # an earlier build may have made a stub
        others = [p for p in self.vault.notes if p not in inside and p not in self.made and STUB not in regions[p]]
        if not others:
            return []
        ordered = sorted(others, key=lambda p: (called(self.vault.notes[p]).casefold(), p))
        lines = [f"- {self._entry(p)}" for p in ordered[:_MOST_OTHERS]]
        if more := ordered[_MOST_OTHERS:]:
            folders = Counter(self.vault.notes[p].folder for p in more)
            where = [f"{plain(f) or 'no folder'} ({n:,})" for f, n in folders.most_common(_MOST_NOTES)]
            lines.append(f"- and {len(more):,} more, most in {in_words(where)}")
        return ["## Notes of no channel", "\n".join(lines)]

    def _missing(self) -> list[str]:
        stubs = {one.name: path for path, one in self.contents.stubs.items()}
        asked = self.contents.asked
        lines = []
        for one in asked[:_MOST_MISSING]:
            if one.name in stubs:
                lines.append(f"- {self._entry(stubs[one.name])}: {one.asked}")
            else:
                first = self._entry(one.notes[0])
                lines.append(f"- {plain(readable(one.name.rpartition('/')[2]))}: {one.asked}, as in {first}")
        if len(asked) > _MOST_MISSING:
            lines.append(f"- and {len(asked) - _MOST_MISSING:,} more")
        return ["## Asked for, and not written yet", "\n".join(lines)] if lines else []

    def _left(self) -> list[str]:
        """Return what a person must look at, by rule, with notes in which it stands."""
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for f in self.contents.left:
            if f.severity != SEVERITIES[-1] and f.path != self.path and f.path in self.vault.notes:
                found[SEVERITIES.index(f.severity), f.rule].append(f.path)
        lines = []
        for (_, rule), paths in sorted(found.items(), key=lambda x: (x[0][0], -len(x[1]), x[0][1])):
            said = all_rules()[rule].summary.rstrip(".")
            lines.append(f"- {said} ({rule}): {count(len(paths), 'time')}, in {self._some(paths)}")
        return ["## Left to do", "\n".join(lines)] if lines else []

    def _some(self, paths: Iterable[str]) -> str:
        times = Counter(paths)
        first = sorted(times, key=lambda p: (-times[p], p))
        more = len(first) - _MOST_NOTES
        named = [self._entry(p) for p in first[: _MOST_NOTES if more != 1 else _MOST_NOTES + 1]]
        return in_words([*named, f"{count(more, 'note')} more"] if more > 1 else named)
