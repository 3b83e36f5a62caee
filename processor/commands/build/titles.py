"""What people read instead of an id or the name of a file: the titles of videos, channels and notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from processor.commands.build.inert import plain
from processor.parse.nodes import ExternalLink, Heading
from processor.parse.youtube import find_video_id
from processor.vault.links.writing import link_to, title_of
from processor.vault.naming import linkable, path_key
from processor.vault.note import Note
from processor.vault.vault import Vault

_FEWEST_WORDS = 2
_FEWEST_LETTERS = 8
_SHORT = 3  # letters of a word that a title neither begins nor ends with where it is cut out of others
_ESCAPED = re.compile(r"\\(?=[\W_])")
_BREAKS_LINK = re.compile(r"[\[\]|\n`<]")
_MOST_NOTES = 40  # whose titles are compared


def readable(name: str) -> str:
    """Return the name of a file as people write it: `open_weights` as `Open weights`. One with spaces is left as it is."""
    if " " in name or "_" not in name.strip("_"):
        return name
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def called(note: Note) -> str:
    """Return what a note is called: its title, else the name of its file in words."""
    title = title_of(note)
    return readable(title) if title == note.name else title


def entry_to(note: Note, source: str, vault: Vault, *, table: bool = False, display: str = "") -> str:
    """Return a link for a list that is made: it shows `display`, else what the note is called; words where no link can lead to it."""
    if not can_be_led_to(note, source, vault):
        return plain(display or called(note))
    return link_to(note, source, vault, table=table, display=display or called(note))


def can_be_led_to(note: Note, source: str, vault: Vault) -> bool:
    """Return whether a link from the note at `source` can name another one: a `#` in its name splits every target."""
    return linkable(vault.path_to(note.path, source), markdown=True)


# Channels


def channel_names(vault: Vault, hubs: Iterable[str]) -> dict[str, str]:
    """Return what each hub's channel is called: as its title says, else as the vault's own lists of channels do, by the hub's path."""
    found = {path: called(vault.notes[path]) for path in hubs}
    nameless = {path for path in found if path_key(found[path]) == path_key(vault.notes[path].name)}
    if nameless:
        listed: dict[str, Counter[str]] = defaultdict(Counter)
        for path in vault.notes:
            if vault.kind(path) != "note":
                continue
            for link in vault.notes[path].links:
                if (
                    link.display
                    and not link.embed
                    and not _BREAKS_LINK.search(link.display)
                    and (led := vault.resolve(link.target, path).path) in nameless
                ):
                    listed[led or ""][" ".join(link.display.split())] += 1
        for path, names in listed.items():
            found[path] = min(names, key=lambda n: (-names[n], n))
    return found


# Videos


def videos_in_headings(hub: Note) -> Iterator[tuple[Heading, ExternalLink, str]]:
    """Yield the links to videos that stand in a heading, each with that heading and the video's id."""
    headings = iter(hub.headings)
    heading = next(headings, None)
    for link in hub.external_links:
        while heading and heading.span.end <= link.span.start:
            heading = next(headings, None)
        if heading and heading.span.start <= link.span.start and (video := find_video_id(link.url)):
            yield heading, link, video


def headed(hub: Note) -> dict[str, str]:
    """Return the videos that a hub has headings for, and what it calls them (Markdown); empty where that is the bare id."""
    found: dict[str, str] = {}
    for _, link, video in videos_in_headings(hub):
        if link.form == "markdown" and link.text_span:
            title = " ".join(hub.quote(link.text_span).split())
            found.setdefault(video, "" if is_bare(title, video) else title)
    return found


def is_bare(title: str, video: str) -> bool:
    """Return whether a title (Markdown) is nothing but the video's id."""
    return _ESCAPED.sub("", title).strip("[]` ") == video


class Titles:
    """The titles of a vault's videos, as Markdown."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._hubs = sorted(vault.hubs)
        self._by_hub: dict[str, str] = {}
        for path in self._hubs:
            for video, title in headed(vault.notes[path]).items():
                if title:
                    self._by_hub.setdefault(video, title)
        self._known: dict[str, str] = {}

    @cached_property
    def notes(self) -> Mapping[str, Sequence[Note]]:
        """The notes of each video, in the order of their paths."""
        found: dict[str, list[Note]] = defaultdict(list)
        for path, video in sorted(self._vault.video_ids.items()):
            if video:
                found[video].append(self._vault.notes[path])
        return found

    @cached_property
    def channels(self) -> Mapping[str, str]:
        """What each channel is called, by the path of its hub."""
        return channel_names(self._vault, self._hubs)

    def of(self, video: str) -> str:
        """Return a video's title: what a hub calls it, else the property `videoTitle` of one of its notes, else the title of the one
        clip of it, else what its publisher says, else what its notes' titles have in common, else whose video it is."""
        if video not in self._known:
            self._known[video] = self._by_hub.get(video) or self._found(video)
        return self._known[video]

    def _found(self, video: str) -> str:
        notes = self.notes.get(video, ())
        named = next((title for n in notes if (title := _text_of(n, "videoTitle"))), "")
        if not named and len(clips := [n for n in notes if _is_clip(n)]) == 1:
            named = _text_of(clips[0], "title") or readable(clips[0].name)
        named = named or " ".join(self._vault.captions.title(video).split())
        named = named or common_part([called(n) for n in notes[:_MOST_NOTES]])
        return plain(named) if named and named != video else self._of_channel(video, notes)

    def _of_channel(self, video: str, notes: Sequence[Note]) -> str:
        channel = next((c for n in notes if (c := self.channels.get(self._vault.hub(n.path) or ""))), "")
        return f"Video of {plain(channel)} ({plain(video)})" if channel else f"Video {plain(video)}"


def _text_of(note: Note, name: str) -> str:
    entry = note.properties.get(name)
    return entry.value.strip() if entry and isinstance(entry.value, str) else ""


def _is_clip(note: Note) -> bool:
    """Return whether a note is a video's own, as a web clipper saves it: its properties name the channel."""
    return note.channel is not None and note.channel.place == "property"


def common_part(titles: Sequence[str]) -> str:
    """Return the longest run of words that all titles have, without short words at its ends; empty where that says too little.

    Of a single title it is the title.
    """
    if len(titles) < _FEWEST_WORDS:
        return titles[0] if titles else ""
    split = [title.split() for title in titles]
    folded = [[_word(w) for w in words] for words in split]
    others = [f" {' '.join(words)} " for words in folded[1:]]
    first, best = folded[0], ""
    for start in range(len(first)):
        for end in range(len(first), start + _FEWEST_WORDS - 1, -1):
            if all(f" {' '.join(first[start:end])} " in other for other in others):
                run = _trimmed(split[0][start:end])
                best = max(best, run, key=len)
                break
    return best[:1].upper() + best[1:] if len(best) >= _FEWEST_LETTERS else ""


def _word(word: str) -> str:
    return re.sub(r"\W+$|^\W+", "", word.casefold()) or word


def _trimmed(words: Sequence[str]) -> str:
    """Return words without those that only join others, and marks, at their ends."""
    start, end = 0, len(words)
    while start < end and _joins(words[start]):
        start += 1
    while end > start and _joins(words[end - 1]):
        end -= 1
    return " ".join(words[start:end]).strip(" ,;:–—-|") if end - start >= _FEWEST_WORDS else ""


def _joins(word: str) -> bool:
    return (len(word) <= _SHORT and word.islower()) or not any(map(str.isalnum, word))
