"""The videos of a vault: the notes on each, their stamps along its time, and how each stamp stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from processor.commands.report.piece import Stamps
from processor.commands.report.rows import deltas
from processor.commands.titles import Told, VideoTitles, told
from processor.parse.youtube import is_video_id
from processor.vault.said import is_anything_known, length_of
from processor.vault.vault import Vault


class Strips:
    """A strip is the stamps of one note on one video; they are added note by note."""

    def __init__(self, video_ids: Mapping[str, str | None]) -> None:
        self._of_notes = video_ids
        self._strips: dict[str, list[tuple[int, list[int], str]]] = {}
        self.states = {"l": 0, "u": 0, "d": 0, "p": 0}
        self.clickable = 0
        self.stamps = 0

    def add(self, note: int, path: str, stamps: Stamps) -> None:
        """Add the stamps of a note, of that number: those of its own video, and those that lead to others."""
        self.stamps += len(stamps.seconds) + stamps.unread
        self.clickable += len(stamps.others)
        for state in self.states:
            self.states[state] += stamps.states.count(state)
        own = self._of_notes.get(path) or ""
        elsewhere = {i: video_id for i, video_id in stamps.others if video_id != own}
        strips: dict[str, list[int]] = {own: []} if is_video_id(own) else {}
        if not elsewhere:
            if strips:
                strips[own] = list(range(len(stamps.seconds)))
        else:
            for i in range(len(stamps.seconds)):
                video_id = elsewhere.get(i, own)
                if is_video_id(video_id):
                    strips.setdefault(video_id, []).append(i)
        for video_id, chosen in strips.items():
            chosen.sort(key=stamps.seconds.__getitem__)
            states = "".join([stamps.states[i] for i in chosen])
            self._strips.setdefault(video_id, []).append((note, [stamps.seconds[i] for i in chosen], states))

    @property
    def videos(self) -> int:
        return len(self._strips)

    def plain(self, vault: Vault | None, tells: Mapping[str, Sequence[Any]], *, redact: bool) -> dict[str, Any]:
        """Return the videos in columns, those with the most notes first. `tells` is what some notes tell of titles (a `Told`), by their paths."""
        strips = self._strips
        order = sorted(strips, key=lambda v: (-len(strips[v]), -sum(len(s[1]) for s in strips[v]), v))
        return {
            "id": [] if redact else order,
            "title": [] if redact or vault is None else _titles(vault, tells, order),
            "length": _lengths(vault, order),
            "strips": [len(strips[video_id]) for video_id in order],
            "note": [note for video_id in order for note, _, _ in strips[video_id]],
            "stamps": [len(seconds) for video_id in order for _, seconds, _ in strips[video_id]],
            "seconds": [n for video_id in order for _, seconds, _ in strips[video_id] for n in deltas(seconds)],
            "states": "".join([states for video_id in order for _, _, states in strips[video_id]]),
        }


def _lengths(vault: Vault | None, order: Sequence[str]) -> list[int]:
    """Return how long each video is; 0 where that is not known."""
    if vault is None or not is_anything_known(vault):
        return [0] * len(order)
    return [int(found.seconds) if (found := length_of(vault, video_id)) else 0 for video_id in order]


def _titles(vault: Vault, tells: Mapping[str, Sequence[Any]], order: Sequence[str]) -> list[str]:
    """Return what each video is called, as `build` calls it; empty where nobody knows."""
    titles = VideoTitles(vault, lambda path: Told(*tells[path]) if path in tells else told(vault.notes[path].whole))
    return [titles.of(video_id).words for video_id in order]
