"""What is known of a video besides its notes: its words with their seconds, its length, its details."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

Kind = Literal["written", "automatic", "translated", "transcript"]
"""Who made the captions: a person, YouTube or Whisper, a translator; or a note, a column of stamps with text."""

Source = Literal["property", "details", "list", "captions"]
"""What says how long a video is: a property of a note, an `.info.json`, a CSV of durations, its last caption."""


@dataclass(frozen=True, slots=True)
class Captions:
    """The words of a video, in the order in which they are said."""

    video_id: str
    path: str
    """The file or note that they are read from: a note's path from the vault, a file's as the settings lead to it."""
    kind: Kind
    language: str
    """`en`, `pt-BR`; empty where nothing says."""
    seconds: array[float] = field(hash=False)
    """When each word begins: as many as there are words, never going back."""
    words: tuple[str, ...] = field(hash=False)
    """What stands between white space, as it is written, with its punctuation."""
    length: float
    """When the last word ends, in seconds."""


class Length(NamedTuple):
    """How long a video is, in seconds, and what says so."""

    seconds: float
    source: Source
    path: str


class Chapter(NamedTuple):
    """A part of a video that its publisher has named."""

    start: float
    title: str


@dataclass(frozen=True, slots=True)
class Details:
    """What an `.info.json` says of a video; empty where it is silent."""

    video_id: str
    path: str
    length: float | None
    title: str
    channel: str
    chapters: tuple[Chapter, ...]


class Summary(NamedTuple):
    """What there is of a video without looking at its words; `languages` are those of all its captions, the first of these."""

    path: str
    kind: Kind
    languages: tuple[str, ...]
    length: float


class Library(Protocol):
    """All captions at hand."""

    def ids(self) -> Collection[str]:
        """Return the videos of which anything is known."""

    def captions(self, video_id: str, text: str = "") -> Captions | None:
        """Return the captions of a video: of several languages those in which the text of a note is written."""

    def summary(self, video_id: str) -> Summary | None:
        """Return what captions of a video there are."""

    def length(self, video_id: str) -> Length | None:
        """Return how long a video is."""

    def details(self, video_id: str) -> Details | None:
        """Return what its publisher says of a video."""

    def title(self, video_id: str) -> str:
        """Return what a video is called: by its details, else by the table of durations; empty where neither says."""


class NoCaptions:
    """The library of a vault without captions."""

    def __reduce__(self) -> str:
        """Another process has it too."""
        return "NO_CAPTIONS"

    def ids(self) -> Collection[str]:
        return ()

    def captions(self, video_id: str, text: str = "") -> Captions | None:  # noqa: ARG002
        return None

    def summary(self, video_id: str) -> Summary | None:  # noqa: ARG002
        return None

    def length(self, video_id: str) -> Length | None:  # noqa: ARG002
        return None

    def details(self, video_id: str) -> Details | None:  # noqa: ARG002
        return None

    def title(self, video_id: str) -> str:  # noqa: ARG002
        return ""


NO_CAPTIONS = NoCaptions()
