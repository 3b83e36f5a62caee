"""The titles of a vault's videos, by all that says one; what a note is called. `build` writes them, a report's page shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from processor.parse.nodes import ExternalLink, Heading
from processor.parse.youtube import find_video_id
from processor.vault.headings import shown_heading
from processor.vault.links.writing import is_shown_as_title, title_of
from processor.vault.note import Note
from processor.vault.vault import Vault

_FEWEST_WORDS = 2
_FEWEST_LETTERS = 8
_SHORT = 3  # letters of a word that a title neither begins nor ends with where it is cut out of others
_ESCAPED = re.compile(r"\\(?=[\W_])")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|~~|==)(?=\S)(.+?)(?<=[^\s\\])\1")
_MARKUP = re.compile(r"[\\`*_~=<&\[\]]")
_MOST_NOTES = 40  # whose titles are compared


def readable(name: str) -> str:
    """Return the name of a file as people write it: `open_weights` as `Open weights`. One with spaces is left as it is."""
    if " " in name or "_" not in name.strip("_"):
        return name
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _readable_name(path: str) -> str:
    return readable(path.rpartition("/")[2].removesuffix(".md"))


def called(note: Note) -> str:
    """Return what a note is called: its title, else the name of its file in words."""
    title = title_of(note)
    return readable(title) if title == note.name else title


# What a note tells


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
    if not any("](" in heading.text for heading in hub.headings):
        return found  # as nearly every note, of which a report asks
    for _, link, video in videos_in_headings(hub):
        if link.form == "markdown" and link.text_span:
            title = " ".join(hub.quote(link.text_span).split())
            found.setdefault(video, "" if is_bare(title, video) else title)
    return found


def is_bare(title: str, video: str) -> bool:
    """Return whether a title (Markdown) is nothing but the video's id, or nothing at all."""
    return _ESCAPED.sub("", title).strip("[]` ") in ("", video)


class Told(NamedTuple):
    """What a note tells of titles: its own and that of its video, as its properties have them; whether it is a video's own, as a
    web clipper saves it, so that its properties name the channel; and of the videos in its headings what it calls them (Markdown)."""

    title: str = ""
    video_title: str = ""
    is_clip: bool = False
    videos: Mapping[str, str] = {}

    def called(self, path: str) -> str:
        """Return what the note is called, of which this is told."""
        return self.title if is_shown_as_title(self.title) else _readable_name(path)


def told(note: Note, *, may_be_hub: bool = True) -> Told:
    """Return what a note tells of titles; of one that is no hub its headings do not count."""
    is_clip = note.channel is not None and note.channel.place == "property"
    return Told(_text_of(note, "title"), _text_of(note, "videoTitle"), is_clip, headed(note) if may_be_hub else {})


def _text_of(note: Note, name: str) -> str:
    entry = note.properties.get(name)
    return entry.value.strip() if entry and isinstance(entry.value, str) else ""


# The titles of videos


class Title(NamedTuple):
    """The title of a video, as Markdown where a hub has it, else as words; empty where nobody knows one."""

    text: str = ""
    is_markdown: bool = False

    @property
    def words(self) -> str:
        """What a reader sees."""
        if not self.is_markdown or not _MARKUP.search(self.text):
            return self.text
        return shown_heading(_EMPHASIS.sub(r"\2", self.text))


class VideoTitles:
    """The titles of a vault's videos. `tells` says what the note at a path tells."""

    def __init__(self, vault: Vault, tells: Callable[[str], Told]) -> None:
        self._captions = vault.captions
        self._tells = tells
        self.notes: dict[str, list[str]] = defaultdict(list)
        """The paths of the notes of each video, in order."""
        for path, video in sorted(vault.video_ids.items()):
            if video:
                self.notes[video].append(path)
        self._by_hub: dict[str, str] = {}
        for hub in sorted(vault.hubs):
            for video, title in tells(hub).videos.items():
                if title:
                    self._by_hub.setdefault(video, title)

    def of(self, video: str) -> Title:
        """Return a video's title: what a hub calls it, else the property `videoTitle` of one of its notes, else the title of the one
        clip of it, else what its publisher says, else what its notes' titles have in common."""
        if by_hub := self._by_hub.get(video):
            return Title(by_hub, is_markdown=True)
        paths = self.notes.get(video, ())
        notes = [(path, self._tells(path)) for path in paths]
        named = next((note.video_title for _, note in notes if note.video_title), "")
        if not named and len(clips := [(path, note) for path, note in notes if note.is_clip]) == 1:
            ((path, clip),) = clips
            named = clip.title or _readable_name(path)
        named = named or " ".join(self._captions.title(video).split())
        named = named or common_part([note.called(path) for path, note in notes[:_MOST_NOTES]])
        return Title(named if named != video else "")


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
