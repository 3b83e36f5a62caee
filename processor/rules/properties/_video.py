"""Which properties say what video a note is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from processor.base.text import Span
from processor.parse.frontmatter import Property, is_for_video, is_text_everywhere, says_video
from processor.parse.youtube import is_possible_video_id, is_video_id, read_url
from processor.vault.note import Note


class VideoProperty(NamedTuple):
    """A property that is there to name a video. `id` is empty where it names none by a well-formed id.

    `span` covers the value without quotes, `id_span` the id in it.
    """

    entry: Property
    written: str
    span: Span
    id: str
    id_span: Span

    @property
    def holds_url(self) -> bool:
        """Whether a URL is what the property is for: its name does not end in `id`."""
        return not self.entry.key.casefold().endswith("id")


def has_odd_video(note: Note) -> bool:
    """Return whether any property may name a video in another way than by an id that can exist and is text to every program."""
    for entry in note.properties.entries:
        written = entry.written.strip()
        if is_video_id(written):
            if not is_possible_video_id(written) or not is_text_everywhere(written):
                return True
        elif says_video(entry.key) or read_url(written) is not None:
            return True
    return False


@lru_cache(maxsize=4)  # several rules ask of one note, one after another
def video_properties(note: Note, names: tuple[str, ...]) -> Sequence[VideoProperty]:
    """Return the note's properties that name a video or are there for nothing else, empty ones left out.

    See `is_for_video` for what counts.
    """
    properties = []
    for entry, written, span, found in _found(note, names):
        at = note.text.find(found, span.start, span.end) if found else -1
        id_span = Span(at, at + len(found)) if at >= 0 else span
        properties.append(VideoProperty(entry, written, span, found, id_span))
    return properties


def has_video_property(note: Note, names: Iterable[str]) -> bool:
    """Return whether there is any such property; the note's text is not looked at."""
    return next(_found(note, names), None) is not None


def _found(note: Note, names: Iterable[str]) -> Iterator[tuple[Property, str, Span, str]]:
    """Yield each with its value as written, where that stands without quotes, and the id."""
    seen = set()
    for name in names:
        entry = note.properties.get(name)
        if entry is None or entry.value is None or entry.style == "empty" or entry.key_span in seen:
            continue
        seen.add(entry.key_span)
        written = entry.written.strip()
        if not written and entry.style not in ("list", "mapping"):
            continue
        span = entry.items[0].span if len(entry.items) == 1 and entry.style != "list" else entry.value_span
        if not (is_for_video(name, written) if written else says_video(name)):
            continue
        if is_video_id(written):
            yield entry, written, span, written
        else:
            url = read_url(written)
            yield entry, written, span, url.video_id if url else ""
