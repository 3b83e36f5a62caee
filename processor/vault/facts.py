"""Facts: what is worked out of a note once and stored, because it is read of every note, or again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from processor.parse.frontmatter import may_be_for_video
from processor.vault.note import Note

_T = TypeVar("_T")

FACTS: dict[str, Fact[Any]] = {}
"""The functions marked with `fact`, by name."""


class Fact(Generic[_T]):
    """A function of one note whose answer is kept with the note."""

    def __init__(self, function: Callable[[Note], _T], *, of_all: bool, binding: bool = False) -> None:
        self.name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        self.of_all = of_all
        self.binding = binding
        self.__module__, self.__qualname__ = function.__module__, function.__qualname__
        self.__doc__ = function.__doc__
        self._function = function
        FACTS[self.name] = self

    def __reduce__(self) -> str:
        """Another process knows it by its name."""
        return self.__qualname__

    def __call__(self, note: Note) -> _T:
        facts = note.facts
        if self.name not in facts:
            facts[self.name] = self._function(note)
        found: _T = facts[self.name]
        return found


def fact(function: Callable[[Note], _T]) -> Fact[_T]:
    """Make a function of one note a fact of all notes: see `Vault.facts`.

    It is run for each note of a vault before any rule is, so it should look at no more of the note than it must: what it
    does not ask of the note is not read. Its answer is kept, so it must be plain data: None, text, numbers, lists and
    dicts of text.
    """
    return Fact(function, of_all=True)


def binding_fact(function: Callable[[Note], str]) -> Fact[str]:
    """Make a function of one note a fact of all notes, by which what is said of one note depends on all those of which it
    is the same text; empty: on none.
    """
    return Fact(function, of_all=True, binding=True)


def own_fact(function: Callable[[Note], _T]) -> Fact[_T]:
    """Make a function of one note a fact of its own, read where the note is judged and of others only now and then.

    It is run when it is first read, and stored with the note's outline.
    """
    return Fact(function, of_all=False)


@fact
def channel_target(note: Note) -> str | None:
    """Return where the link leads that names the note's channel."""
    return note.channel_target


@fact
def has_anchor(note: Note) -> bool:
    return note.has_anchor


@fact
def fragment_targets(note: Note) -> list[str]:
    """Return the targets of its links that name a heading or a block, each once."""
    # of a backslash YAML may make any sign
    if not _may_name_headings(note.text) and "\\" not in note.text[: note.body_start]:
        return []
    return list(dict.fromkeys([link.target for link in note.links if "#" in link.target]))


def _may_name_headings(text: str) -> bool:
    """Return whether a `#` may stand in the target of a link: behind what opens one, on its line."""
    if ("%" in text and "%23" in text) or _LATE_TARGET.search(text):  # one sign is looked for in a tenth of the time
        return True
    seen, mark = 0, text.find("#")
    while mark >= 0:
        # where one stands at the start of its line, or behind another one, nothing new stands before it
        if text[mark - 1 : mark] not in ("\n", "#"):
            start = text.rfind("\n", seen, mark) + 1  # of the line, or what is not looked at yet of it
            if _LINK_OPENING.search(text, max(start, seen), mark):
                return True
            seen = mark - 1
        mark = text.find("#", mark + 1)
    return False


_LINK_OPENING = re.compile(r"\[\[|\]\(|\]:")
_LATE_TARGET = re.compile(r"\](?:\(|:)[ \t]*\n")


@fact
def keys(note: Note) -> list[str]:
    """Return the names of the properties, each once."""
    return list(dict.fromkeys([entry.key for entry in note.properties.entries]))


@fact
def names(note: Note) -> list[str]:
    """Return the texts by which a note may be called besides its file name, each behind its kind, `title` or `alias`: see
    `named_by`."""
    found: list[str] = []
    for entry in note.properties.entries:
        key = entry.key.lower()
        if key in ("title", "aliases", "alias"):
            for text in sorted({item.value for item in entry.items if isinstance(item.value, str) and item.value}):
                found += ("title" if key == "title" else "alias", text)
    return found


def named_by(found: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Of what `names` gave, each text with its kind before it."""
    return zip(found[::2], found[1::2], strict=True)


@fact
def videos(note: Note) -> list[str | None]:
    """Return the properties that may say which video a note is about: each folded name, and the id, empty where there is none in
    the value, None where there is no value; behind an empty name the id that any of them names, or an embed at the note's head. See `video_id`."""
    found: list[str | None] = []
    for key, entry in note.properties.by_key.items():
        if may_be_for_video(key, entry.written) and (video := note.video_under((key,))):
            found += (key, video.id if video.property.written.strip() else None)
    any_video = note.video_of_any
    if named := any_video.id if any_video else note.video_at_head:
        found += ("", named)
    return found


def video_id(found: Sequence[str | None], names: Sequence[str]) -> str | None:
    """Of what `videos` gave, the id of `Note.video(names)`; None where that is None. The names are folded."""
    empty = None
    keys = found[::2]
    for name in (*names, ""):
        if name in keys:
            value = found[2 * keys.index(name) + 1]
            if value is not None:
                return value
            empty = ""
    return empty
