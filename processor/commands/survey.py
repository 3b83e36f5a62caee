"""What a vault holds, seen as a whole: the kinds of its notes, its properties, how its links and stamps are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from processor.parse.frontmatter import Property, says_video
from processor.parse.youtube import find_video_id, is_possible_video_id, is_video_id, read_url
from processor.rules.expected import Type, is_of
from processor.vault.facts import fact
from processor.vault.note import Note
from processor.vault.vault import Kind, Vault
from processor.vault.videos import plugin_stamps

_TYPES: tuple[Type, ...] = ("checkbox", "number", "list", "date", "datetime", "text")  # the first that fits
_MOSTLY = 0.8  # of a property's values, so that it may be said to hold videos
_RARE = 0.1  # of the notes with the commonest video property: what fewer have is a slip
_T = TypeVar("_T", bound=str)
MOST_VALUES = 8
"""More different values than that are no choice of a few."""


class PropertyUse(NamedTuple):
    """A property as the notes use it: its commonest spelling, and how many notes give it a value of each type.

    `kinds` says in how many notes of each kind it has a value. `values` are its texts and how often each stands, empty
    where there are more than MOST_VALUES.
    """

    name: str
    types: Mapping[Type, int]
    kinds: Mapping[Kind, int]
    values: Mapping[str, int]

    @property
    def notes(self) -> int:
        return sum(self.types.values())


@dataclass(frozen=True)
class Survey:
    """What was seen. Each mapping leads to a number, the most frequent first."""

    notes: int
    files: int
    kinds: Mapping[Kind, int]
    hubs: Mapping[str, int]  # path → notes of its channel
    video: Mapping[str, int]  # property that names the video → notes
    rare_video: Mapping[str, int]  # likewise, but in so few notes that it is a slip
    properties: Sequence[PropertyUse]
    links: Mapping[str, int]  # `wikilink` and `Markdown link`
    stamps: Mapping[str, int] = field(default_factory=dict)  # see `stamp_forms`


@fact
def stamp_forms(note: Note) -> dict[str, int]:
    """Return how the stamps of a note are written, and how often.

    Those that lead to a video: `link`; `media`, a link for the Media Extended plugin; `html`, an anchor with an `href`. All
    others by their notation, else their form. `short` counts the links to `youtu.be` once more.
    """
    found: Counter[str] = Counter()
    for stamp in (*note.timestamps, *plugin_stamps(note)):
        way = stamp.notation or (stamp.form if stamp.form != "link" else "link that leads nowhere")
        if stamp.url and stamp.video_id and stamp.form in ("anchor", "link"):
            way = "html" if stamp.form == "anchor" else "media" if ":" in stamp.url.partition("#t=")[2] else "link"
        found[way] += 1
        if way in LINKED and "youtu.be/" in stamp.url:
            found["short"] += 1
    return dict(found)


def stamps_of(vault: Vault, paths: Collection[str]) -> dict[str, int]:
    """Return the `stamp_forms` of some notes together, the most frequent first."""
    known = vault.facts(stamp_forms) if len(paths) * 2 > len(vault.notes) else {}
    found: Counter[str] = Counter()
    for path in paths:
        found.update(known[path] if known else stamp_forms(vault.notes[path]))
    return _ranked(found)


LINKED = {"link": "link", "html": "anchor with an href", "media": "link for Media Extended"}


def described_stamps(stamps: Mapping[str, int]) -> str:
    """Return which notations there are, how many of each, and which are linked: for people."""
    linked = [f"{stamps[way]:,} {name}" for way, name in LINKED.items() if way in stamps]
    others = [f"{n:,} {way}" for way, n in stamps.items() if way not in (*LINKED, "short")]
    groups = [("linked", linked), ("not linked", others)]
    return "; ".join(f"{what}: {', '.join(found)}" for what, found in groups if found) or "none"


def survey(vault: Vault) -> Survey:
    """Look at all notes of a vault, whichever property names their videos."""
    video, rare = _video_properties(vault)
    names = tuple(video) or vault.video_properties
    kinds = {path: _kind(vault, note, names) for path, note in vault.notes.items()}
    channels = Counter(hub for path in vault.notes if (hub := vault.hub(path)) and hub != path)
    links: Counter[str] = Counter()
    for note in vault.notes.values():
        links.update("wikilink" if link.form in ("wikilink", "property") else "Markdown link" for link in note.links)
    return Survey(
        len(vault.notes),
        len(vault.files),
        _ranked(Counter(kinds.values())),
        _ranked(channels),
        video,
        rare,
        _properties(vault.notes.values(), kinds),
        _ranked(links),
        stamps_of(vault, vault.notes),
    )


def _ranked(counts: Counter[_T]) -> dict[_T, int]:
    return dict(sorted(counts.items(), key=lambda x: (-x[1], str(x[0]))))


def _kind(vault: Vault, note: Note, names: tuple[str, ...]) -> Kind:
    if vault.hub(note.path) == note.path:
        return "hub"
    return "transcript" if note.is_transcript(names) else "note"


# Properties


def _entries(note: Note) -> Iterable[Property]:
    """Return the properties that have a value, each key once."""
    found = {entry.key.casefold(): entry for entry in note.properties.entries}
    return (entry for entry in found.values() if entry.value not in (None, "", []))


def _properties(notes: Iterable[Note], kinds: Mapping[str, Kind]) -> list[PropertyUse]:
    spellings: dict[str, Counter[str]] = {}
    types: dict[str, Counter[Type]] = {}
    of_kinds: dict[str, Counter[Kind]] = {}
    values: dict[str, Counter[str]] = {}
    for note in notes:
        for entry in _entries(note):
            key = entry.key.casefold()
            spellings.setdefault(key, Counter())[entry.key] += 1
            types.setdefault(key, Counter())[type_of(entry.value)] += 1
            of_kinds.setdefault(key, Counter())[kinds[note.path]] += 1
            texts = values.setdefault(key, Counter())
            if isinstance(entry.value, str) and len(texts) <= MOST_VALUES:
                texts[entry.value] += 1
    uses = [
        PropertyUse(
            max(spellings[key], key=lambda name: (spellings[key][name], name)),
            _ranked(types[key]),
            _ranked(of_kinds[key]),
            _ranked(values[key]) if len(values[key]) <= MOST_VALUES else {},
        )
        for key in spellings
    ]
    return sorted(uses, key=lambda use: (-use.notes, use.name))


def type_of(value: object) -> Type:
    """Return the type that a value has by itself; of a mapping, which has none, `text`."""
    return next((kind for kind in _TYPES if is_of(value, kind)), "text")


def _video_properties(vault: Vault) -> tuple[dict[str, int], dict[str, int]]:
    """Return the properties that name videos, and in how many notes; second those of so few notes that they are slips."""
    holds: Counter[str] = Counter()
    has: Counter[str] = Counter()
    spelling: dict[str, Counter[str]] = {}
    for note in vault.notes.values():
        for entry in _entries(note):
            key = entry.key.casefold()
            has[key] += 1
            if _is_video(entry):
                holds[key] += 1
                spelling.setdefault(key, Counter())[entry.key] += 1
    known = {name.casefold() for name in vault.video_properties}
    found: Counter[str] = Counter()
    for key, count in holds.items():
        if says_video(key) or key in known or (count >= _MOSTLY * has[key] and count > 1):
            found[spelling[key].most_common(1)[0][0]] = count
    ranked = _ranked(found)
    least = _RARE * max(ranked.values(), default=0)
    return {n: c for n, c in ranked.items() if c >= least}, {n: c for n, c in ranked.items() if c < least}


def _is_video(entry: Property) -> bool:
    value = entry.written.strip()
    if read_url(value) is not None:
        return find_video_id(value) is not None
    return is_video_id(value) if says_video(entry.key) else is_possible_video_id(value)
