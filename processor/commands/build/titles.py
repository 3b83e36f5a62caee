"""What people read instead of an id or the name of a file: the titles of videos and channels, and links that show a note's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from processor.commands.build.inert import plain
from processor.commands.titles import VideoTitles, called, told
from processor.vault.links.writing import link_to
from processor.vault.naming import linkable, path_key
from processor.vault.note import Note
from processor.vault.vault import Vault

_BREAKS_LINK = re.compile(r"[\[\]|\n`<]")


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


class Titles:
    """The titles of a vault's videos, as Markdown."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        hubs = vault.hubs
        self._titles = VideoTitles(vault, lambda path: told(vault.notes[path], may_be_hub=path in hubs))
        self._known: dict[str, str] = {}

    @cached_property
    def channels(self) -> Mapping[str, str]:
        """What each channel is called, by the path of its hub."""
        return channel_names(self._vault, sorted(self._vault.hubs))

    def of(self, video: str) -> str:
        """Return a video's title, where nobody knows one whose video it is."""
        if video not in self._known:
            title = self._titles.of(video)
            written = title.text if title.is_markdown else plain(title.text)
            self._known[video] = written or self._of_channel(video)
        return self._known[video]

    def _of_channel(self, video: str) -> str:
        paths = self._titles.notes.get(video, ())
        channel = next((c for path in paths if (c := self.channels.get(self._vault.hub(path) or ""))), "")
        return f"Video of {plain(channel)} ({plain(video)})" if channel else f"Video {plain(video)}"
